/**
 * The tables of one part, each with its sums, pictures and other years: one of many rows with them between its rows; that of review and litigation,
 * which has one, with the picture above it and brackets below.
 */
import type { ReactNode } from 'react'
import type { Neighbour } from '../../../src/review/api.js'
import type { OverlaidItem } from '../../../src/review/overlay.js'
import { useMedia } from '../parts/media.js'
import { useWords } from '../wording/words.js'
import { Brackets, placesOf } from './brackets.js'
import type { CellActions, Editing } from './cell.js'
import type { CellView } from './cells.js'
import { type Equation, isSum } from './equations.js'
import { figure } from './figures.js'
import type { LaidTable } from './form-layout.js'
import type { Picture } from './opened-report.js'
import { REVIEW_WORDS } from './review-words.js'
import { StatutoryTable } from './statutory-table.js'
import { SumLine } from './sum-line.js'

const WIDE = '(min-width: 1800px)'
const CELLS: Record<string, readonly [usual: number, wide: number]> = {
  requests: [64, 72],
  review_litigation: [49, 56],
}
const OTHER_CELL = 128

export interface FormTableProps {
  readonly picture: Picture
  readonly views: ReadonlyMap<string, CellView>
  readonly item: OverlaidItem | null
  /** Equations of the item, or the one that a correction broke. */
  readonly drawn: ReadonlySet<string>
  readonly proposed: ReadonlyMap<string, number>
  readonly current: string | null
  readonly editing: Editing | null
  readonly actions: CellActions
  readonly withYears: boolean
  onPoint(fact: string | null): void
}

interface OneTable extends FormTableProps {
  readonly table: LaidTable
}

export function FormTable(props: OneTable) {
  return props.table.labelColumns === 0 ? <OneRowTable {...props} /> : <Table {...props} />
}

/** With its sums and pictures between the rows. */
function Table(props: OneTable) {
  const { table, picture, views, current, editing, actions, onPoint, item, drawn, proposed, withYears } = props
  const cellWidth = useCellWidth(table.key)
  const rowOf = new Map(table.rows.flatMap(({ key, cells }) => cells.map((cell) => [cell.key, key] as const)))
  const years = withYears && current !== null ? rowOf.get(current) : undefined
  return (
    <div className="rv-table">
      <StatutoryTable
        table={table}
        sha256={picture.opened.sha256}
        views={views}
        current={current}
        stop={stopIn(table, current)}
        editing={editing}
        actions={actions}
        onPoint={onPoint}
        withPicture={picturedRows(item, proposed, picture, rowOf)}
        proposed={proposed}
        sums={sumsBelow(
          [...drawn].flatMap((name) => picture.equations.get(name) ?? []),
          table,
          rowOf,
        )}
        years={years === undefined ? NO_YEARS : new Map([[years, picture.opened.neighbours]])}
        cellWidth={cellWidth}
      />
    </div>
  )
}

const NO_YEARS: ReadonlyMap<string, readonly Neighbour[]> = new Map()
const NO_SUMS: ReadonlyMap<string, readonly ReactNode[]> = new Map()
const NOTHING: ReadonlyMap<string, number> = new Map()
/** Rows of suspects whose picture is put in: more would tear the table apart. */
const MOST_PICTURES = 3

function picturedRows(
  item: OverlaidItem | null,
  proposed: ReadonlyMap<string, number>,
  { facts }: Picture,
  rowOf: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const doubted =
    proposed.size > 0 ? [...proposed.keys()] : (item?.item.discrepancy?.suspects ?? item?.item.facts ?? [])
  const onPaper = doubted.filter((key) => facts.get(key)?.location?.kind === 'page')
  const rows = new Set(onPaper.flatMap((key) => rowOf.get(key) ?? []))
  return rows.size > MOST_PICTURES ? new Set([...rows].slice(0, MOST_PICTURES)) : rows
}

