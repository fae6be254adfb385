// Remembers how far the page and its panes ([data-keep-scroll] with an id) were scrolled, by address.

const name = (url) => `scroll ${url}`
const panes = () => [...document.querySelectorAll("[data-keep-scroll][id]")]
let here = location.pathname + location.search

export function rememberScroll() {
  const places = { window: scrollY }
  for (const pane of panes()) places[pane.id] = pane.scrollTop
  sessionStorage.setItem(name(here), JSON.stringify(places))
  queueMicrotask(() => { here = location.pathname + location.search })
}

export function restoreScroll() {
  here = location.pathname + location.search
  const places = JSON.parse(sessionStorage.getItem(name(here)) ?? "{}")
  for (const pane of panes()) if (pane.id in places) pane.scrollTop = places[pane.id]
  scrollTo(0, places.window ?? 0)
}

// A list of places that has not been scrolled yet shows where one is.
export function showCurrent() {
  for (const link of document.querySelectorAll("[data-keep-scroll] [aria-current=page]")) {
    const pane = link.closest("[data-keep-scroll]")
    const beyond = link.getBoundingClientRect().bottom - pane.getBoundingClientRect().bottom
    if (pane.scrollTop === 0 && beyond > 0) pane.scrollTop = beyond + pane.clientHeight / 3
  }
}

// The same pane on the next page stays where it is.
export function carryScroll() {
  const tops = new Map(panes().map((pane) => [pane.id, pane.scrollTop]))
  const restore = () => {
    here = location.pathname + location.search
    for (const pane of panes()) if (tops.has(pane.id)) pane.scrollTop = tops.get(pane.id)
    showCurrent()
  }
  document.addEventListener("htmx:afterSettle", restore, { once: true })
}
