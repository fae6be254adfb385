// A native <dialog>. Target: dialog. Actions: open, close, done (after a request that succeeded). A click beside it closes it; with data-dialog-src-value
// its body (target `body`) is fetched when it opens.

import { Controller } from "@hotwired/stimulus"
import { request, showRefusal } from "opora/lib/http.js"

export default class extends Controller {
  static targets = ["dialog", "body"]
  static values = { src: String }

  connect() {
    this.dialogTarget.addEventListener("click", (event) => { if (event.target === this.dialogTarget) this.close() })
  }

  open(event) {
    event?.preventDefault()
    if (!this.dialogTarget.open) this.dialogTarget.showModal()
    const url = event?.detail?.src ?? event?.currentTarget?.dataset?.dialogSrc ?? this.srcValue
    if (url) this.#fill(url)
  }

  // What was refused stays open with what was typed.
  done({ detail }) {
    if (detail.successful) this.close()
  }

  close() {
    this.dialogTarget.close()
  }

  async #fill(url) {
    try {
      this.bodyTarget.innerHTML = await (await request(url)).text()
      window.htmx.process(this.bodyTarget)
      this.bodyTarget.querySelector("[autofocus], input:not([type=hidden]), textarea")?.focus()
    } catch (problem) {
      this.close()
      showRefusal(problem)
    }
  }
}
