/** Text as pdf.js shows it into glyphs. */
import type { Matrix } from './display.js'
import { compose } from './display.js'
import type { GlyphCollector, TextSetting } from './glyphs.js'
import { letterSetting } from './glyphs.js'
import { inkOfText } from './paint.js'
import type { GraphicsState, PdfjsFont } from './pdfjs-state.js'
import { withAlpha } from './pdfjs-state.js'

/** A glyph as pdf.js hands it over; widths are in glyph space. */
export interface PdfjsGlyph {
  readonly unicode: string
  readonly width: number
  readonly vmetric?: readonly [number, number, number] | null
  readonly isSpace: boolean
}

/** Shows glyphs and moves the pen on. A number moves it back along the line, in thousandths of the type size. */
export function showText(shown: readonly (PdfjsGlyph | number)[], state: GraphicsState, glyphs: GlyphCollector): void {
  const { font, fontSize, horizontalScale, rise } = state
  if (font === null) return
  const outer = compose(state.matrix, state.textMatrix)
  const { a, b, c, d, e, f } = outer
  const setting = settingOf(state, font, outer)
  const em = Math.hypot(a, b)
  const unit = font.unit * fontSize
  for (const glyph of shown) {
    if (typeof glyph === 'number') {
      movePen(state, font, (-glyph * fontSize) / 1000)
      continue
    }
    const [right, up] = font.vertical ? verticalOrigin(glyph, font) : [0, 0]
    const x = state.penX - right * unit * horizontalScale
    const y = state.penY + rise - up * unit
    const wide = glyph.width * unit
    const advance = font.vertical ? setting.size : Math.abs(wide * horizontalScale) * em
    glyphs.add(glyph.unicode, a * x + c * y + e, b * x + d * y + f, advance, setting, false)
    const spacing = state.charSpacing + (glyph.isSpace ? state.wordSpacing : 0)
    movePen(state, font, spacing + (font.vertical ? (glyph.vmetric ?? font.verticalMetrics)[0] * unit : wide))
  }
}

function movePen(state: GraphicsState, font: PdfjsFont, distance: number): void {
  if (font.vertical) state.penY += distance
  else state.penX += distance * state.horizontalScale
}

/** From the origin that a letter is drawn at to the one it is set at. Where the font names none, that is above its own middle. */
function verticalOrigin({ vmetric, width }: PdfjsGlyph, font: PdfjsFont): readonly [x: number, y: number] {
  const [down, x, y] = font.verticalMetrics
  // pdf.js fills in the middle of a letter of common width.
  const isOwn = vmetric && (vmetric[0] !== down || vmetric[1] !== x || vmetric[2] !== y)
  return isOwn ? [vmetric[1], vmetric[2]] : [width / 2, y]
}

function settingOf(state: GraphicsState, font: PdfjsFont, { a, b, c, d }: Matrix): TextSetting {
  const { fontSize, horizontalScale, renderMode } = state
  const across = fontSize * horizontalScale
  const letters = letterSetting(
    { a: a * across, b: b * across, c: c * fontSize, d: d * fontSize, e: 0, f: 0 },
    font.vertical,
  )
  const fill = withAlpha(state.fill, state.fillAlpha)
  const stroke = withAlpha(state.stroke, state.strokeAlpha)
  const { bold, ...ink } = inkOfText(renderMode, fill, stroke)
  return { ...letters, ...ink, vertical: font.vertical, bold: bold || font.bold }
}
