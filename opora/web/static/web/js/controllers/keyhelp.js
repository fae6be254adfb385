// `?`: lists the keys of this page, read from data-key, and from data-key-help="j/k=Next and previous;x=Select" of lists.

import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["dialog", "list"]

  open() {
    this.listTarget.replaceChildren(...this.#entries().map(([keys, label]) => row(keys, label)))
    this.dialogTarget.showModal()
  }

  #entries() {
    const entries = new Map()
    for (const element of document.querySelectorAll("[data-key-help]")) {
      for (const part of element.dataset.keyHelp.split(";")) entries.set(...part.split("=").map((text) => text.trim()))
    }
    for (const element of document.querySelectorAll("[data-key]")) {
      const keys = element.dataset.key.split(",")[0]
      if (!entries.has(keys)) entries.set(keys, labelOf(element))
    }
    return [...entries].filter(([, label]) => label)
  }
}

function labelOf(element) {
  const tip = element.querySelector(".place-tip") ?? element
  const words = [...tip.childNodes].filter((node) => !node.matches?.("kbd, .keys, svg")).map((node) => node.textContent)
  const label = element.dataset.keyLabel ?? element.ariaLabel ?? element.placeholder ?? words.join(" ")
  return label.replace(/\s+/g, " ").trim()
}

function row(keys, label) {
  const item = document.createElement("li")
  const caps = document.createElement("span")
  caps.className = "keys"
  caps.append(...keys.split(/[ /+](?=.)/).map(cap))
  item.append(label, caps)
  return item
}

function cap(name) {
  const key = document.createElement("kbd")
  key.textContent = name === "Mod" ? (document.documentElement.dataset.platform === "mac" ? "⌘" : "Ctrl") : name.length === 1 ? name.toUpperCase() : name
  return key
}
