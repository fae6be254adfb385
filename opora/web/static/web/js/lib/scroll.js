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

// The same pane on the next page stays where it is.
export function carryScroll() {
  const tops = new Map(panes().map((pane) => [pane.id, pane.scrollTop]))
  const restore = () => {
    here = location.pathname + location.search
    for (const pane of panes()) if (tops.has(pane.id)) pane.scrollTop = tops.get(pane.id)
  }
  document.addEventListener("htmx:afterSettle", restore, { once: true })
}
