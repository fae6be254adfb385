// Light, dark or like the system. Targets: choice (data-theme-choice). With data-theme-url-value the server keeps it too.

import { Controller } from "@hotwired/stimulus"
import { post, showRefusal } from "opora/lib/http.js"

export default class extends Controller {
  static targets = ["choice"]
  static values = { url: String }

  connect() {
    this.#mark(document.documentElement.dataset.theme ?? "auto")
  }

  choose({ currentTarget }) {
    const theme = currentTarget.dataset.themeChoice
    document.documentElement.dataset.theme = theme
    localStorage.setItem("theme", theme)
    this.#mark(theme)
    if (this.urlValue) post(this.urlValue, new URLSearchParams({ theme })).catch(showRefusal)
  }

  #mark(theme) {
    for (const choice of this.choiceTargets) choice.setAttribute("aria-checked", String(choice.dataset.themeChoice === theme))
  }
}
