/**
 * A batch → what happens to it, told to whoever listens, as it happens.
 *
 * The store is asked about once a second, since the workers may be other processes; once for all who listen to a batch, not at all when
 * nobody does, and less often where asking takes long. Told are the files that were decided or read, and the counts where they
 * changed. Nothing is missed; something may be told twice.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Batch,
  type BatchLine,
  findBatch,
  linesAfter,
  linesOf,
  noLongerWaiting,
  settledUpTo,
  waitingIn,
} from './store/batches.js'
import type { Db } from './store/schema.js'

export interface BatchListener {
  /** `mark`: who has heard all up to here can be told from here on. */
  heard(batch: Batch, lines: readonly BatchLine[], mark: BatchMark): void
  /** The batch could not be asked about; nothing more is told. */
  lost(error: unknown): void
}

/** How far a listener is: every line up to `line`, and every reading before `at`. */
export interface BatchMark {
  readonly line: number
  readonly at: Date
}

const PAUSE_MILLISECONDS = 1_000
/** Of the time, at most so much goes to asking: one part in ten. */
const PAUSE_PER_LOOK = 9
/** Rows are numbered when they are written and seen when they are committed: a lower number may appear after a higher one. */
const LATE_MILLISECONDS = 10_000
const LINES_AT_ONCE = 1_000

export class BatchWatches {
  private readonly watches = new Map<string, BatchWatch>()

  constructor(
    private readonly db: Db,
    private readonly pause: number = PAUSE_MILLISECONDS,
  ) {}

  /** From now on, beginning with the counts as they are. Gives what ends it. */
  listen(batchId: string, listener: BatchListener): () => void {
    const standing = this.watches.get(batchId)
    const watch = standing ?? new BatchWatch(this.db, batchId, this.pause)
    watch.add(listener)
    if (standing === undefined) {
      this.watches.set(batchId, watch)
      watch.begin(() => this.watches.delete(batchId))
    }
    return () => {
      if (!watch.remove(listener)) return
      watch.end()
      if (this.watches.get(batchId) === watch) this.watches.delete(batchId)
    }
  }
}

class BatchWatch {
  private readonly listeners = new Set<BatchListener>()
  private readonly ended = new AbortController()
  /** All lines up to here are settled: none will appear any more. */
  private floor = 0
  /** Lines above, and when they were first seen. */
  private readonly above = new Map<number, number>()
  private readonly waiting = new Set<number>()
  private latest: { readonly batch: Batch; readonly mark: BatchMark } | null = null

  constructor(
    private readonly db: Db,
    private readonly batchId: string,
    private readonly pause: number,
  ) {}

  add(listener: BatchListener): void {
    this.listeners.add(listener)
    if (this.latest !== null) listener.heard(this.latest.batch, [], this.latest.mark)
  }

  /** Says whether that was the last one. */
  remove(listener: BatchListener): boolean {
    return this.listeners.delete(listener) && this.listeners.size === 0
  }

  begin(lost: () => void): void {
    this.run().catch((error: unknown) => {
      if (this.ended.signal.aborted) return
      lost()
      for (const listener of this.listeners) listener.lost(error)
    })
  }

  end(): void {
    this.ended.abort()
  }

  private async run(): Promise<void> {
    const { signal } = this.ended
    const start = await settledUpTo(this.db, this.batchId, LATE_MILLISECONDS)
    this.floor = start.line
    for (const line of start.unsettled) this.above.set(line, Date.now())
    for (const document of await waitingIn(this.db, this.batchId)) this.waiting.add(document)
    while (!signal.aborted) {
      const began = Date.now()
      await this.look(new Date(began))
      const took = Date.now() - began
      await sleep(Math.max(this.pause, took * PAUSE_PER_LOOK), undefined, { signal, ref: false })
    }
  }

  private async look(at: Date): Promise<void> {
    const decided = await this.newLines(at.getTime())
    const read = await this.readLines()
    // Counted last: whoever hears that all is read has heard of each.
    const batch = await findBatch(this.db, this.batchId)
    if (batch === null) throw new Error('the batch is gone')
    const mark = { line: this.floor, at }
    this.latest = { batch, mark }
    for (const listener of this.listeners) listener.heard(batch, [...decided, ...read], mark)
  }

  private async newLines(now: number): Promise<BatchLine[]> {
    const fresh: BatchLine[] = []
    let after = this.floor
    while (true) {
      const lines = await linesAfter(this.db, this.batchId, after, LINES_AT_ONCE)
      for (const line of lines) {
        if (this.above.has(line.id)) continue
        this.above.set(line.id, now)
        fresh.push(line)
        if (line.document?.status === 'unread') this.waiting.add(line.document.id)
      }
      const last = lines.at(-1)
      if (last === undefined || lines.length < LINES_AT_ONCE) break
      after = last.id
    }
    for (const [id, seen] of this.above) {
      if (now - seen < LATE_MILLISECONDS) continue
      this.above.delete(id)
      this.floor = Math.max(this.floor, id)
    }
    return fresh
  }

  private async readLines(): Promise<BatchLine[]> {
    const waiting = [...this.waiting]
    if (waiting.length === 0) return []
    const documents = await noLongerWaiting(this.db, waiting)
    const lines: BatchLine[] = []
    for (let from = 0; from < documents.length; from += LINES_AT_ONCE) {
      lines.push(...(await linesOf(this.db, this.batchId, documents.slice(from, from + LINES_AT_ONCE))))
    }
    for (const document of documents) this.waiting.delete(document)
    return lines
  }
}
