// Requests of controllers: the CSRF token goes with them, refusals come back as the server's own sentence.

import { showToast, toastFromHeader, words } from "opora/lib/toast.js"

export class Refused extends Error {}

export const csrfToken = () => document.querySelector("meta[name=csrf-token]")?.content ?? ""

// Returns the response; throws Refused with a sentence that can be shown.
export async function request(url, { method = "GET", body, accept = "text/html", ...rest } = {}) {
  const headers = { Accept: accept, "X-Requested-With": "fetch" }
  if (method !== "GET") headers["X-CSRFToken"] = csrfToken()
  let response
  try {
    response = await fetch(url, { method, body, headers, credentials: "same-origin", ...rest })
  } catch (problem) {
    if (problem.name === "AbortError") throw problem
    throw new Refused(words().unreachable)
  }
  const said = response.headers.get("Opora-Toast")
  toastFromHeader(said)
  if (!response.ok) throw Object.assign(new Refused(sentenceOf(await response.text(), response.headers.get("Content-Type"))), { said })
  return response
}

export const post = (url, body, options) => request(url, { method: "POST", body, ...options })

export const showRefusal = (problem) => {
  if (problem.name !== "AbortError" && !problem.said) showToast({ text: problem.message, level: "error" })
}

// The sentence of a refusal, whichever way the server wrote it: plain text, JSON or a page.
export function sentenceOf(text, type = "") {
  if (type?.includes("json")) return sentenceOfJson(text) || words().failed
  if (type?.includes("html")) {
    const page = new DOMParser().parseFromString(text, "text/html")
    return page.querySelector("[data-error-sentence], .field-error, .form-errors")?.textContent.trim() || words().failed
  }
  return text.trim().slice(0, 300) || words().failed
}

function sentenceOfJson(text) {
  try {
    const { sentence, detail, description, error } = JSON.parse(text)
    return [sentence, detail, description, error?.message, error].find((value) => typeof value === "string")
  } catch {
    return ""
  }
}
