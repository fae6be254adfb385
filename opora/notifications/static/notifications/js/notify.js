// The bell: the number in the tab's title, a notification of the system while the tab is out of sight. Opening a ticket marks
// what concerns it as read. Targets: news (of _count.html), panel, list; on the page of choices: state, allow, stop.

import { Controller } from "@hotwired/stimulus"
import { post } from "opora/lib/http.js"

const SWITCH = "desktop-notifications"
const supported = "Notification" in window
const wanted = () => supported && Notification.permission === "granted" && localStorage.getItem(SWITCH) === "on"

export default class extends Controller {
  static targets = ["news", "panel", "list", "state", "allow", "stop"]
  static values = { readingUrl: String }

  connect() {
    if (this.hasStateTarget) this.#show()
    if (!this.readingUrlValue) return
    this.arrived = () => { this.#title(); this.#read() }
    this.watch = new MutationObserver(() => this.#title())
    this.watch.observe(document.querySelector("title"), { childList: true })
    document.addEventListener("htmx:afterSettle", this.arrived)
    addEventListener("focus", this.arrived)
  }

  disconnect() {
    this.watch?.disconnect()
    document.removeEventListener("htmx:afterSettle", this.arrived)
    removeEventListener("focus", this.arrived)
  }

  newsTargetConnected({ dataset }) {
    const newest = Number(dataset.newest ?? 0)
    if (this.newest !== undefined && newest > this.newest && !document.hasFocus() && wanted()) this.#tell(dataset)
    this.newest = Math.max(newest, this.newest ?? 0)
    this.#title()
    this.#read()
    if (this.panelTarget.matches(":popover-open")) window.htmx.trigger(this.listTarget, "wanted")
  }

  open({ newState }) {
    if (newState === "open") window.htmx.trigger(this.listTarget, "wanted")
  }

  async allow() {
    if (await Notification.requestPermission() === "granted") localStorage.setItem(SWITCH, "on")
    this.#show()
  }

  stop() {
    localStorage.setItem(SWITCH, "off")
    this.#show()
  }

  // Tabs of one browser share the tag, so the system shows it once.
  #tell({ title, body, url, newest }) {
    const shown = new Notification(title, { body, tag: `opora-${newest}` })
    shown.onclick = () => { window.focus(); location.assign(url) }
  }

  #title() {
    const count = this.hasNewsTarget ? Number(this.newsTarget.dataset.count) : 0
    const plain = document.title.replace(/^\(\d+\+?\) /, "")
    const title = count ? `(${count > 99 ? "99+" : count}) ${plain}` : plain
    if (document.title !== title) document.title = title
  }

  #read() {
    const ticket = location.pathname.match(/^\/tickets\/(\d+)$/)?.[1]
    if (!ticket || !this.hasNewsTarget || !document.hasFocus() || !this.newsTarget.dataset.tickets.split(" ").includes(ticket)) return
    this.newsTarget.dataset.tickets = ""
    post(this.readingUrlValue, new URLSearchParams({ ticket })).catch(() => {})
  }

  #show() {
    const state = !supported ? "unsupported" : wanted() ? "granted" : Notification.permission === "denied" ? "denied" : "default"
    this.stateTarget.textContent = this.stateTarget.dataset[state]
    this.allowTarget.hidden = state !== "default"
    this.stopTarget.hidden = state !== "granted"
  }
}
