// A native popover placed beside its button, with arrow keys. Targets: button (popovertarget), menu (popover).

import { Controller } from "@hotwired/stimulus"

const GAP = 4

export default class extends Controller {
  static targets = ["button", "menu"]
  static values = { placement: { type: String, default: "below" } }

  connect() {
    this.buttonTarget.setAttribute("aria-haspopup", "menu")
    this.menuTarget.setAttribute("role", this.menuTarget.getAttribute("role") ?? "menu")
    for (const item of this.#items) if (!item.hasAttribute("role")) item.setAttribute("role", "menuitem")
    this.menuTarget.addEventListener("toggle", (event) => this.#toggled(event.newState === "open"))
    this.menuTarget.addEventListener("keydown", (event) => this.#key(event))
    this.menuTarget.addEventListener("click", (event) => { if (event.target.closest(".menu-item") && !event.target.closest("[data-menu-stay]")) this.menuTarget.hidePopover() })
  }

  #toggled(open) {
    this.buttonTarget.setAttribute("aria-expanded", String(open))
    if (!open) return
    this.#place()
    const first = this.menuTarget.querySelector("[autofocus], [aria-checked=true], .menu-item:not(:disabled)")
    first?.focus({ preventScroll: true })
  }

  #place() {
    const anchor = this.buttonTarget.getBoundingClientRect()
    const { offsetWidth: width, offsetHeight: height } = this.menuTarget
    const rightToLeft = getComputedStyle(this.element).direction === "rtl"
    let left = this.placementValue === "right" ? anchor.right + GAP : this.placementValue === "end" !== rightToLeft ? anchor.right - width : anchor.left
    let top = this.placementValue === "right" ? anchor.bottom - height : anchor.bottom + GAP
    if (top + height > innerHeight - GAP) top = Math.max(GAP, anchor.top - height - GAP)
    left = Math.min(Math.max(GAP, left), innerWidth - width - GAP)
    Object.assign(this.menuTarget.style, { left: `${left}px`, top: `${Math.max(GAP, top)}px` })
  }

  #key(event) {
    const items = this.#items
    const place = items.indexOf(document.activeElement)
    const next = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: items.length - 1 }[event.key]
    if (next === undefined || event.target.matches("input[type=text], input[type=search]") && ["Home", "End"].includes(event.key)) return
    event.preventDefault()
    items[(next + items.length) % items.length]?.focus()
  }

  get #items() {
    return [...this.menuTarget.querySelectorAll(".menu-item:not(:disabled)")]
  }
}
