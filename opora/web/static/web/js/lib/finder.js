// Asks for options as one types: waits for a pause, drops answers that come too late.

import { request, showRefusal } from "opora/lib/http.js"

export class Finder {
  // Calls `show` with the list that `url`?q=`text` answers, unless something newer was asked meanwhile.
  find(url, text, show, { after = 120 } = {}) {
    this.stop()
    this.timer = setTimeout(() => this.#ask(`${url}${url.includes("?") ? "&" : "?"}q=${encodeURIComponent(text)}`, show), after)
  }

  stop() {
    clearTimeout(this.timer)
    this.running?.abort()
  }

  async #ask(url, show) {
    this.running = new AbortController()
    try {
      show(await (await request(url, { accept: "application/json", signal: this.running.signal })).json())
    } catch (problem) {
      showRefusal(problem)
    }
  }
}
