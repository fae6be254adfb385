// <time datetime> in words that stay true. Style "relative": "3 min ago", "in 2 h"; "due": "2 h", "late 5 min".
// The patterns stand on <html> (data-units, data-moments), so the server's words and these are the same. What it is
// exactly, in the reader's zone (data-zone on <html>), is said on hover.

import { Controller } from "@hotwired/stimulus"

const MINUTE = 60, HOUR = 3600, DAY = 86400
const all = new Set()

setInterval(() => all.forEach((controller) => controller.render()), 30_000)

export default class extends Controller {
  static values = { style: { type: String, default: "relative" }, late: { type: String, default: "%s" } }

  connect() {
    all.add(this)
    this.render()
    this.element.addEventListener("pointerenter", () => { this.element.title ||= exact(new Date(this.element.dateTime)) })
  }

  disconnect() {
    all.delete(this)
  }

  render() {
    const seconds = (Date.parse(this.element.dateTime) - Date.now()) / 1000
    const words = this.styleValue === "due" ? this.#due(seconds) : relative(seconds)
    if (words && words !== this.element.textContent) this.element.textContent = words
  }

  #due(seconds) {
    const kept = this.element.closest(".due")?.dataset.state === "met"
    return seconds < 0 && !kept ? this.lateValue.replace("%s", amount(-seconds)) : amount(Math.abs(seconds))
  }
}

function exact(moment) {
  const { lang, dataset } = document.documentElement
  return new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short", timeZone: dataset.zone || undefined }).format(moment)
}

// Beyond a week the server's date stays.
function relative(seconds) {
  const [now, past, future, yesterday] = document.documentElement.dataset.moments.split("|")
  const size = Math.abs(seconds)
  if (size < MINUTE) return now
  if (size >= 7 * DAY) return ""
  if (seconds > 0) return future.replace("%s", amount(size))
  return size >= DAY && size < 2 * DAY ? yesterday : past.replace("%s", amount(size))
}

function amount(seconds) {
  const [minutes, hours, days] = document.documentElement.dataset.units.split("|")
  const [pattern, size] = seconds < HOUR ? [minutes, MINUTE] : seconds < DAY ? [hours, HOUR] : [days, DAY]
  return pattern.replace("%s", Math.floor(seconds / size))
}
