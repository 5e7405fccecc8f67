/**
 * Paths of a command line → a batch of the service, with a receipt for every file.
 *
 * Begun again with the same files, it goes on with the same batch: the batch is known by its label and by name, size and time of
 * change of each file, and what is in the store already is asked for by its hash and not sent. So nothing is kept on this side to
 * remember how far one was, and a run may end at any time in any way. A batch in which something is missing that is to be read or
 * delivered later is left open, so that the next run can add it; all others are closed, and a run over a closed batch just shows
 * its receipt.
 *
 * Archives are sent whole, as the service opens them. Which signals end a run is the caller's choice.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { isUsageError, type UsageError, usage } from './arguments.js'
import { type Arrival, ASKED_AT_ONCE, type Delivery, DeliveryBroken, type OutgoingFile } from './delivery/delivery.js'
import { parcelsOf } from './delivery/parcels.js'
import type { Screen } from './delivery/screen.js'
import { type FoundFile, findFiles } from './inputs.js'
import type { BatchCounts } from './store/batches.js'
import { isSystemError } from './system-error.js'

export interface IngestOptions {
  /** null: named after the paths. */
  readonly label: string | null
  /** The file to write the receipt to; null: it goes to `output`. */
  readonly receipt: string | null
  /** null: a person watches, who is told where the receipt is. */
  readonly output: Writable | null
  /** Whether to stay until all is read. */
  readonly wait: boolean
  readonly signal: AbortSignal
  readonly screen: Screen
}

export interface IngestResult {
  readonly kind: 'complete' | 'stopped' | 'broken'
  /** 0 all is in, 1 something is not, 130 stopped by a signal. */
  readonly exitCode: number
  /** null: it did not come so far. */
  readonly batch: string | null
}

interface SizedFile extends FoundFile {
  readonly byteLength: number
  readonly changedAt: number
}

const PARCELS_AT_ONCE = 2
/** Milliseconds. */
const ASK_EVERY = 500
const NAMED_AT_MOST = 20
const LABEL_LENGTH = 200
const AGAIN = '再次运行同一命令即可从停下的地方继续 (run the same command again to go on)。'

export async function ingest(
  paths: readonly string[],
  delivery: Delivery,
  options: IngestOptions,
): Promise<IngestResult | UsageError> {
  const found = await findFiles(paths)
  if (isUsageError(found)) return found
  if (found.length === 0) return usage('没有找到文件', 'no files found')
  const { screen } = options
  const told: Told = { refused: [], missing: [] }
  let batch: string | null = null
  try {
    const files = await sized(found, told)
    const label = options.label ?? labelOf(paths)
    const opened = await delivery.open(label, keyOf(label, files))
    batch = opened.id
    if (opened.isClosed) screen.say('这批文件此前已全部送达 (delivered before)。如需再送拒收的文件，请换一个 --label。')
    else {
      screen.begin('送达', files.length)
      await deliver(delivery, batch, files, told, options)
      screen.end()
      if (told.missing.length === 0) await delivery.close(batch)
    }
    const state = options.wait ? await untilRead(delivery, batch, options) : await delivery.state(batch)
    tell(state, told, options)
    await giveReceipt(delivery, batch, options)
    return { kind: 'complete', exitCode: state.received.refused + told.missing.length === 0 ? 0 : 1, batch }
  } catch (error) {
    screen.end()
    if (options.signal.aborted) {
      screen.say(`已停止。${AGAIN}`)
      return { kind: 'stopped', exitCode: 130, batch }
    }
    if (!(error instanceof DeliveryBroken)) throw error
    screen.say(`未能送完：${error.message}。${AGAIN}`)
    return { kind: 'broken', exitCode: 1, batch }
  }
}

/** What a person is to be told of by name. The refused are those of this run; the receipt has them all. */
interface Told {
  readonly refused: { readonly fileName: string; readonly reason: string }[]
  /** In the batch in no way. */
  readonly missing: Missing[]
}

type Missing = Extract<Arrival, { outcome: 'missing' }>

function take({ refused, missing }: Told, arrival: Arrival): void {
  if (arrival.outcome === 'refused') refused.push(arrival)
  if (arrival.outcome === 'missing') missing.push(arrival)
}

async function sized(found: readonly FoundFile[], told: Told): Promise<SizedFile[]> {
  const files: SizedFile[] = []
  for (const file of found) {
    try {
      const { size, mtimeMs } = await stat(file.path)
      files.push({ ...file, byteLength: size, changedAt: mtimeMs })
    } catch (error) {
      take(told, unreadable(file, error))
    }
  }
  return files
}

function unreadable({ fileName }: FoundFile, error: unknown): Missing {
  if (!isSystemError(error)) throw error
  return { outcome: 'missing', fileName, reason: `无法读取 (${error.code ?? error.message})` }
}

/** Without the time: the same command is the same batch. */
function labelOf(paths: readonly string[]): string {
  const names = paths.map((path) => basename(resolve(path)))
  const all = names.length <= 3 ? names.join('、') : `${names.slice(0, 3).join('、')} 等 ${names.length} 项`
  return all.slice(0, LABEL_LENGTH)
}

