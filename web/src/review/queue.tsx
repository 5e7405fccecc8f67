/**
 * /review: what waits for a person, the most useful first. Enter opens the report, which claims it meanwhile; whoever has claimed one keeps it
 * for a while. The filters stand in the address, and one comes back to the same row.
 */
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { QUEUE_CLASSES } from '../../../src/review/vocabulary.js'
import type { Who } from '../api/session.js'
import { Icon } from '../parts/icon.js'
import { Wait } from '../parts/wait.js'
import { chooseTheme, currentTheme } from '../theme.js'
import { useLanguage, useWords } from '../wording/words.js'
import { useCursor } from './queue-cursor.js'
import { useQueueKeys } from './queue-keys.js'
import { useQueue } from './queue-live.js'
import { useAhead, useOpening } from './queue-opening.js'
import { QueuePreview } from './queue-preview.js'
import { rowsOf } from './queue-rows.js'
import { QueueRows } from './queue-table.js'
import { QUEUE_WORDS } from './queue-words.js'
import './queue.css'

const Help = lazy(() => import('./help.js').then(({ Help }) => ({ default: Help })))

const YEARS_BACK = 12

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
  const { open, trouble } = useOpening(mayReview)
  useAhead(entries[0] ?? null, mayReview)
  const [isHelpAsked, askHelp] = useState(false)
  const search = useRef<HTMLInputElement>(null)

  const set = (name: string, value: string) =>
    setSearch((old) => {
      const next = new URLSearchParams(old)
      if (value === '') next.delete(name)
      else next.set(name, value)
      return next
    })
  useQueueKeys(!isHelpAsked, {
    open: () => current !== null && open(current),
    down1: () => move(1),
    up1: () => move(-1),
    search: () => search.current?.focus(),
    refresh: () => queue.refetch(),
    help: () => askHelp(true),
    language: () => chooseLanguage(language === 'zh' ? 'en' : 'zh'),
    theme: () => chooseTheme(currentTheme() === 'light' ? 'dark' : 'light'),
  })

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
              ref={search}
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
        <QueueRows
          rows={rows}
          current={current}
          counts={counts}
          onChoose={choose}
          onOpen={open}
          onEnd={more}
          isEmpty={total === 0}
        />
      </section>
      <aside className="qu-preview" aria-label={words.preview}>
        {current !== null && (
          <QueuePreview entry={current} mayReview={mayReview} onOpen={() => open(current)} trouble={trouble} />
        )}
      </aside>
      {isHelpAsked && (
        <Suspense fallback={null}>
          <Help screen="queue" onClose={() => askHelp(false)} />
        </Suspense>
      )}
    </div>
  )
}

function lastYears(): number[] {
  const now = new Date().getFullYear()
  return Array.from({ length: YEARS_BACK }, (_, index) => now - index)
}

function Figure({ value, name }: { readonly value: string; readonly name: string }) {
  return (
    <p className="qu-figure">
      <b className="num">{value}</b>
      <span className="xs s2">{name}</span>
    </p>
  )
}
