/**
 * A document that takes the fonts of pdf.js and does nothing with them.
 *
 * pdf.js hands each embedded font to the browser or, where there is none, traces the outline of every glyph on the page, which takes as
 * long as all the rest and makes a page fail over an outline that nobody looks at. Nothing is drawn here. pdf.js takes the
 * document as an option, but the class `FontFace` from the global scope only, so it is put there unless one exists.
 */
class UnusedFontFace {
  readonly family = ''
  readonly loaded = Promise.resolve(this)
}

/** The part of a document that pdf.js uses for fonts. */
const NO_DOCUMENT = { fonts: { add() {}, delete() {} } }

export function documentWithoutFonts(): object {
  const scope = globalThis as { FontFace?: unknown }
  scope.FontFace ??= UnusedFontFace
  return NO_DOCUMENT
}
