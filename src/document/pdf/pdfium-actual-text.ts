/**
 * /ActualText on a PDFium page: text that stands in for what is drawn, and that nothing makes agree with it.
 *
 * PDFium would put it in place of the glyphs, all of it at one origin. It is taken off before the text is read, so that glyphs are
 * read as drawn, each where it stands. Then it is heard: where one glyph is drawn and one letter claimed, the letter is what it means
 * (browsers name the ideograph behind a radical so); where other digits are drawn than claimed, the glyphs are distrusted.
 */
import { isWhite } from './folding.js'
import type { PdfiumRuntime } from './pdfium-runtime.js'

const SINGLE_LETTER = /^\p{L}\p{M}*$/u
const SINGLE_GLYPH = /^.$/su

interface Span {
  readonly claimed: string
  drawn: string
}

/** What is known of the glyphs of one text object beside their own codes. */
export interface Claim {
  /** null: the codes say it. */
  readonly letter: string | null
  readonly isContradicted: boolean
}

export class ActualTexts {
  private readonly spans = new Map<number, Span | null>()
  private readonly spanOf = new Map<number, Span>()

  constructor(private readonly pdfium: PdfiumRuntime) {}

  /** To be called for every text object of a page before its text is loaded. */
  takeOff(object: number): void {
    const { calls } = this.pdfium
    const count = calls.FPDFPageObj_CountMarks(object)
    for (let index = 0; index < count; index++) {
      const mark = calls.FPDFPageObj_GetMark(object, index)
      let span = this.spans.get(mark)
      if (span === undefined) {
        span = this.open(object, mark)
        this.spans.set(mark, span)
      }
      if (span !== null) this.spanOf.set(object, span)
    }
  }

  private open(object: number, mark: number): Span | null {
    const { calls, scratch, room } = this.pdfium
    const key = this.pdfium.name('ActualText')
    // The first word takes the length, the bytes follow. (The call for strings takes them for UTF-8, which they never are.)
    const found = calls.FPDFPageObjMark_GetParamBlobValue(mark, key, scratch + 8, room - 8, scratch) !== 0
    const length = this.pdfium.words[scratch >> 2] ?? 0
    if (!found || length === 0) return null
    const bytes = this.pdfium.bytes.slice(scratch + 8, scratch + 8 + Math.min(length, room - 8))
    calls.FPDFPageObjMark_RemoveParam(object, mark, key)
    return { claimed: decodeText(bytes), drawn: '' }
  }

  /** Takes note of the glyphs of a page, as drawn. */
  compare(textPage: number): void {
    if (this.spanOf.size === 0) return
    const { calls } = this.pdfium
    const count = calls.FPDFText_CountChars(textPage)
    for (let index = 0; index < count; index++) {
      const span = this.spanOf.get(calls.FPDFText_GetTextObject(textPage, index))
      const code = calls.FPDFText_GetUnicode(textPage, index)
      if (span !== undefined && !isWhite(code)) span.drawn += String.fromCharCode(code)
    }
  }

  claimOn(object: number): Claim | null {
    const span = this.spanOf.get(object)
    if (span === undefined) return null
    const isContradicted = digitsOf(span.claimed) !== digitsOf(span.drawn)
    const isLetter = !isContradicted && SINGLE_LETTER.test(span.claimed) && SINGLE_GLYPH.test(span.drawn)
    return { letter: isLetter ? span.claimed : null, isContradicted }
  }
}

function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\P{N}/gu, '')
}

/** A text string of PDF: UTF-16, UTF-8, or else an encoding that is Latin-1 for all that matters here. */
function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  return new TextDecoder(first === 0xef && second === 0xbb ? 'utf-8' : 'latin1').decode(bytes)
}
