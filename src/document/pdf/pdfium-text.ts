/**
 * The text of a PDFium page, one glyph at a time, and what PDFium leaves out of it.
 *
 * PDFium drops a text object that it takes for a second copy of the one before. It judges by the type size before any matrix,
 * so under a matrix of 0.05 it may drop equal words that stand well apart. Objects that no character came from are therefore
 * read again on their own; what is a copy is decided in glyphs.ts.
 */
import { fail } from '../failure.js'
import { LIMITS } from '../limits.js'
import type { Result } from '../model.js'
import type { Matrix } from './display.js'
import { compose } from './display.js'
import { isWhite } from './folding.js'
import { decodeFontName, isBoldName } from './font-name.js'
import type { GlyphCollector, TextSetting } from './glyphs.js'
import { letterSetting } from './glyphs.js'
import { inkOfText } from './paint.js'
import type { Claim } from './pdfium-actual-text.js'
import { ActualTexts } from './pdfium-actual-text.js'
import { fillColour, strokeColour } from './pdfium-colour.js'
import type { PdfiumRuntime } from './pdfium-runtime.js'

/** A line-end hyphen, whatever character it was drawn with. */
const HYPHEN = 0x02
const UNKNOWN = 0xfffd
/** How often the objects left out are read again. Every time yields at least one of each row of equal ones. */
const MOST_PASSES = 256
/** Where results go in the scratch memory, in bytes. */
const ORIGIN = 0
const LOOSE_BOX = 16
const MATRIX = 32
const METRICS = 64
/** Units of an em that widths are asked for in. */
const EM = 1000
/** What rounding may add to an advance, in em. */
const SLACK = 0.01
/** From here on characters are an em wide. */
const FIRST_WIDE = '\u2e80'

interface Font {
  readonly bold: boolean
  readonly vertical: boolean
  /** Ascent and descent are equal, so that PDFium has no loose box for its glyphs and gives the tight one. */
  readonly isFlat: boolean
  /** Widths by character, in em. */
  readonly widths: Map<number, number>
}

/** What the characters of one text object have in common. */
interface Run {
  readonly setting: TextSetting
  readonly handle: number
  readonly font: Font
  /** Displayed length of one em along the line. */
  readonly em: number
  /** Width of a loose box to displayed advance; 0 when the loose box does not tell it. */
  readonly looseScale: number
  readonly claim: Claim | null
}

/** `texts` are all text objects of the page; `shown` takes user space to displayed points. */
export function readText(
  pdfium: PdfiumRuntime,
  page: number,
  shown: Matrix,
  texts: readonly number[],
  glyphs: GlyphCollector,
): Result<void> {
  const { calls } = pdfium
  const actual = new ActualTexts(pdfium)
  for (const object of texts) actual.takeOff(object)
  const reader = new TextReader(pdfium, shown, glyphs, actual)
  let remaining = texts
  for (let pass = 0; remaining.length > 0; pass++) {
    if (pass === MOST_PASSES) return fail('too_large')
    const textPage = calls.FPDFText_LoadPage(page)
    if (textPage === 0) return fail('corrupt')
    actual.compare(textPage)
    const isComplete = reader.read(textPage)
    calls.FPDFText_ClosePage(textPage)
    if (!isComplete) return fail('too_large')
    const left = remaining.filter((object) => !reader.seen.has(object))
    // Nothing new: what is left has no characters.
    if (left.length === 0 || left.length === remaining.length) break
    for (const object of remaining) if (reader.seen.has(object)) calls.FPDFPageObj_SetIsActive(object, 0)
    remaining = left
  }
  return { ok: true, value: undefined }
}

class TextReader {
  /** The text objects that characters came from. */
  readonly seen = new Set<number>()
  private readonly runs = new Map<number, Run>()
  private readonly fonts = new Map<number, Font>()

  constructor(
    private readonly pdfium: PdfiumRuntime,
    private readonly shown: Matrix,
    private readonly glyphs: GlyphCollector,
    private readonly actual: ActualTexts,
  ) {}

  /** Whether the page kept within the limits. */
  read(textPage: number): boolean {
    const { pdfium } = this
    const { calls, scratch } = pdfium
    const origin = (scratch + ORIGIN) >> 3
    const loose = (scratch + LOOSE_BOX) >> 2
    const count = calls.FPDFText_CountChars(textPage)
    let object = 0
    let run: Run | null = null
    // The glyph that is being put together: a surrogate pair, or a ligature, is several entries at one origin.
    let text = ''
    let [x, y, width] = [0, 0, 0]
    let distrusted = false
    for (let index = 0; index < count; index++) {
      const owner = calls.FPDFText_GetTextObject(textPage, index)
      let code = calls.FPDFText_GetUnicode(textPage, index)
      // A glyph without a Unicode value comes with its code in the font, which may look like a line end.
      if (code < 0x20 && owner !== 0 && calls.FPDFText_HasUnicodeMapError(textPage, index) !== 0) code = UNKNOWN
      if (isWhite(code)) {
        // Some are PDFium's own, with the object that it put them after but not its setting.
        if (owner !== 0) this.seen.add(owner)
        if (run !== null) this.add(run, text, x, y, width, distrusted)
        run = null
        continue
      }
      calls.FPDFText_GetCharOrigin(textPage, index, scratch + ORIGIN, scratch + ORIGIN + 8)
      const { doubles } = pdfium
      const nextX = doubles[origin] ?? 0
      const nextY = doubles[origin + 1] ?? 0
      const unit = code === HYPHEN && calls.FPDFText_IsHyphen(textPage, index) !== 0 ? '-' : String.fromCharCode(code)
      if (run !== null && owner === object && nextX === x && nextY === y) {
        text += unit
        continue
      }
      if (run !== null) this.add(run, text, x, y, width, distrusted)
      if (this.glyphs.count > LIMITS.glyphsPerPage) return false
      if (owner !== object || run === null) {
        object = owner
        run = owner === 0 ? null : this.runOf(owner, textPage, index)
      }
      if (run === null) continue
      if (run.looseScale !== 0) {
        calls.FPDFText_GetLooseCharBox(textPage, index, scratch + LOOSE_BOX)
        const { floats } = pdfium
        width = (floats[loose + 2] ?? 0) - (floats[loose] ?? 0)
      }
      distrusted = calls.FPDFText_HasUnicodeMapError(textPage, index) !== 0
      text = unit
      x = nextX
      y = nextY
    }
    if (run !== null) this.add(run, text, x, y, width, distrusted)
    return true
  }