function keyOf(label: string, files: readonly SizedFile[]): string {
  const lines = files.map(({ fileName, byteLength, changedAt }) => JSON.stringify([fileName, byteLength, changedAt]))
  const hash = createHash('sha256').update(JSON.stringify(label))
  for (const line of lines.sort()) hash.update(line)
  return `ingest-${hash.digest('hex')}`
}

/** While one group is on its way, the next one is hashed. */
async function deliver(
  delivery: Delivery,
  batch: string,
  files: readonly SizedFile[],
  told: Told,
  { screen, signal }: IngestOptions,
): Promise<void> {
  const send = async (group: readonly OutgoingFile[]) => {
    if (group.length === 0) return
    const wanted = await delivery.ask(batch, group)
    screen.step(group.length - wanted.size)
    await inLanes(parcelsOf(group.filter((file) => wanted.has(file))), async (parcel) => {
      signal.throwIfAborted()
      for (const arrival of await delivery.send(batch, parcel)) take(told, arrival)
      screen.step(parcel.length)
    })
  }
  let ready: OutgoingFile[] = []
  for (let start = 0; start < files.length; start += ASKED_AT_ONCE) {
    const group = files.slice(start, start + ASKED_AT_ONCE)
    const [next] = await Promise.all([hashed(group, told, screen, signal), send(ready)])
    ready = next
  }
  await send(ready)
}

async function hashed(
  files: readonly SizedFile[],
  told: Told,
  screen: Screen,
  signal: AbortSignal,
): Promise<OutgoingFile[]> {
  const outgoing: OutgoingFile[] = []
  for (const file of files) {
    signal.throwIfAborted()
    try {
      const hash = createHash('sha256')
      let byteLength = 0
      for await (const piece of createReadStream(file.path)) {
        hash.update(piece)
        byteLength += piece.length
      }
      outgoing.push({ path: file.path, fileName: file.fileName, sha256: hash.digest('hex'), byteLength })
    } catch (error) {
      take(told, unreadable(file, error))
      screen.step(1)
    }
  }
  return outgoing
}

/** The first that fails ends the others after what they have in hand. */
async function inLanes<T>(items: Generator<T, void, undefined>, work: (item: T) => Promise<void>): Promise<void> {
  const lane = async () => {
    for (const item of items) await work(item)
  }
  const ends = await Promise.allSettled(Array.from({ length: PARCELS_AT_ONCE }, lane))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

/** Until each document of the batch is read or given up. */
async function untilRead(delivery: Delivery, batch: string, { screen, signal }: IngestOptions): Promise<BatchCounts> {
  let state = await delivery.state(batch)
  if (state.waiting === 0) return state
  screen.begin('识读', state.waiting)
  while (state.waiting > 0) {
    await sleep(ASK_EVERY, undefined, { signal })
    const before = state.waiting
    state = await delivery.state(batch)
    screen.step(Math.max(0, before - state.waiting))
  }
  screen.end()
  return state
}

function tell(
  { received, read, givenUp, waiting }: BatchCounts,
  { refused, missing }: Told,
  { screen }: IngestOptions,
): void {
  screen.say(
    `新收 ${received.new} 份，已在库 ${received.sameBytes} 份，拒收 ${received.refused} 份` +
      `${missing.length > 0 ? `，未能送达 ${missing.length} 份` : ''} ` +
      `(${received.new} new, ${received.sameBytes} already there, ${received.refused} refused, ` +
      `${missing.length} not delivered)。`,
  )
  for (const { fileName, reason } of [...missing, ...refused].slice(0, NAMED_AT_MOST)) {
    screen.say(`  ${fileName.replace(/\p{Cc}/gu, ' ')}：${reason}`)
  }
  const unnamed = missing.length + refused.length - NAMED_AT_MOST
  if (unnamed > 0) screen.say(`  另有 ${unnamed} 份 (and ${unnamed} more)`)
  if (missing.length > 0) screen.say(`这批仍未关闭，排除问题后${AGAIN}`)
  const { accepted, needsReview, failed } = read
  screen.say(
    waiting === 0
      ? `识读结果：通过 ${accepted}，需复核 ${needsReview}，无法读取 ${failed + givenUp} ` +
          `(accepted ${accepted}, needs_review ${needsReview}, failed ${failed + givenUp})。`
      : `尚有 ${waiting} 份等待识读 (still to be read)。`,
  )
}

async function giveReceipt(
  delivery: Delivery,
  batch: string,
  { receipt, output, screen }: IngestOptions,
): Promise<void> {
  if (receipt === null && output === null) {
    screen.say(`回执：${delivery.receiptPlace(batch)} (receipt)`)
    return
  }
  const content = await delivery.receipt(batch)
  if (receipt !== null) {
    await writeWhole(receipt, content)
    screen.say(`回执：${receipt} (receipt)`)
  } else if (output !== null) await pipeline(content, output, { end: false })
}

/** Under its name only when it is complete. */
async function writeWhole(path: string, content: Readable): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await pipeline(content, createWriteStream(temporary, { flags: 'wx' }))
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
