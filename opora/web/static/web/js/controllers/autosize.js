// A textarea as tall as its text, where the browser does not know `field-sizing`.

import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() {
    if (CSS.supports("field-sizing", "content")) return
    this.fit = () => {
      this.element.style.height = "auto"
      this.element.style.height = `${this.element.scrollHeight + 2}px`
    }
    this.element.addEventListener("input", this.fit)
    this.fit()
  }
}
