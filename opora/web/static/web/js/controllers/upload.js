// Takes files, dropped, pasted or chosen (target input). Each is posted to data-upload-url-value as `file`; the answer { id, size }
// fills a clone of target `template` ([data-name], [data-size], progress, input[type=hidden]) in target `list`.

import { Controller } from "@hotwired/stimulus"
import { csrfToken, sentenceOf } from "opora/lib/http.js"
import { words } from "opora/lib/toast.js"

const SIZE = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 })

export default class extends Controller {
  static targets = ["input", "list", "template"]
  static values = { url: String }

  initialize() {
    const on = (name, act) => this.element.addEventListener(name, act)
    on("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) { event.preventDefault(); this.#over(true) } })
    on("dragleave", (event) => { if (!this.element.contains(event.relatedTarget)) this.#over(false) })
    on("drop", (event) => { this.#over(false); if (!event.defaultPrevented && event.dataTransfer.files.length) { event.preventDefault(); this.#take(event.dataTransfer.files) } })
    on("composer:file", (event) => this.#take(event.detail.files))
  }

  choose() {
    this.inputTarget.click()
  }

  chosen() {
    this.#take(this.inputTarget.files)
    this.inputTarget.value = ""
  }

  remove({ target }) {
    const card = target.closest(".attachment")
    card.request?.abort()
    card.remove()
    this.#changed()
  }

  #take(files) {
    for (const file of files) this.#send(file, this.#card(file))
  }

  #card(file) {
    const card = this.templateTarget.content.firstElementChild.cloneNode(true)
    card.querySelector("[data-name]").textContent = file.name
    card.classList.add("uploading")
    this.listTarget.append(card)
    return card
  }

  // XMLHttpRequest, because fetch does not tell how much of a file has gone.
  #send(file, card) {
    const request = card.request = new XMLHttpRequest()
    const form = new FormData()
    form.append("file", file)
    request.upload.onprogress = ({ loaded, total }) => { card.querySelector("progress").value = loaded / total }
    request.onload = () => (request.status < 300 ? this.#done(card, JSON.parse(request.responseText)) : this.#failed(card, sentenceOf(request.responseText, request.getResponseHeader("Content-Type"))))
    request.onerror = () => this.#failed(card, words().unreachable)
    request.open("POST", this.urlValue)
    request.setRequestHeader("X-CSRFToken", csrfToken())
    request.setRequestHeader("Accept", "application/json")
    request.send(form)
  }

  #done(card, { id, size }) {
    card.classList.remove("uploading")
    card.querySelector("progress").remove()
    card.querySelector("input[type=hidden]").value = id
    card.querySelector("[data-size]").textContent = SIZE.format(size / 1000)
    this.#changed()
  }

  #failed(card, sentence) {
    card.classList.replace("uploading", "failed")
    card.querySelector("progress").remove()
    card.querySelector("[data-size]").textContent = sentence
  }

  #over = (over) => this.element.classList.toggle("over", over)
  #changed = () => this.element.dispatchEvent(new Event("change", { bubbles: true }))
}
