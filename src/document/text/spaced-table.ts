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
  /** Some fields are a single space apart: where they stand means nothing, only their order does. */
  readonly tight: boolean
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
    const placed = byPlace(table)
    return placed === null
      ? { rows: byOrder(table), counted: true, next: from + end }
      : { rows: placed, next: from + end }
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
  const figures = fields.filter(({ text }) => isFigure(text)).length
  const tight = fields.some(({ from }, index) => index > 0 && from - (fields[index - 1]?.to ?? 0) === 1)
  return { fields, figures, tight, line: line.number }
}

/**
 * Parted by two spaces or a full-width one. By a single space too where the words say so: figures at the end of a line after a label,
 * or nothing but short words, as in a header.
 */
function fieldsOf(text: string): Field[] {
  const fields: Field[] = []
  let column = 0
  for (const piece of text.split(/( {2,}|[ \t]*[\u3000\t][\s\u3000]*)/)) {
    if (piece.trim() !== '') fields.push(...withFigures(piece, column))
    column += widthOf(piece)
  }
  return fields.length === 1 ? headerFields(text) : fields
}

const LONGEST_WORD = 12
const SENTENCE = /[，。；：:！？,;]/

function headerFields(text: string): Field[] {
  const words = wordsOf(text, 0)
  const isHeader = words.every(
    ({ text: word }) => word.length <= LONGEST_WORD && !isFigure(word) && !SENTENCE.test(word),
  )
  return isHeader ? words : [span(words)]
}

function withFigures(piece: string, column: number): Field[] {
  const words = wordsOf(piece, column)
  const label = words.findLastIndex(({ text }) => !isFigure(text)) + 1
  const labels = words.slice(0, label)
  if (label === words.length || labels.some(({ text }) => /[。；]/.test(text))) return [span(words)]
  return label === 0 ? words : [span(labels), ...words.slice(label)]
}

function wordsOf(piece: string, column: number): Field[] {
  let from = column
  return piece.split(/( +)/).flatMap((text) => {
    const word = { text, from, to: from + widthOf(text) }
    from = word.to
    return text.trim() === '' ? [] : [word]
  })
}

function span(words: readonly Field[]): Field {
  return { text: words.map(({ text }) => text).join(' '), from: words[0]?.from ?? 0, to: words.at(-1)?.to ?? 0 }
}

/** Columns are where fields of lines with figures stand over each other. null: the places do not agree. */
function byPlace(rows: readonly SpacedLine[]): FieldRow[] | null {
  const columns = standing(rows.filter(({ figures }) => figures > 0).flatMap(({ fields }) => fields))
  const placed: FieldRow[] = []
  for (const { fields, figures, tight, line } of rows) {
    const texts = columns.map(() => '')
    let free = 0
    for (const { text, from, to } of fields) {
      const column = columns.findIndex((each, index) => index >= free && from < each.to && each.from < to)
      if (column === -1) return null
      texts[column] = text
      free = column + 1
    }
    const isOpen = tight && figures > 0 && fields.length < columns.length
    placed.push(isOpen ? { fields: texts, line, open: true } : { fields: texts, line })
  }
  return placed
}

function standing(fields: readonly Field[]): { from: number; to: number }[] {
  const columns: { from: number; to: number }[] = []
  for (const { from, to } of fields.toSorted((a, b) => a.from - b.from)) {
    const last = columns.at(-1)
    if (last !== undefined && from < last.to) last.to = Math.max(last.to, to)
    else columns.push({ from, to })
  }
  return columns
}

/** A header says which columns it is for only when it has as many words as there are columns. */
function byOrder(rows: readonly SpacedLine[]): FieldRow[] {
  const labelled = rows.map(({ fields, line }) => {
    const labels = fields.findLastIndex(({ text }) => !isFigure(text)) + 1
    return { labels: fields.slice(0, labels), figures: fields.slice(labels), line }
  })
  const figureColumns = largest(labelled.map(({ figures }) => figures.length))
  const labelColumns = largest(labelled.filter(({ figures }) => figures.length > 0).map(({ labels }) => labels.length))
  const texts = (fields: readonly Field[]) => fields.map(({ text }) => text)
  const blank = (count: number) => Array.from({ length: count }, () => '')
  return labelled.map(({ labels, figures, line }) => {
    if (figures.length > 0) {
      const gap = blank(labelColumns - labels.length + figureColumns - figures.length)
      const fields = [...texts(labels), ...gap, ...texts(figures)]
      return figures.length === figureColumns ? { fields, line } : { fields, line, open: true as const }
    }
    if (labels.length === labelColumns + figureColumns) return { fields: texts(labels), line }
    if (labels.length === figureColumns) return { fields: [...blank(labelColumns), ...texts(labels)], line }
    return { fields: [texts(labels).join(' ')], line }
  })
}
