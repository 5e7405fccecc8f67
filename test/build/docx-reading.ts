/**
 * What a Word file reads as, put plainly: paragraphs as strings, grids as rows of strings. `read` also asserts that nothing was in
 * doubt, so that every ordinary test shows that as well.
 */
import { expect } from '@jest/globals'
import { readDocx } from '../../src/document/docx/read-docx.js'
import type { Document, Grid, Paragraph } from '../../src/document/model.js'
import { docx, type OtherParts } from './docx.js'

export async function readWithDoubts(body: string, other: OtherParts = {}): Promise<Document> {
  return documentOf(docx(body, other))
}

export async function documentOf(bytes: Uint8Array): Promise<Document> {
  const result = await readDocx(bytes)
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`)
  return result.value
}

export async function read(body: string, other: OtherParts = {}): Promise<Document> {
  const document = await readWithDoubts(body, other)
  expect(document.doubts).toEqual([])
  for (const grid of gridsOf(document)) expect(grid.cells.filter((cell) => cell.doubt !== undefined)).toEqual([])
  return document
}

/** Paragraphs as their text, grids as rows; a merged cell stands in its first position. */
export function plain({ blocks }: Document): (string | string[][])[] {
  return blocks.map((block) => (block.kind === 'paragraph' ? block.text : rowsOf(block)))
}

export const texts = async (body: string, other: OtherParts = {}): Promise<(string | string[][])[]> =>
  plain(await read(body, other))

export function rowsOf({ rowCount, columnCount, cells }: Grid): string[][] {
  const rows = Array.from({ length: rowCount }, () => new Array<string>(columnCount).fill(''))
  for (const { row, column, text } of cells) {
    const cells = rows[row]
    if (cells !== undefined) cells[column] = text
  }
  return rows
}

export const gridsOf = ({ blocks }: Document): Grid[] => blocks.filter((block) => block.kind === 'grid')
export const paragraphsOf = ({ blocks }: Document): Paragraph[] => blocks.filter((block) => block.kind === 'paragraph')

/** `text@row,column`, with `rowSpan x columnSpan` where a cell covers more than one position. */
export function placesOf(grid: Grid | undefined): string[] {
  return (grid?.cells ?? []).map(({ row, column, rowSpan, columnSpan, text }) => {
    const spans = rowSpan * columnSpan === 1 ? '' : ` ${rowSpan}x${columnSpan}`
    return `${text}@${row},${column}${spans}`
  })
}
