/** Blocks → plain text or Markdown, with tables as lines of values between tabs. */
import { ordinalOf } from './html.js'
import type { Block, SampleReport, SampleTable } from './model.js'

interface TextStyle {
  /** What is put before the title (0) and the headings of level 1 and 2. */
  readonly mark: (level: number) => string
  readonly rows: (table: SampleTable) => string[]
  readonly between: string
}

/** As copied out of a word processor: a cell merged across takes one place in its line, one merged down leaves an empty place. */
export function plainText({ blocks }: SampleReport): string {
  return textOf(blocks, { mark: () => '', rows: raggedRows, between: '\n' })
}

/** As copied out of a spreadsheet: every line has all the columns. */
export function markdown({ blocks }: SampleReport): string {
  return textOf(blocks, { mark: (level) => `${'#'.repeat(level + 1)} `, rows: fullRows, between: '\n\n' })
}

function textOf(blocks: readonly Block[], style: TextStyle): string {
  return `${blocks.map((block) => blockText(block, style)).join(style.between)}\n`
}

function blockText(block: Block, { mark, rows }: TextStyle): string {
  switch (block.kind) {
    case 'title':
      return `${mark(0)}${block.lines.join('')}`
    case 'caption':
    case 'paragraph':
      return block.text
    case 'heading':
      return `${mark(block.level)}${ordinalOf(block)}${block.text}`
    case 'table':
      return rows(block.table).join('\n')
  }
}

function raggedRows({ rowCount, cells }: SampleTable): string[] {
  return Array.from({ length: rowCount }, (_, row) =>
    cells
      .filter((cell) => cell.row <= row && row < cell.row + cell.rowSpan)
      .sort((a, b) => a.column - b.column)
      .map((cell) => (cell.row === row ? cell.text : ''))
      .join('\t'),
  )
}

function fullRows({ rowCount, widths, cells }: SampleTable): string[] {
  return Array.from({ length: rowCount }, (_, row) =>
    widths.map((_, column) => cells.find((cell) => cell.row === row && cell.column === column)?.text ?? '').join('\t'),
  )
}
