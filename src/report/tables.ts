import type { Flag } from '../record.js'
import { bindRow, type ColumnBinding, ColumnSequence, cellsByExtent } from './columns.js'
import { type Form, type Label, planTable, type TablePlan } from './form.js'
import { LabelFit, withoutSpace } from './labels.js'
import { type Line, looksLikeFigure } from './lines.js'
import { type AlignedRow, labelCell, RowSequence } from './rows.js'
import {
  columnByOrder,
  columnsMoved,
  formVariant,
  labelVariant,
  moreFigures,
  raggedRow,
  repeatedRows,
  tableMisplaced,
  tableRepeated,
} from './table-flags.js'
import { absentRows, boundCells, type PlacedRow, printedRows, type TableMatch } from './table-match.js'

/** A header fits when it names most of the columns; a row sequence when a third of the rows is there. */
const HEADER_FITS = 0.5
const ROWS_FIT = 0.3
/** So many rows, and nearly all that a table has, make another copy of it: the file may hold two reports. */
const COMPLETE = 10
const NEARLY_ALL = 0.8
/** A header has at most so many lines. */
const HEADER_LINES = 5

export class FormTables {
  private readonly plans: readonly TablePlan[]
  private readonly families: readonly { readonly tables: readonly TablePlan[]; readonly rows: RowSequence }[]
  private readonly columns: ReadonlyMap<TablePlan, ColumnSequence>
  private readonly banners: ReadonlyMap<TablePlan, LabelFit<Label>>

  private readonly labels: LabelFit<Label>

  constructor(readonly form: Form) {
    this.plans = form.tables.map(planTable)
    this.labels = new LabelFit(this.plans.flatMap(allLabels))
    const labelled = this.plans.filter(hasRowLabels)
    this.families = [...new Set(labelled.map((table) => table.spec.record))].map((record) => {
      const tables = labelled.filter((table) => table.spec.record === record)
      return { tables, rows: new RowSequence(tables) }
    })
    this.columns = new Map(
      this.plans.map((table) => [table, new ColumnSequence(table.columns, table.spec.otherColumns)]),
    )
    this.banners = new Map(
      this.plans.flatMap((table) =>
        table.spec.banner === undefined ? [] : [[table, new LabelFit([table.spec.banner])] as const],
      ),
    )
  }

  /** Is this, to the word, a label of one of the tables? */
  isLabel(text: string): boolean {
    return this.labels.isExact(text)
  }

  /** `lines` are those of each grid. */
  match(lines: readonly (readonly Line[])[]): readonly TableMatch[] {
    const matches = [
      ...this.families.flatMap(({ tables, rows }) => this.matchFamily(tables, rows, lines)),
      ...this.plans.filter((table) => !hasRowLabels(table)).map((table) => this.matchUnlabelled(table, lines)),
    ]
    return this.plans.flatMap((table) => matches.find((match) => match.spec === table.spec) ?? [])
  }

  private matchFamily(
    tables: readonly TablePlan[],
    rows: RowSequence,
    grids: readonly (readonly Line[])[],
  ): TableMatch[] {
    const candidates = this.candidates(tables, rows, grids)
    const aligned = rows.align(candidates)
    const chosen = new Set(candidates)
    const printing = grids
      .filter((lines) => !lines.some((line) => chosen.has(line)))
      .map((lines) => rows.exactLines(lines))
    const again = printing.some((count) => count >= COMPLETE && count >= rows.rows.length * NEARLY_ALL)
    return tables.map((table) => this.matchRows(table, rows, candidates, aligned, again))
  }

  /**
   * The lines of grids that print rows of these tables. Reports also show small tables of their own with the same labels
   * (行政许可, 行政处罚), so once some grid names the tables by banner or header, others count only as what follows it.
   */
  private candidates(
    tables: readonly TablePlan[],
    rows: RowSequence,
    grids: readonly (readonly Line[])[],
  ): readonly Line[] {
    const printing = this.inOwnSection(
      tables[0],
      grids.filter((lines) => rows.exactLines(lines) > 0),
    )
    const named = new Set(printing.filter((lines) => this.isNamed(tables, lines)))
    if (named.size === 0) return printing.flat()
    return printing
      .filter((lines, i) => {
        const before = printing[i - 1]
        const follows = named.has(lines) || (before !== undefined && named.has(before))
        if (follows) named.add(lines)
        return follows
      })
      .flat()
  }

  /** Where a table's own section has grids that print its rows, others have other years' or other organs' figures. */
  private inOwnSection(
    table: TablePlan | undefined,
    grids: readonly (readonly Line[])[],
  ): readonly (readonly Line[])[] {
    const own = grids.filter((lines) => lines[0]?.section === (table?.spec.section ?? null))
    return own.length > 0 ? own : grids
  }

  private isNamed(tables: readonly TablePlan[], lines: readonly Line[]): boolean {
    return tables.some(
      (table) => this.hasBanner(table, lines) || this.columnsOf(table).bind(lines.slice(0, HEADER_LINES), 1).fit > 0,
    )
  }

