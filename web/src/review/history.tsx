/** What happened to a report, latest first, along the right edge: who changed what, from what to what, and why. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { HistoryAnswer, HistoryEntry } from '../../../src/review/api.js'
import { get } from '../api/call.js'
import { Dialog } from '../parts/dialog.js'
import { EmptyState } from '../parts/empty-state.js'
import { Icon } from '../parts/icon.js'
import { Refusal } from '../parts/notice.js'
import { Segments } from '../parts/segments.js'
import { Wait } from '../parts/wait.js'
import { useLocale, useWords } from '../wording/words.js'
import { Compare } from './compare.js'
import { HISTORY_WORDS } from './history-words.js'
import './history.css'
import { personOf, tellEvent } from './told-event.js'

interface HistoryProps {
  readonly sha256: string
  readonly onClose: () => void
}

type Kind = 'all' | 'people' | 'system'
const isOf = (kind: Kind, { by }: HistoryEntry) => kind === 'all' || (by === 'system') === (kind === 'system')

/** null: not comparing; version null: the last two. */
type Comparing = { readonly version: string | null } | null

export function History({ sha256, onClose }: HistoryProps) {
  const words = useWords(HISTORY_WORDS)
  const [kind, setKind] = useState<Kind>('all')
  const [comparing, setComparing] = useState<Comparing>(null)
  const told = useInfiniteQuery({
    queryKey: ['history', sha256],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? '' : `?cursor=${pageParam}`
      return get<HistoryAnswer>(`/review/${sha256}/history${cursor}`, signal)
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    // What was decided a moment ago stands here.
    staleTime: 0,
  })
  const entries = told.data?.pages.flatMap((page) => page.entries) ?? []
  const shown = entries.filter((entry) => isOf(kind, entry))
  // Of the first there is none before it.
  const first = told.hasNextPage ? null : entries.findLast(({ kind: of }) => of === 'extracted')?.id
  const more = told.hasNextPage ? '+' : ''
  const named = (name: string, of: Kind) => `${name} ${entries.filter((entry) => isOf(of, entry)).length}${more}`
  return (
    <Dialog kind="drawer" title={words.title} onClose={onClose}>
      <div className="row g8 his-tools">
        <Segments<Kind>
          label={words.filter}
          value={kind}
          choices={[
            ['all', named(words.all, 'all')],
            ['people', named(words.people, 'people')],
            ['system', named(words.system, 'system')],
          ]}
          onChoose={setKind}
        />
        <span className="sp" />
        <button type="button" className="btn sm" onClick={() => setComparing({ version: null })}>
          <Icon name="copies" />
          {words.compare}
        </button>
      </div>
      <Refusal error={told.error} retry={() => void told.refetch()} />
      {told.isPending && <Wait />}
      <ol className="his-events">
        {shown.map((entry) => (
          <Event
            key={entry.id}
            entry={entry}
            onCompare={entry.id === first ? null : (version) => setComparing({ version })}
          />
        ))}
      </ol>
      {told.isSuccess && shown.length === 0 && <EmptyState title={words.none} />}
      {told.hasNextPage && (
        <button
          type="button"
          className="btn sm his-more"
          disabled={told.isFetchingNextPage}
          onClick={() => void told.fetchNextPage()}
        >
          {told.isFetchingNextPage ? words.loading : words.more}
        </button>
      )}
      {comparing !== null && (
        <Dialog kind="wide" title={words.compare} onClose={() => setComparing(null)}>
          <Compare sha256={sha256} {...(comparing.version === null ? {} : { version: comparing.version })} />
        </Dialog>
      )}
    </Dialog>
  )
}

interface EventProps {
  readonly entry: HistoryEntry
  /** null: there is nothing before it. */
  readonly onCompare: ((version: string) => void) | null
}

function Event({ entry, onCompare }: EventProps) {
  const words = useWords(HISTORY_WORDS)
  const when = useWhen()
  const { title, icon, about, subject, change, lines, isLapse, version } = tellEvent(entry, words)
  const who = personOf(entry.by, words)
  return (
    <li className="his-event">
      <span className="his-dot" aria-hidden="true">
        {icon === null ? Array.from(who)[0] : <Icon name={icon} />}
      </span>
      <div className="his-told">
        <div className="row g6">
          <b>{title}</b>
          <span className="sp" />
          <time className="xs s2 nw" dateTime={entry.at}>
            {when(entry.at)}
          </time>
        </div>
        <p className="xs s2">{about === null ? who : `${who} · ${about}`}</p>
        {(subject !== null || change !== null || lines.length > 0) && (
          <div className={`his-detail ${isLapse ? 'lapse' : ''}`}>
            {subject !== null && (
              <p className="his-subject" lang="zh-CN">
                {subject}
              </p>
            )}
            {change !== null && (
              <p>
                <s className="s2">{change.from}</s> → <b>{change.to}</b>
              </p>
            )}
            {lines.map((line) => (
              <p key={line} className="his-line">
                {line}
              </p>
            ))}
          </div>
        )}
        {version !== null && onCompare !== null && (
          <button type="button" className="btn sm t his-compare" onClick={() => onCompare(version)}>
            {words.compareThis}
          </button>
        )}
      </div>
    </li>
  )
}

/** The day is named unless it is this one. */
function useWhen(): (instant: string) => string {
  const locale = useLocale()
  const { today } = useWords(HISTORY_WORDS)
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false })
  const day = new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric' })
  const year = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const now = new Date()
  return (instant) => {
    const at = new Date(instant)
    if (at.toDateString() === now.toDateString()) return `${today} ${clock.format(at)}`
    return `${(at.getFullYear() === now.getFullYear() ? day : year).format(at)} ${clock.format(at)}`
  }
}
