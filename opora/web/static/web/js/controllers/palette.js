// Ctrl/Cmd-K: one field; actions of this page (data-palette-action="Solve") first, then the server's groups for ?q=.

import { Controller } from "@hotwired/stimulus"
import { actionGroup } from "opora/lib/actions.js"
import { request, showRefusal } from "opora/lib/http.js"
import { choose, chosenIn, step } from "opora/lib/options.js"

export default class extends Controller {
  static targets = ["dialog", "input", "results"]
  static values = { url: { type: String, default: "/palette" } }

  open() {
    if (!this.dialogTarget.open) this.dialogTarget.showModal()
    this.inputTarget.select()
    this.search()
  }

  backdrop(event) {
    if (event.target === this.dialogTarget) this.dialogTarget.close()
  }

  search() {
    const text = this.inputTarget.value.trim()
    const here = actionGroup(text, this.resultsTarget.dataset.here)
    this.running?.abort()
    this.running = new AbortController()
    request(`${this.urlValue}?q=${encodeURIComponent(text)}`, { signal: this.running.signal })
      .then(async (response) => this.#show(here, await response.text()))
      .catch((problem) => { this.#show(here, ""); showRefusal(problem) })
  }

  key(event) {
    if (event.key === "Enter") chosenIn(this.resultsTarget)?.click()
    else if (!step(this.resultsTarget, event, this.inputTarget)) return
    event.preventDefault()
  }

  pick(event) {
    const option = event.target.closest("[role=option]")
    if (!option) return
    this.dialogTarget.close()
    if (option.dataset.for) document.querySelector(`[data-palette-action="${CSS.escape(option.dataset.for)}"]`)?.click()
  }

  #show(here, html) {
    this.resultsTarget.innerHTML = html
    if (here) this.resultsTarget.prepend(here)
    window.htmx.process(this.resultsTarget)
    this.resultsTarget.querySelectorAll("[role=option]").forEach((option, place) => { option.id ||= `result-${place}` })
    choose(this.resultsTarget, 0, this.inputTarget)
  }
}
