/**
 * Files chosen by a person → the files of one batch, three at a time, until all of them are in.
 *
 * What the server has already is asked for by its sha256 and not sent. A file whose line broke goes to the head of those that wait, and
 * is sent again when the server can be reached: sent twice to one batch it is one line of it. A file that cannot be sent although the
 * server can be reached is put aside with a reason. When all is in, the batch is closed, and its receipt with it.
 *
 * A delivery goes on while one looks at other screens. It ends with the page.
 */
import { get, isProblem, send } from '../api/call.js'
import type { Words } from '../wording/language.js'
import type { BatchAnswer } from './answers.js'
import type { GatheredFile } from './gathered.js'
import { askForKnown } from './known-files.js'
import { ledgerOf } from './ledger.js'
import { canBeRead, type Parcel, parcelOf, UNREADABLE_HERE } from './parcel.js'
import { sendFile } from './send-file.js'
import { LineBroken } from './sending.js'

const AT_ONCE = 3
/** Asked about at once. */
const GROUP = 8
const MOST_TRIES = 3
const FIRST_WAIT = 1_000
const LONGEST_WAIT = 15_000
const PICTURE_MILLISECONDS = 100

/** offline: goes on by itself; held: somebody must do something first, see `trouble`. */
export type DeliveryState = 'running' | 'paused' | 'offline' | 'held' | 'stopped' | 'done'

export interface DeliveryPicture {
  readonly batchId: string
  readonly label: string
  readonly state: DeliveryState
  readonly trouble: Words<string> | null
  readonly sending: readonly Parcel[]
  readonly waiting: readonly Parcel[]
  readonly aside: readonly Parcel[]
}

export class Delivery {
  private state: DeliveryState = 'running'
  private trouble: Words<string> | null = null
  private readonly waiting: Parcel[] = []
  /** Taken by a worker, and not being sent yet. */
  private readonly inHand = new Set<Parcel>()
  private readonly sending = new Map<number, Parcel>()
  private readonly aside: Parcel[] = []
  private readonly lookers = new Set<() => void>()
  private paused = new AbortController()
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
    for (const file of files) this.waiting.push(parcelOf(file))
    this.work()
  }

  pause(): void {
    if (!this.isSending()) return
    this.become('paused', null)
    this.paused.abort()
  }

  resume(): void {
    if (!this.isUnderWay) return
    this.paused = new AbortController()
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
    this.stopped.abort()
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
      const { toSend, known } = await askForKnown(this.batchId, group)
      for (const parcel of group) if (!toSend.includes(parcel)) this.inHand.delete(parcel)
      ledgerOf(this.batchId).takeReceived(known)
      for (const [index, parcel] of toSend.entries()) {
        if (!this.isSending()) return this.putBack(toSend.slice(index))
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
    const pause = this.paused.signal
    const stop = this.stopped.signal
    this.sending.set(parcel.id, parcel)
    try {
      const files = await sendFile({
        batchId: this.batchId,
        path: parcel.path,
        file: parcel.file,
        csrfToken: this.csrfToken,
        onSent: (sentBytes) => {
          this.sending.set(parcel.id, { ...parcel, sentBytes })
          this.showSoon()
        },
        pause,
        stop,
      })
      this.broken = 0
      if (this.state === 'offline') this.become('running', null)
      // What this one got through, the others will.
      this.wakeAll()
      ledgerOf(this.batchId).takeReceived(files)
    } catch (error) {
      if (stop.aborted) return
      if (pause.aborted && error instanceof LineBroken) this.waiting.unshift(parcel)
      else await this.settle(parcel, error)
    } finally {
      this.sending.delete(parcel.id)
      this.showSoon()
    }
  }

  private async settle(parcel: Parcel, error: unknown): Promise<void> {
    this.sending.delete(parcel.id)
    if (isProblem(error)) {
      const { status, told, more } = error
      if (status === 503 || status === 429) {
        this.waiting.unshift(parcel)
        await this.sleep(Number(more.retryAfter ?? 5) * 1_000)
      } else if (status === 400 && error.code === 'upload_interrupted') {
        await this.tryAgain(parcel)
      } else if ([401, 403, 404, 409, 507].includes(status) || error.code === 'batch_closed') {
        this.waiting.unshift(parcel)
        this.become('held', told)
      } else this.aside.push({ ...parcel, trouble: told })
      return
    }
    const cameFurther = error instanceof LineBroken && error.cameFurther
    if (await canBeRead(parcel.file)) await this.tryAgain(cameFurther ? { ...parcel, tries: 0 } : parcel)
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

  private endWhenAllIsIn(): void {
    if (this.state !== 'running' || this.waiting.length > 0 || this.sending.size > 0) return
    if (this.aside.length > 0) this.become('held', null)
    else {
      this.close().then(
        () => this.become('done', null),
        (error: unknown) => this.become('held', isProblem(error) ? error.told : null),
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

  private become(state: DeliveryState, trouble: Words<string> | null): void {
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

async function isServerThere(): Promise<boolean> {
  try {
    await get('/session')
    return true
  } catch (error) {
    return isProblem(error) && error.status < 500
  }
}
