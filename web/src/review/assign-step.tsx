/** One grid laid over one table of the form. What is shown as read is read by the same reader as the server's, which reads it again. */
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Document, Grid } from '../../../src/document/model.js'
import type { Vintage } from '../../../src/record.js'
import { FORMS } from '../../../src/report/forms/all.js'
import { assignableGrids, readLaying, type Suggestion, tableOf } from '../../../src/review/assigning.js'
import type { Assignment } from '../../../src/review/decisions.js'
import { useWords } from '../wording/words.js'
import { AssignForm } from './assign-form.js'
import { AssignGrid } from './assign-grid.js'
import {
  beginWith,
  groundFor,
  groundOf,
  layingOf,
  likeliestGrid,
  type ToAssign,
  tablesBeside,
} from './assign-laying.js'
import { ASSIGN_WORDS } from './assign-words.js'
import type { Picture } from './opened-report.js'

export interface AssignStepProps {
  readonly picture: Picture
  readonly document: Document
  readonly what: ToAssign
  /** How many tables were laid or left before. */
  readonly doneBefore: number
  /** Which tables are lacking and were not left. */
  openTables(vintage: Vintage): readonly string[]
  onAssign(decision: Assignment, left: readonly string[]): void
  onLeave(table: string, left: readonly string[]): void
  onClose(): void
}

interface Chosen {
  readonly vintage: Vintage
  readonly table: string
  readonly grid: number
  readonly laid: Suggestion
  /** What is laid may be taken as it is. */
  readonly isLikely: boolean
}

export function AssignStep(props: AssignStepProps) {
  const { picture, document, what, doneBefore, openTables, onAssign, onLeave, onClose } = props
  const words = useWords(ASSIGN_WORDS)
  const { facts, overlay } = picture
  const begin = (vintage: Vintage, table: string, at: number | null): Chosen => {
    const plan = tableOf({ vintage, table })
    if (plan === null) return begin(vintage, tablesOf(vintage)[0]?.key ?? '', at)
    const known = groundOf(document, vintage, facts, overlay.assigned)
    const ground = groundFor(known, table, openTables(vintage))
    const row = plan.rows.some(({ key }) => key === what.row) ? what.row : null
    const { grid, fits } = at === null ? likeliestGrid(ground, plan, row) : { grid: at, fits: false }
    return { vintage, table, grid, laid: beginWith(ground, grid, plan, row), isLikely: fits }
  }
  const [chosen, choose] = useState(() => begin(vintageOf(picture), what.table, null))
  const { vintage, table, grid: at, laid } = chosen
  const grids = useMemo(() => assignableGrids(document), [document])
  const plan = tableOf(chosen)
  const grid = grids[at]
  const read = useMemo(
    () => readLaying(document, layingOf(at, vintage, table, laid)),
    [document, at, vintage, table, laid],
  )
  const left = useMemo(() => {
    const open = openTables(vintage)
    // Who puts one row right, or a table that was read, has done so.
    if (what.row !== null || !open.includes(table)) return []
    return tablesBeside(groundOf(document, vintage, facts, overlay.assigned), table, open)
  }, [document, vintage, table, what.row, facts, overlay.assigned, openTables])
  const count = doneBefore + 1 + left.length
  const form = useRef<HTMLFormElement>(null)
  const status = useId()
  const first = useRef(chosen.isLikely)
  // What is likely is taken by Enter; else one has to choose.
  useEffect(() => {
    const to = first.current ? 'button[type=submit]:enabled' : 'select'
    form.current?.querySelector<HTMLElement>(to)?.focus()
  }, [])
  if (plan === null || grid === undefined) return null
  const cells = typeof read === 'string' ? [] : read.cells
  const assign = () => {
    if (typeof read === 'string') return
    const { printed } = read
    onAssign({ kind: 'assign', ...layingOf(at, vintage, table, laid), printed, cells: [...read.cells] }, left)
  }
  return (
    <form
      ref={form}
      className="dlg-pad rv-ask as-form"
      onKeyDown={(event) => {
        // A key that is held down lays one table and not all of them.
        if (event.key === 'Enter' && event.repeat) event.preventDefault()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        assign()
      }}
    >
      <div className="as-choices">
        <label>
          {words.grid}
          <select value={at} onChange={({ target }) => choose(begin(vintage, table, Number(target.value)))}>
            {grids.map((each, number) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a document never changes
              <option key={number} value={number}>
                {words.gridName(number + 1, each.rowCount, each.columnCount, firstWords(each))}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.vintage}
          <select value={vintage} onChange={({ target }) => choose(begin(target.value as Vintage, table, at))}>
            {FORMS.map((form) => (
              <option key={form.vintage} value={form.vintage}>
                {words.vintageName(form.vintage)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.table}
          <select value={table} onChange={({ target }) => choose(begin(vintage, target.value, at))}>
            {tablesOf(vintage).map(({ key, title, banner }) => (
              <option key={key} value={key} lang="zh-CN">
                {[title, banner?.label].filter(Boolean).join(' · ')}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="as-two">
        <AssignGrid grid={grid} plan={plan} laid={laid} onChange={(next) => choose({ ...chosen, laid: next })} />
        <AssignForm plan={plan} laid={laid} cells={cells} />
      </div>
      <div className="row g8">
        <span id={status} className="xs s2" role="status">
          {count > 1 && <b className="as-step">{words.step(doneBefore + 1, count)}</b>}
          {typeof read === 'string'
            ? words.faults[read]
            : words.count(cells.length, cells.filter(({ state }) => state === 'unreadable').length)}
        </span>
        <span className="sp" />
        {left.length > 0 && (
          <button type="button" className="btn t" onClick={() => onLeave(table, left)}>
            {words.leave}
          </button>
        )}
        <button type="button" className="btn" onClick={onClose}>
          {words.cancel}
        </button>
        <button type="submit" className="btn p" disabled={typeof read === 'string'} aria-describedby={status}>
          {words.done}
        </button>
      </div>
    </form>
  )
}

const FIRST_WORDS = 18

function firstWords({ cells }: Grid): string {
  const first =
    cells
      .find(({ text }) => text.trim() !== '')
      ?.text.replace(/\s+/g, ' ')
      .trim() ?? ''
  return first.length > FIRST_WORDS ? `${first.slice(0, FIRST_WORDS)}…` : first
}

function vintageOf({ vintage }: Picture): Vintage {
  const [newest] = FORMS
  const own = FORMS.find((form) => form.vintage === vintage) ?? newest
  if (own === undefined) throw new Error('there are no forms')
  return own.vintage
}

function tablesOf(vintage: Vintage) {
  return FORMS.find((form) => form.vintage === vintage)?.tables ?? []
}