  private matchRows(
    table: TablePlan,
    rows: RowSequence,
    lines: readonly Line[],
    aligned: readonly (AlignedRow | null)[],
    again: boolean,
  ): TableMatch {
    const columns = this.columnsOf(table)
    const width = columns.columns.length
    const headers = new Map<number, ColumnBinding | null>()
    const placed = new Map<string, PlacedRow>()
    const flags: Flag[] = []
    let bannerSeen = false
    let headerFit = 0
    let rowFit = 0
    for (const [i, row] of aligned.entries()) {
      const line = lines[i]
      if (row === null || line === undefined || row.table !== table) continue
      const from = row.label.column + row.label.columnSpan
      let header = headers.get(line.grid)
      if (header === undefined) {
        const above = headerLines(lines, aligned, i)
        bannerSeen ||= this.hasBanner(table, [...above, beforeLabel(line, row)])
        header = this.bindHeader(columns, above, from, line, headers)
        headers.set(line.grid, header)
      }
      headerFit = Math.max(headerFit, header?.fit ?? 0)
      rowFit += Math.min(1, row.fit)
      placed.set(row.leaf.key, { line, from, header, binding: bindRow(line, from, header, width, rows.units) })
      if (row.fit < 0.9) flags.push(labelVariant(row))
    }
    bindByExtent(placed, width)
    const absent = absentRows(table.rows, placed)
    const share = rowFit / Math.max(1, printedRows(table.rows, placed, absent))
    const evident = table.spec.banner === undefined ? placed.size >= 3 : bannerSeen || headerFit >= HEADER_FITS
    if (share < ROWS_FIT || !evident) return notPrinted(table)
    flags.push(...repeatedRows(table, rows, lines, aligned))
    if (again) flags.push(tableRepeated(table.spec))
    return this.finish(table, placed, absent, (share + headerFit) / 2, flags)
  }

  /** A header of its own, else that of the grid before with as many columns: a table goes on without its header. */
  private bindHeader(
    columns: ColumnSequence,
    above: readonly Line[],
    from: number,
    line: Line,
    known: ReadonlyMap<number, ColumnBinding | null>,
  ): ColumnBinding | null {
    const own = columns.bind(above, Math.min(from, 1))
    if (own.fit > 0) return own
    const before = [...known.values()].at(-1) ?? null
    return before?.ranges.every((range) => range === null || range[1] <= line.columnCount) ? before : null
  }

  private hasBanner(table: TablePlan, above: readonly Line[]): boolean {
    const banner = this.banners.get(table)
    return (
      banner !== undefined &&
      above.some(
        ({ cells, lead }) =>
          lead.some((text) => banner.isExact(text)) || cells.some((cell) => banner.isExact(cell.text)),
      )
    )
  }

  /** A table without row labels: header lines, then one line of figures. */
  private matchUnlabelled(table: TablePlan, grids: readonly (readonly Line[])[]): TableMatch {
    const columns = this.columnsOf(table)
    let best = notPrinted(table)
    const candidates = this.inOwnSection(table, grids)
    for (const [number, lines] of candidates.entries()) {
      const at = figuresBegin(lines)
      const header = at < 0 ? lines : lines.slice(0, at)
      const figures = at < 0 ? (candidates[number + 1] ?? []) : lines.slice(at)
      const line = figures.find(isFigureLine) ?? (at < 0 ? undefined : lines[at])
      const bound = columns.bind(header, 0)
      if (line !== undefined && header.length > 0 && bound.fit >= HEADER_FITS && bound.fit > best.fit) {
        const label = labelCell(line, NO_UNITS)
        const from = label === null ? 0 : label.column + label.columnSpan
        const more = figures.filter((other) => other !== line && isFigureLine(other))
        best = this.finishUnlabelled(table, line, from, bound, more)
      } else if (best.fit === 0) best = this.matchByCount(table, lines) ?? best
    }
    return best
  }

  /** A line with one figure for each column, behind or under words that name them all. */
  private matchByCount(table: TablePlan, lines: readonly Line[]): TableMatch | null {
    const columns = this.columnsOf(table)
    let named = 0
    for (const line of lines) {
      named += columns.countNamed(line.cells.map((cell) => cell.text))
      const figures = line.cells.filter((cell) => looksLikeFigure(cell.text))
      if (figures.length !== columns.columns.length || isNumbering(line) || !columns.areNamed(named)) continue
      return this.finishUnlabelled(table, line, figures[0]?.column ?? 0, null, [])
    }
    return null
  }

  private finishUnlabelled(
    table: TablePlan,
    line: Line,
    from: number,
    header: ColumnBinding | null,
    more: readonly Line[],
  ): TableMatch {
    const binding = bindRow(line, from, header, this.columnsOf(table).columns.length, NO_UNITS)
    const placed = new Map([[table.rows[0]?.key ?? '', { line, from, header, binding }]])
    const flags = more.length > 0 ? [moreFigures(table.spec, more)] : []
    return this.finish(table, placed, [], (1 + (header?.fit ?? HEADER_FITS)) / 2, flags)
  }

