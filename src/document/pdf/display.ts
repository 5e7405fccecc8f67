/**
 * PDF user space (y upwards, any origin) into points from the top-left corner of the page as displayed. The only place that
 * knows what Rotate, CropBox and UserUnit do, and the only place that rounds coordinates.
 */
import type { PageSize } from '../model.js'

/**
 * x' = a x + c y + e, y' = b x + d y + f. Named, as an array taken apart costs an iterator until V8 has optimised the place:
 * there is a matrix for every path and a point for every corner, and most files are read by a process that has read no other.
 */
export interface Matrix {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
}

export const IDENTITY: Matrix = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }

/** First `inner`, then `outer`. */
export function compose(outer: Matrix, inner: Matrix): Matrix {
  const { a, b, c, d, e, f } = outer
  return {
    a: a * inner.a + c * inner.b,
    b: b * inner.a + d * inner.b,
    c: a * inner.c + c * inner.d,
    d: b * inner.c + d * inner.d,
    e: a * inner.e + c * inner.f + e,
    f: b * inner.e + d * inner.f + f,
  }
}

/** The factor that lengths have on average, which is what becomes of the width of a stroke. */
export function scaleOf({ a, b, c, d }: Matrix): number {
  return Math.sqrt(Math.abs(a * d - b * c))
}

export interface Display extends PageSize {
  /** User space to displayed points. */
  readonly matrix: Matrix
}

/** `box` is the visible box in user space, as left, bottom, right, top; `rotate` counts clockwise. */
export function display(
  box: readonly [left: number, bottom: number, right: number, top: number],
  rotate: number,
  userUnit: number,
): Display {
  const [left, bottom, right, top] = box
  const u = userUnit > 0 && Number.isFinite(userUnit) ? userUnit : 1
  const width = round((right - left) * u)
  const height = round((top - bottom) * u)
  switch (((rotate % 360) + 360) % 360) {
    case 90:
      return { width: height, height: width, matrix: { a: 0, b: u, c: u, d: 0, e: -bottom * u, f: -left * u } }
    case 180:
      return { width, height, matrix: { a: -u, b: 0, c: 0, d: u, e: right * u, f: -bottom * u } }
    case 270:
      return { width: height, height: width, matrix: { a: 0, b: -u, c: -u, d: 0, e: top * u, f: right * u } }
    default:
      return { width, height, matrix: { a: u, b: 0, c: 0, d: -u, e: -left * u, f: top * u } }
  }
}

/** To a hundredth of a point; adding 0 turns -0 into 0. */
export function round(points: number): number {
  return Math.round(points * 100) / 100 + 0
}
