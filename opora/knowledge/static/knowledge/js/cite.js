// The button “insert” of an offered article puts its title, as a link to data-cite-url-value, where one writes; the form
// itself links the article to the ticket. Values: url, title.

import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static values = { url: String, title: String }

  insert({ submitter }) {
    const field = document.querySelector("#composer trix-editor")
    if (submitter?.name !== "insert" || !field?.editor) return
    const href = new URL(this.urlValue, location.href).href
    field.editor.insertHTML(Object.assign(document.createElement("a"), { href, textContent: this.titleValue }).outerHTML)
    field.editor.deactivateAttribute("href")
    field.editor.insertString(" ")
    field.focus()
  }
}
