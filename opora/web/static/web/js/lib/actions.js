// What can be done on this page: elements with data-palette-action="Solve", as a group of the palette.

export function actionGroup(text, title) {
  const wanted = text.toLocaleLowerCase()
  const offered = [...document.querySelectorAll("[data-palette-action]")].filter((element) => !element.disabled)
  const found = offered.filter((element) => element.dataset.paletteAction.toLocaleLowerCase().includes(wanted))
  if (!found.length) return null
  const group = Object.assign(document.createElement("div"), { className: "palette-group", role: "group", ariaLabel: title })
  group.append(part("div", "palette-head", title), ...found.map(option))
  return group
}

function option(element) {
  const row = Object.assign(part("div", "option"), { role: "option" })
  row.dataset.for = element.dataset.paletteAction
  const icon = element.querySelector("svg.icon")?.cloneNode(true)
  row.append(...(icon ? [icon] : []), part("span", "words", element.dataset.paletteAction))
  if (element.dataset.key) row.append(part("kbd", "hint", element.dataset.key.split(",")[0].toUpperCase()))
  return row
}

const part = (tag, className, textContent = "") => Object.assign(document.createElement(tag), { className, textContent })
