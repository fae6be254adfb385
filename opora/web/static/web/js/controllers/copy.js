// Copies data-copy-text-value, or the text of target `source`; says so on the button for two seconds (data-copy-done-value).

import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["source", "button"]
  static values = { text: String, done: String }

  async copy() {
    const text = this.textValue.startsWith("/") ? new URL(this.textValue, location.href).href : this.textValue
    const source = this.hasSourceTarget ? this.sourceTarget.value ?? this.sourceTarget.innerText : text
    await navigator.clipboard.writeText(source)
    const button = this.hasButtonTarget ? this.buttonTarget : this.element
    const before = button.ariaLabel
    button.ariaLabel = this.doneValue
    button.setAttribute("aria-pressed", "true")
    setTimeout(() => { button.ariaLabel = before; button.removeAttribute("aria-pressed") }, 2000)
  }
}
