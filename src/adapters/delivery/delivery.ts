/**
 * Where `gouji ingest` delivers to: a running service (remote.ts), or the store of this process (local.ts).
 *
 * Both keep to the same order: a batch is opened by its key, which finds the one that was begun before; each file is asked for by
 * its hash, and sent only when it is not in the store yet; at the end the batch is closed. Each step may be done again at any time
 * without harm, so that whoever was interrupted begins at the front and soon is where it was left.
 */
import type { Readable } from 'node:stream'
import type { BatchCounts } from '../store/batches.js'
import type { BatchOutcome } from '../store/schema.js'

/** A file as the batch knows it. */
export interface Fingerprint {
  readonly fileName: string
  readonly sha256: string
  readonly byteLength: number
}

export interface OutgoingFile extends Fingerprint {
  readonly path: string
}

/** What became of a file that was sent; an archive gives one for each of its members. */
export type Arrival =
  | { readonly outcome: Exclude<BatchOutcome, 'refused'>; readonly fileName: string }
  | { readonly outcome: 'refused'; readonly fileName: string; readonly reason: string }
  /** It is not in the batch: it could not be read on this side, or nothing would carry it. */
  | { readonly outcome: 'missing'; readonly fileName: string; readonly reason: string }

export interface OpenedBatch {
  readonly id: string
  /** It takes no more files. */
  readonly isClosed: boolean
}

export interface Delivery {
  open(label: string, key: string): Promise<OpenedBatch>
  /** Those that must be sent. The others are in the store, and from now on in the batch. Not more than ASKED_AT_ONCE. */
  ask(batch: string, files: readonly Fingerprint[]): Promise<ReadonlySet<Fingerprint>>
  /** One parcel. A file that arrived by an earlier try may have no arrival here. */
  send(batch: string, files: readonly OutgoingFile[]): Promise<Arrival[]>
  close(batch: string): Promise<void>
  state(batch: string): Promise<BatchCounts>
  receipt(batch: string): Promise<Readable>
  /** Where a person finds the receipt later. */
  receiptPlace(batch: string): string
}

export const ASKED_AT_ONCE = 500

/** The delivery cannot go on; what has arrived is safe. The message is for the person at the terminal. */
export class DeliveryBroken extends Error {
  override readonly name = 'DeliveryBroken'
}

/** A file of ours that was found cannot be read any more; the message is the system's code. */
export class FileUnreadable extends Error {
  override readonly name = 'FileUnreadable'

  constructor(
    readonly path: string,
    override readonly message: string,
  ) {
    super()
  }

  get isGone(): boolean {
    return this.message === 'ENOENT'
  }
}
