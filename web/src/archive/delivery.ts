/**
 * Files chosen by a person → the files of one batch, three at a time, until all of them are in.
 *
 * What the server has already is asked for by its sha256 and not sent. A file whose line broke goes to the head of those that wait, and
 * is sent again when the server can be reached: sent twice to one batch it is one line of it. A file that cannot be sent although the
 * server can be reached is put aside with a reason. When all is in, the batch is closed, and its receipt with it.
 *
 * A delivery goes on while one looks at other screens. It ends with the page.
 */
import { useSyncExternalStore } from 'react'
import { get, isProblem, send } from '../api/call.js'
import type { BatchAnswer, ReceivedAnswer } from './answers.js'
import type { GatheredFile } from './gathered.js'
import { ledgerOf } from './ledger.js'
import { LineBroken, sendFile } from './send-file.js'

const AT_ONCE = 3
/** Asked about at once. */
const GROUP = 8
/** To be known by its sha256 a file must be in memory. */
const HASHED_BYTES = 64 * 2 ** 20
const MOST_TRIES = 3
const FIRST_WAIT = 1_000
const LONGEST_WAIT = 15_000
const PICTURE_MILLISECONDS = 100

export interface Parcel extends GatheredFile {
  readonly id: number
  readonly sentBytes: number
  readonly tries: number
  /** Why it is put aside, for the person; a code of ours, or the server's words. */
  readonly trouble: string | null
}

/** offline: goes on by itself; held: somebody must do something first, see `trouble`. */
export type DeliveryState = 'running' | 'paused' | 'offline' | 'held' | 'stopped' | 'done'

export interface DeliveryPicture {
  readonly batchId: string
  readonly label: string
  readonly state: DeliveryState
  readonly trouble: string | null
  readonly sending: readonly Parcel[]
  readonly waiting: readonly Parcel[]
  readonly aside: readonly Parcel[]
}

export const UNREADABLE_HERE = 'unreadable_here'

let lastId = 0
let deliveries: readonly Delivery[] = []
const lookers = new Set<() => void>()

/** Those of this page, the last begun first. */
export function useDeliveries(): readonly Delivery[] {
  return useSyncExternalStore(
    (changed) => {
      lookers.add(changed)
      return () => lookers.delete(changed)
    },
    () => deliveries,
  )
}

export function useDelivery(delivery: Delivery | null): DeliveryPicture | null {
  return useSyncExternalStore(delivery?.look ?? NEVER, delivery?.picture ?? NONE)
}

const NEVER = () => () => undefined
const NONE = () => null

export async function beginDelivery(
  label: string,
  files: readonly GatheredFile[],
  csrfToken: string | null,
): Promise<Delivery> {
  const batch = await send<BatchAnswer>('POST', '/batches', { label })
  return continueDelivery(batch, files, csrfToken)
}

/** What is in it already is the same line again, so a delivery that was cut short is taken up by giving all of it again. */
export function continueDelivery(
  batch: BatchAnswer,
  files: readonly GatheredFile[],
  csrfToken: string | null,
): Delivery {
  const running = deliveries.find(({ batchId, isUnderWay }) => batchId === batch.id && isUnderWay)
  const delivery = running ?? new Delivery(batch.id, batch.label, csrfToken)
  if (running === undefined) {
    deliveries = [delivery, ...deliveries.filter(({ batchId }) => batchId !== batch.id)]
    for (const changed of lookers) changed()
  }
  delivery.add(files)
  return delivery
}

export class Delivery {
  private state: DeliveryState = 'running'
  private trouble: string | null = null
  private readonly waiting: Parcel[] = []
  /** Taken by a worker, and not being sent yet. */
  private readonly inHand = new Set<Parcel>()
  private readonly sending = new Map<number, Parcel>()
  private readonly aside: Parcel[] = []
  private readonly lookers = new Set<() => void>()
  private readonly stopped = new AbortController()
  private workers = 0
  private broken = 0
  private readonly sleepers = new Set<() => void>()
  private timer: ReturnType<typeof setTimeout> | null = null
  private shown: DeliveryPicture

  constructor(
    readonly batchId: string,
    readonly label: string,
    private readonly csrfToken: string | null,
  ) {
    this.shown = this.draw()
    window.addEventListener('beforeunload', this.askToStay)
    window.addEventListener('online', this.wakeAll)
  }

