/**
 * An event of a report's history → how it is told: a title, who, from what to what, why, and what of it needs attention.
 *
 * What an event carries is read as far as it is what it should be: an event of another version is told by its kind, never dropped.
 */
import type { HistoryEntry } from '../../../src/review/api.js'
import type { Decision, Reason } from '../../../src/review/decisions.js'
import type { HISTORY_WORDS } from './history-words.js'

type Words = (typeof HISTORY_WORDS)['zh']

/** Names of signs (parts/icon.tsx). */
type EventSign = 'upload' | 'search' | 'cross' | 'retry' | 'tick' | 'warning' | 'left' | 'note'

export interface ToldEvent {
  readonly title: string
  /** null: the sign of the person. */
  readonly icon: EventSign | null
  readonly about: string | null
  /** What it is about, when it is a cell. */
  readonly subject: string | null
  readonly change: { readonly from: string; readonly to: string } | null
  readonly lines: readonly string[]
  readonly isLapse: boolean
  /** An extraction, which can be compared with the one before. */
  readonly version: string | null
}

const PLAIN: ToldEvent = {
  title: '',
  icon: null,
  about: null,
  subject: null,
  change: null,
  lines: [],
  isLapse: false,
  version: null,
}

export function tellEvent({ kind, detail, by }: HistoryEntry, words: Words): ToldEvent {
  const text = (name: string) => (typeof detail[name] === 'string' && detail[name] !== '' ? detail[name] : null)
  const count = (name: string) => (typeof detail[name] === 'number' ? detail[name] : 0)
  const length = (name: string) => (Array.isArray(detail[name]) ? detail[name].length : 0)
  const reason = text('reason')
  const plain = (title: string, more: Partial<ToldEvent> = {}): ToldEvent => ({ ...PLAIN, title, ...more })
  switch (kind) {
    case 'received': {
      if (detail.restored === true) return plain(words.restored, { icon: 'upload' })
      const outcome = words.outcomes[text('outcome') ?? ''] ?? null
      return plain(words.received, { icon: 'upload', about: outcome, lines: some(text('fileName')) })
    }
    case 'extracted': {
      const status = text('status') ?? ''
      const version = text('version')
      const about = version === null ? null : words.version(version)
      return plain(words.extracted(words.statuses[status] ?? status), { icon: 'search', about, version })
    }
    case 'given_up':
      return plain(words.givenUp, {
        icon: 'cross',
        about: words.tries(count('tries')),
        lines: words.saying === 'message' ? some(reason) : [],
      })
    case 'reextraction_requested':
      return plain(words.reextract, { icon: 'retry' })
    case 'deleted':
      return plain(words.deleted, { icon: 'cross', lines: some(reason && words.reason(reason)) })
    case 'claimed':
      return plain(words.claimed)
    case 'released':
      return plain(words.released)
    case 'handed_over': {
      const to = text('to')
      const note = text('note')
      return plain(to === null ? words.handedBack : words.handedTo(to), { lines: some(note && words.note(note)) })
    }
    case 'accepted':
      return plain(words.accepted, {
        icon: 'tick',
        about: detail.isAudit === true ? words.audit : null,
        lines: [words.tally(count('corrected'), count('asPublished'))],
      })
    case 'rejected':
      return plain(words.rejected, { icon: 'cross', lines: some(reason && words.reason(reason)) })
    case 'reopened': {
      if (detail.why !== 'evidence_changed') {
        return plain(words.reopened, {
          icon: by === 'system' ? 'retry' : null,
          lines: some(reason && words.reason(reason)),
        })
      }
      const [lapsed, figures] = [length('lapsed'), length('figures')]
      const lines = [...(lapsed > 0 ? [words.lapsed(lapsed)] : []), ...(figures > 0 ? [words.figures(figures)] : [])]
      return plain(words.evidenceChanged, { icon: 'warning', lines, isLapse: true })
    }
    case 'decided':
      return { ...tellDecision(detail, words), title: titleOf(detail, words) }
    case 'undone': {
      const madeBy = text('madeBy')
      return {
        ...tellDecision(detail, words),
        title: words.undone(titleOf(detail, words)),
        icon: 'left',
        about:
          madeBy === null || personOf(madeBy, words) === personOf(by, words)
            ? null
            : words.undoneOf(personOf(madeBy, words)),
      }
    }
    default:
      return plain(words.other(kind), { icon: 'note' })
  }
}

type Detail = HistoryEntry['detail']

function titleOf({ kind }: Detail, words: Words): string {
  return words.decisions[kind as Decision['kind']] ?? words.other(String(kind))
}

function tellDecision(detail: Detail, words: Words): ToldEvent {
  const { from, to, label, fact, message, raw, reason, note, text, section, length, table, cells } = detail
  const isChange = 'to' in detail || 'from' in detail
  return {
    ...PLAIN,
    subject: said(label) ?? said(fact),
    change: isChange ? { from: shown(from, words), to: shown(to, words) } : null,
    lines: [
      ...some(said(detail[words.saying]) ?? said(message)),
      ...some(said(text)),
      ...(typeof table === 'string' && typeof cells === 'number' ? [words.assigned(table, cells)] : []),
      ...(typeof section === 'string' && typeof length === 'number' ? [words.section(section, length)] : []),
      ...some(said(raw) && words.printed(String(raw))),
      ...some(said(reason) && words.reason(words.reasons[reason as Reason] ?? String(reason))),
      ...some(said(note) && words.note(String(note))),
    ],
  }
}

function said(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function shown(value: unknown, words: Words): string {
  return value === null || value === undefined ? words.blank : String(value)
}

function some(line: string | null): string[] {
  return line === null ? [] : [line]
}

/** As events name them: user:NAME, key:NAME, system; users of a review by their names alone. */
export function personOf(by: string, words: Words): string {
  if (by === 'system') return words.systemActor
  return by.startsWith('key:') ? words.key(by.slice('key:'.length)) : by.replace(/^user:/, '')
}
