/**
 * Drawn characters, as an engine finds them, into the glyphs of a page: the part of the work that both engines share, so that
 * equal pages give equal glyphs.
 *
 * Here are decided: the box (from origin, size and advance alone), the direction, what is left out (white space, what lies off the
 * page, the second copy of a character printed twice) and what white text counts for. The engine says where each
 * character stands and how its text object is set.
 */
import type { Box } from '../model.js'
import type { Matrix } from './display.js'
import { round } from './display.js'
import { fold, isUnmapped, isWhite } from './folding.js'
import type { Glyph } from './page.js'

/** Share of the em above the baseline in every box; the rest is below. Fonts disagree on theirs, and lie. */
const ASCENT = 0.88
/** A character that stands this near to the same character, in em, is its second copy: bold faked by printing twice. */
const COPY_DISTANCE = 0.12
/** Side of the squares in which copies are looked for, in points, and how many equal characters of a square are compared. */
const SQUARE = 8
const COMPARED = 16
/** Tangent of 3 degrees: a page that went through a printer is off by less. */
const TILT = Math.tan(Math.PI / 60)
/** White text is looked for on so many fields, the largest; a real page has a few hundred. */
const MOST_GROUNDS = 2000

/** How one run of text is set, in displayed points. */
export interface TextSetting {
  readonly size: number
  readonly direction: Glyph['direction']
  readonly tilted: boolean
  readonly vertical: boolean
  readonly bold: boolean
  readonly invisible: boolean
  /** All its paint is near white: it shows only on a darker ground. */
  readonly white: boolean
}

/** How the letters stand that a matrix (text space, with the type size in it, to displayed points) draws. */
export function letterSetting(matrix: Matrix, vertical: boolean): Pick<TextSetting, 'size' | 'direction' | 'tilted'> {
  const { a, b, c, d } = matrix
  const base = Math.hypot(a, b)
  // The height across the baseline: a slant, which stands in for italics, makes no letter bigger.
  const size = base > 0 ? Math.abs(a * d - b * c) / base : 0
  const upright = Math.abs(a) >= Math.abs(b) ? (a >= 0 ? 0 : 180) : b >= 0 ? 90 : 270
  const tilted = Math.min(Math.abs(a), Math.abs(b)) > TILT * Math.max(Math.abs(a), Math.abs(b))
  return { size, direction: vertical ? QUARTER_TURN[upright] : upright, tilted }
}

const QUARTER_TURN = { 0: 90, 90: 180, 180: 270, 270: 0 } as const
const QUARTER_TURN_BACK = { 0: 270, 90: 0, 180: 90, 270: 180 } as const

interface Placed {
  readonly text: string
  readonly box: Box
  readonly x: number
  readonly y: number
  readonly distrusted: boolean
  setting: TextSetting
  isPrintedTwice: boolean
  /** The one before it of the same character in the same square. */
  readonly before: Placed | undefined
}

export class GlyphCollector {
  /** Characters drawn, on the page or off it. */
  count = 0
  private readonly placed: Placed[] = []
  private readonly latest = new Map<number, Placed>()

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {}

  /** `x`, `y` is the origin on the baseline as displayed (for vertical fonts too), `advance` runs along the line. */
  add(text: string, x: number, y: number, advance: number, setting: TextSetting, distrusted: boolean): void {
    if (!(setting.size > 0) || !Number.isFinite(x + y + advance)) return
    const folded = fold(text)
    const first = folded.codePointAt(0)
    if (first === undefined) return
    if (folded.length === (first > 0xffff ? 2 : 1)) {
      if (!isWhite(first)) this.place(folded, first, x, y, advance, setting, distrusted)
      return
    }
    // The characters of a ligature share its advance.
    const characters = [...folded]
    const share = advance / characters.length
    for (const [index, character] of characters.entries()) {
      const code = character.codePointAt(0) ?? 0
      const [shiftX, shiftY] = along(setting.direction, index * share)
      if (!isWhite(code)) this.place(character, code, x + shiftX, y + shiftY, share, setting, distrusted)
    }
  }

