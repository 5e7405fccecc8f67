/**
 * What either reader finds in a Word file, before it is numbered and located: paragraphs, tables and pictures in order, tables
 * with whatever stands in their cells. blocks.ts turns it into the blocks of a document.
 */
import type { Cue } from '../model.js'

export type Item = ParagraphItem | TableItem | PictureItem

export interface ParagraphItem {
  readonly kind: 'paragraph'
  readonly text: string
  readonly cue: Cue
  /** Set in a box that floats: anchored here, drawn anywhere. */
  readonly floats: boolean
}

export interface TableItem {
  readonly kind: 'table'
  readonly rowCount: number
  readonly columnCount: number
  readonly cells: readonly TableCell[]
}

export interface TableCell {
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly columnSpan: number
  readonly content: readonly Item[]
  /** All text of the content, as one. */
  readonly text: string
  /** The columns that it covers could not be settled. */
  readonly isRagged: boolean
  /** Text stands in cells that this one covers by merging, where Word does not show it. */
  readonly coversText: boolean
}

/** Each table tells again what the tables within it tell, so a trap need only nest them. Pages use two or three levels. */
export const DEEPEST_TABLE = 20

export interface PictureItem {
  readonly kind: 'picture'
  /** Large enough to hold a table. */
  readonly isLarge: boolean
}
