// `@` finds colleagues and `/` macros while one writes. data-suggest-people-url-value and -macros-url-value answer ?q= with
// [{ value, label, hint, url, html, apply }]: a person becomes a link to `url`, a macro inserts `html` and posts to `apply`. Targets: editor, list.

import { Controller } from "@hotwired/stimulus"
import { Finder } from "opora/lib/finder.js"
import { choose, chosenIn, fill, step } from "opora/lib/options.js"

const ASKED = /(?:^|\s)([@/])([\p{L}\p{N}_.-]{0,40})$/u

export default class extends Controller {
  static targets = ["editor", "list"]
  static values = { peopleUrl: String, macrosUrl: String }

  finder = new Finder()

  connect() {
    this.editorTarget.addEventListener("trix-change", () => this.#look())
    this.editorTarget.addEventListener("keydown", (event) => this.#key(event), { capture: true })
    this.editorTarget.addEventListener("blur", () => this.#close())
    this.listTarget.addEventListener("mousedown", (event) => { event.preventDefault(); this.#take(event.target.closest("[role=option]")) })
  }

  // The macro button of the bar writes the "/" for you.
  begin({ params: { sign } }) {
    this.editorTarget.focus()
    this.editorTarget.editor.insertString(/\s$|^$/.test(this.#before) ? sign : ` ${sign}`)
  }

  #look() {
    const [, sign, text] = this.#before.match(ASKED) ?? []
    const url = sign === "@" ? this.peopleUrlValue : this.macrosUrlValue
    if (!sign || !url) return this.#close()
    this.length = text.length + 1
    this.finder.find(url, text, (found) => this.#show(found))
  }

  #show(found) {
    fill(this.listTarget, found, "")
    this.listTarget.hidden = !found.length
    choose(this.listTarget, 0, this.editorTarget)
  }

  #key(event) {
    if (this.listTarget.hidden) return
    if (["Enter", "Tab"].includes(event.key)) this.#take(chosenIn(this.listTarget))
    else if (event.key === "Escape") this.#close()
    else if (!step(this.listTarget, event, this.editorTarget)) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  #take(option) {
    if (!option) return
    const { editor } = this.editorTarget
    const [end] = editor.getSelectedRange()
    editor.setSelectedRange([end - this.length, end])
    editor.deleteInDirection("backward")
    const { html, url, label, apply } = option.dataset
    if (apply) window.htmx.ajax("POST", apply, { swap: "none" })
    if (html) editor.insertHTML(html)
    else {
      editor.insertHTML(Object.assign(document.createElement("a"), { href: url, textContent: `@${label}` }).outerHTML)
      editor.deactivateAttribute("href")
      editor.insertString(" ")
    }
    this.#close()
  }

  #close() {
    this.finder.stop()
    this.listTarget.hidden = true
  }

  get #before() {
    const { editor } = this.editorTarget
    return editor ? editor.getDocument().toString().slice(0, editor.getSelectedRange()[0]) : ""
  }
}
