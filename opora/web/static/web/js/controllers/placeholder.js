// Puts a text where the writer stands: buttons with data-placeholder-text-param. Target: editor (a trix-editor).

import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["editor"]

  insert({ params: { text } }) {
    this.editorTarget.editor.insertString(text)
    this.editorTarget.focus()
  }
}
