// Trix, loaded only where there is something to write in. Its one inline style is replaced, for the content security policy.

export async function loadEditor() {
  const { default: Trix } = await import("trix")
  for (const size of [2, 3]) Trix.config.blockAttributes[`heading${size}`] = { ...Trix.config.blockAttributes.heading1, tagName: `h${size}` }
  Trix.config.textAttributes.frozen = { tagName: "mark" }
  Trix.config.attachments.preview.caption = { name: false, size: false }
}
