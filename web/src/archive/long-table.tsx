/**
 * A table of any number of rows, of which only those in view are in the page. Its head stays at the top while the rows scroll; readers of
 * the screen are told the true number of rows and which one they are at.
 */
import { type Range, useVirtualizer } from '@tanstack/react-virtual'
import { memo, type ReactNode, useEffect, useRef } from 'react'

export interface Column {
  readonly key: string
  readonly head: ReactNode
  /** Instead of it, for readers of the screen alone. */
  readonly label?: string
  /** Points; null: what is left. */
  readonly width: number | null
  readonly isRight?: boolean
}

interface LongTableProps<Row> {
  readonly name: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly rowHeight: number
  /** Something that stays the row's own while others come and go. */
  readonly keyOf: (row: Row) => string
  /** As long as it is the same function, a row that is the same is not drawn again: that is what scrolling costs. */
  readonly cellsOf: (row: Row, index: number, isOn: boolean) => readonly ReactNode[]
  readonly isOn?: (row: Row) => boolean
  /** The last of the rows are in view. */
  readonly onEnd?: () => void
  readonly empty: ReactNode
}

const NEAR_END = 20
/** Rows come and go by so many, so that most frames of scrolling change nothing in the page. */
const STEP = 8

export function LongTable<Row>(props: LongTableProps<Row>) {
  const { name, columns, rows, rowHeight, keyOf, cellsOf, isOn, onEnd, empty } = props
  const count = rows.length
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    rangeExtractor: wholeSteps,
    useFlushSync: false,
  })
  const shown = virtual.getVirtualItems()
  const first = shown[0]
  const last = shown.at(-1)
  const lastIndex = last?.index ?? -1
  useEffect(() => {
    if (onEnd !== undefined && count > 0 && lastIndex >= count - NEAR_END) onEnd()
  }, [onEnd, count, lastIndex])
  const before = first?.start ?? 0
  const after = last === undefined ? 0 : virtual.getTotalSize() - last.end
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="arc-scroll" ref={scroller} tabIndex={0} aria-label={name}>
      <table className="tb arc-table" aria-rowcount={count + 1}>
        <colgroup>
          {columns.map(({ key, width }) => (
            <col key={key} style={width === null ? {} : { width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ key, head, label, isRight }) => (
              <th key={key} scope="col" className={isRight === true ? 'r' : ''}>
                {label === undefined ? head : <span className="arc-unseen">{label}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr className="arc-gap" style={{ height: before }} />}
          {shown.map(({ index }) => {
            const row = rows[index]
            return row === undefined ? null : (
              <LongRow
                key={keyOf(row)}
                row={row}
                index={index}
                isOn={isOn?.(row) ?? false}
                height={rowHeight}
                rightAt={rightAt(columns)}
                cellsOf={cellsOf}
              />
            )
          })}
          {after > 0 && <tr className="arc-gap" style={{ height: after }} />}
        </tbody>
      </table>
      {count === 0 && <div className="arc-empty">{empty}</div>}
    </section>
  )
}

interface LongRowProps<Row> extends Pick<LongTableProps<Row>, 'cellsOf'> {
  readonly row: Row
  readonly index: number
  readonly isOn: boolean
  readonly height: number
  /** A text, as an array would be another one each time. */
  readonly rightAt: string
}

function DrawnRow<Row>({ row, index, isOn, height, rightAt, cellsOf }: LongRowProps<Row>) {
  const right = rightAt.split(' ')
  return (
    <tr aria-rowindex={index + 2} className={isOn ? 'on' : ''} style={{ height }}>
      {cellsOf(row, index, isOn).map((cell, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is what its column is
        <td key={at} className={right.includes(String(at)) ? 'r' : ''}>
          {cell}
        </td>
      ))}
    </tr>
  )
}

// memo forgets that what it is given is generic.
const LongRow = memo(DrawnRow) as typeof DrawnRow

function rightAt(columns: readonly Column[]): string {
  return columns.flatMap(({ isRight }, at) => (isRight === true ? [at] : [])).join(' ')
}

function wholeSteps({ startIndex, endIndex, count }: Range): number[] {
  const from = Math.max(0, Math.floor(startIndex / STEP) - 1) * STEP
  const to = Math.min(count, (Math.floor(endIndex / STEP) + 2) * STEP)
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at)
}
