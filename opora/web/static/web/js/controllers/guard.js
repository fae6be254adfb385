// Asks before unsaved changes of a form are left: data-guard-question-value, data-guard-yes-value.

import { Controller } from "@hotwired/stimulus"
import { ask } from "opora/lib/ask.js"

export default class extends Controller {
  static values = { question: String, text: String, yes: String }
  #listening = new AbortController()

  connect() {
    const { signal } = this.#listening
    this.before = this.#contents
    addEventListener("beforeunload", (event) => { if (this.#changed) event.preventDefault() }, { signal })
    document.addEventListener("htmx:confirm", (event) => this.#leaving(event), { signal })
    this.element.addEventListener("submit", () => { this.before = null }, { signal })
  }

  disconnect() {
    this.#listening.abort()
  }

  async #leaving(event) {
    const { boosted, elt, issueRequest } = { boosted: event.detail.elt.matches("a[href]"), ...event.detail }
    if (!boosted || this.element.contains(elt) || !this.#changed) return
    event.preventDefault()
    if (!(await ask(this.questionValue, { text: this.textValue, yes: this.yesValue }))) return
    this.before = null
    issueRequest(true)
  }

  get #changed() {
    return this.before !== null && this.before !== this.#contents
  }

  get #contents() {
    return new URLSearchParams([...new FormData(this.element)].filter(([, value]) => typeof value === "string")).toString()
  }
}
