/**
 * Painted paths into the ruling lines of a page, for both engines alike.
 *
 * A ruling is a stroked line that runs along the page's axes, a side of a stroked polygon, or a fill so thin that it can only be
 * meant as a line (browsers and Word draw every border that way). What a dash pattern breaks up is one line, and so is a row of
 * dots; what the file draws as many short lines stays many. White paint leaves no trace on white paper and is left out, whatever it lies on. Curves
 * are no rulings. Clips are not looked at: PDFium does not keep them.
 */
import type { Box } from '../model.js'
import type { Matrix } from './display.js'
import { round } from './display.js'
import type { Dot } from './dots.js'
import { joinDots } from './dots.js'
import type { Ruling } from './page.js'
import type { Colour } from './paint.js'
import { isGround, isWhite } from './paint.js'
import type { Subpath } from './path-pen.js'
import { thinParts } from './thin-parts.js'

/** A fill below this, in points, is a line: 4 px in a browser, 3 points in a word processor are the thickest borders in use. */
const THIN = 3.1
/** A stroke above this fills an area. */
const BROAD = 6
/** Below this ratio of its sides a small fill is a dot. */
const SQUARE = 1.75
/** tan 0.5 degrees: how far a line may slope and still be meant to be straight. */
const SLOPE = Math.tan(Math.PI / 360)
/** In points: what rounding may do to the ends of a short line. */
const JITTER = 0.05
export interface Paint {
  /** null: not filled, not stroked. */
  readonly fill: Colour | null
  readonly evenOdd: boolean
  readonly stroke: Colour | null
  /** In displayed points. */
  readonly lineWidth: number
}

export class DrawingCollector {
  private readonly lines: Ruling[] = []
  private readonly dots: Dot[] = []
  /** Areas dark enough for white text to show on. */
  readonly grounds: Box[] = []
  readonly images: Box[] = []

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {}

  /** Lines, dots and fields drawn so far; a single path may have any number of them. */
  get count(): number {
    return this.lines.length + this.dots.length + this.grounds.length
  }

  rulings(): Ruling[] {
    for (const { x1, y1, x2, y2, width } of joinDots(this.dots.splice(0))) this.push(x1, y1, x2, y2, width)
    return this.lines
  }

  add(subpaths: readonly Subpath[], paint: Paint): void {
    if (paint.fill !== null) this.addFill(subpaths, paint.fill, paint.evenOdd)
    if (paint.stroke !== null && !isWhite(paint.stroke)) {
      for (const subpath of subpaths) this.addStroke(subpath, paint.stroke, paint.lineWidth)
    }
  }

  /** A picture fills the unit square of its own space. */
  addImage({ a, b, c, d, e, f }: Matrix): void {
    const left = Math.max(e + Math.min(a, 0) + Math.min(c, 0), 0)
    const top = Math.max(f + Math.min(b, 0) + Math.min(d, 0), 0)
    const right = Math.min(e + Math.max(a, 0) + Math.max(c, 0), this.width)
    const bottom = Math.min(f + Math.max(b, 0) + Math.max(d, 0), this.height)
    if (left < right && top < bottom) this.images.push([round(left), round(top), round(right), round(bottom)])
  }

  private addFill(subpaths: readonly Subpath[], colour: Colour, evenOdd: boolean): void {
    const isRuling = !isWhite(colour)
    const carriesWhite = isGround(colour)
    if (!isRuling && !carriesWhite) return
    const broad: Subpath[] = []
    for (const subpath of subpaths) {
      if (subpath.points.length < 4) continue
      const [left, top, right, bottom] = boundsOf(subpath)
      const isThin = Math.min(right - left, bottom - top) < THIN
      if (isThin && isRuling && subpath.curved === null) this.addThin([left, top, right, bottom])
      if (isThin) continue
      if (carriesWhite) this.grounds.push([left, top, right, bottom])
      if (subpath.curved === null) broad.push(subpath)
    }
    // One rectangle, the background of a cell, has no thin part.
    const isPlain = broad.length < 2 && (broad[0]?.points.length ?? 0) <= 10
    if (isRuling && !isPlain) for (const part of thinParts(broad, evenOdd, THIN)) this.addThin(part)
  }

  private addThin([left, top, right, bottom]: Box): void {
    const [across, down] = [right - left, bottom - top]
    const size = Math.max(across, down)
    if (size < SQUARE * Math.min(across, down)) this.dots.push({ x: (left + right) / 2, y: (top + bottom) / 2, size })
    else if (across > down) this.push(left, (top + bottom) / 2, right, (top + bottom) / 2, down)
    else if (down > across) this.push((left + right) / 2, top, (left + right) / 2, bottom, across)
  }

  private addStroke({ points, curved, isClosed }: Subpath, colour: Colour, width: number): void {
    const last = isClosed ? points.length : points.length - 2
    for (let index = 0; index < last; index += 2) {
      const next = index + 2 < points.length ? index + 2 : 0
      if (curved?.has(next)) continue
      const x1 = points[index] ?? 0
      const y1 = points[index + 1] ?? 0
      const x2 = points[next] ?? 0
      const y2 = points[next + 1] ?? 0
      const across = Math.abs(x2 - x1)
      const down = Math.abs(y2 - y1)
      if (down <= Math.max(SLOPE * across, JITTER) && down < across) {
        const y = (y1 + y2) / 2
        this.addLine(Math.min(x1, x2), y, Math.max(x1, x2), y, colour, width)
      } else if (across <= Math.max(SLOPE * down, JITTER) && across < down) {
        const x = (x1 + x2) / 2
        this.addLine(x, Math.min(y1, y2), x, Math.max(y1, y2), colour, width)
      }
    }
  }

  private addLine(x1: number, y1: number, x2: number, y2: number, colour: Colour, width: number): void {
    if (width <= BROAD) this.push(x1, y1, x2, y2, width)
    else if (isGround(colour)) {
      const [aside, above] = y1 === y2 ? [0, width / 2] : [width / 2, 0]
      this.grounds.push([x1 - aside, y1 - above, x2 + aside, y2 + above])
    }
  }

  /** What lies off the page is not seen; what runs off it ends there. */
  private push(x1: number, y1: number, x2: number, y2: number, width: number): void {
    const left = round(Math.max(x1, 0))
    const right = round(Math.min(x2, this.width))
    const top = round(Math.max(y1, 0))
    const bottom = round(Math.min(y2, this.height))
    const isLine = left <= right && top <= bottom && Math.max(right - left, bottom - top) > width
    if (isLine) this.lines.push({ x1: left, y1: top, x2: right, y2: bottom, width: round(width) })
  }
}

function boundsOf({ points }: Subpath): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let index = 0; index < points.length; index += 2) {
    const x = points[index] ?? 0
    const y = points[index + 1] ?? 0
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  return [left, top, right, bottom]
}
