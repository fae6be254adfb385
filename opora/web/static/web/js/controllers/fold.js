// <details data-controller="fold" data-fold-name-value="context.orders"> stays as this browser left it.

import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static values = { name: String }

  connect() {
    const remembered = localStorage.getItem(this.#key)
    if (remembered) this.element.open = remembered === "open"
    this.element.addEventListener("toggle", () => localStorage.setItem(this.#key, this.element.open ? "open" : "closed"))
  }

  get #key() {
    return `fold ${this.nameValue}`
  }
}
