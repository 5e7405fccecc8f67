/**
 * Grids → lines: the rows of every grid of a document, one after the other, each with the cells that lie in it.
 *
 * The tables of a form come in any physical shape: one grid each, all of a section in one grid under banners, or one table cut
 * into several grids. So the form is laid along this one sequence of lines and not along grids.
 */
import type { Cell, Document, Grid, Paragraph } from '../document/model.js'

export interface Line {
  /** Number of its grid among the grids of the document, and its row there. */
  readonly grid: number
  readonly row: number
  readonly columnCount: number
  /** Short paragraphs right above its grid: a banner or a caption may stand there. */
  readonly lead: readonly string[]
  /** From left to right. A cell merged over several rows is in each of their lines. */
  readonly cells: readonly Cell[]
}

const LEAD_LENGTH = 60
const LEAD_PARAGRAPHS = 4

/** Rows of a grid, in order. */
export function linesOf(grid: Grid, number: number, lead: readonly string[] = []): readonly Line[] {
  const rows: Cell[][] = Array.from({ length: grid.rowCount }, () => [])
  for (const cell of grid.cells) {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++) rows[row]?.push(cell)
  }
  return rows.map((cells, row) => ({
    grid: number,
    row,
    columnCount: grid.columnCount,
    lead,
    cells: cells.sort((a, b) => a.column - b.column),
  }))
}

/** The lines of every grid of a document. */
export function documentLines(document: Document): readonly (readonly Line[])[] {
  const lines: (readonly Line[])[] = []
  let lead: string[] = []
  for (const block of document.blocks) {
    if (block.kind === 'grid') {
      lines.push(linesOf(block, lines.length, lead))
      lead = []
    } else if (block.text.length <= LEAD_LENGTH) lead = [...lead.slice(1 - LEAD_PARAGRAPHS), ...block.text.split(/\s+/)]
    else lead = []
  }
  return lines
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
export function looksLikeFigure(text: string): boolean {
  return text.length <= 20 && FIGURE.test(text)
}

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
