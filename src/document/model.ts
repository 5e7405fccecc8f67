/**
 * What a file contains, before any meaning is given to it.
 *
 * Every reader ends here, so that nothing after it knows which format a report came in. Everything carries the place it was
 * printed at. What a reader could not be sure of is said as a `Doubt`, never settled silently.
 */
import type { Box, Failure, Location } from '../record.js'

export type { Box, Failure, FailureCode, Location } from '../record.js'

export interface Document {
  readonly mediaType: string
  /** Sizes in points, as displayed; empty where the format has no pages. */
  readonly pages: readonly PageSize[]
  /** In reading order, page furniture left out. */
  readonly blocks: readonly Block[]
  /** Headers, footers, page numbers. */
  readonly furniture: readonly Block[]
  /** What the file says of itself (PDF info, HTML title): evidence for a title, never proof. */
  readonly declaredTitle: string | null
  /** Doubts that belong to no single cell. */
  readonly doubts: readonly Doubt[]
}

export interface PageSize {
  readonly width: number
  readonly height: number
}

export type Block = Paragraph | Grid

/**
 * One paragraph, re-joined over lines and pages. A line break within `text` is one the author set.
 * DOCX and HTML paragraphs are located by their number (`kind: 'line'`, from 1, counting paragraphs outside tables).
 */
export interface Paragraph {
  readonly kind: 'paragraph'
  readonly text: string
  readonly location: Location
  readonly cue: Cue
}

/** What the typesetting says about a paragraph: evidence for a heading, never proof. */
export interface Cue {
  /** Declared outline level from 1 (Word outline level or heading style, h1…h6, #…######); null when none is declared. */
  readonly level: number | null
  /** All of the paragraph is bold, or set in a heading face such as 黑体. */
  readonly bold: boolean
  readonly centred: boolean
  /** Type size in points; null where the format does not say. */
  readonly size: number | null
}

/** Cells that belong together, as drawn or as aligned. The cells with their spans are the truth; every position is covered once. */
export interface Grid {
  readonly kind: 'grid'
  readonly rowCount: number
  readonly columnCount: number
  /** In row order, then column order. */
  readonly cells: readonly Cell[]
  /** One location a page it lies on. */
  readonly locations: readonly Location[]
}

export interface Cell {
  /** From 0, of the first row and column that it covers. */
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly columnSpan: number
  /** As printed; lines within the cell are joined by \n. Letters stacked one a line, and vertical writing, are one line. */
  readonly text: string
  readonly location: Location
  /**
   * The figure that stands here when the same letters are placed by their line and by how the column's figures are aligned, and not by
   * the rulings; '' for none. Only where that was asked and has an answer.
   */
  readonly aligned?: string
  readonly doubt?: DoubtCode
  /** A picture lies in the cell and no text: what it says was not read. */
  readonly hasImage?: true
}

export const DOUBT_CODES = [
  /** The font does not say which characters its glyphs are, or a replacement text says so against what is drawn. */
  'distrusted_glyph',
  /** The cell's sides are not all drawn, and its text may belong to a neighbour. */
  'open_grid',
  /** A piece of text lies across the border of two cells. */
  'straddling_text',
  /** Text drawn over other text. */
  'overprinted_text',
  /** A picture covers much of a page that has little or no text of its own. */
  'picture_page',
  /** The invisible text layer of a scan: recognised, not printed. */
  'recognised_text',
  /** Part of the file could not be read: a damaged page, a part that is missing. */
  'damaged_part',
  /** More or fewer values than columns: every alignment that fits was kept apart by the reader of the form. */
  'ragged_row',
  /** The bytes do not fit the character set they claim, or none that we know. */
  'undecodable_text',
] as const
export type DoubtCode = (typeof DOUBT_CODES)[number]

export interface Doubt {
  readonly code: DoubtCode
  /** One sentence in Chinese that says what and where. */
  readonly message: string
  readonly location: Location | null
}

/** Trouble that is to be expected is a value; `throw` is for our own mistakes. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

export const pageLocation = (page: number, box: Box): Location => ({ kind: 'page', page, box })
