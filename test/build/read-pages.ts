/**
 * Built pages through the whole PDF reader, and a document in a form that fits on a line of a test.
 */
import type { Document, Grid } from '../../src/document/model.js'
import { readPdf } from '../../src/document/pdf/read-pdf.js'
import { engineOf, type PageBuilder } from './page.js'

export async function readPages(...pages: (PageBuilder | null)[]): Promise<Document> {
  const read = await readPdf(new Uint8Array(), engineOf(pages))
  if (!read.ok) throw new Error(read.failure.code)
  return read.value
}

export function paragraphsOf(document: Document): string[] {
  return document.blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []))
}

export function furnitureOf(document: Document): string[] {
  return document.furniture.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []))
}

export function gridsOf(document: Document): Grid[] {
  return document.blocks.flatMap((block) => (block.kind === 'grid' ? [block] : []))
}

/** One string a row; a merged cell stands in its first position with its span before it, '3x1 结果' over three rows. */
export function rowsOf(grid: Grid | undefined): string[] {
  const rows = Array.from({ length: grid?.rowCount ?? 0 }, (): string[] => [])
  for (const { row, rowSpan, columnSpan, text } of grid?.cells ?? []) {
    const span = rowSpan * columnSpan > 1 ? `${rowSpan}x${columnSpan} ` : ''
    rows[row]?.push(span + text.replaceAll('\n', '/'))
  }
  return rows.map((cells) => cells.join(' | '))
}

/** Every position of the grid is covered by exactly one cell. */
export function coversOnce(grid: Grid): boolean {
  const covered = new Set<string>()
  let positions = 0
  for (const { row, column, rowSpan, columnSpan } of grid.cells) {
    for (let r = row; r < row + rowSpan; r++) {
      for (let c = column; c < column + columnSpan; c++) {
        covered.add(`${r}/${c}`)
        positions++
      }
    }
  }
  return positions === grid.rowCount * grid.columnCount && covered.size === positions
}
