/** Text operators of pdf.js into glyphs: the pen of PDF's text space, which moves with every glyph shown. */
import type { Matrix } from './display.js'
import { compose, IDENTITY } from './display.js'
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

export class TextPen {
  private matrix: Matrix = IDENTITY
  private x = 0
  private y = 0
  private lineX = 0
  private lineY = 0

  constructor(private readonly glyphs: GlyphCollector) {}

  setMatrix(matrix: Matrix): void {
    this.matrix = matrix
    this.x = 0
    this.y = 0
    this.lineX = 0
    this.lineY = 0
  }

  /** Begins a line, from where the last one began. */
  moveLine(x: number, y: number): void {
    this.lineX += x
    this.lineY += y
    this.x = this.lineX
    this.y = this.lineY
  }

  /** A number moves the pen back along the line, in thousandths of the type size. */
  show(shown: readonly (PdfjsGlyph | number)[], state: GraphicsState): void {
    const { font, fontSize, horizontalScale, charSpacing, wordSpacing } = state
    if (font === null) return
    const outer = compose(state.matrix, this.matrix)
    const setting = settingOf(state, font, outer)
    const em = Math.hypot(outer[0], outer[1])
    const unit = font.unit * fontSize
    for (const glyph of shown) {
      if (typeof glyph === 'number') {
        this.advance(font, (-glyph * fontSize) / 1000, horizontalScale)
        continue
      }
      const spacing = charSpacing + (glyph.isSpace ? wordSpacing : 0)
      if (font.vertical) {
        const [down, standardX, up] = glyph.vmetric ?? font.verticalMetrics
        const across = glyph.vmetric ? standardX : glyph.width / 2
        this.add(glyph, outer, -across * unit * horizontalScale, state.rise - up * unit, setting.size, setting)
        this.advance(font, down * unit + spacing, horizontalScale)
      } else {
        const wide = glyph.width * unit
        this.add(glyph, outer, 0, state.rise, Math.abs(wide * horizontalScale) * em, setting)
        this.advance(font, wide + spacing, horizontalScale)
      }
    }
  }

  private advance(font: PdfjsFont, distance: number, horizontalScale: number): void {
    if (font.vertical) this.y += distance
    else this.x += distance * horizontalScale
  }

  private add(
    glyph: PdfjsGlyph,
    [a, b, c, d, e, f]: Matrix,
    right: number,
    up: number,
    advance: number,
    setting: TextSetting,
  ): void {
    const x = this.x + right
    const y = this.y + up
    this.glyphs.add(glyph.unicode, a * x + c * y + e, b * x + d * y + f, advance, setting, false)
  }
}

function settingOf(state: GraphicsState, font: PdfjsFont, [a, b, c, d]: Matrix): TextSetting {
  const { fontSize, horizontalScale, renderMode } = state
  const across = fontSize * horizontalScale
  const letters = letterSetting([a * across, b * across, c * fontSize, d * fontSize, 0, 0], font.vertical)
  const fill = withAlpha(state.fill, state.fillAlpha)
  const stroke = withAlpha(state.stroke, state.strokeAlpha)
  const { bold, ...ink } = inkOfText(renderMode, fill, stroke)
  return { ...letters, ...ink, vertical: font.vertical, bold: bold || font.bold }
}
