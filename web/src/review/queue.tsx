/**
 * /review: what waits for a person, the most useful first. Enter opens the report, which claims it meanwhile; whoever has claimed one keeps it
 * for a while. The filters stand in the address, and one comes back to the same row.
 */
import { lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { Who } from '../api/session.js'
import { Wait } from '../parts/wait.js'
import { chooseTheme, currentTheme } from '../theme.js'
import { useLanguage, useWords } from '../wording/words.js'
import { useQueueActs } from './queue-acts.js'
import { useCursor } from './queue-cursor.js'
import { QueueFilters } from './queue-filters.js'
import { useQueueKeys } from './queue-keys.js'
import { sumOf } from './queue-left.js'
import { useQueue } from './queue-live.js'
import { useAhead, useOpening } from './queue-opening.js'
import { QueuePreview } from './queue-preview.js'
import { rowsOf } from './queue-rows.js'
import { QueueRows } from './queue-table.js'
import { QUEUE_WORDS } from './queue-words.js'
import './queue.css'

const Help = lazy(() => import('./help.js').then(({ Help }) => ({ default: Help })))
const HandOverDialog = lazy(() => import('./hand-over.js').then(({ HandOverDialog }) => ({ default: HandOverDialog })))

export function Queue({ who }: { readonly who: Who }) {
  const words = useWords(QUEUE_WORDS)
  const { language, choose: chooseLanguage } = useLanguage()
  const [address, setSearch] = useSearchParams()
  const filter = useMemo(() => new URLSearchParams([...address].filter(([, value]) => value !== '')), [address])
  const mayReview = who.scopes.includes('review')
  const queue = useQueue(filter, mayReview)
  const entries = useMemo(() => queue.data?.pages.flatMap((page) => page.entries) ?? [], [queue.data])
  const rows = useMemo(() => rowsOf(entries), [entries])
  const { current, choose, move } = useCursor(entries)
  const { open, trouble: taken } = useOpening(mayReview)
  const { release, handOver, trouble: failed } = useQueueActs()
  useAhead(entries[0] ?? null, mayReview)
  const [asked, ask] = useState<'help' | 'handOver' | null>(null)
  const search = useRef<HTMLInputElement>(null)

  const set = (name: string, value: string | null) =>
    setSearch((old) => {
      const next = new URLSearchParams(old)
      if (value === null) next.delete(name)
      else next.set(name, value)
      return next
    })
  const askHandOver = () => mayReview && current !== null && ask('handOver')
  useQueueKeys(asked === null, {
    open: () => current !== null && open(current),
    handOver: askHandOver,
    down1: () => move(1),
    up1: () => move(-1),
    search: () => search.current?.focus(),
    refresh: () => queue.refetch(),
    help: () => ask('help'),
    language: () => chooseLanguage(language === 'zh' ? 'en' : 'zh'),
    theme: () => chooseTheme(currentTheme() === 'light' ? 'dark' : 'light'),
  })

  const first = queue.data?.pages[0]
  if (queue.isPending) return <Wait />
  if (first === undefined) throw queue.error
  const { counts, pace, settledToday, auditShare } = first
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
          <Figure value={String(sumOf(counts))} name={words.left} />
          <Figure value={String(settledToday)} name={words.settled} />
          {pace.median !== null && <Figure value={words.takes(pace.median)} name={words.pace} />}
          <Figure
            value={`${auditShare}%`}
            name={
              <>
                {words.audit}{' '}
                {who.scopes.includes('administer') && <Link href="/settings#audit">{words.setAudit}</Link>}
              </>
            }
          />
        </header>
        <QueueFilters filter={filter} counts={counts} search={search} onSet={set} />
        <QueueRows
          rows={rows}
          current={current}
          counts={counts}
          pace={pace}
          onChoose={choose}
          onOpen={open}
          onEnd={more}
          isEmpty={filter.size === 0}
        />
      </section>
      <aside className="qu-preview" aria-label={words.preview}>
        {current !== null && (
          <QueuePreview
            entry={current}
            others={entries.filter(({ organ, sha256 }) => organ === current.organ && sha256 !== current.sha256)}
            mayReview={mayReview}
            onOpen={() => open(current)}
            onRelease={() => release(current)}
            onHandOver={askHandOver}
            trouble={taken ?? failed}
          />
        )}
      </aside>
      <Suspense fallback={null}>
        {asked === 'help' && <Help screen="queue" onClose={() => ask(null)} />}
        {asked === 'handOver' && current !== null && (
          <HandOverDialog onDone={(decision) => handOver(current, decision)} onClose={() => ask(null)} />
        )}
      </Suspense>
    </div>
  )
}

function Figure({ value, name }: { readonly value: string; readonly name: ReactNode }) {
  return (
    <p className="qu-figure">
      <b className="num">{value}</b>
      <span className="xs s2">{name}</span>
    </p>
  )
}
