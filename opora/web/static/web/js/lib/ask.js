// Asks before something that cannot be undone: `await ask("Delete this view?")` is true or false.

export function ask(title, { text = "", yes = "" } = {}) {
  const dialog = document.getElementById("confirm")
  const put = (name, words) => {
    const target = dialog.querySelector(`[data-confirm-target="${name}"]`)
    target.textContent = words || target.dataset.default || ""
  }
  put("title", title)
  put("text", text)
  put("yes", yes)
  dialog.returnValue = ""
  dialog.showModal()
  return new Promise((answer) => dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true }))
}
