/** The rows of the form, each with the row of the grid that was laid over it, and its figures as they read. */
import { useMemo } from 'react'
import type { TablePlan } from '../../../src/report/form.js'
import type { Suggestion } from '../../../src/review/assigning.js'
import type { AssignedCell } from '../../../src/review/decisions.js'
import { useWords } from '../wording/words.js'
import { nameOf } from './assign-grid.js'
import { ASSIGN_WORDS, type AssignWords } from './assign-words.js'
import { figure } from './figures.js'

export interface AssignFormProps {
  readonly plan: TablePlan
  readonly laid: Suggestion
  readonly cells: readonly AssignedCell[]
}

export function AssignForm({ plan, laid, cells }: AssignFormProps) {
  const words = useWords(ASSIGN_WORDS)
  const byKey = useMemo(() => new Map(cells.map((cell) => [cell.fact, cell])), [cells])
  const from = new Map([...laid.rows].map(([row, form]) => [form, row]))
  const isAcross = plan.spec.facts === 'column'
  return (
    <section className="as-pane" aria-label={words.form}>
      <h3>{words.form}</h3>
      <div className="as-scroll" lang="zh-CN">
        <table className="as-read">
          <thead>
            <tr>
              <th scope="col">{plan.spec.title}</th>
              {!isAcross && <th scope="col">{words.from}</th>}
              {isAcross ? (
                <th scope="col">{words.figures}</th>
              ) : (
                plan.columns.map((column) => (
                  <th key={column.key} scope="col">
                    {column.spec.label}
                  </th>
                ))
              )}
            </tr>
          </thead>
          <tbody>
            {isAcross
              ? plan.columns.map((column) => (
                  <tr key={column.key}>
                    <th scope="row">{nameOf(column)}</th>
                    <Read cell={byKey.get(column.key)} words={words} />
                  </tr>
                ))
              : plan.rows.map((row, at) => (
                  <tr key={row.key} className={from.has(row.key) ? 'on' : 'off'}>
                    <th scope="row">{row.spec.label}</th>
                    <td className="num xs s2">{lineOf(from.get(row.key))}</td>
                    {(plan.slots[at] ?? []).map(({ key }) => (
                      <Read key={key} cell={byKey.get(key)} words={words} />
                    ))}
                  </tr>
                ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** Counted from 1. */
function lineOf(row: number | undefined): string {
  return row === undefined ? '' : String(row + 1)
}

function Read({ cell, words }: { readonly cell: AssignedCell | undefined; readonly words: AssignWords }) {
  if (cell === undefined) return <td className="lack" aria-label={words.notGiven} />
  switch (cell.state) {
    case 'number':
    case 'zero':
      return <td className={cell.state === 'zero' ? 'num z' : 'num'}>{figure(cell.value)}</td>
    case 'blank':
      return <td className="z">空</td>
    case 'dash':
      return <td className="z">{cell.raw.trim()}</td>
    case 'unreadable':
      return (
        <td className="doubt" title={words.unreadable}>
          <span aria-hidden="true">疑 </span>
          <span className="rv-unseen">{words.unreadable}</span>
          {cell.raw.trim()}
        </td>
      )
  }
}
