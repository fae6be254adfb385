// Moving work on the board: a ticket is dragged to a person or to the queue, or with `m` (or its button) sent by choice.
// Targets: dialog, title (data-words), to. A piece has data-ticket and data-url; places have data-place.

import { Controller } from "@hotwired/stimulus"
import { post, showRefusal } from "opora/lib/http.js"

export default class extends Controller {
  static targets = ["dialog", "title", "to"]

  lift(event) {
    this.piece = event.currentTarget
    this.piece.dataset.lifted = ""
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", `#${this.piece.dataset.ticket}`)
  }

  let() {
    if (this.piece) delete this.piece.dataset.lifted
    this.piece = null
  }

  over(event) {
    if (!this.piece || this.#placeOf(this.piece) === event.currentTarget.dataset.place) return
    event.preventDefault()
    event.currentTarget.dataset.over = ""
  }

  out({ currentTarget, relatedTarget }) {
    if (!currentTarget.contains(relatedTarget)) delete currentTarget.dataset.over
  }

  drop(event) {
    event.preventDefault()
    delete event.currentTarget.dataset.over
    if (this.piece) this.#send(this.piece, event.currentTarget.dataset.place)
  }

  key(event) {
    if (event.key.toLowerCase() !== "m" && event.code !== "KeyM" || event.metaKey || event.ctrlKey || event.altKey) return
    event.preventDefault()
    this.choose(event)
  }

  choose({ currentTarget }) {
    this.chosen = currentTarget.closest(".piece")
    this.titleTarget.textContent = this.titleTarget.dataset.words.replace("%s", this.chosen.dataset.ticket)
    this.toTarget.value = this.#placeOf(this.chosen) === "queue" ? this.toTarget.options[1]?.value ?? "queue" : "queue"
    this.dialogTarget.showModal()
    this.toTarget.focus()
  }

  cancel() {
    this.dialogTarget.close()
  }

  move() {
    this.#send(this.chosen, this.toTarget.value)
  }

  #placeOf(piece) {
    return piece.closest("[data-place]")?.dataset.place
  }

  async #send(piece, to) {
    const form = new FormData()
    form.append("to", to)
    try {
      await post(piece.dataset.url, form)
      window.htmx.trigger("#board", "live")
    } catch (problem) {
      showRefusal(problem)
    }
  }
}
