/**
 * The queue of reports to be reviewed → what changes in it, told to whoever listens, as it happens.
 *
 * Once for all who listen in this process, and not at all when nobody does. A look asks two small questions: how far the numbers of events
 * and readings have come, and who has claimed what. Only when something has happened are the classes counted and the reports concerned
 * looked up. Nothing is missed for long; something may be told twice.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { startOfToday } from './start-of-today.js'
import {
  claimsNow,
  type LiveClaim,
  type QueueMark,
  queueMark,
  type TouchedDocument,
  touchedSince,
} from './store/queue-changes.js'
import { reviewPace } from './store/review-pace.js'
import { auditShare, countQueue, countSettledSince, type QueueRow, queueRowsOf } from './store/review-queue.js'
import type { Db } from './store/schema.js'

export interface QueueFigures {
  readonly counts: Awaited<ReturnType<typeof countQueue>>
  readonly settledToday: number
  readonly auditShare: number
  readonly pace: Awaited<ReturnType<typeof reviewPace>>
}

export interface QueueTouched {
  /** As they now stand in the queue. */
  readonly rows: readonly QueueRow[]
  /** Those that are not in it, or not any more. */
  readonly gone: readonly string[]
  /** More happened than is told one by one. */
  readonly isMore: boolean
}

/** What a look found that is new; at the beginning, all but `touched`. */
export interface QueueNews {
  readonly figures: QueueFigures | null
  readonly claims: readonly LiveClaim[] | null
  readonly touched: QueueTouched | null
}

export interface QueueListener {
  heard(news: QueueNews): void
  /** The store could not be asked; nothing more is told. */
  lost(error: unknown): void
}

const PAUSE_MILLISECONDS = 1_500
/** Of the time, at most so much goes to asking: one part in ten. */
const PAUSE_PER_LOOK = 9
/** Rows are numbered when they are written and seen when they are committed: a lower number may appear after a higher one. */
const LATE_MILLISECONDS = 10_000
/** What changes without an event: a new day, and reports moved by others. */
const COUNT_ANYWAY_MILLISECONDS = 60_000
const MOST_TOUCHED = 200

export class QueueWatch {
  private readonly listeners = new Set<QueueListener>()
  private run: Run | null = null

  constructor(
    private readonly db: Db,
    private readonly pause: number = PAUSE_MILLISECONDS,
  ) {}

  /** From now on, beginning with how it stands. Gives what ends it. */
  listen(listener: QueueListener): () => void {
    this.listeners.add(listener)
    if (this.run === null) this.begin()
    else if (this.run.standing !== null) listener.heard(this.run.standing)
    return () => {
      this.listeners.delete(listener)
      if (this.listeners.size > 0) return
      this.run?.end()
      this.run = null
    }
  }

  private begin(): void {
    const run = new Run(this.db, this.pause, (news) => {
      for (const listener of [...this.listeners]) listener.heard(news)
    })
    this.run = run
    run.go().catch((error: unknown) => {
      if (this.run !== run) return
      this.run = null
      const left = [...this.listeners]
      this.listeners.clear()
      for (const listener of left) listener.lost(error)
    })
  }
}

/** From the first who listens to the last. */
class Run {
  /** As it was told last. */
  standing: QueueNews | null = null
  private readonly ended = new AbortController()
  private marks: { readonly mark: QueueMark; readonly at: number }[] = []
  private countedAt = Number.NEGATIVE_INFINITY
  /** Of each report, what was told within the time in which it is looked up again. */
  private readonly told = new Map<string, { readonly as: string; readonly at: number }>()

  constructor(
    private readonly db: Db,
    private readonly pause: number,
    private readonly tell: (news: QueueNews) => void,
  ) {}

  end(): void {
    this.ended.abort()
  }

  async go(): Promise<void> {
    const { signal } = this.ended
    while (!signal.aborted) {
      const began = Date.now()
      await this.look(began)
      const took = Date.now() - began
      try {
        await sleep(Math.max(this.pause, took * PAUSE_PER_LOOK), undefined, { signal, ref: false })
      } catch (error) {
        if (!signal.aborted) throw error
      }
    }
  }

  private async look(at: number): Promise<void> {
    const mark = await queueMark(this.db)
    const claims = await claimsNow(this.db)
    const latest = this.marks.at(-1)?.mark
    const hasMoved = latest === undefined || latest.event !== mark.event || latest.extraction !== mark.extraction
    // Those since the last mark may have been on their way then.
    while ((this.marks[1]?.at ?? at) < at - LATE_MILLISECONDS) this.marks.shift()
    const since = this.marks[0]?.mark
    const isQuiet = since !== undefined && since.event === mark.event && since.extraction === mark.extraction
    this.marks.push({ mark, at })
    const touched = since === undefined || isQuiet ? null : this.fresh(await this.lookUp(since), at)
    const isDue = hasMoved || touched !== null || at - this.countedAt > COUNT_ANYWAY_MILLISECONDS
    const figures = isDue ? await this.count(at) : null
    if (this.ended.signal.aborted) return

    const before = this.standing
    const news: QueueNews = {
      figures: figures !== null && !isAlike(figures, before?.figures) ? figures : null,
      claims: isAlike(claims, before?.claims) ? null : claims,
      touched,
    }
    this.standing = { figures: figures ?? before?.figures ?? null, claims, touched: null }
    if (news.figures !== null || news.claims !== null || news.touched !== null) this.tell(news)
  }

  private async count(at: number): Promise<QueueFigures> {
    this.countedAt = at
    const counts = await countQueue(this.db)
    const settledToday = await countSettledSince(this.db, startOfToday())
    return { counts, settledToday, auditShare: await auditShare(this.db), pace: await reviewPace(this.db) }
  }

  private async lookUp(since: QueueMark): Promise<QueueTouched> {
    const documents = await touchedSince(this.db, since, MOST_TOUCHED + 1)
    if (documents.length > MOST_TOUCHED) return { rows: [], gone: [], isMore: true }
    const rows = await queueRowsOf(
      this.db,
      documents.map(({ documentId }) => documentId),
    )
    const queued = new Set(rows.map(({ documentId }) => documentId))
    const gone = documents.filter(({ documentId }: TouchedDocument) => !queued.has(documentId))
    return { rows, gone: gone.map(({ sha256 }) => sha256), isMore: false }
  }

  /** Without what was told already; null: nothing is left. */
  private fresh({ rows, gone, isMore }: QueueTouched, at: number): QueueTouched | null {
    for (const [sha256, told] of this.told) if (at - told.at > 2 * LATE_MILLISECONDS) this.told.delete(sha256)
    const isNew = (sha256: string, as: string) => {
      if (this.told.get(sha256)?.as === as) return false
      this.told.set(sha256, { as, at })
      return true
    }
    const left = {
      rows: rows.filter((row) => isNew(row.sha256, JSON.stringify(row))),
      gone: gone.filter((sha256) => isNew(sha256, 'gone')),
      isMore: isMore && isNew('', 'more'),
    }
    return left.rows.length > 0 || left.gone.length > 0 || left.isMore ? left : null
  }
}

function isAlike(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
