/** The graphics state of a page, as far as it decides where glyphs and lines stand and whether they show. */
import type { Matrix } from './display.js'
import { IDENTITY } from './display.js'
import type { Colour } from './paint.js'
import { BLACK } from './paint.js'

/** What pdf.js tells of a font. */
export interface PdfjsFont {
  readonly bold: boolean
  readonly vertical: boolean
  /** Glyph space to text space, along the line. */
  readonly unit: number
  /** [downward advance, x, y] of the vertical origin of a glyph that has none of its own, in glyph space. */
  readonly verticalMetrics: readonly [number, number, number]
}

export class GraphicsState {
  /** User space to displayed points. */
  matrix: Matrix = IDENTITY
  fill: Colour = BLACK
  stroke: Colour = BLACK
  /** From 0 to 1. */
  fillAlpha = 1
  strokeAlpha = 1
  lineWidth = 1
  font: PdfjsFont | null = null
  fontSize = 0
  charSpacing = 0
  wordSpacing = 0
  horizontalScale = 1
  leading = 0
  rise = 0
  renderMode = 0
  /** Text space to user space; the pen within text space, and where its line began. Saved with the rest, as all readers do. */
  textMatrix: Matrix = IDENTITY
  penX = 0
  penY = 0
  lineX = 0
  lineY = 0

  placeText(matrix: Matrix): void {
    this.textMatrix = matrix
    this.penX = 0
    this.penY = 0
    this.lineX = 0
    this.lineY = 0
  }

  /** Begins a line, from where the last one began. */
  moveLine(x: number, y: number): void {
    this.lineX += x
    this.lineY += y
    this.penX = this.lineX
    this.penY = this.lineY
  }

  copy(): GraphicsState {
    return Object.assign(new GraphicsState(), this)
  }
}

/** From #rrggbb, and how opaque it is, from 0 to 1. */
export function parseColour(hex: string): Colour {
  const rgb = Number.parseInt(hex.slice(1), 16)
  return { red: (rgb >> 16) & 255, green: (rgb >> 8) & 255, blue: rgb & 255, alpha: 255 }
}

export function withAlpha(colour: Colour, opacity: number): Colour {
  return opacity >= 1 ? colour : { ...colour, alpha: colour.alpha * opacity }
}
