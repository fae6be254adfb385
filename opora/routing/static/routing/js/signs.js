// Signs of life of an open page: data-signs-url-value hears every data-signs-every-value seconds that it is open, and
// `active` when its reader did something since the last sign; the first thing done after a rest is told at once.

import { Controller } from "@hotwired/stimulus"
import { post } from "opora/lib/http.js"

const DEEDS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]
const REST = 60_000

export default class extends Controller {
  static values = { url: String, every: Number }
  #listening = new AbortController()
  #active = true
  #doneAt = Date.now()

  connect() {
    for (const deed of DEEDS) document.addEventListener(deed, () => this.#note(), { signal: this.#listening.signal, passive: true, capture: true })
    this.timer = setInterval(() => this.#tell(), this.everyValue * 1000)
    this.#tell()
  }

  disconnect() {
    clearInterval(this.timer)
    this.#listening.abort()
  }

  #note() {
    const rested = Date.now() - this.#doneAt > REST
    this.#active = true
    this.#doneAt = Date.now()
    if (rested) this.#tell()
  }

  async #tell() {
    const form = new FormData()
    form.append("active", this.#active ? "yes" : "no")
    this.#active = false
    try {
      await post(this.urlValue, form)
    } catch { /* the `live` controller says when the server is away */ }
  }
}
