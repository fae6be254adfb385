// Puts the rows of a list in order. Target: grip, a button in each row that may move; its value names the row. It is
// dragged, or moved by the arrow keys while it has focus. The new order is posted to data-order-url-value as `order`.

import { Controller } from "@hotwired/stimulus"

const STEPS = { ArrowUp: -1, ArrowDown: 1 }
const rowOf = (grip) => grip.closest("tr, li")

export default class extends Controller {
  static targets = ["grip"]
  static values = { url: String }

  // The rows stay where they are while one is dragged: a line shows where it would come.
  take(event) {
    if (event.button !== 0) return
    const grip = event.currentTarget
    const [row, listening] = [rowOf(grip), new AbortController()]
    const on = (name, act) => grip.addEventListener(name, act, { signal: listening.signal })
    const end = () => { listening.abort(); this.#mark(); row.classList.remove("dragged") }
    grip.setPointerCapture(event.pointerId)
    row.classList.add("dragged")
    on("pointermove", ({ clientY }) => this.#mark(this.#spot(row, clientY)))
    on("pointerup", ({ clientY }) => { end(); this.#put(row, this.#spot(row, clientY)) })
    on("pointercancel", end)
    on("keydown", ({ key }) => { if (key === "Escape") end() })
  }

  press(event) {
    const step = STEPS[event.key]
    if (!step) return
    event.preventDefault()
    event.stopPropagation()
    const [row, rows] = [rowOf(event.currentTarget), this.#rows]
    const beside = rows[rows.indexOf(row) + step]
    if (beside) this.#put(row, { beside, side: step < 0 ? "before" : "after" })
  }

  // Beside which row, and on which side, a row dropped at this height comes; nothing where it is already.
  #spot(row, height) {
    const rows = this.#rows
    const others = rows.filter((other) => other !== row)
    const place = others.findIndex((other) => height < middle(other))
    const spot = place < 0 ? { beside: others.at(-1), side: "after" } : { beside: others[place], side: "before" }
    return (place < 0 ? others.length : place) === rows.indexOf(row) ? undefined : spot
  }

  #mark(spot) {
    for (const row of this.#rows) delete row.dataset.drop
    if (spot?.beside) spot.beside.dataset.drop = spot.side
  }

  #put(row, spot) {
    if (!spot?.beside) return
    const focused = row.contains(document.activeElement) && document.activeElement
    spot.beside[spot.side](row)
    if (focused) focused.focus()
    const order = this.gripTargets.map((grip) => grip.value)
    window.htmx.ajax("POST", this.urlValue, { source: this.element, target: "#main", select: "#main", swap: "outerHTML show:none", values: { order } })
  }

  get #rows() {
    return this.gripTargets.map(rowOf)
  }
}

const middle = (row) => row.getBoundingClientRect().top + row.offsetHeight / 2
