// Writes a reply or a note with Trix. Targets: editor (trix-editor), tab (data-mode), public (hidden field), format (toolbar).
// An image that is pasted or dropped goes to data-composer-upload-url-value, which answers { id, url }, and stays in
// the text; any other file goes to the `upload` controller of the same element.

import { Controller } from "@hotwired/stimulus"
import { loadEditor } from "opora/lib/editor.js"
import { post, showRefusal } from "opora/lib/http.js"

export default class extends Controller {
  static targets = ["editor", "tab", "public", "format", "send"]
  static values = { uploadUrl: String }

  initialize() {
    this.#on("trix-file-accept", (event) => this.#accept(event))
    this.#on("trix-attachment-add", ({ attachment }) => { if (attachment.file) this.#upload(attachment) })
    this.#on("keydown", (event) => this.#key(event))
  }

  async connect() {
    this.#show(this.element.dataset.mode ?? "reply")
    if (this.hasEditorTarget) await loadEditor()
  }

  mode({ currentTarget }) {
    this.#show(currentTarget.dataset.mode)
    this.editorTarget.focus()
    this.element.dispatchEvent(new Event("change", { bubbles: true }))
  }

  toggleFormat() {
    this.formatTarget.hidden = !this.formatTarget.hidden
  }

  insert({ detail: { html } }) {
    this.editorTarget.editor.insertHTML(html)
  }

  #show(mode) {
    this.element.dataset.mode = mode
    for (const tab of this.tabTargets) tab.setAttribute("aria-selected", String(tab.dataset.mode === mode))
    if (this.hasPublicTarget) this.publicTarget.value = String(mode === "reply")
    if (this.hasEditorTarget) this.editorTarget.setAttribute("placeholder", this.editorTarget.dataset[mode] ?? "")
  }

  #key(event) {
    if (event.key === "Escape" && !event.defaultPrevented) document.activeElement.blur()
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    event.stopPropagation()
    this.#settled().then(() => this.sendTarget.click())
  }

  // Trix writes what was typed into its field a frame later; the last letter is to go along, too.
  #settled() {
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  }

  #accept(event) {
    if (event.file.type.startsWith("image/") && this.uploadUrlValue) return
    event.preventDefault()
    this.dispatch("file", { detail: { files: [event.file] } })
  }

  async #upload(attachment) {
    const form = new FormData()
    form.append("file", attachment.file)
    form.append("inline", "true")
    try {
      const { id, url } = await (await post(this.uploadUrlValue, form, { accept: "application/json" })).json()
      attachment.setAttributes({ id, url })
    } catch (problem) {
      attachment.remove()
      showRefusal(problem)
    }
  }

  #on(name, act) {
    this.element.addEventListener(name, act)
  }
}
