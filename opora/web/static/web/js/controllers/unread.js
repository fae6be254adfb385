// A conversation opens at its first unread message, else at its end, and stays there when something new comes
// unless the reader has scrolled up. data-controller="unread" on the scrolling element; #unread is the line.

import { Controller } from "@hotwired/stimulus"

const NEAR = 80

export default class extends Controller {
  connect() {
    this.following = true
    this.element.addEventListener("scroll", () => { this.following = this.#isAtEnd }, { passive: true })
    this.watching = new MutationObserver(() => { if (this.following) this.#toEnd() })
    this.watching.observe(this.element, { childList: true, subtree: true })
    const line = this.element.querySelector("#unread")
    const linked = location.hash.startsWith("#comment-") && document.querySelector(location.hash)
    if (linked || line) (linked || line).scrollIntoView({ block: "start" })
    else this.#toEnd()
  }

  disconnect() {
    this.watching.disconnect()
  }

  #toEnd() {
    this.element.scrollTop = this.element.scrollHeight
  }

  get #isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.element
    return scrollHeight - scrollTop - clientHeight < NEAR
  }
}
