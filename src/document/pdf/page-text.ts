/**
 * One page of a PDF → its text in runs, each with its box in the frame of the record: for marking and selecting on a picture of the page.
 *
 * The text is that of the first reader, which a record is made from. No meaning is given to it, and nothing but what does not
 * show is left out.
 */
import type { Box, PageSize, Result } from '../model.js'
import { assembleLines } from './lines.js'
import type { PdfEngine } from './page.js'
import { boxWithin } from './paragraphs.js'
import { selectVisible } from './visible.js'

export interface PageText extends PageSize {
  /** Line by line; a gap within a line, such as between columns, begins a new run. */
  readonly runs: readonly TextRun[]
}

export interface TextRun {
  readonly text: string
  readonly box: Box
}

/** `index` from 0; null: there is no such page. */
export async function readPageText(
  engine: PdfEngine,
  bytes: Uint8Array,
  index: number,
): Promise<Result<PageText | null>> {
  const opened = await engine.open(bytes)
  if (!opened.ok) return opened
  const file = opened.value
  try {
    if (!(index >= 0 && index < file.pageCount)) return { ok: true, value: null }
    const page = await file.page(index)
    if (!page.ok) return page
    const { width, height } = page.value
    const { glyphs, watermark } = selectVisible(page.value)
    const lines = [...assembleLines(glyphs), ...assembleLines(watermark)]
    const runs = lines.flatMap(({ words }) =>
      words.map(({ text, box }): TextRun => ({ text, box: boxWithin(box, width, height) })),
    )
    return { ok: true, value: { width, height, runs } }
  } finally {
    file.close()
  }
}
