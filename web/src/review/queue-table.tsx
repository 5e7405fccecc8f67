/**
 * The rows of the queue. Only those in view and a few around them are drawn, each anew only when it changes; what comes and goes above does
 * not move the row under the cursor.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import type { QueueAnswer, QueueClass, QueueEntry } from '../../../src/review/api.js'
import { OrganName } from '../parts/name.js'
import { useWords } from '../wording/words.js'
import { estimateOf, minutesTo, type QueueRow, ROW, rowKey, shiftOf } from './queue-rows.js'
import { QUEUE_WORDS } from './queue-words.js'
import { useTell } from './telling.js'
import { VerdictTag } from './verdict-tag.js'

const NEAR_END = 20
const HEAD = 34

interface RowsProps {
  readonly rows: readonly QueueRow[]
  readonly current: QueueEntry | null
  readonly isEmpty: boolean
  readonly counts: QueueAnswer['counts']
  readonly pace: QueueAnswer['pace']
  onChoose(entry: QueueEntry): void
  onOpen(entry: QueueEntry): void
  onEnd(): void
}

export function QueueRows({ rows, current, isEmpty, counts, pace, onChoose, onOpen, onEnd }: RowsProps) {
  const words = useWords(QUEUE_WORDS)
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'group' ? ROW.group : ROW.entry),
    getItemKey: (index) => rowKey(rows[index]),
    overscan: 12,
    // What sticks to the top covers the first row.
    scrollPaddingStart: HEAD,
  })
  const shown = virtual.getVirtualItems()
  const lastIndex = shown.at(-1)?.index ?? -1
  useEffect(() => {
    if (rows.length > 0 && lastIndex >= rows.length - NEAR_END) onEnd()
  }, [rows.length, lastIndex, onEnd])
  const chosen = current?.sha256 ?? null
  useSteadyPlace(scroller, rows, chosen)
  // Where it stands in the list may change by others; it is brought into view only when another is chosen.
  const bringIn = useEffectEvent(() => {
    const at = rows.findIndex((row) => rowKey(row) === chosen)
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another is chosen
  useEffect(() => bringIn(), [chosen])
  const before = shown[0]?.start ?? 0
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="card qu-rows" ref={scroller} tabIndex={0} aria-label={words.keys}>
      <table className="tb qu-table" aria-rowcount={rows.length}>
        <colgroup>
          <col className="qu-c-organ" />
          <col className="qu-c-year" />
          <col />
          <col className="qu-c-verdict" />
          <col className="qu-c-proposal" />
          <col className="qu-c-items" />
          <col className="qu-c-estimate" />
          <col className="qu-c-claim" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{words.organ}</th>
            <th scope="col">{words.year}</th>
            <th scope="col">{words.why}</th>
            <th scope="col">{words.verdict}</th>
            <th scope="col">{words.proposal}</th>
            <th scope="col" className="r">
              {words.items}
            </th>
            <th scope="col" className="r">
              {words.estimate}
            </th>
            <th scope="col">{words.claim}</th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr style={{ height: before }} />}
          {shown.map(({ index }) => {
            const row = rows[index]
            if (row === undefined) return null
            if (row.kind === 'group') return <Group key={row.class} name={row.class} count={counts[row.class]} />
            const { entry, isSame } = row
            return (
              <EntryRow
                key={entry.sha256}
                entry={entry}
                isSame={isSame}
                estimate={estimateOf(entry, pace)}
                isCurrent={entry.sha256 === chosen}
                onChoose={onChoose}
                onOpen={onOpen}
              />
            )
          })}
          {after > 0 && <tr style={{ height: after }} />}
        </tbody>
      </table>
      {rows.length === 0 && <p className="qu-empty s2">{isEmpty ? words.empty : words.none}</p>}
    </section>
  )
}

const Group = memo(function Group({ name, count }: { readonly name: QueueClass; readonly count: number }) {
  const words = useWords(QUEUE_WORDS)
  const { long, why } = words.classes[name]
  return (
    <tr className="qu-group" style={{ height: ROW.group }}>
      <th colSpan={8} scope="rowgroup">
        <b>{long}</b> <span className="s2 num">{words.reports(count)}</span> <span className="s2">{why}</span>
      </th>
    </tr>
  )
})

interface EntryRowProps {
  readonly entry: QueueEntry
  readonly isSame: boolean
  /** In seconds. */
  readonly estimate: number | null
  readonly isCurrent: boolean
  onChoose(entry: QueueEntry): void
  onOpen(entry: QueueEntry): void
}

const EntryRow = memo(function EntryRow({ entry, isSame, estimate, isCurrent, onChoose, onOpen }: EntryRowProps) {
  const words = useWords(QUEUE_WORDS)
  const { organ, fileName, year, verdict, proposal, openItems, claim } = entry
  const said = useTell()(entry.message, () => entry.messageInEnglish)
  const name = organ ?? fileName
  return (
    <tr
      className={isCurrent ? 'on' : ''}
      aria-current={isCurrent}
      style={{ height: ROW.entry }}
      onClick={() => onChoose(entry)}
      onDoubleClick={() => onOpen(entry)}
    >
      <th scope="row" className="el" title={name}>
        <button type="button" className="qu-open" onClick={() => onOpen(entry)}>
          {isSame ? (
            <>
              <span className="qu-unseen">{name}</span>
              <span className="s2" aria-hidden="true">
                {words.same}
              </span>
            </>
          ) : (
            <OrganName name={name} />
          )}
        </button>
      </th>
      <td className="num">{year ?? '—'}</td>
      <td className="el" title={said.text} lang={said.lang}>
        {said.text}
      </td>
      <td>{verdict !== null && <VerdictTag verdict={verdict} />}</td>
      <td className="el">
        {proposal === null ? (
          <span className="s3">—</span>
        ) : (
          <>
            <span className="tag sug" title={`「${proposal.label}」`}>
              {proposal.printed ?? words.blank} → {proposal.derived}
            </span>{' '}
            <span className="xs s2">{words.closes(proposal.closes)}</span>
          </>
        )}
      </td>
      <td className="r num">{openItems}</td>
      <td className="r num s2">{estimate === null ? '—' : words.takes(estimate)}</td>
      <td className="el xs">
        {claim === null ? (
          <span className="s3">—</span>
        ) : (
          <span className="row g6" title={claim.by}>
            <span className="av s">{claim.by.replace(/^\w+:/, '').slice(0, 1)}</span>
            {claim.isMine ? words.mine : words.until(minutesTo(claim.until))}
          </span>
        )}
      </td>
    </tr>
  )
})

/** After rows came or went: the chosen row, or where it is out of view the first in view, stands where it stood. */
function useSteadyPlace(scroller: RefObject<HTMLDivElement | null>, rows: readonly QueueRow[], chosen: string | null) {
  const before = useRef(rows)
  const keep = useEffectEvent(() => {
    const element = scroller.current
    const old = before.current
    before.current = rows
    if (element === null || old === rows || element.scrollTop === 0) return
    element.scrollTop += shiftOf(old, rows, chosen, element.scrollTop, element.clientHeight)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the rows change
  useLayoutEffect(() => keep(), [rows])
}
