// Nothing typed is lost: 800 ms after the last change the form is posted to data-draft-url-value; while the server is
// away a copy stays in this browser and comes back with the page. Target: status (data-saved, data-saving, data-failed).

import { Controller } from "@hotwired/stimulus"
import { post } from "opora/lib/http.js"

export default class extends Controller {
  static targets = ["status"]
  static values = { url: String, wait: { type: Number, default: 800 } }

  connect() {
    this.sent = this.#contents
    this.#restore()
    for (const name of ["input", "change", "trix-change"]) this.element.addEventListener(name, () => this.changed())
    this.element.addEventListener("submit", () => this.forget())
    this.leave = () => { if (this.waiting) this.save() }
    addEventListener("pagehide", this.leave)
  }

  disconnect() {
    this.leave()
    removeEventListener("pagehide", this.leave)
  }

  changed() {
    clearTimeout(this.waiting)
    if (this.#contents !== this.sent) this.waiting = setTimeout(() => this.save(), this.waitValue)
  }

  async save() {
    clearTimeout(this.waiting)
    this.waiting = null
    const contents = this.#contents
    localStorage.setItem(this.#key, contents)
    this.#say("saving")
    try {
      await post(this.urlValue, new FormData(this.element), { keepalive: contents.length < 60_000 })
      this.sent = contents
      localStorage.removeItem(this.#key)
      this.#say("saved")
    } catch {
      this.#say("failed")
      this.waiting = setTimeout(() => this.save(), 5000)
    }
  }

  forget() {
    clearTimeout(this.waiting)
    this.waiting = null
    localStorage.removeItem(this.#key)
  }

  #restore() {
    const kept = localStorage.getItem(this.#key)
    if (!kept || kept === this.sent) return
    for (const [name, value] of new URLSearchParams(kept)) this.#fill(this.element.elements.namedItem(name), value)
    this.changed()
  }

  #fill(field, value) {
    if (!field || field.value === undefined || field.type === "file") return
    field.value = value
    this.element.querySelector(`trix-editor[input="${field.id}"]`)?.editor?.loadHTML(value)
  }

  #say(state) {
    if (!this.hasStatusTarget) return
    this.statusTarget.dataset.state = state
    this.statusTarget.textContent = this.statusTarget.dataset[state] ?? ""
  }

  get #contents() {
    const fields = [...new FormData(this.element)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken")
    return new URLSearchParams(fields).toString()
  }

  get #key() {
    return `draft ${this.urlValue}`
  }
}