  get isUnderWay(): boolean {
    return this.state !== 'done' && this.state !== 'stopped'
  }

  readonly picture = (): DeliveryPicture => this.shown

  readonly look = (changed: () => void): (() => void) => {
    this.lookers.add(changed)
    return () => this.lookers.delete(changed)
  }

  add(files: readonly GatheredFile[]): void {
    for (const { path, file } of files) {
      lastId += 1
      this.waiting.push({ id: lastId, path, file, sentBytes: 0, tries: 0, trouble: null })
    }
    this.work()
  }

  pause(): void {
    if (this.state === 'running' || this.state === 'offline') this.become('paused', null)
  }

  resume(): void {
    if (!this.isUnderWay) return
    this.become('running', null)
    this.work()
  }

  /** Once more with those that were put aside. */
  retryAside(): void {
    this.waiting.unshift(...this.aside.splice(0).map((parcel) => ({ ...parcel, tries: 0, trouble: null })))
    this.resume()
  }

  /** What was not sent is not; what is in stays, and the receipt tells of it. */
  async stop(): Promise<void> {
    this.become('stopped', null)
    this.stopped.abort(new LineBroken())
    this.waiting.length = 0
    this.show()
    await this.close()
  }

  /** Without those that were put aside. */
  async finish(): Promise<void> {
    await this.close()
    this.become('done', null)
  }

  private work(): void {
    while (this.workers < AT_ONCE && this.waiting.length > 0 && this.isSending()) {
      this.workers += 1
      this.workOff().finally(() => {
        this.workers -= 1
        if (this.workers === 0) this.endWhenAllIsIn()
      })
    }
    if (this.workers === 0) this.endWhenAllIsIn()
    this.showSoon()
  }

  private async workOff(): Promise<void> {
    while (this.isSending()) {
      const share = Math.ceil(this.waiting.length / AT_ONCE)
      const group = this.waiting.splice(0, Math.min(share, GROUP))
      if (group.length === 0) return
      for (const parcel of group) this.inHand.add(parcel)
      const unknown = await this.withoutKnown(group)
      for (const parcel of group) if (!unknown.includes(parcel)) this.inHand.delete(parcel)
      for (const [index, parcel] of unknown.entries()) {
        if (!this.isSending()) return this.putBack(unknown.slice(index))
        this.inHand.delete(parcel)
        await this.sendOne(parcel)
      }
    }
  }

  private isSending(): boolean {
    return this.state === 'running' || this.state === 'offline'
  }

  private putBack(parcels: readonly Parcel[]): void {
    for (const parcel of parcels) this.inHand.delete(parcel)
    if (this.state !== 'stopped') this.waiting.unshift(...parcels)
    this.showSoon()
  }

  private async sendOne(parcel: Parcel): Promise<void> {
    const { signal } = this.stopped
    this.sending.set(parcel.id, parcel)
    try {
      const files = await sendFile(
        this.batchId,
        parcel,
        this.csrfToken,
        (sentBytes) => {
          this.sending.set(parcel.id, { ...parcel, sentBytes })
          this.showSoon()
        },
        signal,
      )
      this.broken = 0
      if (this.state === 'offline') this.become('running', null)
      // What this one got through, the others will.
      this.wakeAll()
      ledgerOf(this.batchId).takeReceived(files)
    } catch (error) {
      if (!signal.aborted) await this.settle(parcel, error)
    } finally {
      this.sending.delete(parcel.id)
      this.showSoon()
    }
  }

  private async settle(parcel: Parcel, error: unknown): Promise<void> {
    this.sending.delete(parcel.id)
    if (isProblem(error)) {
      const { status, detail, more } = error
      if (status === 503 || status === 429) {
        this.waiting.unshift(parcel)
        await this.sleep(Number(more.retryAfter ?? 5) * 1_000)
      } else if (status === 400 && error.code === 'upload_interrupted') {
        await this.tryAgain(parcel)
      } else if ([401, 403, 404, 409, 507].includes(status)) {
        this.waiting.unshift(parcel)
        this.become('held', detail)
      } else this.aside.push({ ...parcel, trouble: detail })
      return
    }
    // The line, or the file: it may have been moved since it was chosen, which looks the same from here.
    if (await canBeRead(parcel.file)) await this.tryAgain(parcel)
    else this.aside.push({ ...parcel, trouble: UNREADABLE_HERE })
  }

