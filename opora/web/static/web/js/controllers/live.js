// The live stream of the desk. Each { kind, subject, id } becomes a DOM event `live:ticket` on document, and every element
// with data-live="ticket:12" (or "ticket", "*"; several separated by spaces) gets an htmx event `live`:
//   <section data-live="ticket:12" hx-get="…" hx-trigger="live" hx-swap="morph">
// data-live-every="4000" on the element: not more often than every so many milliseconds.

import { Controller } from "@hotwired/stimulus"
import { listen } from "opora/lib/stream.js"

export default class extends Controller {
  static targets = ["lost"]
  static values = { url: String }
  #waiting = new Set()

  connect() {
    if (this.urlValue) this.stop = listen(this.urlValue, { hear: (event) => this.#hear(event), state: (connected) => this.#state(connected), lost: tellAll })
  }

  disconnect() {
    this.stop?.()
  }

  #hear({ kind, subject, id }) {
    const [sort] = subject.split(":")
    document.dispatchEvent(new CustomEvent(`live:${sort}`, { detail: { kind, subject, id } }))
    for (const name of [subject, sort, "*"]) this.#waiting.add(name)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.#refresh(), 150)
  }

  #refresh() {
    for (const element of document.querySelectorAll("[data-live]")) {
      if (element.dataset.live.split(" ").some((name) => this.#waiting.has(name))) tell(element)
    }
    this.#waiting.clear()
  }

  // A line lost for a moment is nobody's business; after three seconds it is said quietly.
  #state(connected) {
    clearTimeout(this.losing)
    if (!connected) this.losing = setTimeout(() => { this.lostTarget.hidden = false }, 3000)
    else if (!this.lostTarget.hidden) {
      this.lostTarget.hidden = true
      tellAll()
    }
  }
}

const tellAll = () => document.querySelectorAll("[data-live]").forEach(tell)

// Lists that change with every ticket say data-live-every="4000": at most so often, and the last change always counts.
function tell(element) {
  const every = Number(element.dataset.liveEvery ?? 0)
  const since = Date.now() - (element.toldAt ?? 0)
  if (element.telling) return
  element.telling = setTimeout(() => {
    element.telling = null
    element.toldAt = Date.now()
    if (element.isConnected) window.htmx.trigger(element, "live")
  }, Math.max(0, every - since))
}
