/**
 * /ActualText on a PDFium page: text that stands in for what is drawn, and that nothing makes agree with it.
 *
 * PDFium puts it in place of the glyphs, all at one origin. That is left in force where it is a single letter, as browsers name the
 * ideograph behind a radical. Everywhere else it is taken off before the text is read, so that glyphs are read as drawn, each where it
 * stands; when a span then holds other digits than its /ActualText claims, its glyphs are distrusted.
 */
import type { PdfiumRuntime } from './pdfium-runtime.js'

const SINGLE_LETTER = /^\p{L}\p{M}*$/u

interface Span {
  readonly claimed: string
  drawn: string
}

export class ActualTexts {
  /** Text objects whose characters PDFium replaces. */
  readonly replaced = new Set<number>()
  private readonly spans = new Map<number, Span | 'replaced' | 'none'>()
  private readonly spanOf = new Map<number, Span>()

  constructor(private readonly pdfium: PdfiumRuntime) {}

  /** To be called for every text object of a page before its text is loaded. */
  examine(object: number): void {
    const { calls } = this.pdfium
    const count = calls.FPDFPageObj_CountMarks(object)
    for (let index = 0; index < count; index++) {
      const mark = calls.FPDFPageObj_GetMark(object, index)
      let span = this.spans.get(mark)
      if (span === undefined) {
        span = this.open(object, mark)
        this.spans.set(mark, span)
      }
      if (span === 'replaced') this.replaced.add(object)
      else if (span !== 'none') this.spanOf.set(object, span)
    }
  }

  private open(object: number, mark: number): Span | 'replaced' | 'none' {
    const { calls, scratch, room } = this.pdfium
    const key = this.pdfium.name('ActualText')
    // The first word takes the length, the bytes follow. (The call for strings takes them for UTF-8, which they never are.)
    const found = calls.FPDFPageObjMark_GetParamBlobValue(mark, key, scratch + 8, room - 8, scratch) !== 0
    const length = this.pdfium.words[scratch >> 2] ?? 0
    if (!found || length === 0) return 'none'
    const claimed = decodeText(this.pdfium.bytes.slice(scratch + 8, scratch + 8 + Math.min(length, room - 8)))
    if (SINGLE_LETTER.test(claimed)) return 'replaced'
    const isOff = calls.FPDFPageObjMark_RemoveParam(object, mark, key) !== 0
    return isOff ? { claimed, drawn: '' } : 'replaced'
  }

  /** Objects whose digits are not the ones that their /ActualText claims; `textPage` is the text as drawn. */
  findContradicted(textPage: number): ReadonlySet<number> {
    const { calls } = this.pdfium
    const contradicted = new Set<number>()
    if (this.spanOf.size === 0) return contradicted
    const count = calls.FPDFText_CountChars(textPage)
    for (let index = 0; index < count; index++) {
      const span = this.spanOf.get(calls.FPDFText_GetTextObject(textPage, index))
      if (span !== undefined) span.drawn += String.fromCharCode(calls.FPDFText_GetUnicode(textPage, index))
    }
    for (const [object, { claimed, drawn }] of this.spanOf) {
      if (digitsOf(claimed) !== digitsOf(drawn)) contradicted.add(object)
    }
    return contradicted
  }
}

function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/[^\p{N}]/gu, '')
}

/** A text string of PDF: UTF-16, UTF-8, or else an encoding that is Latin-1 for all that matters here. */
function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  return new TextDecoder(first === 0xef && second === 0xbb ? 'utf-8' : 'latin1').decode(bytes)
}
