// The editor of conditions: rows of field, comparison and value, with a live count of what fits. The fields come
// from #condition-fields, the present tree from #condition-tree; what is sent is all-field, all-operator, all-value
// (and any-…) in rows. Targets: part (data-part), template, count. data-conditions-preview-value counts.

import { Controller } from "@hotwired/stimulus"
import { post } from "opora/lib/http.js"

export default class extends Controller {
  static targets = ["part", "template", "count"]
  static values = { preview: String }

  connect() {
    this.fields = JSON.parse(document.getElementById("condition-fields").textContent)
    this.words = JSON.parse(document.getElementById("condition-words").textContent)
    const tree = JSON.parse(document.getElementById("condition-tree").textContent)
    for (const part of this.partTargets) {
      for (const row of part.querySelectorAll(".condition-row")) row.remove()
      for (const condition of tree[part.dataset.part] ?? []) this.#row(part, condition)
    }
    this.element.addEventListener("change", () => this.#count())
    this.#count()
  }

  add({ params: { part } }) {
    this.#row(this.partTargets.find((target) => target.dataset.part === part), { field: this.fields[0].name })
    this.#count()
  }

  remove({ target }) {
    target.closest(".condition-row").remove()
    this.#count()
  }

  #row(part, { field, operator, value = "" }) {
    const row = this.templateTarget.content.firstElementChild.cloneNode(true)
    const select = row.querySelector("[data-role=field]")
    select.name = `${part.dataset.part}-field`
    select.append(...this.fields.map(({ name, title }) => new Option(title, name, false, name === field)))
    select.addEventListener("change", () => this.#fill(row, part, select.value, "", ""))
    part.querySelector(".condition-rows").append(row)
    this.#fill(row, part, field, operator, value)
  }

  #fill(row, part, name, operator, value) {
    const field = this.fields.find((candidate) => candidate.name === name) ?? this.fields[0]
    const operators = row.querySelector("[data-role=operator]")
    operators.name = `${part.dataset.part}-operator`
    operators.replaceChildren(...field.operators.map((word) => new Option(this.words[word] ?? word, word, false, word === operator)))
    const slot = row.querySelector("[data-role=value]")
    slot.replaceChildren(this.#valueField(field, value))
    slot.firstChild.name = `${part.dataset.part}-value`
    slot.firstChild.ariaLabel = field.title
  }

  #valueField(field, value) {
    if (!field.choices.length) return Object.assign(document.createElement("input"), { className: "input small", value: [value].flat().join(" ") })
    const select = Object.assign(document.createElement("select"), { className: "select small" })
    select.append(...field.choices.map(([word, label]) => new Option(label, word, false, String(word) === String(value))))
    return select
  }

  async #count() {
    clearTimeout(this.timer)
    this.timer = setTimeout(async () => {
      try {
        this.countTarget.textContent = await (await post(this.previewValue, new FormData(this.element.closest("form")))).text()
      } catch (problem) {
        this.countTarget.textContent = problem.message
      }
    }, 250)
  }
}
