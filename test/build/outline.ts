/** A Document in few lines: a paragraph as its text, a grid as its rows, merged positions as ''. */
import type { Block, Document, Grid, Result } from '../../src/document/model.js'

export type Outline = string | string[][]

export function outline(blocks: readonly Block[]): Outline[] {
  return blocks.map((block) => (block.kind === 'paragraph' ? block.text : rowsOf(block)))
}

export function rowsOf(grid: Grid): string[][] {
  const rows = Array.from({ length: grid.rowCount }, () => Array.from({ length: grid.columnCount }, () => ''))
  for (const { row, column, text } of grid.cells) {
    const cells = rows[row]
    if (cells !== undefined) cells[column] = text
  }
  return rows
}

/** Every position of every grid is covered once, and nothing lies outside. */
export function uncovered(document: Document): string[] {
  return [...document.blocks, ...document.furniture].flatMap((block) => {
    if (block.kind === 'paragraph') return []
    const covers = new Map<string, number>()
    for (const { row, column, rowSpan, columnSpan } of block.cells) {
      for (let r = row; r < row + rowSpan; r++) {
        for (let c = column; c < column + columnSpan; c++) covers.set(`${r},${c}`, (covers.get(`${r},${c}`) ?? 0) + 1)
      }
    }
    const positions = block.rowCount * block.columnCount
    const wrong = [...covers].filter(([, times]) => times !== 1).map(([position]) => position)
    return covers.size === positions ? wrong : [...wrong, `${covers.size} of ${positions} positions`]
  })
}

export function expectOk<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`)
  return result.value
}
