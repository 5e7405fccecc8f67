/**
 * Lines aligned by spaces → the rows of a table, where it is evident that they are one.
 *
 * Evident are several lines with a label and figures, or one line of many figures, with gaps between; a line of prose has none, and
 * figures that stand one a line are no table. Fields are put into columns by where they stand in a fixed-width face. Where that does
 * not work out (text copied from a page keeps the order but not the places), figures are counted from the right, and a row with fewer
 * than others is said to be open: blank cells have left no trace.
 */
import {
  type FieldRow,
  type FieldTable,
  headingOf,
  isBlank,
  isFigure,
  isPageNumber,
  largest,
  type SourceLine,
  widthOf,
} from './source.js'

interface Field {
  readonly text: string
  readonly from: number
  readonly to: number
}

interface SpacedLine {
  readonly fields: readonly Field[]
  readonly figures: number
  readonly line: number
}

/** So many lines with figures make a table; a single one needs as many figures as no sentence has. */
const LINES = 3
const FIGURES_OF_ONE = 5
/** Lines of a header before the first figures, or of labels between two lines with figures. */
const LINES_WITHOUT = 6

/** The reader of one text, which takes each line apart once. It gives null where no table begins at a line. */
export function spacedTableReader(lines: readonly SourceLine[]): (from: number) => FieldTable | null {
  const known: (SpacedLine | null | undefined)[] = []
  const lineAt = (at: number) => {
    const line = known[at] === undefined ? spacedLine(lines[at]) : known[at]
    known[at] = line
    return line
  }
  return (from) => {
    const rows: SpacedLine[] = []
    let withFigures = 0
    let most = 0
    let end = 0
    for (let at = from; at < lines.length && rows.length - end < LINES_WITHOUT; at++) {
      const row = lineAt(at)
      if (row === null || (at === from && row.fields.length < 2)) break
      rows.push(row)
      if (row.figures === 0 || row.fields.length < 2) continue
      withFigures++
      most = Math.max(most, row.figures)
      end = rows.length
    }
    if (withFigures < LINES && most < FIGURES_OF_ONE) return null
    const table = rows.slice(0, end)
    return { rows: byPlace(table) ?? byOrder(table), next: from + end }
  }
}

const LONGEST_LABEL = 100
const LONGEST_LINE = 1_000

/** null: no line, a heading, a sentence, or longer than any label. */
function spacedLine(line: SourceLine | undefined): SpacedLine | null {
  if (line === undefined || isBlank(line) || isPageNumber(line) || headingOf(line) !== null) return null
  if (line.text.length > LONGEST_LINE || /[。；]$/.test(line.text.trimEnd())) return null
  const fields = fieldsOf(line.text)
  if (fields.some(({ from, to }) => to - from > LONGEST_LABEL)) return null
  return { fields, figures: fields.filter(({ text }) => isFigure(text)).length, line: line.number }
}

/** Parted by two spaces or a full-width one; figures at the end of a line by a single space too, when there are several. */
function fieldsOf(text: string): Field[] {
  const fields: Field[] = []
  let column = 0
  for (const piece of text.split(/( {2,}|[ \t]*[\u3000\t][\s\u3000]*)/)) {
    const width = widthOf(piece)
    if (piece.trim() !== '') fields.push(...withFigures(piece, column))
    column += width
  }
  return fields
}

function withFigures(piece: string, column: number): Field[] {
  const words = [...piece.matchAll(/\S+/g)].map((match) => {
    const from = column + widthOf(piece.slice(0, match.index))
    return { text: match[0], from, to: from + widthOf(match[0]) }
  })
  const label = words.findLastIndex(({ text }) => !isFigure(text)) + 1
  const figures = words.slice(label)
  const from = words[0]?.from ?? column
  if (figures.length < (label === 0 ? 2 : 3))
    return [{ text: piece.trim(), from, to: column + widthOf(piece.trimEnd()) }]
  const last = words[label - 1]
  const labels =
    last === undefined
      ? []
      : [{ text: piece.slice(0, piece.indexOf(last.text) + last.text.length).trim(), from, to: last.to }]
  return [...labels, ...figures]
}

/** null: the places do not agree. */
function byPlace(rows: readonly SpacedLine[]): FieldRow[] | null {
  const most = largest(rows.map(({ fields }) => fields.length))
  const columns: { from: number; to: number }[] = []
  for (const { fields } of rows.filter((row) => row.fields.length === most)) {
    for (const [index, { from, to }] of fields.entries()) {
      const column = columns[index]
      columns[index] =
        column === undefined ? { from, to } : { from: Math.min(column.from, from), to: Math.max(column.to, to) }
    }
  }
  if (columns.some(({ from }, index) => index > 0 && from < (columns[index - 1]?.to ?? 0))) return null
  const placed: FieldRow[] = []
  for (const { fields, line } of rows) {
    const texts = Array.from({ length: most }, () => '')
    let free = 0
    for (const { text, from, to } of fields) {
      const column = columns.findIndex((each) => from < each.to && each.from < to)
      if (column < free) return null
      texts[column] = text
      free = column + 1
    }
    placed.push({ fields: texts, line })
  }
  return placed
}

function byOrder(rows: readonly SpacedLine[]): FieldRow[] {
  const labelled = rows.map(({ fields, line }) => {
    const labels = fields.findLastIndex(({ text }) => !isFigure(text)) + 1
    return { labels: fields.slice(0, labels), figures: fields.slice(labels), line }
  })
  const figureColumns = largest(labelled.map(({ figures }) => figures.length))
  const labelColumns = largest(labelled.filter(({ figures }) => figures.length > 0).map(({ labels }) => labels.length))
  return labelled.map(({ labels, figures, line }) => {
    const texts = labels.map(({ text }) => text)
    if (figures.length === 0) return { fields: texts, line }
    const gap = Array.from({ length: labelColumns - labels.length + figureColumns - figures.length }, () => '')
    const fields = [...texts, ...gap, ...figures.map(({ text }) => text)]
    return figures.length === figureColumns ? { fields, line } : { fields, line, open: true as const }
  })
}
