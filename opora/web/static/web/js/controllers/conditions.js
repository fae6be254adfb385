// The editors of conditions and of steps: rows of field, comparison and value, each drawn by the server. data-conditions-row-value is
// where a row comes from; target found refreshes itself on the event conditions-changed and brings targets problem
// (data-part, data-place), whose sentences are put beside their rows. Targets: part (data-part), row, found, problem.

import { Controller } from "@hotwired/stimulus"
import { request, showRefusal } from "opora/lib/http.js"

export default class extends Controller {
  static targets = ["part", "row", "found", "problem"]
  static values = { row: String }

  connect() {
    for (const name of ["change", "input"]) this.element.addEventListener(name, this.#changed)
  }

  async add({ target }) {
    const part = target.closest("[data-conditions-target=part]")
    const row = await this.#fetch({ part: part.dataset.part, key: this.#nextKey(part) })
    if (!row) return
    part.querySelector(".condition-rows").append(row)
    row.querySelector("[data-role=field]").focus()
    this.#changed()
  }

  async choose({ target }) {
    const row = target.closest("[data-conditions-target=row]")
    const { role } = target.dataset
    const given = (name) => row.querySelector(`[data-role=${name}]`)?.value ?? ""
    const asked = { part: row.closest("[data-part]").dataset.part, key: row.dataset.keyNumber, field: given("field"), operator: role === "operator" ? given("operator") : "" }
    const values = role === "operator" ? valuesOf(row) : []
    hold(row, true) // a value that is chosen while the row is on its way would be lost
    const fresh = await this.#fetch(asked, values)
    if (!fresh) return hold(row, false)
    row.replaceWith(fresh)
    fresh.querySelector(`[data-role=${role}]`).focus()
    this.#changed()
  }

  remove({ target }) {
    const row = target.closest("[data-conditions-target=row]")
    const next = row.nextElementSibling ?? row.previousElementSibling
    const part = row.closest("[data-conditions-target=part]")
    row.remove()
    ;(next?.querySelector("[data-role=field]") ?? part.querySelector("[data-action='conditions#add']")).focus()
    this.element.dispatchEvent(new Event("change", { bubbles: true }))
  }

  problemTargetConnected(problem) {
    const part = this.partTargets.find(({ dataset }) => dataset.part === problem.dataset.part)
    this.#say(part.querySelectorAll("[data-conditions-target=row]")[problem.dataset.place], problem.content.textContent)
  }

  // Sentences of the last look are taken away when the next begins; the answer brings those that still hold.
  #changed = (event) => {
    if (event?.target?.dataset?.role === "field") return
    for (const row of this.rowTargets) this.#say(row, "")
    this.element.dispatchEvent(new Event("conditions-changed"))
  }

  #say(row, sentence) {
    const line = row?.querySelector(".field-error")
    if (line) Object.assign(line, { hidden: !sentence }).lastElementChild.textContent = sentence
  }

  async #fetch(asked, values = []) {
    const query = new URLSearchParams(asked)
    for (const value of values) query.append("value", value)
    try {
      const html = await (await request(`${this.rowValue}&${query}`)).text()
      return new DOMParser().parseFromString(html, "text/html").body.firstElementChild
    } catch (problem) {
      showRefusal(problem)
    }
  }

  #nextKey = (part) => Math.max(-1, ...[...part.querySelectorAll("[data-key-number]")].map((row) => Number(row.dataset.keyNumber))) + 1
}

const hold = (row, held) => row.querySelectorAll(".condition-value [name]").forEach((control) => { control.disabled = held })
const valuesOf = (row) => [...row.querySelectorAll(".condition-value [name]")].filter(({ type, checked }) => type !== "checkbox" || checked).map(({ value }) => value)
