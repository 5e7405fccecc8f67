/**
 * A table that was not recognised, or a row of one: the grid as printed at the left, what it comes to in the form at the right. What is the
 * document's is text here as everywhere. What is shown as read is read by the same reader as the server's, which reads it again.
 */
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Document, Grid } from '../../../src/document/model.js'
import type { Vintage } from '../../../src/record.js'
import { FORMS } from '../../../src/report/forms/all.js'
import { assignableGrids, readLaying, type Suggestion, tableOf } from '../../../src/review/assigning.js'
import type { Decision } from '../../../src/review/decisions.js'
import { get } from '../api/call.js'
import { Dialog } from '../parts/dialog.js'
import { useWords } from '../wording/words.js'
import { AssignForm } from './assign-form.js'
import { AssignGrid } from './assign-grid.js'
import { beginWith, layingOf, likeliestGrid, type ToAssign } from './assign-laying.js'
import { ASSIGN_WORDS } from './assign-words.js'
import type { Picture } from './opened-report.js'
import './assign.css'

export interface AssignDialogProps {
  readonly picture: Picture
  readonly what: ToAssign
  onDone(decision: Decision): void
  onClose(): void
}

export function AssignDialog(props: AssignDialogProps) {
  const words = useWords(ASSIGN_WORDS)
  const { sha256 } = props.picture.opened
  const { data, error } = useQuery({
    queryKey: ['blocks', sha256],
    queryFn: ({ signal }) => get<Document>(`/documents/${sha256}/blocks`, signal),
    // A document never changes.
    staleTime: Number.POSITIVE_INFINITY,
  })
  const grids = useMemo(() => (data === undefined ? [] : assignableGrids(data)), [data])
  return (
    <Dialog title={words.title} about={words.about} kind="wide" onClose={props.onClose}>
      {data !== undefined && grids.length > 0 ? (
        <Assigning {...props} document={data} grids={grids} />
      ) : (
        <div className="dlg-pad as-none">
          <p role="status">{error !== null ? words.failed : data === undefined ? words.loading : words.none}</p>
          <button type="button" className="btn" onClick={props.onClose}>
            {words.cancel}
          </button>
        </div>
      )}
    </Dialog>
  )
}

interface AssigningProps extends AssignDialogProps {
  readonly document: Document
  readonly grids: readonly Grid[]
}

interface Chosen {
  readonly vintage: Vintage
  readonly table: string
  readonly grid: number
  readonly laid: Suggestion
}

function Assigning({ picture, what, document, grids, onDone, onClose }: AssigningProps) {
  const words = useWords(ASSIGN_WORDS)
  const { facts, overlay } = picture
  const begin = (vintage: Vintage, table: string, at: number | null): Chosen => {
    const plan = tableOf({ vintage, table })
    if (plan === null) return begin(vintage, tablesOf(vintage)[0]?.key ?? '', at)
    const row = plan.rows.some(({ key }) => key === what.row) ? what.row : null
    const grid = at ?? likeliestGrid(document, plan, vintage, { row }, facts, overlay)
    const own = grids[grid]
    const laid = own === undefined ? EMPTY : beginWith(own, grid, plan, { row }, overlay)
    return { vintage, table, grid, laid }
  }
  const [chosen, choose] = useState(() => begin(vintageOf(picture), what.table, null))
  const { vintage, table, grid: at, laid } = chosen
  const plan = tableOf(chosen)
  const grid = grids[at]
  const read = useMemo(
    () => readLaying(document, layingOf(at, vintage, table, laid)),
    [document, at, vintage, table, laid],
  )
  if (plan === null || grid === undefined) return null
  const cells = typeof read === 'string' ? [] : read.cells
  const assign = () => {
    if (typeof read === 'string') return
    onDone({ kind: 'assign', ...layingOf(at, vintage, table, laid), printed: read.printed, cells: [...read.cells] })
    onClose()
  }
  return (
    <form
      className="dlg-pad rv-ask as-form"
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
              <option key={key} value={key}>
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
        <span className="xs s2" role="status">
          {typeof read === 'string'
            ? words.faults[read]
            : words.count(cells.length, cells.filter(({ state }) => state === 'unreadable').length)}
        </span>
        <span className="sp" />
        <button type="button" className="btn" onClick={onClose}>
          {words.cancel}
        </button>
        <button type="submit" className="btn p" disabled={typeof read === 'string'}>
          {words.done}
        </button>
      </div>
    </form>
  )
}

const EMPTY: Suggestion = { rows: new Map(), columns: new Map() }
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
