/**
 * The queue as rows, and what the server tells of it laid over what the page has of it. Pure.
 *
 * A report that changed stays where it stands while its class does; what comes in new is put behind its organ's, or at the end of its class;
 * what would stand behind the last row that is loaded comes with the page it stands on.
 */
import type { QueueAnswer, QueueClaim, QueueClass, QueueEntry, QueueEvents } from '../../../src/review/api.js'
import { QUEUE_CLASSES } from '../../../src/review/vocabulary.js'

export type QueueRow =
  | { readonly kind: 'group'; readonly class: QueueClass }
  | { readonly kind: 'entry'; readonly entry: QueueEntry; readonly isSame: boolean }

/** CSS pixels. */
export const ROW = { group: 34, entry: 38 }
const MINUTE = 60_000

export function rowsOf(entries: readonly QueueEntry[]): QueueRow[] {
  return entries.flatMap((entry, index): QueueRow[] => {
    const before = entries[index - 1]
    const isSame = before?.class === entry.class && entry.organ !== null && before.organ === entry.organ
    const row: QueueRow = { kind: 'entry', entry, isSame }
    return before?.class === entry.class ? [row] : [{ kind: 'group', class: entry.class }, row]
  })
}

export function rowKey(row: QueueRow | undefined): string {
  if (row === undefined) return ''
  return row.kind === 'group' ? row.class : row.entry.sha256
}

/** How much further down the row that is to stay stands than it did. */
export function shiftOf(
  before: readonly QueueRow[],
  now: readonly QueueRow[],
  chosen: string | null,
  top: number,
  height: number,
): number {
  const old = startsOf(before)
  const fresh = startsOf(now)
  const at = chosen === null ? undefined : old.get(chosen)
  const isInView = at !== undefined && at >= top - ROW.entry && at < top + height
  const anchors = isInView && chosen !== null ? [chosen] : []
  for (const [key, start] of old) if (start >= top) anchors.push(key)
  const stays = anchors.find((key) => fresh.has(key))
  return stays === undefined ? 0 : (fresh.get(stays) ?? 0) - (old.get(stays) ?? 0)
}

function startsOf(rows: readonly QueueRow[]): Map<string, number> {
  const starts = new Map<string, number>()
  let start = 0
  for (const row of rows) {
    starts.set(rowKey(row), start)
    start += ROW[row.kind]
  }
  return starts
}

export function minutesTo(until: string): number {
  return Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / MINUTE))
}

/** In seconds; null: too few like it were settled to tell. */
export function estimateOf({ class: own, openItems }: QueueEntry, { perItem }: QueueAnswer['pace']): number | null {
  const item = perItem[own]
  return item === undefined ? null : item * Math.max(1, openItems)
}

/** Laid over the pages that are loaded; those in which nothing changes stay the same. */
export function withEntries(
  pages: readonly QueueAnswer[],
  { changed, gone }: QueueEvents['entries'],
  isWanted: (entry: QueueEntry) => boolean,
): QueueAnswer[] {
  const wanted = new Map(changed.filter(isWanted).map((entry) => [entry.sha256, entry]))
  const left = new Set([...gone, ...changed.filter((entry) => !isWanted(entry)).map(({ sha256 }) => sha256)])
  const stays = new Set<string>()
  const kept = pages.map((page) => {
    const entries = page.entries.flatMap((entry) => {
      const fresh = wanted.get(entry.sha256)
      if (left.has(entry.sha256) || (fresh !== undefined && fresh.class !== entry.class)) return []
      if (fresh === undefined) return [entry]
      stays.add(entry.sha256)
      return [fresh]
    })
    const isSame = entries.length === page.entries.length && entries.every((entry, at) => entry === page.entries[at])
    return isSame ? page : { ...page, entries }
  })
  for (const entry of wanted.values()) if (!stays.has(entry.sha256)) insert(kept, entry)
  return kept
}

function insert(pages: QueueAnswer[], entry: QueueEntry): void {
  let place: { page: number; at: number } | null = null
  let isNext = pages.length > 0 && pages.at(-1)?.next === null
  for (const [number, { entries }] of pages.entries()) {
    for (const [at, other] of entries.entries()) {
      if (isBehind(other, entry)) isNext = true
      else place = { page: number, at: at + 1 }
    }
  }
  if (!isNext) return
  const { page, at } = place ?? { page: 0, at: 0 }
  const standing = pages[page]
  if (standing !== undefined) pages[page] = { ...standing, entries: standing.entries.toSpliced(at, 0, entry) }
}

function isBehind(one: QueueEntry, other: QueueEntry): boolean {
  const classes = QUEUE_CLASSES.indexOf(one.class) - QUEUE_CLASSES.indexOf(other.class)
  if (classes !== 0) return classes > 0
  if (one.organ === null || other.organ === null) return one.organ === null && other.organ !== null
  return inCodeOrder(one.organ, other.organ)
}

/** As the server orders them: by characters, not by the units that JavaScript compares. */
function inCodeOrder(one: string, other: string): boolean {
  const [a, b] = [[...one], [...other]]
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const difference = (a[at]?.codePointAt(0) ?? 0) - (b[at]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference > 0
  }
  return a.length > b.length
}

/** Whose each is now. */
export function withClaims(pages: readonly QueueAnswer[], claims: QueueEvents['claims']): QueueAnswer[] {
  const held = new Map(claims.map(({ sha256, claim }) => [sha256, claim]))
  return pages.map((page) => {
    const entries = page.entries.map((entry) => {
      const claim = held.get(entry.sha256) ?? null
      const isSame = claim?.by === entry.claim?.by && claim?.until === entry.claim?.until
      return isSame ? entry : { ...entry, claim }
    })
    return entries.every((entry, at) => entry === page.entries[at]) ? page : { ...page, entries }
  })
}

/** The filters of the address. */
export function isWantedBy(filter: URLSearchParams): (entry: QueueEntry) => boolean {
  const [wanted, year, whose] = [filter.get('class'), filter.get('year'), filter.get('claim')]
  const [region, q] = [filter.get('region')?.replace(/(00)+$/, ''), filter.get('q')?.toLowerCase()]
  return (entry) =>
    (wanted === null || entry.class === wanted) &&
    (year === null || String(entry.year) === year) &&
    (region === undefined || entry.region?.startsWith(region) === true) &&
    (whose === null || whoseOf(entry) === whose) &&
    (q === undefined || `${entry.organ ?? ''}\n${entry.fileName}`.toLowerCase().includes(q))
}

function whoseOf({ claim }: QueueEntry): QueueClaim {
  if (claim === null) return 'free'
  return claim.isMine ? 'mine' : 'others'
}