/** Under the last row that it takes figures from. */
function sumsBelow(
  equations: readonly Equation[],
  { rows, columns }: LaidTable,
  rowOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly ReactNode[]> {
  const sums = new Map<string, ReactNode[]>()
  for (const equation of equations) {
    if (!isSum(equation)) continue
    const own = equation.facts.flatMap((fact) => rowOf.get(fact) ?? [])
    const last = rows.findLast(({ key }) => own.includes(key))
    if (last === undefined || own.length !== equation.facts.length) continue
    const isColumn = new Set(own).size > 1 && columns > 1
    const column = last.cells
      .find(({ key }) => equation.facts.includes(key))
      ?.slot.label.split(' / ')
      .at(-1)
    const written = (
      <span key={equation.name}>
        {isColumn && <span className="xs s2">{column}：</span>}
        <SumLine equation={equation} withZeros={false} />
      </span>
    )
    sums.set(last.key, [...(sums.get(last.key) ?? []), written])
  }
  return sums
}

/** The table of review and litigation: one row, pictures above it and brackets below. */
function OneRowTable(props: OneTable) {
  const { table, picture, views, current, editing, actions, onPoint, drawn, withYears } = props
  const words = useWords(REVIEW_WORDS)
  const cellWidth = useCellWidth(table.key)
  const row = table.rows[0]
  const columns = row?.cells.map(({ key }) => key) ?? []
  const isOnPaper = columns.some((key) => picture.facts.get(key)?.location?.kind === 'page')
  const own = [...picture.equations.values()].filter((equation) => placesOf(equation, columns) !== null)
  const { neighbours } = picture.opened
  return (
    <div className="rv-one">
      <div className="rv-gutter xs">
        {isOnPaper && <span className="s2">{words.asPrinted}</span>}
        <b>{words.asRead}</b>
      </div>
      <StatutoryTable
        table={table}
        sha256={picture.opened.sha256}
        views={views}
        current={current}
        stop={stopIn(table, current)}
        editing={editing}
        actions={actions}
        onPoint={onPoint}
        withPicture={isOnPaper && row !== undefined ? new Set([row.key]) : new Set()}
        proposed={NOTHING}
        sums={NO_SUMS}
        years={NO_YEARS}
        cellWidth={cellWidth}
      />
      <span />
      <Brackets columns={columns} width={cellWidth} equations={own} drawn={drawn} kept={keptSums(picture)} />
      {withYears && neighbours.length > 0 && (
        <>
          <div className="rv-gutter years xs s2">
            {neighbours.map(({ year, sha256 }) => (
              <span key={sha256}>{year}</span>
            ))}
          </div>
          <table className="rv-years" aria-label={words.previousYears}>
            <tbody>
              {neighbours.map(({ sha256, year, values }) => (
                <tr key={sha256} aria-label={String(year)}>
                  {columns.map((key, at) => {
                    const value = values[key] ?? null
                    return (
                      <td
                        key={key}
                        className={[value === 0 ? 'z' : '', row?.cells[at]?.endsGroup ? 'blk' : ''].join(' ')}
                        style={{ width: cellWidth }}
                      >
                        {key in values ? figure(value) : ''}
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </div>
  )
}

/** Sums that stay as they were published. */
export function keptSums({ overlay }: Picture): ReadonlySet<string> {
  return new Set(overlay.items.flatMap(({ item, made }) => (made?.decision.kind === 'as_published' ? item.checks : [])))
}

/** The cell that Tab comes to: the current one, or the first. */
function stopIn({ rows }: LaidTable, current: string | null): string | null {
  const cells = rows.flatMap(({ cells }) => cells.map(({ key }) => key))
  return current !== null && cells.includes(current) ? current : (cells[0] ?? null)
}

function useCellWidth(table: string): number {
  const isWide = useMedia(WIDE)
  const [usual, wide] = CELLS[table] ?? [OTHER_CELL, OTHER_CELL]
  return isWide ? wide : usual
}
