// Puts a text where the writer stands: buttons with data-placeholder-text-param. Target: editor (trix-editor, textarea).

import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["editor"]

  insert({ params: { text } }) {
    const target = this.editorTarget
    target.focus()
    if (target.editor) target.editor.insertString(text)
    else {
      target.setRangeText(text, target.selectionStart, target.selectionEnd, "end")
      target.dispatchEvent(new Event("input", { bubbles: true }))
    }
  }
}
