/**
 * One batch as it happens: its files by the pages of the API, then every change by server-sent events → a picture that a screen can draw.
 *
 * There is one ledger a batch however many look at it, and it listens while anybody does. Events come faster than one can look, so the
 * picture changes at most ten times a second. A connection that breaks is taken up again where it was, by the browser; one that the
 * server refused, by us, from the front.
 */
import { useSyncExternalStore } from 'react'
import { get, isProblem } from '../api/call.js'
import type { BatchAnswer, FileAnswer, ReceivedAnswer } from './answers.js'

export interface BatchPicture {
  readonly batch: BatchAnswer | null
  readonly files: readonly FileAnswer[]
  readonly isLoaded: boolean
  /** Changes come by themselves; when false before the end, they are being waited for. */
  readonly isLive: boolean
  readonly error: unknown
  /** Files settled a minute, lately; null: not known yet. */
  readonly pace: number | null
}

const PAGE = 1000
const PICTURE_MILLISECONDS = 100
const AGAIN_MILLISECONDS = 5_000
const PACE_MILLISECONDS = 60_000

const NOTHING: BatchPicture = {
  batch: null,
  files: [],
  isLoaded: false,
  isLive: false,
  error: null,
  pace: null,
}

const ledgers = new Map<string, Ledger>()

export function ledgerOf(batchId: string): Ledger {
  const found = ledgers.get(batchId) ?? new Ledger(batchId)
  ledgers.set(batchId, found)
  return found
}

export function useBatch(batchId: string): BatchPicture & { readonly reload: () => void } {
  const ledger = ledgerOf(batchId)
  const picture = useSyncExternalStore(ledger.look, ledger.picture)
  return { ...picture, reload: ledger.reload }
}

export class Ledger {
  private readonly lines = new Map<string, FileAnswer>()
  private readonly lookers = new Set<() => void>()
  private samples: { readonly at: number; readonly settled: number }[] = []
  private shown = NOTHING
  private events: EventSource | null = null
  private timer: ReturnType<typeof setTimeout> | null = null
  private again: ReturnType<typeof setTimeout> | null = null

  constructor(private readonly id: string) {}

  readonly picture = (): BatchPicture => this.shown

  readonly look = (changed: () => void): (() => void) => {
    this.lookers.add(changed)
    if (this.lookers.size === 1) this.reload()
    return () => {
      this.lookers.delete(changed)
      if (this.lookers.size === 0) this.rest()
    }
  }

  readonly reload = (): void => {
    this.rest()
    this.load().catch((error: unknown) => {
      this.show({ error, isLive: false })
      if (!isProblem(error)) this.comeAgain()
    })
  }

  /** Told by whoever sent them; what is known already is newer. */
  takeReceived(files: readonly ReceivedAnswer[]): void {
    for (const file of files) {
      const { sameBytesAs } = file
      const line: FileAnswer = {
        ...file,
        sameBytesAs: sameBytesAs === null ? null : { ...sameBytesAs, batchLabel: null },
        receivedAt: new Date().toISOString(),
        sameReportAs: [],
        status: file.outcome === 'refused' ? null : 'unread',
        failureCode: null,
        givenUp: null,
        organ: null,
        year: null,
        firstFlag: null,
        review: null,
      }
      if (!this.lines.has(keyOf(line))) this.lines.set(keyOf(line), line)
    }
    this.showSoon()
  }

  takeBatch(batch: BatchAnswer): void {
    const settled = settledOf(batch)
    const now = Date.now()
    this.samples = [...this.samples.filter(({ at }) => now - at < PACE_MILLISECONDS), { at: now, settled }]
    const [oldest] = this.samples
    const minutes = oldest === undefined ? 0 : (now - oldest.at) / 60_000
    const pace = oldest === undefined || minutes < 0.03 ? this.shown.pace : (settled - oldest.settled) / minutes
    this.shown = { ...this.shown, batch, pace }
    this.showSoon()
  }

  private async load(): Promise<void> {
    const batch = await get<BatchAnswer>(`/batches/${this.id}`)
    this.takeBatch(batch)
    let cursor: string | null = null
    do {
      const from: string = cursor === null ? '' : `&cursor=${cursor}`
      const page: { files: FileAnswer[]; next: string | null } = await get(
        `/batches/${this.id}/files?limit=${PAGE}${from}`,
      )
      for (const file of page.files) this.lines.set(keyOf(file), file)
      cursor = page.next
      this.showSoon()
    } while (cursor !== null)
    this.show({ isLoaded: true, error: null })
    if (!batch.isFinished && this.lookers.size > 0) this.listen()
  }

  private listen(): void {
    this.events?.close()
    const events = new EventSource(`/api/v1/batches/${this.id}/events`)
    this.events = events
    events.addEventListener('open', () => this.show({ isLive: true }))
    events.addEventListener('counts', ({ data }) => this.takeBatch(JSON.parse(data) as BatchAnswer))
    events.addEventListener('file', ({ data }) => {
      const told = JSON.parse(data) as FileAnswer
      const before = this.lines.get(keyOf(told))
      // An event does not tell of the other files of the same report.
      this.lines.set(keyOf(told), { ...told, sameReportAs: before?.sameReportAs ?? [] })
      this.showSoon()
    })
    events.addEventListener('finished', ({ data }) => {
      this.takeBatch(JSON.parse(data) as BatchAnswer)
      this.reload()
    })
    events.addEventListener('error', () => {
      this.show({ isLive: false })
      if (events.readyState === EventSource.CLOSED) this.comeAgain()
    })
  }

  private comeAgain(): void {
    if (this.again !== null) clearTimeout(this.again)
    this.again = setTimeout(this.reload, AGAIN_MILLISECONDS)
  }

  private rest(): void {
    this.events?.close()
    this.events = null
    if (this.again !== null) clearTimeout(this.again)
    this.again = null
    this.shown = { ...this.shown, isLive: false }
  }

  private showSoon(): void {
    this.timer ??= setTimeout(() => this.show({}), PICTURE_MILLISECONDS)
  }

  private show(changes: Partial<BatchPicture>): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    this.shown = { ...this.shown, ...changes, files: [...this.lines.values()] }
    for (const changed of this.lookers) changed()
  }
}

/** A batch has a name with the same bytes once. */
function keyOf({ fileName, sha256 }: Pick<FileAnswer, 'fileName' | 'sha256'>): string {
  return `${sha256 ?? ''}/${fileName}`
}

function settledOf({ counts: { read, givenUp, deleted } }: BatchAnswer): number {
  return read.accepted + read.needsReview + read.failed + givenUp + deleted
}
