/**
 * The narrow interface between a PDF engine and everything after it: a page's glyphs, ruling lines and pictures.
 *
 * An engine turns coordinates into points from the top-left corner of the page as displayed (Rotate, CropBox and UserUnit
 * applied) here and nowhere else, and derives boxes only from what both engines know (origin, size, advance), so that the
 * two can be compared glyph by glyph. It judges nothing: white text, invisible text and doubtful glyphs are all returned, and said so.
 */
import type { Box, PageSize, Result } from '../model.js'

export interface Glyph {
  /** One character as meant (Kangxi radicals and ligatures folded to ordinary characters); never white space. */
  readonly text: string
  /**
   * From origin, size and advance: for upright text [x, baseline - 0.88 size, x + advance, baseline + 0.12 size], turned with the
   * text for other directions; for vertical writing the em box around the glyph as drawn.
   */
  readonly box: Box
  /** Type size in points as displayed. */
  readonly size: number
  /** The way the line runs on the displayed page: 0 to the right, 90 down, 180 to the left (upside down), 270 up. */
  readonly direction: 0 | 90 | 180 | 270
  /** Written with a vertical font: the letters stand upright one below the other (direction is then 90). */
  readonly vertical: boolean
  /** The line runs aslant, clearly off `direction`: a stamp or a watermark. */
  readonly tilted?: true
  /** Face name says bold or 黑, or the text is filled and stroked. */
  readonly bold: boolean
  /** Something else is drawn over it. Engines leave it to the layout to find out. */
  readonly overlaid?: true
  /** Invisible (render mode 3): the text layer of a scan. */
  readonly invisible: boolean
  /** The font or a replacement text leaves it open which character this is. */
  readonly distrusted: boolean
}

/** A ruling line, axis-aligned as displayed: x1 <= x2 and y1 <= y2, one of the pairs equal (the middle of the stroke). */
export interface Ruling {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  readonly width: number
}

export interface PageContent extends PageSize {
  /** In the engine's content order, which is not always reading order. */
  readonly glyphs: readonly Glyph[]
  /**
   * Stroked lines, sides of stroked rectangles, thin filled rectangles; each as drawn, not merged. Not in it: white or
   * background-coloured paint, fills that are thick, lines shorter than their width, anything off the page.
   */
  readonly rulings: readonly Ruling[]
  /** Boxes of pictures. */
  readonly images: readonly Box[]
}

export interface PdfEngine {
  /** Takes the bytes, leaves them unchanged. Failures: encrypted, corrupt, too_large, out_of_memory. */
  open(bytes: Uint8Array): Promise<Result<PdfFile>>
}

export interface PdfFile {
  readonly pageCount: number
  readonly declaredTitle: string | null
  /** `index` from 0. Failures (corrupt, too_large, out_of_memory) concern the page alone, but out_of_memory ends the file. */
  page(index: number): Promise<Result<PageContent>>
  close(): void
}
