// Presses what stands on the page: any element with data-key="r", "g t" or "Mod+Enter" is clicked, a field focused.
// Several keys are separated by commas. In a field only Mod+ keys and Esc work. data-key-label names it for `keyhelp`.

import { Controller } from "@hotwired/stimulus"
import { isTyping, strokes } from "opora/lib/keys.js"

export default class extends Controller {
  #begun = ""
  #listening = new AbortController()

  connect() {
    document.addEventListener("keydown", (event) => this.press(event), { signal: this.#listening.signal })
  }

  disconnect() {
    this.#listening.abort()
  }

  press(event) {
    if (event.defaultPrevented || event.isComposing || event.repeat) return
    const names = strokes(event).filter((name) => !isTyping(event.target) || name.startsWith("Mod+"))
    const sequences = names.flatMap((name) => (this.#begun ? [`${this.#begun} ${name}`, name] : [name]))
    const found = sequences.map((sequence) => this.#find(sequence)).find(Boolean)
    this.#begun = found ? "" : sequences.find((sequence) => this.#begins(sequence)) ?? ""
    clearTimeout(this.forgetting)
    this.forgetting = setTimeout(() => { this.#begun = "" }, 1500)
    if (found) {
      event.preventDefault()
      this.#activate(found)
    }
  }

  #activate(element) {
    if (isTyping(element)) element.focus()
    else element.click()
  }

  #find(sequence) {
    return this.#keyed.find((element) => keysOf(element).includes(sequence) && reachable(element))
  }

  #begins(sequence) {
    return this.#keyed.some((element) => keysOf(element).some((keys) => keys.startsWith(`${sequence} `)))
  }

  get #keyed() {
    const scope = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document
    return [...scope.querySelectorAll("[data-key]")]
  }
}

const keysOf = (element) => element.dataset.key.split(",").map((keys) => keys.trim())

// An item of a closed menu can be pressed by its key; what is hidden otherwise cannot.
function reachable(element) {
  if (element.disabled || element.ariaDisabled === "true") return false
  return element.checkVisibility() || element.closest("[popover]")?.previousElementSibling?.checkVisibility()
}
