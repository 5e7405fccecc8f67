/**
 * A table of any number of rows, of which only those in view are in the page. Its head stays at the top while the rows scroll; readers of
 * the screen are told the true number of rows and which one they are at.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'

export interface Column {
  readonly key: string
  readonly head: ReactNode
  /** Instead of it, for readers of the screen alone. */
  readonly label?: string
  /** Points; null: what is left. */
  readonly width: number | null
  readonly isRight?: boolean
}

interface LongTableProps {
  readonly name: string
  readonly columns: readonly Column[]
  readonly count: number
  readonly rowHeight: number
  /** Something that stays the row's own while others come and go. */
  readonly keyOf: (index: number) => string
  readonly cellsOf: (index: number) => readonly ReactNode[]
  readonly classOf?: (index: number) => string
  /** The last of the rows are in view. */
  readonly onEnd?: () => void
  readonly empty: ReactNode
}

const NEAR_END = 20

export function LongTable(props: LongTableProps) {
  const { name, columns, count, rowHeight, keyOf, cellsOf, classOf, onEnd, empty } = props
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const shown = rows.getVirtualItems()
  const first = shown[0]
  const last = shown.at(-1)
  const lastIndex = last?.index ?? -1
  useEffect(() => {
    if (onEnd !== undefined && count > 0 && lastIndex >= count - NEAR_END) onEnd()
  }, [onEnd, count, lastIndex])
  const before = first?.start ?? 0
  const after = last === undefined ? 0 : rows.getTotalSize() - last.end
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
            const cells = cellsOf(index)
            return (
              <tr
                key={keyOf(index)}
                aria-rowindex={index + 2}
                className={classOf?.(index)}
                style={{ height: rowHeight }}
              >
                {columns.map(({ key, isRight }, at) => (
                  <td key={key} className={isRight === true ? 'r' : ''}>
                    {cells[at]}
                  </td>
                ))}
              </tr>
            )
          })}
          {after > 0 && <tr className="arc-gap" style={{ height: after }} />}
        </tbody>
      </table>
      {count === 0 && <div className="arc-empty">{empty}</div>}
    </section>
  )
}
