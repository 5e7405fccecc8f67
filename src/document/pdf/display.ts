/**
 * PDF user space (y upwards, any origin) into points from the top-left corner of the page as displayed. The only place that
 * knows what Rotate, CropBox and UserUnit do, and the only place that rounds coordinates.
 */
import type { PageSize } from '../model.js'

/** x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

/** First `inner`, then `outer`. */
export function compose(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer
  const [p, q, r, s, t, u] = inner
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f]
}

/** The factor that lengths have on average, which is what becomes of the width of a stroke. */
export function scaleOf([a, b, c, d]: Matrix): number {
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
      return { width: height, height: width, matrix: [0, u, u, 0, -bottom * u, -left * u] }
    case 180:
      return { width, height, matrix: [-u, 0, 0, u, right * u, -bottom * u] }
    case 270:
      return { width: height, height: width, matrix: [0, -u, -u, 0, top * u, right * u] }
    default:
      return { width, height, matrix: [u, 0, 0, -u, -left * u, top * u] }
  }
}

/** To a hundredth of a point; adding 0 turns -0 into 0. */
export function round(points: number): number {
  return Math.round(points * 100) / 100 + 0
}
