// Unfolds quoted text and signatures. Targets: button (aria-expanded), body (hidden).

import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["button", "body"]

  toggle() {
    this.bodyTarget.hidden = !this.bodyTarget.hidden
    this.buttonTarget.setAttribute("aria-expanded", String(!this.bodyTarget.hidden))
  }
}
