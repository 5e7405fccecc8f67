/**
 * Organs by years, as a grid. A row's head chooses the organ, a column's the year, a cell both.
 *
 * Of a thousand organs only the rows in view are in the page. One cell takes part in the order of Tab; arrows, Home, End and the page keys go
 * from there.
 */
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { Fragment, type KeyboardEvent, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '../wording/words.js'
import { type CoverageChoice, GridRow } from './coverage-row.js'
import { type CoverageCell, type CoverageRow, erasOf, sumInWords, sumOf } from './coverage-sums.js'
import { type Place, stepOf } from './grid-steps.js'

const WORDS = {
  zh: {
    grid: '机关与年份的覆盖',
    organ: '机关',
    inStore: '在库',
    form: (vintage: string) => `${vintage} 版`,
  },
  en: {
    grid: 'Coverage by organ and year',
    organ: 'Organ',
    inStore: 'In',
    form: (vintage: string) => `${vintage} form`,
  },
}

const NO_CELLS: ReadonlyMap<number, CoverageCell> = new Map()
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
  const scroller = useRef<HTMLDivElement>(null)
  // Row -1 is the head; column 0 the names.
  const [at, setAt] = useState<Place>({ row: 0, column: 1 })
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
  const onFocus = useCallback((to: Place) => {
    setAt((before) => (before.row === to.row && before.column === to.column ? before : to))
  }, [])
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
                  data-at={`-1/${index + 1}`}
                  tabIndex={at.row === -1 && at.column === index + 1 ? 0 : -1}
                  onFocus={() => onFocus({ row: -1, column: index + 1 })}
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
            const gap = start - (items[nth - 1]?.end ?? 0)
            return (
              <Fragment key={row.organ.id}>
                {gap > 0 && <tr className="cov-gap" style={{ height: gap }} />}
                <GridRow
                  row={row}
                  index={index}
                  years={years}
                  cells={cells[index] ?? NO_CELLS}
                  chosen={chosen.organ === row.organ.id ? (chosen.year ?? 'all') : null}
                  choose={choose}
                  tabColumn={at.row === index ? at.column : null}
                  onFocus={onFocus}
                />
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