  private finish(
    table: TablePlan,
    placed: ReadonlyMap<string, PlacedRow>,
    absent: readonly string[],
    fit: number,
    flags: readonly Flag[],
  ): TableMatch {
    const cells = boundCells(table, placed)
    const ragged = [...placed].flatMap(([key, { binding, line }]) =>
      binding.kind === 'ragged'
        ? [
            raggedRow(
              table.spec,
              line,
              binding,
              cells.filter((cell) => cell.row.key === key),
            ),
          ]
        : [],
    )
    const headers = [...placed.values()].flatMap(({ header }) => header ?? [])
    const moved = headers.some((header) => header.outOfOrder > 0) ? [columnsMoved(table.spec)] : []
    const byOrder = headers.some((header) => header.byOrder > 0) ? [columnByOrder(table.spec)] : []
    const variant = table.rows.flatMap((row) =>
      placed.has(row.key) && row.insteadOf.some((key) => absent.includes(key))
        ? [formVariant(table.spec, row, cells)]
        : [],
    )
    const lines = [...placed.values()].map(({ line }) => line)
    const misplaced = lines.some((line) => isElsewhere(table, line)) ? [tableMisplaced(table.spec, lines[0])] : []
    const grids = [...new Set(lines.map((line) => line.grid))]
    return {
      spec: table.spec,
      fit,
      cells,
      absentRows: absent,
      grids,
      flags: [...flags, ...misplaced, ...ragged, ...moved, ...byOrder, ...variant],
    }
  }

  private columnsOf(table: TablePlan): ColumnSequence {
    const columns = this.columns.get(table)
    if (columns === undefined) throw new Error(`no columns for ${table.spec.key}`)
    return columns
  }
}

const NO_UNITS: ReadonlySet<string> = new Set()

/** Every label that the form prints in a table: of rows, columns, groups and banner. */
function allLabels({ spec, rows, columns }: TablePlan): readonly Label[] {
  const others = ['信息内容', ...(spec.otherColumns ?? [])].map((label) => ({ label }))
  const banner = spec.banner === undefined ? [] : [spec.banner]
  return [...banner, ...others, ...rows.flatMap((row) => row.path), ...columns.flatMap((column) => column.path)]
}

function hasRowLabels(table: TablePlan): boolean {
  return table.spec.facts !== 'column'
}

function notPrinted(table: TablePlan): TableMatch {
  return { spec: table.spec, fit: 0, cells: boundCells(table, new Map()), absentRows: [], grids: [], flags: [] }
}

/** Ragged rows, all of them or none, by where the figures of all rows end. */
function bindByExtent(placed: Map<string, PlacedRow>, width: number): void {
  const rows = [...placed.values()]
  const open = rows.some(({ binding }) => binding.kind === 'ragged')
  if (!open || rows.some(({ header }) => header !== null && !header.inOrder)) return
  const cells = cellsByExtent(rows, width)
  if (cells === null) return
  for (const [i, [key, row]] of [...placed].entries()) {
    const own = cells[i]
    if (row.binding.kind === 'ragged' && own !== undefined)
      placed.set(key, { ...row, binding: { kind: 'placed', cells: own, counted: false, inOrder: null } })
  }
}

/** What a flattened table prints before the label stands in the line itself. */
function beforeLabel(line: Line, row: AlignedRow): Line {
  return { ...line, cells: line.cells.filter((cell) => cell.column < row.label.column) }
}

/** The lines above a row, up to the last one that prints a row of the form, in the same grid. */
function headerLines(lines: readonly Line[], aligned: readonly (AlignedRow | null)[], at: number): readonly Line[] {
  const grid = lines[at]?.grid
  let from = at
  while (from > 0 && lines[from - 1]?.grid === grid && (aligned[from - 1] ?? null) === null) from--
  return lines.slice(from, at)
}

/** In another of the form's sections than the table's own. */
function isElsewhere({ spec }: TablePlan, { section }: Line): boolean {
  return spec.section !== null && section !== null && section !== spec.section
}

/** The first line of figures, or a last line that was left blank. */
function figuresBegin(lines: readonly Line[]): number {
  const at = lines.findIndex(isFigureLine)
  const last = lines.length - 1
  return at < 0 && lines[last]?.cells.every((cell) => withoutSpace(cell.text) === '') ? last : at
}

/** From so many on, 1, 2, 3, … numbers the columns. */
const NUMBERED = 5

function isNumbering(line: Line): boolean {
  const texts = line.cells.map((cell) => withoutSpace(cell.text)).filter((text) => text !== '')
  return texts.length >= NUMBERED && texts.every((text, i) => text === String(i + 1))
}

/** Words at most in a first label cell, figures and blanks for the rest, with at least one figure. */
function isFigureLine(line: Line): boolean {
  const texts = line.cells.map((cell) => withoutSpace(cell.text)).filter((text) => text !== '')
  const figures = texts.filter(looksLikeFigure).length
  return !isNumbering(line) && figures > 0 && texts.length - figures <= 1 && figures >= Math.min(3, texts.length)
}
