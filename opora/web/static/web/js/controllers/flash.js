// A sentence of the server inside the page becomes a toast.

import { Controller } from "@hotwired/stimulus"
import { showToast } from "opora/lib/toast.js"

export default class extends Controller {
  connect() {
    const level = this.element.classList.contains("error") ? "error" : "ok"
    requestAnimationFrame(() => showToast({ text: this.element.textContent.trim(), level }))
    this.element.hidden = true
  }
}