  private async tryAgain(parcel: Parcel): Promise<void> {
    const isThere = await isServerThere()
    const tries = isThere ? parcel.tries + 1 : parcel.tries
    if (tries >= MOST_TRIES) {
      this.aside.push({ ...parcel, trouble: UNREADABLE_HERE })
      return
    }
    this.waiting.unshift({ ...parcel, tries, sentBytes: 0 })
    if (!isThere && this.state === 'running') this.become('offline', null)
    this.broken += 1
    await this.sleep(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(this.broken, 5)))
  }

  /** Those the server has are lines of the batch by having been asked for. */
  private async withoutKnown(group: readonly Parcel[]): Promise<Parcel[]> {
    // Only over https, or from this machine, does a browser compute it.
    if (!isSecureContext) return [...group]
    try {
      const asked: { parcel: Parcel; sha256: string }[] = []
      for (const parcel of group) {
        const { size } = parcel.file
        if (size > 0 && size <= HASHED_BYTES) asked.push({ parcel, sha256: await sha256Of(parcel.file) })
      }
      if (asked.length === 0) return [...group]
      const answer = await send<{ files: { decision: 'same_bytes' | 'send' }[] }>(
        'POST',
        `/batches/${this.batchId}/known`,
        {
          files: asked.map(({ parcel, sha256 }) => ({
            fileName: parcel.path,
            sha256,
            byteLength: parcel.file.size,
          })),
        },
      )
      const known = asked.filter((_, index) => answer.files[index]?.decision === 'same_bytes')
      ledgerOf(this.batchId).takeReceived(known.map(({ parcel, sha256 }) => knownFile(parcel, sha256)))
      return group.filter((parcel) => !known.some((each) => each.parcel === parcel))
    } catch {
      // Sent as they are; what is wrong with them, or with the line, is seen there.
      return [...group]
    }
  }

  private endWhenAllIsIn(): void {
    if (this.state !== 'running' || this.waiting.length > 0 || this.sending.size > 0) return
    if (this.aside.length > 0) this.become('held', null)
    else {
      this.close().then(
        () => this.become('done', null),
        (error: unknown) => this.become('held', isProblem(error) ? error.detail : null),
      )
    }
  }

  private async close(): Promise<void> {
    const batch = await send<BatchAnswer>('POST', `/batches/${this.batchId}/close`)
    ledgerOf(this.batchId).takeBatch(batch)
    ledgerOf(this.batchId).reload()
  }

  private sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        this.sleepers.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, milliseconds)
      this.sleepers.add(wake)
    })
  }

  private readonly wakeAll = (): void => {
    for (const wake of this.sleepers) wake()
  }

  private readonly askToStay = (event: BeforeUnloadEvent): void => {
    if (this.isUnderWay && this.state !== 'held') event.preventDefault()
  }

  private become(state: DeliveryState, trouble: string | null): void {
    if (!this.isUnderWay && this.state !== state) return
    this.state = state
    this.trouble = trouble
    if (!this.isUnderWay) {
      window.removeEventListener('beforeunload', this.askToStay)
      window.removeEventListener('online', this.wakeAll)
    }
    this.show()
  }

  private showSoon(): void {
    this.timer ??= setTimeout(() => this.show(), PICTURE_MILLISECONDS)
  }

  private show(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    this.shown = this.draw()
    for (const changed of this.lookers) changed()
  }

  private draw(): DeliveryPicture {
    const { batchId, label, state, trouble } = this
    return {
      batchId,
      label,
      state,
      trouble,
      sending: [...this.sending.values()],
      waiting: [...this.inHand, ...this.waiting],
      aside: [...this.aside],
    }
  }
}

function knownFile({ path, file }: Parcel, sha256: string): ReceivedAnswer {
  return { fileName: path, sha256, byteLength: file.size, outcome: 'same_bytes', reason: null, sameBytesAs: null }
}

async function sha256Of(file: File): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function canBeRead(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer()
    return true
  } catch {
    return false
  }
}

async function isServerThere(): Promise<boolean> {
  try {
    await get('/session')
    return true
  } catch (error) {
    return isProblem(error) && error.status < 500
  }
}
