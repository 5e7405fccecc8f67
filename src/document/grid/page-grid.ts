/**
 * One page's part of a table: the joint between finding grids (drawn or aligned) and joining them over pages.
 */
import type { Box, DoubtCode } from '../model.js'
import type { Line } from '../pdf/lines.js'

export interface PageCell {
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly columnSpan: number
  readonly text: string
  readonly page: number
  readonly box: Box
  readonly doubt: DoubtCode | null
  readonly hasImage: boolean
  /** The last line leaves no room for another letter, or the letters are stacked: the text may go on elsewhere. */
  readonly full: boolean
  /** The figure that stands here by alignment: see `Cell`. */
  readonly aligned?: string
}

export interface PageGrid {
  readonly kind: 'grid'
  readonly page: number
  readonly box: Box
  /** `frame`: a single box around some lines, which is a row of a table only where it joins one on the next page. */
  readonly origin: 'ruled' | 'frame' | 'aligned'
  /** Borders from left to right, and from top to bottom. */
  readonly xs: readonly number[]
  readonly ys: readonly number[]
  readonly cells: readonly PageCell[]
  readonly openTop: boolean
  readonly openBottom: boolean
  /** The text within, in case it turns out to be no table. */
  readonly lines: readonly Line[]
}
