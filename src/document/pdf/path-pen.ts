/** Follows the construction of a path, operator by operator, and gives its lines in displayed points. */
import type { Matrix } from './display.js'
import { IDENTITY } from './display.js'

/** One continuous line of a path. */
export interface Subpath {
  /** x, y, x, y … in displayed points; of a curve the control points too. */
  readonly points: number[]
  /** Indices into `points` that a curve leads to; null, as nearly always, when there is none. */
  curved: Set<number> | null
  isClosed: boolean
}

export class PathPen {
  /** Of the path begun last. */
  subpaths: Subpath[] = []
  private matrix: Matrix = IDENTITY
  private current: Subpath | null = null
  private startX = 0
  private startY = 0

  /** `matrix` takes the points that follow to displayed points. */
  begin(matrix: Matrix): void {
    this.matrix = matrix
    this.subpaths = []
    this.current = null
    this.startX = 0
    this.startY = 0
  }

  moveTo(x: number, y: number): void {
    this.startX = x
    this.startY = y
    this.open()
  }

  lineTo(x: number, y: number): void {
    this.push(this.current ?? this.open(), x, y)
  }

  /** To a control point of a curve, or its end. */
  curveTo(x: number, y: number): void {
    const subpath = this.current ?? this.open()
    subpath.curved ??= new Set()
    subpath.curved.add(subpath.points.length)
    this.push(subpath, x, y)
  }

  close(): void {
    if (this.current !== null) this.current.isClosed = true
    this.current = null
  }

  /** A line that follows a close begins where the closed line began. */
  private open(): Subpath {
    this.current = { points: [], curved: null, isClosed: false }
    this.subpaths.push(this.current)
    this.push(this.current, this.startX, this.startY)
    return this.current
  }

  private push(subpath: Subpath, x: number, y: number): void {
    const { a, b, c, d, e, f } = this.matrix
    subpath.points.push(a * x + c * y + e, b * x + d * y + f)
  }
}
