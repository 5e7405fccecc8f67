/**
 * /review: what waits for a person, the most useful first. Enter claims the report and opens it; whoever has claimed one keeps it for a
 * while. The filters stand in the address, so that one comes back to the same row.
 */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { QueueAnswer, QueueClass, QueueEntry, ReviewOpened } from '../../../src/review/api.js'
import { itemsOf } from '../../../src/review/items.js'
import { QUEUE_CLASSES } from '../../../src/review/vocabulary.js'
import { get, send } from '../api/call.js'
import type { Who } from '../api/session.js'
import { Icon } from '../parts/icon.js'
import { Wait } from '../parts/wait.js'
import { useWords } from '../wording/words.js'
import { Crop } from './crop.js'
import { preloadOriginal } from './opened-originals.js'
import { QUEUE_WORDS } from './queue-words.js'
import './queue.css'

const PAGE = 200
const NEAR_END = 20
const ROW = { group: 34, entry: 38 }
/** How often others' claims and new reports are looked for. */
const LOOK_AGAIN = 15_000
const MINUTE = 60_000
const YEARS_BACK = 12

type Row =
  | { readonly kind: 'group'; readonly class: QueueClass }
  | { readonly kind: 'entry'; readonly entry: QueueEntry; readonly isSame: boolean }

