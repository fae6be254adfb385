// Images from elsewhere wait until somebody asks: <img data-src> in the message, the question in target `question`.
// `always` also posts to data-remote-images-url-value, so that this sender's images load next time.

import { Controller } from "@hotwired/stimulus"
import { post, showRefusal } from "opora/lib/http.js"

export default class extends Controller {
  static targets = ["question"]
  static values = { url: String }

  show() {
    for (const image of this.element.querySelectorAll("img[data-src]")) {
      image.src = image.dataset.src
      image.removeAttribute("data-src")
    }
    this.questionTarget.hidden = true
  }

  always() {
    this.show()
    post(this.urlValue).catch(showRefusal)
  }
}
