// j/k (and arrows, when the list has focus) move, Enter opens, x selects. Targets: row, each with a link (.row-link or
// the first link). data-listnav-follow-value="true" opens a row as soon as it is moved to.

import { Controller } from "@hotwired/stimulus"
import { isTyping, strokes } from "opora/lib/keys.js"

export default class extends Controller {
  static targets = ["row"]
  static values = { follow: Boolean }
  #listening = new AbortController()

  connect() {
    document.addEventListener("keydown", (event) => this.press(event), { signal: this.#listening.signal })
  }

  disconnect() {
    this.#listening.abort()
  }

  press(event) {
    if (event.defaultPrevented || isTyping(event.target) || document.querySelector("dialog:modal, .menu:popover-open")) return
    const names = strokes(event)
    const inside = this.element.contains(event.target)
    const pressed = (...keys) => keys.some((key) => names.includes(key))
    if (pressed("j") || (inside && pressed("Down"))) this.#move(1)
    else if (pressed("k") || (inside && pressed("Up"))) this.#move(-1)
    else if (pressed("x") && this.#here) this.#here.querySelector("input[type=checkbox]")?.click()
    else if (pressed("Enter") && !inside && this.#here && event.target === document.body) linkOf(this.#here)?.click()
    else return
    event.preventDefault()
  }

  #move(step) {
    const rows = this.rowTargets.filter((row) => row.checkVisibility())
    const place = rows.indexOf(this.#here)
    const next = rows[place < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(place + step, 0), rows.length - 1)]
    if (!next) return
    linkOf(next)?.focus({ preventScroll: true })
    next.scrollIntoView({ block: "nearest" })
    if (this.followValue) linkOf(next)?.click()
  }

  // The row with focus, else the one that is open.
  get #here() {
    return this.rowTargets.find((row) => row.contains(document.activeElement)) ?? this.rowTargets.find((row) => row.ariaCurrent)
  }
}

const linkOf = (row) => row.querySelector(".row-link, td.main a, a")
