// A field that finds: data-combobox-url-value?q= returns [{ value, label, hint }]. One value, or several as chips
// (data-combobox-multiple-value="true"); data-combobox-free-value="true" also takes what is typed (tags, addresses).
// Markup: web/components/_combobox.html. Targets: input, list, value (single), chip, template (several).

import { Controller } from "@hotwired/stimulus"
import { Finder } from "opora/lib/finder.js"
import { choose, chosenIn, fill, step } from "opora/lib/options.js"

export default class extends Controller {
  static targets = ["input", "list", "value", "chip", "template"]
  static values = { url: String, multiple: Boolean, free: Boolean, empty: String }

  finder = new Finder()

  connect() {
    const on = (name, act) => this.inputTarget.addEventListener(name, act)
    on("input", () => { if (!this.multipleValue && !this.inputTarget.value) this.valueTarget.value = ""; this.#find() })
    on("focus", () => this.#find())
    on("blur", () => this.#left())
    on("keydown", (event) => this.#key(event))
    this.listTarget.addEventListener("mousedown", (event) => { event.preventDefault(); this.#take(event.target.closest("[role=option]")) })
  }

  remove({ target }) {
    target.closest("[data-combobox-target=chip]").remove()
    this.#changed()
  }

  #find() {
    this.finder.find(this.urlValue, this.inputTarget.value, (found) => { if (document.activeElement === this.inputTarget) this.#show(found) })
  }

  #show(found) {
    const taken = this.chipTargets.map((chip) => chip.dataset.value)
    fill(this.listTarget, found.filter(({ value }) => !taken.includes(String(value))), this.emptyValue)
    this.#open(this.listTarget.childElementCount > 0)
    if (!this.freeValue || !this.inputTarget.value) choose(this.listTarget, 0, this.inputTarget)
  }

  #key(event) {
    const open = !this.listTarget.hidden
    if (open && step(this.listTarget, event, this.inputTarget)) event.preventDefault()
    else if (event.key === "Escape" && open) { event.preventDefault(); event.stopPropagation(); this.#open(false) }
    else if (event.key === "Backspace" && !this.inputTarget.value && this.chipTargets.length) this.remove({ target: this.chipTargets.at(-1).firstElementChild })
    else if (event.key === "Enter" && open && chosenIn(this.listTarget)) { event.preventDefault(); this.#take(chosenIn(this.listTarget)) }
    else if (["Enter", ","].includes(event.key) && this.freeValue && this.inputTarget.value.trim()) { event.preventDefault(); this.#typed() }
  }

  #left() {
    this.finder.stop()
    if (this.freeValue && this.inputTarget.value.trim() && (this.multipleValue || !this.valueTarget.value)) this.#typed()
    this.#open(false)
  }

  #typed = () => this.#put(this.inputTarget.value.trim(), this.inputTarget.value.trim())
  #take = (option) => option && this.#put(option.dataset.value, option.dataset.label)

  #put(value, label) {
    if (this.multipleValue) {
      this.inputTarget.before(chipFrom(this.templateTarget, value, label))
    } else this.valueTarget.value = value
    this.inputTarget.value = this.multipleValue ? "" : label
    this.#open(false)
    this.#changed()
  }

  #open(open) {
    this.listTarget.hidden = !open
    this.inputTarget.setAttribute("aria-expanded", String(open))
  }

  #changed = () => this.element.dispatchEvent(new Event("change", { bubbles: true }))
}

function chipFrom(template, value, label) {
  const chip = template.content.firstElementChild.cloneNode(true)
  chip.dataset.value = chip.querySelector("input").value = value
  chip.querySelector("[data-label]").textContent = label
  return chip
}
