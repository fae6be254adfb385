// Names of key strokes, independent of the keyboard layout: "r", "?", "Mod+Enter", "Esc".

const NAMED = { Escape: "Esc", ArrowUp: "Up", ArrowDown: "Down", ArrowLeft: "Left", ArrowRight: "Right", " ": "Space" }
const PHYSICAL = {
  Slash: "/?", BracketLeft: "[{", BracketRight: "]}", Comma: ",<", Period: ".>", Semicolon: ";:", Quote: "'\"",
  Backquote: "`~", Minus: "-_", Equal: "=+", Backslash: "\\|",
}

// What the stroke may be called: the character typed and, on a layout that is not Latin, the one engraved on the key.
export function strokes(event) {
  const prefix = (event.ctrlKey || event.metaKey ? "Mod+" : "") + (event.altKey ? "Alt+" : "")
  const names = event.key in NAMED ? [NAMED[event.key]] : [letter(event.key, event.shiftKey)]
  if (event.key.length === 1 && !/[a-z]/i.test(event.key)) names.push(engraved(event))
  return [...new Set(names.filter(Boolean))].map((name) => prefix + name)
}

export function isTyping(element) {
  if (element.isContentEditable || element.matches("textarea, select, trix-editor")) return true
  return element.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file], [type=range])")
}

function letter(key, shift) {
  return shift && /^[a-z]$/i.test(key) ? `Shift+${key.toLowerCase()}` : key.length === 1 ? key.toLowerCase() : key
}

function engraved({ code, shiftKey }) {
  if (/^Key[A-Z]$/.test(code)) return letter(code.slice(3).toLowerCase(), shiftKey)
  if (/^Digit\d$/.test(code) && !shiftKey) return code.slice(5)
  return PHYSICAL[code]?.[shiftKey ? 1 : 0]
}
