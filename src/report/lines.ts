/**
 * Grids → lines: the rows of every grid of a document, one after the other, each with the cells that lie in it.
 *
 * The tables of a form come in any physical shape: one grid each, all of a section in one grid under banners, or one table cut
 * into several grids. So the form is laid along this one sequence of lines and not along grids.
 */
import type { Cell, Document, Grid, Paragraph } from '../document/model.js'
import { remembered } from './remembered.js'

export interface Line {
  /** Number of its grid among the grids of the document, and its row there. */
  readonly grid: number
  readonly row: number
  readonly columnCount: number
  /** Short paragraphs right above its grid: a banner or a caption may stand there. */
  readonly lead: readonly string[]
  /** Key of the section that it lies in, where that is known. */
  readonly section: string | null
  /** From left to right. A cell merged over several rows is in each of their lines. */
  readonly cells: readonly Cell[]
}

const LEAD_LENGTH = 60
const LEAD_PARAGRAPHS = 4

/** Rows of a grid, in order. */
export function linesOf(grid: Grid, number: number): readonly Line[] {
  const rows: Cell[][] = Array.from({ length: grid.rowCount }, () => [])
  for (const cell of grid.cells) {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++) rows[row]?.push(cell)
  }
  return rows.map((cells, row) => ({
    grid: number,
    row,
    columnCount: grid.columnCount,
    lead: [],
    section: null,
    cells: cells.sort((a, b) => a.column - b.column),
  }))
}

/** Where a section begins: at a paragraph, or at a row of a grid. */
export interface SectionStart {
  readonly block: number
  readonly row: number | null
  readonly key: string | null
}

/**
 * The lines of every grid of a document. A grid with the heading of a section in one of its rows is parted there: publishers
 * set several tables as one, and texts run them together.
 */
export function documentLines(document: Document, starts: readonly SectionStart[]): readonly (readonly Line[])[] {
  const parts: (readonly Line[])[] = []
  let lead: string[] = []
  let section: string | null = null
  let number = 0
  for (const [i, block] of document.blocks.entries()) {
    const here = starts.filter((start) => start.block === i)
    if (block.kind === 'paragraph') {
      section = here.length > 0 ? (here[0]?.key ?? null) : section
      lead = block.text.length <= LEAD_LENGTH ? [...lead.slice(1 - LEAD_PARAGRAPHS), ...block.text.split(/\s+/)] : []
      continue
    }
    const lines = linesOf(block, number++)
    let from = 0
    for (const start of [...here, { row: lines.length, key: null }]) {
      const to = start.row ?? lines.length
      const part = { lead, section }
      if (to > from) parts.push(lines.slice(from, to).map((line) => ({ ...line, ...part })))
      from = to
      lead = []
      if (to < lines.length) section = start.key
    }
  }
  return parts
}

export function gridsOf(document: Document): readonly Grid[] {
  return document.blocks.filter((block): block is Grid => block.kind === 'grid')
}

export function paragraphsOf(document: Document): readonly Paragraph[] {
  return document.blocks.filter((block): block is Paragraph => block.kind === 'paragraph')
}

const FIGURE =
  /^[\s（(]*(?:[+\-−]?[\d０-９][\d０-９,，.．\s]*(?:[万亿]?元|件|条|项|个|次|份|人)?|[/／\\—－-]+|无|零)[\s）)]*$/

/** Short enough to be a cell that lost its table, and how it begins says which kind of cell. */
export const looksLikeFigure = remembered((text: string): boolean => text.length <= 20 && FIGURE.test(text))

/**
 * A table flattened to one paragraph a cell → a grid with a row for each label that is followed by figures. Only count and
 * order tell the figures apart then, which is why nothing else may be read from this grid's columns.
 */
export function unflatten(paragraphs: readonly Paragraph[]): Grid | null {
  const rows: Paragraph[][] = []
  let current: Paragraph[] = []
  let figures = 0
  for (const paragraph of paragraphs) {
    const figure = looksLikeFigure(paragraph.text)
    if (!figure && paragraph.text.length > 60) {
      if (figures > 0) rows.push(current)
      current = []
      figures = 0
      continue
    }
    if (!figure && figures > 0) {
      rows.push(current)
      current = []
      figures = 0
    }
    current.push(paragraph)
    if (figure) figures++
  }
  if (figures > 0) rows.push(current)
  const columnCount = Math.max(0, ...rows.map((row) => row.length))
  if (rows.length === 0) return null
  const cells = rows.flatMap((row, r) =>
    row.map((paragraph, c) => ({
      row: r,
      column: c,
      rowSpan: 1,
      columnSpan: 1,
      text: paragraph.text,
      location: paragraph.location,
    })),
  )
  return { kind: 'grid', rowCount: rows.length, columnCount, cells, locations: [] }
}
