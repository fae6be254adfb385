// Runs before the first paint, so that nothing jumps: theme, platform and the widths of panes as this browser remembers them.
(() => {
  const root = document.documentElement
  const remembered = (name) => { try { return localStorage.getItem(name) } catch { return null } }
  if (/Mac|iPhone|iPad/.test(navigator.platform)) root.dataset.platform = "mac"
  const theme = remembered("theme")
  if (theme) root.dataset.theme = theme
  const widths = JSON.parse(remembered("panes") || "{}")
  for (const pane in widths) root.style.setProperty(`--${pane}-width`, `${widths[pane]}px`)
})()
