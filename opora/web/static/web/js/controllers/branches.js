// <form data-controller="branches" data-branches-rules-value="[{parent, value, child, required_in}]">: fields that
// depend on others are there while those hold the value. Each stands in an element with data-field="field_<id>".

import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["field"]
  static values = { rules: Array }

  connect() {
    this.element.addEventListener("change", this.fold)
    this.fold()
  }

  disconnect() {
    this.element.removeEventListener("change", this.fold)
  }

  fold = () => {
    const there = this.#there()
    for (const field of this.fieldTargets) {
      field.hidden = !there.has(field.dataset.field)
      for (const control of field.querySelectorAll("input, select, textarea")) control.disabled = field.hidden
    }
  }

  // The least set that the rules allow, as the server finds it.
  #there() {
    const children = new Set(this.rulesValue.map((rule) => `field_${rule.child}`))
    const there = new Set(this.fieldTargets.map((field) => field.dataset.field).filter((name) => !children.has(name)))
    for (let before = -1; before < there.size; ) {
      before = there.size
      for (const rule of this.rulesValue)
        if (there.has(`field_${rule.parent}`) && this.#holds(rule)) there.add(`field_${rule.child}`)
    }
    return there
  }

  #holds({ parent, value }) {
    const field = this.fieldTargets.find((each) => each.dataset.field === `field_${parent}`)
    if (!field) return false
    const chosen = [...field.querySelectorAll("select")].flatMap((one) => [...one.selectedOptions].map((option) => option.value))
    const boxes = [...field.querySelectorAll("input[type=checkbox]")]
    const checked = boxes.filter((box) => box.checked).map((box) => (box.value === "on" ? "true" : box.value))
    const held = [...chosen, ...checked].filter(Boolean)
    return held.includes(value) || (value === "false" && held.length === 0)
  }
}