  private add(run: Run, text: string, x: number, y: number, width: number, isUnmapped: boolean): void {
    const { a, b, c, d, e, f } = this.shown
    const { claim } = run
    const letter = claim?.letter ?? null
    const distrusted = letter === null && (isUnmapped || claim?.isContradicted === true)
    const advance = this.advanceOf(run, text, Math.abs(width) * run.looseScale)
    this.glyphs.add(letter ?? text, a * x + c * y + e, b * x + d * y + f, advance, run.setting, distrusted)
  }

  private runOf(object: number, textPage: number, index: number): Run {
    const known = this.runs.get(object)
    if (known !== undefined) return known
    const run = this.openRun(object, textPage, index)
    this.runs.set(object, run)
    this.seen.add(object)
    return run
  }

  private openRun(object: number, textPage: number, index: number): Run {
    const { calls, scratch } = this.pdfium
    const handle = calls.FPDFTextObj_GetFont(object)
    const font = this.fontOf(handle)
    const type = calls.FPDFText_GetFontSize(textPage, index)
    calls.FPDFText_GetMatrix(textPage, index, scratch + MATRIX)
    const at = (scratch + MATRIX) >> 2
    const { floats } = this.pdfium
    const a = floats[at] ?? 1
    const b = floats[at + 1] ?? 0
    const c = floats[at + 2] ?? 0
    const d = floats[at + 3] ?? 1
    const matrix = compose(this.shown, { a: a * type, b: b * type, c: c * type, d: d * type, e: 0, f: 0 })
    const { size, direction, tilted } = letterSetting(matrix, font.vertical)
    const mode = calls.FPDFTextObj_GetTextRenderMode(object)
    const ink = inkOfText(mode, fillColour(this.pdfium, object), strokeColour(this.pdfium, object))
    const em = Math.hypot(matrix.a, matrix.b)
    // The loose box is only right along the x axis of user space.
    const isLooseRight = Math.abs(a) > Math.abs(b) && !font.vertical && !font.isFlat && type !== 0
    return {
      setting: {
        size,
        direction,
        tilted,
        vertical: font.vertical,
        bold: ink.bold || font.bold,
        invisible: ink.invisible,
        white: ink.white,
      },
      handle,
      font,
      em,
      looseScale: isLooseRight ? em / Math.abs(a * type) : 0,
      claim: this.actual.claimOn(object),
    }
  }

  private fontOf(handle: number): Font {
    let font = this.fonts.get(handle)
    if (font === undefined) {
      font = this.openFont(handle)
      this.fonts.set(handle, font)
    }
    return font
  }

  private openFont(handle: number): Font {
    const { calls, scratch, room } = this.pdfium
    const length = Math.min(calls.FPDFFont_GetBaseFontName(handle, scratch, room), room)
    const name = decodeFontName(this.pdfium.bytes.slice(scratch, scratch + Math.max(0, length - 1)))
    const at = (scratch + METRICS) >> 2
    calls.FPDFFont_GetAscent(handle, EM, scratch + METRICS)
    calls.FPDFFont_GetDescent(handle, EM, scratch + METRICS + 4)
    // Only of a vertical font is the width negative: it is then the way down to the next letter.
    calls.FPDFFont_GetGlyphWidth(handle, 0x20, EM, scratch + METRICS + 8)
    const [ascent, descent, width = 0] = this.pdfium.floats.subarray(at, at + 3)
    return { bold: isBoldName(name), vertical: width < 0, isFlat: ascent === descent, widths: new Map() }
  }

  /**
   * PDFium does not tell the advance of a glyph. It tells that of a character, which it may not find in the font again, and a loose
   * box, which is as wide as the advance or as the ink, whichever is wider. So the first counts unless the second excludes it.
   */
  private advanceOf({ handle, font, em, setting }: Run, text: string, loose: number): number {
    if (setting.vertical) return em
    let known = 0
    let guessed = 0
    for (const character of text) {
      const width = this.widthOf(handle, font, character.codePointAt(0) ?? 0)
      known += width
      guessed += width > 0 ? width : character < FIRST_WIDE ? 0.5 : 1
    }
    if (loose === 0) return guessed * em
    return known > 0 && known * em < loose + SLACK * em ? known * em : loose
  }

  /** In em; 0 when the font does not know the character. */
  private widthOf(handle: number, { widths }: Font, code: number): number {
    let width = widths.get(code)
    if (width === undefined) {
      const { calls, scratch } = this.pdfium
      calls.FPDFFont_GetGlyphWidth(handle, code, EM, scratch + METRICS)
      width = Math.max(0, (this.pdfium.floats[(scratch + METRICS) >> 2] ?? 0) / EM)
      widths.set(code, width)
    }
    return width
  }
}
