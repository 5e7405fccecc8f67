/** What paint shows on white paper, and what white shows on: the part of colour that reading a page needs. */

/** At this level of red, green and blue alike, paint is taken for white. */
const WHITE_LEVEL = 248
/** An area of less than this luminance carries white text that can be read. */
const GROUND_LEVEL = 235
/** Paint more transparent than this is not there. */
const FAINTEST = 8

export interface Colour {
  readonly red: number
  readonly green: number
  readonly blue: number
  /** From 0, nothing, to 255. */
  readonly alpha: number
}

export const BLACK: Colour = { red: 0, green: 0, blue: 0, alpha: 255 }
/** Patterns and shadings have no colour of their own: they count as grey, which leaves a trace. */
export const PATTERN: Colour = { red: 128, green: 128, blue: 128, alpha: 255 }

/** Leaves no trace on white paper. */
export function isWhite({ red, green, blue, alpha }: Colour): boolean {
  return alpha < FAINTEST || Math.min(red, green, blue) >= WHITE_LEVEL
}

export function isGround({ red, green, blue, alpha }: Colour): boolean {
  return alpha >= 128 && 0.3 * red + 0.59 * green + 0.11 * blue < GROUND_LEVEL
}

/** `mode` is PDF's text rendering mode; `fill` and `stroke` are the colours in force, whether the mode uses them or not. */
export function inkOfText(
  mode: number,
  fill: Colour,
  stroke: Colour,
): { readonly invisible: boolean; readonly white: boolean; readonly bold: boolean } {
  // Modes 4 to 7 paint as 0 to 3 do, and clip; 7 shows what is painted through the letters, and so shows them.
  if (mode === 7) return { invisible: false, white: false, bold: false }
  const way = mode % 4
  const [fills, strokes] = [way === 0 || way === 2, way === 1 || way === 2]
  return {
    invisible: (!fills || fill.alpha < FAINTEST) && (!strokes || stroke.alpha < FAINTEST),
    white: (!fills || isWhite(fill)) && (!strokes || isWhite(stroke)),
    bold: way === 2,
  }
}
