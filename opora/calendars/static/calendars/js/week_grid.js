// The editor of a week: bars over seven tracks, and the same hours as text. Drag over a track to open, a bar to move
// it, its edges to change it; dragged to nothing it is gone. Targets: day (seven inputs), track (seven), sum.
// Actions: draw; fill (days param, "|" between days); copy (place param) to the days below.

import { Controller } from "@hotwired/stimulus"

const DAY = 1440, STEP = 30, EDGE = 8
const SPAN = /^(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?$/

export default class extends Controller {
  static targets = ["day", "track", "sum"]

  connect() {
    this.trackTargets.forEach((track, place) => track.addEventListener("pointerdown", (event) => this.#drag(event, place)))
    this.draw()
  }

  draw() {
    const week = this.dayTargets.map((input) => parse(input.value))
    this.trackTargets.forEach((track, place) => {
      track.classList.toggle("wrong", week[place] === null)
      const before = week[(place + 6) % 7] ?? []
      const tails = before.filter((span) => span.end > DAY).map((span) => bar({ start: 0, end: span.end - DAY }, "tail"))
      track.replaceChildren(...tails, ...(week[place] ?? []).map((span) => bar(span)))
    })
    const minutes = week.flatMap((day) => day ?? []).reduce((sum, span) => sum + span.end - span.start, 0)
    this.sumTarget.textContent = this.sumTarget.dataset.pattern.replace("%s", Math.round(minutes / 6) / 10)
  }

  fill({ params: { days } }) {
    days.split("|").forEach((text, place) => { this.dayTargets[place].value = text })
    this.#changed(0)
  }

  copy({ params: { place } }) {
    for (const input of this.dayTargets.slice(place + 1)) input.value = this.dayTargets[place].value
    this.#changed(place)
  }

  #drag(event, place) {
    const spans = parse(this.dayTargets[place].value)
    if (!spans || event.button || event.target.classList.contains("tail")) return
    const track = this.trackTargets[place], box = track.getBoundingClientRect()
    const minute = (x) => Math.min(DAY, Math.max(0, Math.round(((x - box.left) / box.width) * DAY / STEP) * STEP))
    const begin = minute(event.clientX), grip = event.target.getBoundingClientRect()
    const index = [...track.querySelectorAll(".week-bar:not(.tail)")].indexOf(event.target)
    const was = index < 0 ? { start: begin, end: begin } : spans[index]
    const others = spans.filter((_, at) => at !== index)
    const edge = index < 0 || grip.right - event.clientX < EDGE ? "end" : event.clientX - grip.left < EDGE ? "start" : "both"
    track.setPointerCapture(event.pointerId)
    const move = ({ clientX }) => {
      const by = minute(clientX) - begin
      const now = { start: was.start + (edge === "end" ? 0 : by), end: was.end + (edge === "start" ? 0 : by) }
      const span = { start: Math.max(0, Math.min(now.start, now.end)), end: Math.max(now.start, now.end) }
      this.dayTargets[place].value = write(join([...others, span].filter((one) => one.end > one.start)))
      this.draw()
    }
    track.addEventListener("pointermove", move)
    track.addEventListener("pointerup", () => { track.removeEventListener("pointermove", move); this.#changed(place) }, { once: true })
  }

  #changed(place) {
    this.draw()
    this.dayTargets[place].dispatchEvent(new Event("input", { bubbles: true }))
  }
}

// Spans of a text in minutes, an end past midnight beyond 1440; null for what is no hours.
function parse(text) {
  const found = text.split(/[,;]/).map((part) => part.trim()).filter(Boolean).map((part) => SPAN.exec(part))
  if (found.some((match) => !match)) return null
  return found.map(([, h, m, to, n]) => {
    const start = h * 60 + +(m ?? 0), end = to * 60 + +(n ?? 0)
    return { start, end: end > start ? end : end + DAY }
  })
}

const join = (spans) => spans.sort((one, other) => one.start - other.start).reduce((all, span) => {
  const last = all.at(-1)
  if (last && span.start <= last.end) last.end = Math.max(last.end, span.end)
  else all.push({ ...span })
  return all
}, [])

const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`
const write = (spans) => spans.map(({ start, end }) => `${clock(start)}–${clock(end > DAY ? end - DAY : end)}`).join(", ")

function bar({ start, end }, kind = "") {
  const element = Object.assign(document.createElement("div"), { className: `week-bar ${kind}`.trim() })
  element.style.left = `${(start / DAY) * 100}%`
  element.style.width = `${((Math.min(end, DAY) - start) / DAY) * 100}%`
  return element
}
