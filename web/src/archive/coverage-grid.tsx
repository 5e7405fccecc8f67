/**
 * Organs by years, as a grid: what each cell holds is a sign or a word, never a colour alone. A row's head chooses the organ, a column's the
 * year, a cell both.
 *
 * Of a thousand organs only the rows in view are in the page. One cell takes part in the order of Tab; arrows, Home, End and the page keys go
 * from there.
 */
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import {
  Fragment,
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { CoverageAnswer } from '../../../src/review/api.js'
import { Icon } from '../parts/icon.js'
import { useWords } from '../wording/words.js'
import { OrganName } from './file-name.js'
import { STANDING_NAMES } from './status-tag.js'

const WORDS = {
  zh: {
    grid: '机关与年份的覆盖',
    organ: '机关',
    inStore: '在库',
    missing: '缺',
    seal: '核',
    none: '当年不计',
    form: (vintage: string) => `${vintage} 版`,
    items: (count: number) => `${count} 项`,
  },
  en: {
    grid: 'Coverage by organ and year',
    organ: 'Organ',
    inStore: 'In',
    missing: '缺',
    seal: '核',
    none: 'None due',
    form: (vintage: string) => `${vintage} form`,
    items: (count: number) => `${count} items`,
  },
}

export type CoverageRow = CoverageAnswer['rows'][number]
export type CoverageCell = CoverageRow['cells'][number]

export interface CoverageChoice {
  readonly organ: string | null
  readonly year: number | null
}

const ROW = 37
/** Longer sums do not fit under a year, and are told as a share. */
const MOST_COUNTED = 100

interface CoverageGridProps {
  readonly years: readonly number[]
  readonly rows: readonly CoverageRow[]
  readonly chosen: CoverageChoice
  readonly choose: (choice: CoverageChoice) => void
}

export function CoverageGrid({ years, rows, chosen, choose }: CoverageGridProps) {
  const words = useWords(WORDS)
  const names = useWords(STANDING_NAMES)
  const scroller = useRef<HTMLDivElement>(null)
  // Row -1 is the head; column 0 the names.
  const [at, setAt] = useState({ row: 0, column: 1 })
  const moved = useRef(false)
  const rangeExtractor = useCallback(
    (range: Range) => {
      const inView = defaultRangeExtractor(range)
      // The row of the focus stays in the page wherever one scrolls, or the focus would be lost with it.
      return at.row < 0 || at.row >= range.count || inView.includes(at.row)
        ? inView
        : [...inView, at.row].sort((a, b) => a - b)
    },
    [at.row],
  )
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
    rangeExtractor,
    // Under the head, and above the foot, that stay.
    scrollPaddingStart: 56,
    scrollPaddingEnd: 90,
  })
  useLayoutEffect(() => {
    if (!moved.current) return
    moved.current = false
    scroller.current?.querySelector<HTMLElement>(`[data-at="${at.row}/${at.column}"]`)?.focus({ preventScroll: true })
    if (at.row >= 0) virtual.scrollToIndex(at.row)
  }, [at, virtual])
  const cells = useMemo(() => rows.map((row) => new Map(row.cells.map((cell) => [cell.year, cell]))), [rows])
  const eras = useMemo(() => erasOf(years, rows), [years, rows])
  const sums = useMemo(() => years.map((year) => sumOf(rows, year)), [years, rows])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey || event.metaKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / ROW) - 3)
    const to = stepOf(event.key, at, { rows: rows.length, columns: years.length + 1, page, isFar: event.ctrlKey })
    if (to === null) return
    event.preventDefault()
    moved.current = true
    setAt(to)
  }
  const place = (row: number, column: number) => ({
    'data-at': `${row}/${column}`,
    tabIndex: at.row === row && at.column === column ? 0 : -1,
    onFocus: () => {
      if (at.row !== row || at.column !== column) setAt({ row, column })
    },
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)
  return (
    <div className="cov-scroll" ref={scroller}>
      <table
        className="cov"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table through which one goes cell by cell is a grid
        role="grid"
        aria-label={words.grid}
        aria-rowcount={rows.length + 2}
        onKeyDown={onKeyDown}
        style={{ minWidth: 196 + years.length * 36 }}
      >
        <colgroup>
          <col className="cov-col-organ" />
          {years.map((year) => (
            <col key={year} />
          ))}
          <col className="cov-col-sum" />
        </colgroup>
        <thead>
          <tr>
            <td />
            {eras.map(({ vintage, from, span }) => (
              <th key={from} className="cov-era" colSpan={span} scope="colgroup">
                {vintage === null ? '' : words.form(vintage)}
              </th>
            ))}
            <td />
          </tr>
          <tr>
            <th scope="col" className="cov-corner">
              <span className="arc-unseen">{words.organ}</span>
            </th>
            {years.map((year, index) => (
              <th key={year} scope="col">
                <button
                  type="button"
                  className={chosen.year === year ? 'cov-year on' : 'cov-year'}
                  aria-pressed={chosen.year === year && chosen.organ === null}
                  onClick={() =>
                    choose({ organ: null, year: chosen.year === year && chosen.organ === null ? null : year })
                  }
                  {...place(-1, index + 1)}
                >
                  {year}
                </button>
              </th>
            ))}
            <th scope="col" className="r">
              {words.inStore}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ index, start }, nth) => {
            const row = rows[index]
            if (row === undefined) return null
            const { organ } = row
            const gap = start - (items[nth - 1]?.end ?? 0)
            return (
              <Fragment key={organ.id}>
                {gap > 0 && <tr className="cov-gap" style={{ height: gap }} />}
                <tr aria-rowindex={index + 3}>
                  <th scope="row">
                    <button
                      type="button"
                      className={chosen.organ === organ.id ? 'cov-organ on' : 'cov-organ'}
                      title={organ.name}
                      aria-pressed={chosen.organ === organ.id && chosen.year === null}
                      onClick={() =>
                        choose({
                          organ: chosen.organ === organ.id && chosen.year === null ? null : organ.id,
                          year: null,
                        })
                      }
                      {...place(index, 0)}
                    >
                      <OrganName name={organ.name} />
                    </button>
                  </th>
                  {years.map((year, column) => {
                    const cell = cells[index]?.get(year)
                    const isChosen = chosen.organ === organ.id && chosen.year === year
                    const told =
                      cell === undefined
                        ? words.none
                        : `${names[cell.state]}${cell.openItems > 0 ? ` ${words.items(cell.openItems)}` : ''}`
                    return (
                      <td key={year}>
                        <button
                          type="button"
                          className={`cov-cell ${cell?.state ?? 'none'}${isChosen ? ' on' : ''}`}
                          aria-label={`${year} ${told}`}
                          title={`${organ.name} ${year} ${told}`}
                          aria-pressed={isChosen}
                          onClick={() => choose(isChosen ? { organ: null, year: null } : { organ: organ.id, year })}
                          {...place(index, column + 1)}
                        >
                          <CoverageSign cell={cell} />
                        </button>
                      </td>
                    )
                  })}
                  <td className="r num cov-sum">{sumInWords(heldOf(row.cells), row.cells.length)}</td>
                </tr>
              </Fragment>
            )
          })}
          {last !== undefined && virtual.getTotalSize() > last.end && (
            <tr className="cov-gap" style={{ height: virtual.getTotalSize() - last.end }} />
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.inStore}</th>
            {sums.map(({ year, held, due }) => (
              <td key={year} className="cov-total num">
                <span title={sumInWords(held, due)}>
                  {due < MOST_COUNTED ? sumInWords(held, due) : `${Math.floor((100 * held) / due)}%`}
                </span>
                <span className="cov-mini">
                  <i style={{ width: `${due === 0 ? 0 : (100 * held) / due}%` }} />
                </span>
              </td>
            ))}
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

export function CoverageSign({
  cell,
}: {
  readonly cell: Pick<CoverageCell, 'state' | 'openItems'> | undefined
}): ReactNode {
  const words = useWords(WORDS)
  switch (cell?.state) {
    case undefined:
      return '–'
    case 'accepted':
      return <Icon name="tick" />
    case 'reviewed':
      return <span className="seal arc-seal">{words.seal}</span>
    case 'needs_review':
      return (
        <>
          <Icon name="flag" />
          {cell.openItems > 0 && cell.openItems}
        </>
      )
    case 'failed':
      return <Icon name="cross" />
    case 'missing':
      return words.missing
  }
}

export function heldOf(cells: readonly CoverageCell[]): number {
  return cells.filter(({ state }) => state !== 'missing' && state !== 'failed').length
}

function sumInWords(held: number, due: number): string {
  return due === 0 ? '–' : `${held}/${due}`
}

function sumOf(rows: readonly CoverageRow[], year: number) {
  const own = rows.flatMap(({ cells }) => cells.filter((cell) => cell.year === year))
  return { year, held: heldOf(own), due: own.length }
}

/** Neighbouring years whose reports are, for the most part, on the same form. */
function erasOf(years: readonly number[], rows: readonly CoverageRow[]) {
  const eras: { vintage: string | null; from: number; span: number }[] = []
  for (const year of years) {
    const last = eras.at(-1)
    // A year without reports is taken for one like the year before.
    const vintage = usualVintage(rows, year) ?? last?.vintage ?? null
    if (last !== undefined && last.vintage === vintage) last.span += 1
    else eras.push({ vintage, from: year, span: 1 })
  }
  return eras
}

function usualVintage(rows: readonly CoverageRow[], year: number): string | null {
  const counts = new Map<string, number>()
  for (const { cells } of rows) {
    for (const { year: its, vintage } of cells) {
      if (its === year && vintage !== null) counts.set(vintage, (counts.get(vintage) ?? 0) + 1)
    }
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? null
}

interface Extent {
  readonly rows: number
  readonly columns: number
  readonly page: number
  /** To the very first, or last. */
  readonly isFar: boolean
}

function stepOf(
  key: string,
  { row, column }: { readonly row: number; readonly column: number },
  { rows, columns, page, isFar }: Extent,
): { row: number; column: number } | null {
  const within = (to: number, column: number) => ({
    row: Math.max(column === 0 ? 0 : -1, Math.min(rows - 1, to)),
    column,
  })
  switch (key) {
    case 'ArrowUp':
      return within(row - 1, column)
    case 'ArrowDown':
      return within(row + 1, column)
    case 'ArrowLeft':
      return within(row, Math.max(row < 0 ? 1 : 0, column - 1))
    case 'ArrowRight':
      return within(row, Math.min(columns - 1, column + 1))
    case 'PageUp':
      return within(Math.max(0, row - page), column)
    case 'PageDown':
      return within(row + page, column)
    case 'Home':
      return within(isFar ? 0 : row, row < 0 ? 1 : 0)
    case 'End':
      return within(isFar ? rows - 1 : row, columns - 1)
    default:
      return null
  }
}
