// Says every 15 s that somebody looks at this (or is typing: an answer within ten seconds), and shows who else does:
// the HTML that data-presence-url-value answers goes into target `others`.

import { Controller } from "@hotwired/stimulus"
import { post } from "opora/lib/http.js"

export default class extends Controller {
  static targets = ["others"]
  static values = { url: String, every: { type: Number, default: 15 } }
  #typedAt = 0

  connect() {
    this.element.addEventListener("input", () => this.#typing())
    this.element.addEventListener("trix-change", () => this.#typing())
    this.timer = setInterval(() => { if (!document.hidden) this.beat() }, this.everyValue * 1000)
    this.beat()
  }

  disconnect() {
    clearInterval(this.timer)
    navigator.sendBeacon?.(this.urlValue, this.#form("left"))
  }

  async beat() {
    const state = Date.now() - this.#typedAt < 10_000 ? "typing" : "viewing"
    try {
      const html = await (await post(this.urlValue, this.#form(state))).text()
      if (this.hasOthersTarget && this.othersTarget.innerHTML !== html) this.othersTarget.innerHTML = html
    } catch { /* the `live` controller says when the server is away */ }
  }

  #typing() {
    const first = Date.now() - this.#typedAt > 10_000
    this.#typedAt = Date.now()
    if (first) this.beat()
  }

  #form(state) {
    const form = new FormData()
    form.append("state", state)
    form.append("csrfmiddlewaretoken", document.querySelector("meta[name=csrf-token]").content)
    return form
  }
}
