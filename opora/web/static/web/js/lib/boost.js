// Page changes without a jump: a boosted link or form swaps #main, sets focus, keeps scroll on going back.

import { sentenceOf, csrfToken } from "opora/lib/http.js"
import { rememberScroll, restoreScroll, carryScroll, showCurrent } from "opora/lib/scroll.js"
import { showToast, toastFromHeader, words } from "opora/lib/toast.js"

const on = (name, act) => document.addEventListener(`htmx:${name}`, (event) => act(event.detail, event))
const main = () => document.getElementById("main")
let leaving = location.pathname

export function startBoost() {
  on("configRequest", (detail) => { if (detail.verb !== "get") detail.headers["X-CSRFToken"] = csrfToken() })
  on("beforeSend", (detail) => { if (detail.boosted) main()?.setAttribute("aria-busy", "true") })
  on("afterRequest", (detail) => {
    main()?.removeAttribute("aria-busy")
    toastFromHeader(detail.xhr.getResponseHeader("Opora-Toast"))
  })
  on("beforeSwap", (detail) => { if (detail.boosted) aimAtMain(detail) })
  on("afterSettle", (detail) => { if (detail.boosted) arrive(detail) })
  on("beforeHistoryUpdate", () => { leaving = location.pathname; rememberScroll() })
  on("historyRestore", () => { markPlace(); restoreScroll() })
  on("historyCacheMissLoadError", () => location.reload())
  on("responseError", (detail) => { if (!detail.boosted || detail.requestConfig.verb !== "get") showRefusal(detail.xhr) })
  for (const name of ["sendError", "timeout"]) on(name, () => showToast({ text: words().unreachable, level: "error" }))
  addEventListener("pagehide", rememberScroll)
  showCurrent()
  window.Idiomorph.defaults.callbacks.beforeAttributeUpdated = keepTyping
}

// A refresh that comes while somebody types brings everything but the value of that field.
const keepTyping = (name, element) => name !== "value" || element !== document.activeElement

// A page that is not of this shell, of another build, or an error, is opened as a whole.
function aimAtMain(detail) {
  const page = detail.xhr.responseText
  const build = page.match(/<main id="main"[^>]* data-build="([^"]*)"/)?.[1]
  if (build === main()?.dataset.build) {
    carryScroll()
    Object.assign(detail, { target: main(), selectOverride: "#main", swapOverride: "outerHTML" })
    return
  }
  detail.shouldSwap = false
  if (detail.requestConfig.verb === "get" || !detail.isError) location.assign(detail.xhr.responseURL)
}

function arrive() {
  markPlace()
  if (location.pathname !== leaving && !location.hash) scrollTo(0, 0)
  const wanted = main().querySelector("[autofocus]")
  if (wanted) wanted.focus()
  else if (!main().contains(document.activeElement)) main().focus({ preventScroll: true })
}

// The rail stands outside #main: show the place that has the longest start of this address, as `navigation.py` does.
function markPlace() {
  const places = [...document.querySelectorAll(".rail [data-starts]")]
  const starts = places.flatMap((place) => place.dataset.starts.split(" ").map((start) => ({ place, start })))
  const within = starts.filter(({ start }) => location.pathname === start || location.pathname.startsWith(start.replace(/\/?$/, "/")))
  const current = within.sort((one, other) => other.start.length - one.start.length)[0]?.place
  for (const place of places) place.removeAttribute("aria-current")
  current?.setAttribute("aria-current", "page")
}

// A refusal that brought its own toast has been said already.
function showRefusal(xhr) {
  if (xhr.getResponseHeader("Opora-Toast")) return
  showToast({ text: sentenceOf(xhr.responseText, xhr.getResponseHeader("Content-Type")), level: "error" })
}
