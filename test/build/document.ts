/** Documents from what matters to a test: paragraphs as text, grids as rows of fields. */
import type { Block, Cell, Document, Doubt, Grid, Paragraph } from '../../src/document/model.js'

export function paragraph(text: string, line = 1): Paragraph {
  return {
    kind: 'paragraph',
    text,
    location: { kind: 'line', line },
    cue: { level: null, bold: false, centred: false, size: null },
  }
}

/**
 * Fields are cells; `<` continues the cell on the left, `^` the cell above, as in the drawing of a merged table. Rows may be given
 * as one text with `|` between the fields.
 */
export function grid(rows: readonly string[], table = 0): Grid {
  const fields = rows.map((row) => row.split('|').map((field) => field.trim()))
  const columnCount = Math.max(...fields.map((row) => row.length))
  const cells: Cell[] = []
  for (const [row, texts] of fields.entries()) {
    for (let column = 0; column < columnCount; column++) {
      const text = texts[column] ?? ''
      if (text === '<' || text === '^') continue
      let columnSpan = 1
      while (texts[column + columnSpan] === '<') columnSpan++
      let rowSpan = 1
      while (fields[row + rowSpan]?.[column] === '^') rowSpan++
      cells.push({ row, column, rowSpan, columnSpan, text, location: { kind: 'cell', table, row, column } })
    }
  }
  return {
    kind: 'grid',
    rowCount: rows.length,
    columnCount,
    cells,
    locations: [{ kind: 'cell', table, row: 0, column: 0 }],
  }
}

export function documentOf(blocks: readonly (Block | string)[], doubts: readonly Doubt[] = []): Document {
  return {
    mediaType: 'text/plain',
    pages: [],
    blocks: blocks.map((block, i) => (typeof block === 'string' ? paragraph(block, i + 1) : block)),
    furniture: [],
    declaredTitle: null,
    doubts,
  }
}
