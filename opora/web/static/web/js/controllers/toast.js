// The region at the bottom left. Shows what `showToast`, an Opora-Toast header or a `flash` says.
// A toast: { text, level: "ok|info|error", seconds, undo: url to post to, url, label }. Out-of-band fragments
// in the answer to Undo are put in their places.

import { Controller } from "@hotwired/stimulus"

const ICONS = { ok: "circle-check", info: "info", error: "circle-alert" }

export default class extends Controller {
  static values = { undo: String, close: String, icons: String }
  #listening = new AbortController()

  connect() {
    document.addEventListener("opora:toast", ({ detail }) => this.show(detail), { signal: this.#listening.signal })
    this.element.showPopover?.()
  }

  disconnect() {
    this.#listening.abort()
  }

  show({ text, level = "ok", seconds = level === "error" ? 12 : 6, undo, url, label }) {
    const toast = element("div", `toast ${level}`)
    toast.append(this.#icon(ICONS[level]), element("span", "toast-text", text))
    if (undo) toast.append(this.#undo(undo, toast))
    if (url) toast.append(Object.assign(element("a", "button small ghost", label), { href: url }))
    const close = element("button", "icon-button small")
    Object.assign(close, { type: "button", ariaLabel: this.closeValue, onclick: () => toast.remove() })
    close.append(this.#icon("x"))
    toast.append(close)
    this.#rise()
    this.element.append(toast)
    this.#expire(toast, seconds * 1000)
  }

  #undo(url, toast) {
    const button = element("button", "button small", this.undoValue)
    Object.assign(button, { type: "button", onclick: () => {
      toast.remove()
      window.htmx.ajax("POST", url, { swap: "none" })
    } })
    button.dataset.key = "z"
    return button
  }

  // Time stands still while somebody points at it or is inside it.
  #expire(toast, after) {
    setTimeout(() => (toast.matches(":hover, :focus-within") ? this.#expire(toast, 2000) : toast.remove()), after)
  }

  // A dialog that opened later lies above; come back on top of it.
  #rise() {
    if (!document.querySelector("dialog:modal") || !this.element.matches(":popover-open")) return
    this.element.hidePopover()
    this.element.showPopover()
  }

  #icon(name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
    svg.setAttribute("class", "icon")
    svg.setAttribute("aria-hidden", "true")
    svg.append(document.createElementNS(svg.namespaceURI, "use"))
    svg.firstChild.setAttribute("href", `${this.iconsValue}#i-${name}`)
    return svg
  }
}

const element = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text })
