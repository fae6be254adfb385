// Tabs of one page: targets tab (aria-controls) and panel. Arrows move between tabs.

import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["tab", "panel"]

  connect() {
    this.#show(this.tabTargets.find((tab) => tab.ariaSelected === "true") ?? this.tabTargets[0])
  }

  show({ currentTarget }) {
    this.#show(currentTarget)
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    const tabs = this.tabTargets
    const next = tabs[(tabs.indexOf(event.currentTarget) + step + tabs.length) % tabs.length]
    this.#show(next)
    next.focus()
  }

  #show(shown) {
    for (const tab of this.tabTargets) {
      tab.setAttribute("aria-selected", String(tab === shown))
      tab.tabIndex = tab === shown ? 0 : -1
    }
    for (const panel of this.panelTargets) panel.hidden = panel.id !== shown.getAttribute("aria-controls")
  }
}
