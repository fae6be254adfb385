// Says something in the toast region: showToast({ text, level: "error", seconds: 10, undo: url, url, label }).

export const words = () => {
  const { toastUnreachableValue, toastFailedValue } = document.getElementById("toasts")?.dataset ?? {}
  return { unreachable: toastUnreachableValue ?? "", failed: toastFailedValue ?? "" }
}

export const showToast = (toast) => document.dispatchEvent(new CustomEvent("opora:toast", { detail: toast }))

export function toastFromHeader(header) {
  if (header) showToast(JSON.parse(header))
}
