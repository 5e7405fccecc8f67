/**
 * What the parts of the service agree on: the store, the originals, the queue, and what every route and command is given.
 *
 * server.ts opens them by the settings; each has two makes (PostgreSQL or embedded, folder or bucket, Redis or PostgreSQL) that
 * behave alike, and nothing outside server.ts knows which it has.
 */
import type { Readable } from 'node:stream'
import type { Queue } from 'bullmq'
import type { Logger } from 'pino'
import type { Settings } from './settings.js'
import type { Db } from './store/schema.js'

/** The bytes as uploaded, by their sha256 in lower-case hexadecimal. Nothing in here is ever changed or removed. */
export interface Originals {
  /** Takes over a finished file, which is gone afterwards. Whole or not at all; one that is there already is left as it is. */
  keep(sha256: string, stagedPath: string): Promise<void>
  has(sha256: string): Promise<boolean>
  /** Throws OriginalDamaged when the bytes are not the ones that were kept, OriginalMissing when there are none. */
  read(sha256: string): Promise<Buffer>
  /** For sending on; a difference found at the end destroys the stream with OriginalDamaged. */
  stream(sha256: string): Promise<Readable>
  /** Everything that lies there, also what is no original (`sha256` null). */
  list(): AsyncIterable<StoredObject>
  /** Throws when nothing can be kept at present. */
  check(): Promise<void>
}

export interface StoredObject {
  /** As it is called where it lies, for a person to find it. */
  readonly name: string
  readonly sha256: string | null
  readonly byteLength: number
}

/** A reviewer who waits comes before a delivery. */
export type Urgency = 'review' | 'bulk'

export interface QueueCounts {
  readonly waiting: number
  readonly active: number
  readonly delayed: number
}

/** Documents to be read by this version of gouji; twice is once. The store is the truth: what is lost here is queued again. */
export interface ExtractionQueue {
  add(sha256s: readonly string[], urgency: Urgency): Promise<void>
  counts(): Promise<QueueCounts>
  /** Milliseconds that the oldest waiting document has waited; 0 when none waits. */
  oldestAge(): Promise<number>
  /**
   * Calls `read` for each document, so many at a time, until closed. What `read` throws is trouble with the infrastructure: it is
   * tried again later, with growing pauses. `lost` is told when a document ended its worker too often (BullMQ calls it stalled).
   */
  work(
    read: (sha256: string) => Promise<void>,
    lost: (sha256: string) => Promise<void>,
    atOnce: number,
  ): Promise<QueueWorker>
  check(): Promise<void>
  /** For the dashboard. */
  readonly board: Queue
  close(): Promise<void>
}

export interface QueueWorker {
  /** Takes no more, lets what is in hand finish. */
  close(): Promise<void>
}

export interface Service {
  readonly settings: Settings
  readonly log: Logger
  readonly db: Db
  readonly originals: Originals
  readonly queue: ExtractionQueue
}
