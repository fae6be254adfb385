// Panes side by side: handles (target, data-pane="views|list|context") change --<pane>-width by mouse, touch or arrows,
// and the browser remembers. `show` (data-panes-pane-param) opens a pane that is narrow-hidden, or the one a phone shows.

import { Controller } from "@hotwired/stimulus"

const LIMITS = { views: [160, 320], list: [240, 560], context: [240, 480] }

export default class extends Controller {
  static targets = ["handle"]

  handleTargetConnected(handle) {
    handle.addEventListener("pointerdown", (event) => this.#drag(event, handle))
    handle.addEventListener("keydown", (event) => this.#key(event, handle))
    handle.addEventListener("dblclick", () => this.#reset(handle.dataset.pane))
    this.#announce(handle)
  }

  show({ params: { pane } }) {
    const narrow = matchMedia("(max-width: 767px)").matches
    if (narrow) this.element.dataset.pane = pane
    else this.element.classList.toggle(`show-${pane}`)
  }

  hide(event) {
    for (const pane of ["views", "context"]) {
      const outside = !event.target.closest(`.${pane}-pane, [data-action*="panes#show"]`)
      if (outside) this.element.classList.remove(`show-${pane}`)
    }
  }

  #drag(event, handle) {
    const { pane } = handle.dataset
    const start = this.#width(pane)
    const direction = this.#direction(pane)
    handle.setPointerCapture(event.pointerId)
    handle.classList.add("dragging")
    const move = ({ clientX }) => this.#set(pane, start + (clientX - event.clientX) * direction)
    handle.addEventListener("pointermove", move)
    handle.addEventListener("lostpointercapture", () => {
      handle.removeEventListener("pointermove", move)
      handle.classList.remove("dragging")
      this.#announce(handle)
    }, { once: true })
  }

  #key(event, handle) {
    const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key]
    if (!step) return
    event.preventDefault()
    this.#set(handle.dataset.pane, this.#width(handle.dataset.pane) + step * this.#direction(handle.dataset.pane))
    this.#announce(handle)
  }

  #set(pane, wanted) {
    const [least, most] = LIMITS[pane]
    const width = Math.round(Math.min(Math.max(wanted, least), most))
    document.documentElement.style.setProperty(`--${pane}-width`, `${width}px`)
    localStorage.setItem("panes", JSON.stringify({ ...remembered(), [pane]: width }))
  }

  #reset(pane) {
    const { [pane]: forgotten, ...rest } = remembered()
    localStorage.setItem("panes", JSON.stringify(rest))
    document.documentElement.style.removeProperty(`--${pane}-width`)
  }

  #announce(handle) {
    const [least, most] = LIMITS[handle.dataset.pane]
    Object.assign(handle, { ariaValueMin: least, ariaValueMax: most, ariaValueNow: Math.round(this.#width(handle.dataset.pane)) })
  }

  #width = (pane) => this.element.querySelector(`:scope > .${pane}-pane`)?.getBoundingClientRect().width ?? 0
  #direction = (pane) => (pane === "context" ? -1 : 1) * (getComputedStyle(this.element).direction === "rtl" ? -1 : 1)
}

const remembered = () => JSON.parse(localStorage.getItem("panes") ?? "{}")
