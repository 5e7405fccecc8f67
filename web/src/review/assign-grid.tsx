/** The grid as printed, with what each of its rows and columns is in the form. */
import { useEffect, useMemo, useRef } from 'react'
import type { Grid } from '../../../src/document/model.js'
import type { Leaf, TablePlan } from '../../../src/report/form.js'
import type { Suggestion } from '../../../src/review/assigning.js'
import { Icon } from '../parts/icon.js'
import { useWords } from '../wording/words.js'
import { place, shift } from './assign-laying.js'
import { ASSIGN_WORDS } from './assign-words.js'

export interface AssignGridProps {
  readonly grid: Grid
  readonly plan: TablePlan
  readonly laid: Suggestion
  onChange(laid: Suggestion): void
}

/** More rows than any form has: what is below is no table of it. */
const MOST_ROWS = 200

export function AssignGrid({ grid, plan, laid, onChange }: AssignGridProps) {
  const words = useWords(ASSIGN_WORDS)
  const lines = useMemo(() => cellsByRow(grid), [grid])
  const keys = plan.rows.map(({ key }) => key)
  const body = useRef<HTMLTableSectionElement>(null)
  // What is laid already, which may be one row far below.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another grid is looked at
  useEffect(() => {
    body.current?.querySelector('tr.on')?.scrollIntoView({ block: 'center' })
  }, [grid])
  const columns = Array.from({ length: grid.columnCount }, (_, at) => at)
  return (
    <section className="as-pane" aria-label={words.original}>
      <h3>{words.original}</h3>
      <div className="as-scroll" lang="zh-CN">
        <table className="as-grid">
          <thead>
            <tr>
              <th scope="col">{words.line}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  <Choice
                    label={words.columnOf(column + 1)}
                    none={words.nothing}
                    value={laid.columns.get(column) ?? null}
                    leaves={plan.columns}
                    onChoose={(form) => onChange({ ...laid, columns: place(laid.columns, column, form) })}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            {lines.slice(0, MOST_ROWS).map((cells, row) => {
              const own = laid.rows.get(row) ?? null
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a document never changes
                <tr key={row} className={own === null ? 'off' : 'on'}>
                  <th scope="row">
                    <span className="as-row">
                      <span className="num xs s2">{row + 1}</span>
                      {plan.rows.length > 1 && (
                        <>
                          <button
                            type="button"
                            className="btn sm t"
                            aria-label={words.earlier(row + 1)}
                            title={words.earlier(row + 1)}
                            onClick={() => onChange({ ...laid, rows: shift(laid.rows, row, -1, keys) })}
                          >
                            <Icon name="up" />
                          </button>
                          <button
                            type="button"
                            className="btn sm t as-down"
                            aria-label={words.later(row + 1)}
                            title={words.later(row + 1)}
                            onClick={() => onChange({ ...laid, rows: shift(laid.rows, row, 1, keys) })}
                          >
                            <Icon name="up" />
                          </button>
                        </>
                      )}
                      <Choice
                        label={words.rowOf(row + 1)}
                        none={words.nothing}
                        value={own}
                        leaves={plan.rows}
                        onChoose={(form) => onChange({ ...laid, rows: place(laid.rows, row, form) })}
                      />
                    </span>
                  </th>
                  {cells.map((cell) => (
                    <td
                      key={cell.column}
                      rowSpan={cell.rowSpan}
                      colSpan={cell.columnSpan}
                      className={own !== null && laid.columns.has(cell.column) ? 'used' : undefined}
                    >
                      {cell.text}
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly none: string
  readonly value: string | null
  readonly leaves: TablePlan['rows'] | TablePlan['columns']
  onChoose(form: string | null): void
}

function Choice({ label, none, value, leaves, onChoose }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      className={value === null ? 'none' : undefined}
      value={value ?? ''}
      onChange={({ target }) => onChoose(target.value === '' ? null : target.value)}
    >
      <option value="">{none}</option>
      {leaves.map((leaf) => (
        <option key={leaf.key} value={leaf.key}>
          {nameOf(leaf)}
        </option>
      ))}
    </select>
  )
}

/** 结果维持 stands under several heads. */
export function nameOf({ path }: Pick<Leaf<{ readonly label: string }>, 'path'>): string {
  const own = path.at(-1)?.label ?? ''
  const above = path.length > 1 ? (path.at(-2)?.label ?? '') : ''
  return above === '' ? own || '—' : `${own}（${above}）`
}

function cellsByRow({ rowCount, cells }: Grid): readonly (readonly Grid['cells'][number][])[] {
  const rows: Grid['cells'][number][][] = Array.from({ length: rowCount }, () => [])
  for (const cell of cells) rows[cell.row]?.push(cell)
  for (const row of rows) row.sort((a, b) => a.column - b.column)
  return rows
}
