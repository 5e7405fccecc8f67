/**
 * A statutory table as the form prints it, with what was read in its cells. Under the rows that an item is about stand the picture of the row
 * as printed, what is suggested, and its sum; under the last row of a column's sum, that sum.
 */
import { type KeyboardEvent, memo, type PointerEvent, type ReactNode } from 'react'
import type { Neighbour } from '../../../src/review/api.js'
import { useMedia } from '../parts/media.js'
import { useWords } from '../wording/words.js'
import { Cell, type CellActions, type Editing } from './cell.js'
import type { CellView } from './cells.js'
import { Crop } from './crop.js'
import { figure } from './figures.js'
import type { Head, LaidRow, LaidTable } from './form-layout.js'
import { REVIEW_WORDS } from './review-words.js'

export interface TableProps {
  readonly table: LaidTable
  readonly sha256: string
  readonly views: ReadonlyMap<string, CellView>
  readonly current: string | null
  /** The cell that Tab comes to. */
  readonly stop: string | null
  readonly editing: Editing | null
  readonly actions: CellActions
  onPoint(fact: string | null): void
  /** Rows whose picture stands below them. */
  readonly withPicture: ReadonlySet<string>
  /** By cell: what is suggested to stand in it. */
  readonly proposed: ReadonlyMap<string, number>
  /** By row: the sums written under it. */
  readonly sums: ReadonlyMap<string, readonly ReactNode[]>
  /** By row: reports of other years shown under it. */
  readonly years: ReadonlyMap<string, readonly Neighbour[]>
  /** CSS pixels of a column of figures. */
  readonly cellWidth: number
}

const LABELS: Record<string, readonly number[]> = { requests: [30, 82, 232] }
/** On a screen as narrow as a telephone's, figures come into view beside their labels, which break into lines. */
const NARROW = '(max-width: 700px)'
const NARROW_LABELS: Record<string, readonly number[]> = { requests: [26, 48, 98] }
/** Of a table in one column of labels: the label, set in by its depth, and the unit. */
const INDENTED = { label: 430, narrow: 190, unit: 56, step: 14 }
const OTHER_LABEL = { usual: 260, narrow: 130 }
/** Points of a cell's frame, which is left out of its picture. */
const FRAME = 1.5
/** Of a Chinese sign in a head, in CSS pixels. */
const SIGN = 12

