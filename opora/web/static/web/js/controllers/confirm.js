// Asks in a dialog of ours: elements with data-confirm="Delete this view?" (and data-confirm-text, data-confirm-yes),
// and htmx's hx-confirm. Lives on the dialog of web/_overlays.html.

import { Controller } from "@hotwired/stimulus"
import { ask } from "opora/lib/ask.js"

export default class extends Controller {
  #listening = new AbortController()

  connect() {
    const { signal } = this.#listening
    document.addEventListener("click", (event) => this.#clicked(event), { capture: true, signal })
    document.addEventListener("htmx:confirm", (event) => this.#requested(event), { signal })
  }

  disconnect() {
    this.#listening.abort()
  }

  async #clicked(event) {
    const element = event.target.closest("[data-confirm]")
    if (!element || element === this.agreed) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const { confirm, confirmText, confirmYes } = element.dataset
    if (!(await ask(confirm, { text: confirmText, yes: confirmYes ?? element.textContent.trim() }))) return
    this.agreed = element
    element.click()
    this.agreed = null
  }

  async #requested(event) {
    const { question, issueRequest } = event.detail
    if (!question) return
    event.preventDefault()
    if (await ask(question)) issueRequest(true)
  }
}
