/**
 * Rows of fields → a Grid of single cells.
 *
 * In text a merged cell shows as empty fields beside its own, and nothing tells those from cells left blank: so there are no spans.
 * Short rows are filled up, columns empty in every row (editors end each row with a tab) are dropped. A row that holds another
 * number of values than the table has columns for is kept as it stands, and each of its cells is in doubt.
 */
import { fail } from '../failure.js'
import { LIMITS } from '../limits.js'
import type { Cell, DoubtCode, Grid, Result } from '../model.js'
import { readInline } from './inline.js'
import { type FieldRow, type FieldTable, isFigure, largest } from './source.js'

export function fieldGrid({ rows, counted }: FieldTable): Result<Grid> {
  const columnCount = largest(rows.map((row) => filledWidth(row.fields)))
  if (rows.length * columnCount > LIMITS.cells) return fail('too_large', `表格的单元格超过 ${LIMITS.cells} 个`)
  const ragged = counted === true ? new Set<number>() : raggedRows(rows)
  const cells = rows.flatMap(({ fields, line, open }, row) => {
    const doubt = ragged.has(row) ? 'ragged_row' : open === true ? 'open_grid' : undefined
    return Array.from({ length: columnCount }, (_, column) => cellOf(fields[column] ?? '', row, column, line, doubt))
  })
  const first = rows[0]?.line ?? 1
  return {
    ok: true,
    value: { kind: 'grid', rowCount: rows.length, columnCount, cells, locations: [{ kind: 'line', line: first }] },
  }
}

function cellOf(field: string, row: number, column: number, line: number, rowDoubt: DoubtCode | undefined): Cell {
  const { text, struck, pictures } = readInline(field)
  const doubt = struck ? 'overprinted_text' : text.includes('\ufffd') ? 'undecodable_text' : rowDoubt
  return {
    row,
    column,
    rowSpan: 1,
    columnSpan: 1,
    text,
    location: { kind: 'line', line },
    ...(doubt === undefined ? {} : { doubt }),
    ...(pictures > 0 && text === '' ? { hasImage: true } : {}),
  }
}

function filledWidth(fields: readonly string[]): number {
  return fields.findLastIndex((field) => field.trim() !== '') + 1
}

/** Below this many figures a row says little about how many there should be. */
const TELLING = 4

/**
 * Rows with a value where neither a header has a column nor other rows' labels leave room for one, and rows of many figures that
 * have fewer than their like. The width a row's values have is counted from its last label on, since a row under a merged label
 * begins with an empty field and one beside it with two labels.
 */
function raggedRows(rows: readonly FieldRow[]): Set<number> {
  const measured = rows.map(({ fields }) => {
    const texts = fields.map((field) => field.trim())
    const width = filledWidth(texts)
    const labels = texts.findLastIndex((text) => text !== '' && !isFigure(text)) + 1
    return {
      width,
      labels,
      figures: texts.filter(isFigure).length,
      room: width - labels,
      allRoom: texts.length - labels,
    }
  })
  const headed = largest(measured.filter(({ figures }) => figures === 0).map(({ width }) => width))
  const ragged = new Set<number>()
  const data = measured.filter(({ figures }) => figures > 0)
  const usual = commonest(data.map(({ room }) => room))
  for (const [row, { width, figures, room, allRoom }] of measured.entries()) {
    if (figures === 0) continue
    if (width > headed && (room > usual || data.length === 1) && headed > 0) ragged.add(row)
    if (headed === 0 && room > usual) ragged.add(row)
    if (figures >= TELLING && allRoom < usual) ragged.add(row)
  }
  return ragged
}

/** The widest of the most frequent. */
function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  let best = 0
  let most = 0
  for (const [value, count] of counts) {
    if (count < most || (count === most && value < best)) continue
    best = value
    most = count
  }
  return best
}
