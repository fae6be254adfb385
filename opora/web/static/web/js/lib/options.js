// Lists of options under a field: rows from [{ value, label, hint }], the chosen one, moving with arrows.

let count = 0

function optionRow({ value, label, hint = "", ...rest }) {
  const row = Object.assign(document.createElement("div"), { className: "option", role: "option", id: `option-${++count}` })
  Object.assign(row.dataset, { value, label, ...rest })
  row.append(Object.assign(document.createElement("span"), { className: "clip", textContent: label }))
  if (hint) row.append(Object.assign(document.createElement("span"), { className: "hint", textContent: hint }))
  return row
}

// Puts rows for `found` into `list`, or the sentence that there are none.
export function fill(list, found, nothing) {
  const sentence = Object.assign(document.createElement("p"), { className: "options-empty", textContent: nothing })
  list.replaceChildren(...(found.length || !nothing ? found.map(optionRow) : [sentence]))
}

export const optionsIn = (list) => [...list.querySelectorAll("[role=option]")]

export const chosenIn = (list) => list.querySelector("[aria-selected=true]")

// Chooses the option at `place`, around the ends, and tells `field` for screen readers.
export function choose(list, place, field) {
  const options = optionsIn(list)
  const chosen = options[(place + options.length) % options.length]
  for (const option of options) option.setAttribute("aria-selected", String(option === chosen))
  if (chosen) field.setAttribute("aria-activedescendant", chosen.id)
  else field.removeAttribute("aria-activedescendant")
  chosen?.scrollIntoView({ block: "nearest" })
}

export function step(list, event, field) {
  const direction = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (direction) choose(list, optionsIn(list).indexOf(chosenIn(list)) + direction, field)
  return Boolean(direction)
}
