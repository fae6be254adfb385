// Names of countries in the reader's language, which browsers know: options of a select[name=country] inside, or the
// element's own text by data-region. Without a script the English names stay.

import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() {
    const names = new Intl.DisplayNames([document.documentElement.lang], { type: "region" })
    if (this.element.dataset.region) this.element.textContent = names.of(this.element.dataset.region)
    const select = this.element.querySelector("select[name=country]")
    if (!select) return
    const [none, ...options] = select.options, chosen = select.value
    for (const option of options) option.text = names.of(option.value) ?? option.text
    options.sort((one, other) => one.text.localeCompare(other.text, document.documentElement.lang))
    select.replaceChildren(none, ...options)
    select.value = chosen
  }
}