  private place(
    text: string,
    code: number,
    x: number,
    y: number,
    advance: number,
    setting: TextSetting,
    distrusted: boolean,
  ): void {
    this.count++
    const box = boxOf(x, y, advance, setting)
    if (box[2] <= 0 || box[3] <= 0 || box[0] >= this.width || box[1] >= this.height) return
    const original = this.findOriginal(code, x, y, setting)
    if (original !== undefined) {
      if (!setting.invisible && !original.setting.invisible) original.isPrintedTwice = true
      if (isHidden(original.setting) && !isHidden(setting)) original.setting = setting
      return
    }
    const key = squareKey(code, Math.floor(x / SQUARE), Math.floor(y / SQUARE))
    const before = this.latest.get(key)
    const placed = { text, box, x, y, distrusted, setting, isPrintedTwice: false, before }
    this.latest.set(key, placed)
    this.placed.push(placed)
  }

  private findOriginal(code: number, x: number, y: number, setting: TextSetting): Placed | undefined {
    const reach = setting.size * COPY_DISTANCE
    const right = Math.floor((x + reach) / SQUARE)
    const bottom = Math.floor((y + reach) / SQUARE)
    for (let column = Math.floor((x - reach) / SQUARE); column <= right; column++) {
      for (let row = Math.floor((y - reach) / SQUARE); row <= bottom; row++) {
        let other = this.latest.get(squareKey(code, column, row))
        for (let compared = 0; other !== undefined && compared < COMPARED; compared++, other = other.before) {
          const isNear = Math.abs(other.x - x) <= reach && Math.abs(other.y - y) <= reach
          if (isNear && other.setting.direction === setting.direction) return other
        }
      }
    }
    return undefined
  }

  /** `grounds` are the places that white text shows on: darker fills and pictures. */
  finish(grounds: readonly Box[]): Glyph[] {
    const broadest = grounds.length > MOST_GROUNDS ? largest(grounds, MOST_GROUNDS) : grounds
    return this.placed.map(({ text, box, distrusted, setting, isPrintedTwice }) => {
      const glyph = {
        text,
        box,
        size: round(setting.size),
        direction: setting.direction,
        vertical: setting.vertical,
        bold: setting.bold || isPrintedTwice,
        invisible: setting.invisible || (setting.white && !broadest.some((ground) => covers(ground, box))),
        distrusted: distrusted || isUnmapped(text),
      }
      return setting.tilted ? { ...glyph, tilted: true } : glyph
    })
  }
}

function isHidden({ invisible, white }: TextSetting): boolean {
  return invisible || white
}

/** One number for a character in a square; squares beyond the range share keys, which costs time and nothing else. */
function squareKey(code: number, column: number, row: number): number {
  return ((column & 0x1fff) * 0x2000 + (row & 0x1fff)) * 0x110000 + code
}

function along(direction: Glyph['direction'], distance: number): [x: number, y: number] {
  if (direction === 0) return [distance, 0]
  if (direction === 90) return [0, distance]
  return direction === 180 ? [-distance, 0] : [0, -distance]
}

/** An upright letter is as wide as its advance; one of a vertical font is an em wide, as all of them were designed. */
function boxOf(x: number, y: number, advance: number, { size, direction, vertical }: TextSetting): Box {
  const wide = vertical ? size : Math.abs(advance)
  const up = ASCENT * size
  const down = size - up
  switch (vertical ? QUARTER_TURN_BACK[direction] : direction) {
    case 0:
      return [round(x), round(y - up), round(x + wide), round(y + down)]
    case 90:
      return [round(x - down), round(y), round(x + up), round(y + wide)]
    case 180:
      return [round(x - wide), round(y - down), round(x), round(y + up)]
    default:
      return [round(x - up), round(y - wide), round(x + down), round(y)]
  }
}

/** Covers the middle: type is often a little higher than the field it stands on. */
function covers(ground: Box, box: Box): boolean {
  const x = (box[0] + box[2]) / 2
  const y = (box[1] + box[3]) / 2
  return ground[0] <= x && x <= ground[2] && ground[1] <= y && y <= ground[3]
}

function largest(boxes: readonly Box[], count: number): Box[] {
  const area = ([left, top, right, bottom]: Box) => (right - left) * (bottom - top)
  return boxes.toSorted((a, b) => area(b) - area(a)).slice(0, count)
}