export function StatutoryTable(props: TableProps) {
  const { table, actions, onPoint, cellWidth } = props
  const words = useWords(REVIEW_WORDS)
  const isIndented = table.rows.some(({ unit }) => unit !== null)
  const isNarrow = useMedia(NARROW)
  const label = isIndented ? INDENTED[isNarrow ? 'narrow' : 'label'] : OTHER_LABEL[isNarrow ? 'narrow' : 'usual']
  const labels =
    (isNarrow ? NARROW_LABELS : LABELS)[table.key] ?? Array.from({ length: table.labelColumns }, () => label)
  const ofLabels = labels.slice(0, table.labelColumns).reduce((sum, each) => sum + each, isIndented ? INDENTED.unit : 0)
  return (
    <table
      className={`st st-${table.key.replaceAll('.', '-')}`}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: cells are walked through by arrows
      role="grid"
      aria-label={`${table.title}${table.banner === null ? '' : ` ${table.banner}`}`}
      style={{ width: ofLabels + table.columns * cellWidth }}
      onPointerOver={(event) => onPoint(factAt(event))}
      onPointerLeave={() => onPoint(null)}
      onFocus={(event) => onPoint(factOf(event.target))}
      onClick={({ target }) => {
        const fact = factOf(target)
        if (fact !== null) actions.select(fact)
      }}
      onDoubleClick={({ target }) => {
        const fact = factOf(target)
        if (fact !== null) actions.edit(fact)
      }}
      onKeyDown={(event) => startEditing(event, actions)}
    >
      <colgroup>
        {labels.slice(0, table.labelColumns).map((width, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
          <col key={at} style={{ width }} />
        ))}
        {isIndented && <col style={{ width: INDENTED.unit }} />}
        {Array.from({ length: table.columns }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
          <col key={at} style={{ width: cellWidth }} />
        ))}
      </colgroup>
      <thead>
        {table.banner !== null && (
          <tr>
            <th className="banner" lang="zh-CN" colSpan={table.labelColumns + table.columns} scope="colgroup">
              {table.banner}
            </th>
          </tr>
        )}
        {table.head.map((heads, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of the head do not move
          <tr key={at}>
            {at === 0 && table.labelColumns > 0 && (
              <th
                className="corner"
                lang={isIndented ? undefined : 'zh-CN'}
                colSpan={table.labelColumns}
                rowSpan={table.head.length}
                scope="col"
              >
                {isIndented ? words.indicator : table.corner}
              </th>
            )}
            {at === 0 && isIndented && (
              <th rowSpan={table.head.length} scope="col">
                {words.unit}
              </th>
            )}
            {heads.map((head) => (
              <HeadCell key={head.id} head={head} width={head.columnSpan * cellWidth} />
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.rows.map((row) => (
          <Row key={row.key} row={row} {...props} />
        ))}
      </tbody>
    </table>
  )
}

const HeadCell = memo(function HeadCell({ head, width }: { readonly head: Head; readonly width: number }) {
  return (
    <th
      id={head.id}
      lang="zh-CN"
      scope={head.columnSpan > 1 ? 'colgroup' : 'col'}
      colSpan={head.columnSpan}
      rowSpan={head.rowSpan}
      className={head.endsGroup ? 'blk' : undefined}
    >
      {broken(head.text, width)}
    </th>
  )
})

/** 结果维持 over two lines of a narrow column, as the form has it. */
function broken(text: string, width: number): ReactNode {
  if (text.length * SIGN <= width - 8) return text
  const note = text.indexOf('（')
  const middle = note > 0 ? note : Math.ceil(text.length / 2)
  return (
    <>
      {text.slice(0, middle)}
      <br />
      {text.slice(middle)}
    </>
  )
}

/** （三） stands over what it counts. */
function enumerated(text: string): ReactNode {
  const [, sign, name] = /^(（[^）]+）)(.+)$/.exec(text) ?? []
  return sign === undefined ? (
    text
  ) : (
    <>
      {sign}
      <br />
      {name}
    </>
  )
}

function Row({ row, table, ...props }: TableProps & { readonly row: LaidRow }) {
  const { sha256, views, current, stop, editing, actions, withPicture, proposed, sums, years, cellWidth } = props
  const words = useWords(REVIEW_WORDS)
  const isIndented = row.unit !== null || (table.labelColumns === 1 && row.cells.length === 0)
  const inPicture = withPicture.has(row.key)
  const isProposed = row.cells.some(({ key }) => proposed.has(key))
  const under = sums.get(row.key) ?? []
  const ofYears = years.get(row.key) ?? []
  const lead = table.labelColumns + (isIndented ? 1 : 0)
  // The headings beside the row go on.
  const leadBelow = isIndented ? lead : (row.labels.at(-1)?.columnSpan ?? lead)
  const picture = (
    <tr className="picture">
      {lead > 0 && (
        <td className="lead" colSpan={leadBelow}>
          {words.asPrinted}
        </td>
      )}
      {row.cells.map(({ key, endsGroup }) => (
        <td key={key} className={endsGroup ? 'blk' : undefined}>
          <Crop
            sha256={sha256}
            location={views.get(key)?.fact?.location ?? null}
            around={-FRAME}
            width={cellWidth - 2}
            height={lead > 0 ? 25 : 30}
          />
        </td>
      ))}
    </tr>
  )
  return (
    <>
      {inPicture && lead === 0 && picture}
      <tr className={row.cells.length === 0 ? 'heading' : undefined}>
        {row.labels.map((label) => (
          <th
            key={label.id}
            id={label.id}
            lang="zh-CN"
            scope={label.rowSpan > 1 ? 'rowgroup' : 'row'}
            colSpan={row.cells.length === 0 ? lead + table.columns : label.columnSpan}
            rowSpan={label.rowSpan > 1 ? label.rowSpan + belowWithin(row, label.rowSpan, table, props) : 1}
            className={labelClass(label, table)}
            style={isIndented ? { paddingLeft: 8 + row.depth * INDENTED.step } : undefined}
            title={label.text}
          >
            {label.rowSpan > 1 ? <span className="stay">{enumerated(label.text)}</span> : label.text}
          </th>
        ))}
        {row.unit !== null && (
          <td className="unit" lang="zh-CN">
            {row.unit}
          </td>
        )}
        {row.cells.map((cell) => (
          <Cell
            key={cell.key}
            cell={cell}
            view={views.get(cell.key)}
            isCurrent={cell.key === current}
            isTabStop={cell.key === stop}
            editing={editing?.fact === cell.key ? editing : null}
            actions={actions}
            words={words}
          />
        ))}
      </tr>
      {ofYears.map((year) => (
        <tr key={year.sha256} className="year">
          {lead > 0 && (
            <td className="lead" colSpan={leadBelow}>
              {year.year}
            </td>
          )}
          {row.cells.map(({ key, endsGroup }) => (
            <td key={key} className={endsGroup ? 'blk' : undefined}>
              {key in year.values ? figure(year.values[key] ?? null) : ''}
            </td>
          ))}
        </tr>
      ))}
      {inPicture && lead > 0 && picture}
      {(isProposed || under.length > 0) && (
        <tr className="suggested">
          {lead > 0 && (
            <td className="lead" colSpan={leadBelow}>
              {isProposed ? <b>{words.suggested}</b> : null}
            </td>
          )}
          <td colSpan={table.columns}>
            <div className="ghosts">
              <span className="under">{under}</span>
              {row.cells.map(({ key }, at) => {
                const to = proposed.get(key)
                if (to === undefined) return null
                // Under its cell; the sums take the other half.
                const isLeft = at < row.cells.length / 2
                const place = isLeft
                  ? { order: -1, marginRight: 'auto', marginLeft: at * cellWidth }
                  : { marginLeft: 'auto', marginRight: (row.cells.length - 1 - at) * cellWidth }
                return (
                  <span key={key} className="ghost" style={place}>
                    {views.get(key)?.text || words.blankCell} → {figure(to)}
                  </span>
                )
              })}
            </div>
          </td>
        </tr>
      )}
    </>
  )
}

/** The rows put in under those that a heading stands beside. */
function belowWithin(first: LaidRow, span: number, { rows }: LaidTable, props: Below): number {
  const from = rows.indexOf(first)
  return rows.slice(from, from + span).reduce((sum, row) => sum + below(row, props), 0)
}

type Below = Pick<TableProps, 'withPicture' | 'proposed' | 'sums' | 'years'>

function below({ key, cells }: LaidRow, { withPicture, proposed, sums, years }: Below): number {
  const isWritten = cells.some((cell) => proposed.has(cell.key)) || (sums.get(key)?.length ?? 0) > 0
  return (withPicture.has(key) ? 1 : 0) + (isWritten ? 1 : 0) + (years.get(key)?.length ?? 0)
}

function labelClass({ rowSpan, columnSpan, level }: Head, { labelColumns }: LaidTable): string {
  if (rowSpan > 1) return level === 0 ? 'group strong' : 'group'
  return labelColumns > 1 && columnSpan === labelColumns ? 'own el strong' : 'own el'
}

function factAt(event: PointerEvent): string | null {
  return factOf(event.target)
}

function factOf(target: EventTarget): string | null {
  return target instanceof Element ? (target.closest<HTMLElement>('[data-fact]')?.dataset.fact ?? null) : null
}

/** A digit, or what an input method begins, writes into the cell that has the focus. */
function startEditing(event: KeyboardEvent, actions: CellActions): void {
  const fact = factOf(event.target)
  if (fact === null || event.target instanceof HTMLInputElement) return
  if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return
  if (!/^[0-9０-９]$/.test(event.key)) return
  event.preventDefault()
  event.stopPropagation()
  actions.edit(fact, event.key)
}
