// Checkboxes of a list: shift chooses a range, the bar at the bottom says how many. Targets: box, all, bar, count.
// data-selection-text-value="Selected: %s". Chosen rows get aria-selected and the element the class `selecting`.

import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["box", "all", "bar", "count"]
  static values = { text: { type: String, default: "%s" } }

  connect() {
    this.element.addEventListener("click", (event) => { if (this.boxTargets.includes(event.target)) this.#clicked(event) })
    this.element.addEventListener("change", () => this.update())
    this.update()
  }

  boxTargetConnected() {
    queueMicrotask(() => this.update())
  }

  boxTargetDisconnected() {
    queueMicrotask(() => this.update())
  }

  all({ target }) {
    for (const box of this.boxTargets) box.checked = target.checked
    this.update()
  }

  clear() {
    for (const box of this.boxTargets) box.checked = false
    this.update()
  }

  update() {
    const chosen = this.boxTargets.filter((box) => box.checked)
    for (const box of this.boxTargets) mark(box)
    this.element.classList.toggle("selecting", chosen.length > 0)
    if (this.hasBarTarget) this.barTarget.hidden = !chosen.length
    if (this.hasCountTarget) this.countTarget.textContent = this.textValue.replace("%s", chosen.length)
    if (!this.hasAllTarget) return
    this.allTarget.checked = chosen.length > 0 && chosen.length === this.boxTargets.length
    this.allTarget.indeterminate = chosen.length > 0 && !this.allTarget.checked
  }

  #clicked(event) {
    const boxes = this.boxTargets
    const [from, to] = [boxes.indexOf(this.last), boxes.indexOf(event.target)].sort((one, other) => one - other)
    if (event.shiftKey && from >= 0) for (const box of boxes.slice(from, to + 1)) box.checked = event.target.checked
    this.last = event.target
    this.update()
  }
}

function mark(box) {
  const row = box.closest("tr, .row-ticket, [data-selectable]")
  if (!row) return
  if (box.checked) row.setAttribute("aria-selected", "true")
  else row.removeAttribute("aria-selected")
}