export function Queue({ who }: { readonly who: Who }) {
  const words = useWords(QUEUE_WORDS)
  const [search, setSearch] = useSearchParams()
  const filter = useMemo(() => new URLSearchParams([...search].filter(([, value]) => value !== '')), [search])
  const queue = useInfiniteQuery({
    queryKey: ['queue', filter.toString()],
    queryFn: ({ pageParam, signal }) => get<QueueAnswer>(`/review/queue?${queryOf(filter, pageParam)}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: LOOK_AGAIN,
  })
  const entries = useMemo(() => queue.data?.pages.flatMap((page) => page.entries) ?? [], [queue.data])
  const rows = useMemo(() => rowsOf(entries), [entries])
  const [chosen, setChosen] = useState<string | null>(null)
  const current = entries.find(({ sha256 }) => sha256 === chosen) ?? entries[0] ?? null
  const { open, trouble } = useOpening(who)

  const set = (name: string, value: string) =>
    setSearch((old) => {
      const next = new URLSearchParams(old)
      if (value === '') next.delete(name)
      else next.set(name, value)
      return next
    })
  const move = useCallback(
    (step: number) => {
      const at = entries.findIndex(({ sha256 }) => sha256 === current?.sha256)
      const next = entries[Math.min(entries.length - 1, Math.max(0, at + step))]
      if (next !== undefined) setChosen(next.sha256)
    },
    [entries, current],
  )
  useKeys(move, () => current !== null && open(current))

  const first = queue.data?.pages[0]
  if (queue.isPending) return <Wait />
  if (queue.error !== null && first === undefined) throw queue.error
  const counts = first?.counts
  const total = counts === undefined ? 0 : QUEUE_CLASSES.reduce((sum, each) => sum + (counts[each] ?? 0), 0)
  const more = () => {
    if (queue.hasNextPage && !queue.isFetchingNextPage) void queue.fetchNextPage()
  }
  return (
    <div className="qu">
      <section className="qu-list" aria-label={words.title}>
        <header className="qu-head">
          <div>
            <h1>{words.title}</h1>
            <p className="xs s2">{words.purpose}</p>
          </div>
          <span className="sp" />
          <Figure value={String(total)} name={words.left} />
          <Figure value={String(first?.settledToday ?? 0)} name={words.settled} />
          <Figure value={`${first?.auditShare ?? 0}%`} name={words.audit} />
        </header>
        <div className="row g8 qu-filters">
          <fieldset className="seg qu-seg">
            <legend className="qu-unseen">{words.why}</legend>
            {(['', ...QUEUE_CLASSES] as const).map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={(filter.get('class') ?? '') === each}
                onClick={() => set('class', each)}
              >
                {each === '' ? `${words.all} ${total}` : `${words.classes[each].name} ${counts?.[each] ?? 0}`}
              </button>
            ))}
          </fieldset>
          <span className="sp" />
          <label className="inp">
            <Icon name="search" />
            <span className="qu-unseen">{words.search}</span>
            <input
              type="search"
              placeholder={words.search}
              defaultValue={filter.get('q') ?? ''}
              onChange={(event) => set('q', event.currentTarget.value)}
            />
          </label>
          <label className="inp">
            {words.year}
            <select value={filter.get('year') ?? ''} onChange={(event) => set('year', event.currentTarget.value)}>
              <option value="">{words.every}</option>
              {lastYears().map((year) => (
                <option key={year} value={year}>
                  {year}
                </option>
              ))}
            </select>
          </label>
        </div>
        <Rows rows={rows} current={current} onChoose={setChosen} onOpen={open} onEnd={more} isEmpty={total === 0} />
      </section>
      <aside className="qu-preview" aria-label={words.preview}>
        {current !== null && <Preview entry={current} onOpen={() => open(current)} trouble={trouble} />}
      </aside>
    </div>
  )
}

function queryOf(filter: URLSearchParams, cursor: string | null): string {
  const query = new URLSearchParams(filter)
  query.set('limit', String(PAGE))
  if (cursor !== null) query.set('cursor', cursor)
  return query.toString()
}

function lastYears(): number[] {
  const now = new Date().getFullYear()
  return Array.from({ length: YEARS_BACK }, (_, index) => now - index)
}

function rowsOf(entries: readonly QueueEntry[]): Row[] {
  return entries.flatMap((entry, index): Row[] => {
    const before = entries[index - 1]
    const isSame = before?.class === entry.class && entry.organ !== null && before.organ === entry.organ
    const row: Row = { kind: 'entry', entry, isSame }
    return before?.class === entry.class ? [row] : [{ kind: 'group', class: entry.class }, row]
  })
}

function Figure({ value, name }: { readonly value: string; readonly name: string }) {
  return (
    <p className="qu-figure">
      <b className="num">{value}</b>
      <span className="xs s2">{name}</span>
    </p>
  )
}

/** Claims the report, then opens it; what another has, is not opened. */
function useOpening(who: Who) {
  const words = useWords(QUEUE_WORDS)
  const [, go] = useLocation()
  const queries = useQueryClient()
  const claim = useMutation({
    mutationFn: ({ sha256 }: QueueEntry) => send('POST', `/review/${sha256}/claim`),
    onSuccess: (_, { sha256 }) => go(`/review/${sha256}`),
    onError: () => queries.invalidateQueries({ queryKey: ['queue'] }),
  })
  const open = (entry: QueueEntry) => {
    if (!who.scopes.includes('review') || claim.isPending) return
    claim.mutate(entry)
  }
  const claimed = claim.variables?.claim
  const isTaken = claimed !== null && claimed !== undefined && !claimed.isMine
  const trouble =
    claim.error === null ? null : isTaken ? words.claimed(claimed.by, minutesTo(claimed.until)) : claim.error.message
  return { open, trouble }
}

function minutesTo(until: string): number {
  return Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / MINUTE))
}

function useKeys(move: (step: number) => void, open: () => void): void {
  const act = useRef({ move, open })
  act.current = { move, open }
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const inField =
        event.target instanceof HTMLElement && event.target.closest('input, select, textarea, button, a, dialog')
      if (inField || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.code === 'KeyJ' || event.code === 'ArrowDown') act.current.move(1)
      else if (event.code === 'KeyK' || event.code === 'ArrowUp') act.current.move(-1)
      else if (event.code === 'Enter' && !event.repeat) act.current.open()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

interface RowsProps {
  readonly rows: readonly Row[]
  readonly current: QueueEntry | null
  readonly isEmpty: boolean
  onChoose(sha256: string): void
  onOpen(entry: QueueEntry): void
  onEnd(): void
}

function Rows({ rows, current, isEmpty, onChoose, onOpen, onEnd }: RowsProps) {
  const words = useWords(QUEUE_WORDS)
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'group' ? ROW.group : ROW.entry),
    overscan: 12,
  })
  const shown = virtual.getVirtualItems()
  const lastIndex = shown.at(-1)?.index ?? -1
  useEffect(() => {
    if (rows.length > 0 && lastIndex >= rows.length - NEAR_END) onEnd()
  }, [rows.length, lastIndex, onEnd])
  const at = rows.findIndex((row) => row.kind === 'entry' && row.entry.sha256 === current?.sha256)
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  }, [at, virtual])
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
            <th scope="col">{words.claim}</th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr style={{ height: before }} />}
          {shown.map(({ index }) => {
            const row = rows[index]
            if (row === undefined) return null
            if (row.kind === 'group') return <Group key={row.class} name={row.class} />
            const { entry, isSame } = row
            return (
              <EntryRow
                key={entry.sha256}
                entry={entry}
                isSame={isSame}
                isCurrent={entry.sha256 === current?.sha256}
                onChoose={() => onChoose(entry.sha256)}
                onOpen={() => onOpen(entry)}
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

function Group({ name }: { readonly name: QueueClass }) {
  const { long, why } = useWords(QUEUE_WORDS).classes[name]
  return (
    <tr className="qu-group" style={{ height: ROW.group }}>
      <th colSpan={7} scope="rowgroup">
        <b>{long}</b> <span className="s2">{why}</span>
      </th>
    </tr>
  )
}

interface EntryRowProps {
  readonly entry: QueueEntry
  readonly isSame: boolean
  readonly isCurrent: boolean
  onChoose(): void
  onOpen(): void
}

function EntryRow({ entry, isSame, isCurrent, onChoose, onOpen }: EntryRowProps) {
  const words = useWords(QUEUE_WORDS)
  const { organ, fileName, year, message, verdict, proposal, openItems, claim } = entry
  const name = organ ?? fileName
  return (
    <tr
      className={isCurrent ? 'on' : ''}
      aria-current={isCurrent}
      style={{ height: ROW.entry }}
      onClick={onChoose}
      onDoubleClick={onOpen}
    >
      <th scope="row" className="el" title={name}>
        <button type="button" className="qu-open" onClick={onOpen}>
          {isSame ? (
            <>
              <span className="qu-unseen">{name}</span>
              <span className="s2" aria-hidden="true">
                {words.same}
              </span>
            </>
          ) : (
            name
          )}
        </button>
      </th>
      <td className="num">{year ?? '—'}</td>
      <td className="el" title={message}>
        {message}
      </td>
      <td>{verdict !== null && <VerdictTag verdict={verdict} />}</td>
      <td className="el">
        {proposal === null ? (
          <span className="s3">—</span>
        ) : (
          <>
            <span className="tag sug" title={proposal.label}>
              {proposal.printed ?? words.blank} → {proposal.derived}
            </span>{' '}
            <span className="xs s2">{words.closes(proposal.closes)}</span>
          </>
        )}
      </td>
      <td className="r num">{openItems}</td>
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
}

const VERDICT_LOOK = { misread: 'warn', published: 'asis', undecided: '' } as const

export function VerdictTag({ verdict }: { readonly verdict: keyof typeof VERDICT_LOOK }) {
  const words = useWords(QUEUE_WORDS)
  return (
    <span className={`tag ${VERDICT_LOOK[verdict]}`}>
      {verdict !== 'undecided' && (
        <span className="seal" aria-hidden="true">
          {words.seals[verdict]}
        </span>
      )}
      {words.verdicts[verdict]}
    </span>
  )
}

/** What the first open item looks like on its page, before one takes the report. */
function Preview({
  entry,
  onOpen,
  trouble,
}: {
  readonly entry: QueueEntry
  readonly trouble: string | null
  onOpen(): void
}) {
  const words = useWords(QUEUE_WORDS)
  const { data: opened } = useQuery({
    queryKey: ['review', entry.sha256],
    queryFn: ({ signal }) => get<ReviewOpened>(`/review/${entry.sha256}`, signal),
  })
  const items = useMemo(() => (opened === undefined ? [] : itemsOf(opened.record)), [opened])
  const [first, ...others] = items
  const place = first?.location
  useEffect(() => {
    // Most of what opening takes is on its way before one opens it.
    void import('./review.js')
    if (place?.kind === 'page') preloadOriginal(entry.sha256, place.page)
  }, [entry.sha256, place])
  return (
    <>
      <header>
        <h2>{entry.organ ?? words.unknownOrgan}</h2>
        <p className="s2 xs">
          {entry.year ?? '—'} · {entry.vintage ?? '—'} · <bdi>{entry.fileName}</bdi>
        </p>
      </header>
      {first?.location?.kind === 'page' && (
        <div className="qu-loupe">
          <Crop sha256={entry.sha256} location={first.location} around={56} width={318} height={140} look="failing" />
        </div>
      )}
      <p>{first?.message ?? entry.message}</p>
      {first?.discrepancy?.proposal != null && <p className="qu-proposal">{first.discrepancy.proposal.message}</p>}
      {entry.verdict !== null && (
        <div>
          <VerdictTag verdict={entry.verdict} />
          <ul className="qu-evidence xs s2">
            {first?.discrepancy?.evidence.map(({ code, message }) => (
              <li key={`${code} ${message}`}>{message}</li>
            ))}
          </ul>
        </div>
      )}
      {others.length > 0 && <p className="xs s2">{words.moreItems(others.length)}</p>}
      <div className="qu-acts">
        <p role="alert" className="trouble">
          {trouble}
        </p>
        <button type="button" className="btn p" onClick={onOpen}>
          {entry.claim?.isMine === true ? words.goOn : words.open} <kbd className="k">Enter</kbd>
        </button>
      </div>
    </>
  )
}
