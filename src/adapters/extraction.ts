/**
 * A document in the queue → its record in the store: what a worker of the service does.
 *
 * Promises that each document ends in a record, or in a reason why there is none, and that doing it twice is harmless. What a document does
 * to its reader (refuses, hangs, eats memory, crashes) is a record. What is wrong with its original is a reason to give it up. Everything
 * else is trouble with the infrastructure: it is thrown, and the queue tries again later.
 *
 * More documents are in hand than there are lanes: while a lane reads one, the original of the next is fetched and the record of the last is
 * stored, so that lanes are never idle. A document that was in hand when a worker died is read with nothing beside it (gate.ts).
 */
import { failure } from '../document/failure.js'
import { LIMITS } from '../document/limits.js'
import type { Document } from '../document/model.js'
import type { ExtractOptions } from '../extract.js'
import type { ReportRecord } from '../record.js'
import { VERSION } from '../version.js'
import { openGate } from './gate.js'
import { openLane } from './lane.js'
import { joinLanes, type Lanes } from './lanes.js'
import { OriginalDamaged, OriginalMissing } from './originals/errors.js'
import { blocksOf } from './pictures.js'
import { failedRecordOfHead, HEAD_BYTES } from './reading.js'
import { outcomeOf, parseAndCheck } from './records.js'
import type { Originals, Service } from './service.js'
import { type DocumentToRead, documentToRead } from './store/document-to-read.js'
import { beginTry, endTry, giveUp, keepExtraction } from './store/extractions.js'
import { toLine } from './task.js'
import { inProcess } from './vessel.js'

export interface Extracting {
  /** Takes no more, lets what is in hand finish, and after a while ends it: it goes back to the queue. */
  close(): Promise<void>
}

const OPTIONS: ExtractOptions = { engine: 'pdfium', secondReading: 'doubt' }
/** Of the readers, in the system's terms: people who ask something, and the store, come first. */
const PATIENT = 4
/** Documents in hand beyond those being read. */
const AHEAD = 2
/** Within the ten seconds that Docker gives a container to end. */
const GRACE_MILLISECONDS = 6_000
const RETURN_MILLISECONDS = 2_000
/** Enough of a sha256 to find a document by. */
const SHORT = 12

export interface Extraction {
  readonly atOnce: number
  /** The script of a reading process, as cli.ts knows it. */
  readonly worker: URL
  readonly onRead: (status: ReportRecord['status'], milliseconds: number) => void
}

export async function startExtracting(
  { db, originals, queue, log }: Pick<Service, 'db' | 'originals' | 'queue' | 'log'>,
  { atOnce, worker, onRead }: Extraction,
): Promise<Extracting> {
  const launch = inProcess(worker, LIMITS.workerBytes, PATIENT)
  const lanes = joinLanes(Array.from({ length: atOnce }, () => openLane(launch, LIMITS)))
  const gate = openGate()

  const read = async (sha256: string) => {
    const document = await documentToRead(db, sha256)
    if (document === null) return
    const attempt = () => extractDocument({ db, originals, log, onRead }, lanes, document)
    await (document.tries === 0 ? gate.together(attempt) : gate.alone(attempt))
  }
  /** The store counts its tries and says when it is hopeless; until then it is queued again from there. */
  const lost = async (sha256: string) => log.warn({ document: sha256.slice(0, SHORT) }, 'the queue lost patience')

  const taking = await queue.work(read, lost, atOnce + AHEAD)
  return {
    close: async () => {
      const finished = taking.close()
      await atMost(GRACE_MILLISECONDS, finished)
      lanes.close()
      await atMost(RETURN_MILLISECONDS, finished)
    },
  }
}

/** One try. Throws what the infrastructure does. */
export async function extractDocument(
  { db, originals, log, onRead }: Pick<Service, 'db' | 'originals' | 'log'> & Pick<Extraction, 'onRead'>,
  lanes: Lanes,
  document: DocumentToRead,
): Promise<void> {
  const { sha256 } = document
  const short = sha256.slice(0, SHORT)
  const answer = await beginTry(db, sha256, VERSION)
  if (answer === 'given_up') log.error({ document: short, reason: answer }, 'document given up')
  if (answer !== 'go') return
  try {
    const { record, line, milliseconds, trouble } =
      document.byteLength > LIMITS.fileBytes
        ? await refuseTooLarge(originals, document)
        : await readOriginal(originals, lanes, document)
    if (trouble !== null) log.error({ document: short, trouble }, 'reader in trouble')
    const kept = await keepExtraction(db, sha256, record, line, milliseconds, () =>
      readBlocks(originals, lanes, sha256),
    )
    onRead(record.status, milliseconds)
    log.info(
      { document: short, status: record.status, code: record.failure?.code, milliseconds, kept },
      'document read',
    )
  } catch (error) {
    const reason = whyHopeless(error)
    if (reason !== null) {
      log.error({ document: short, reason, err: error }, 'document given up')
      return giveUp(db, sha256, reason)
    }
    // Where the database is away, the try stays counted: at worst the document is read alone next time.
    await endTry(db, sha256).catch(() => undefined)
    throw error
  }
}

/** null: it cannot be read. */
async function readBlocks(originals: Originals, lanes: Lanes, sha256: string): Promise<Document | null> {
  const blocks = await blocksOf(lanes, { kind: 'bytes', bytes: await originals.read(sha256) })
  return blocks.ok ? JSON.parse(Buffer.from(blocks.value).toString()) : null
}

interface Reading {
  readonly record: ReportRecord
  /** As text without its end of line. */
  readonly line: string
  readonly milliseconds: number
  /** For the developer. */
  readonly trouble: string | null
}

async function readOriginal(
  originals: Originals,
  lanes: Lanes,
  { sha256, fileName }: DocumentToRead,
): Promise<Reading> {
  const source = { kind: 'bytes', bytes: await originals.read(sha256) } as const
  const { ending, milliseconds } = await lanes.run({ work: 'extract', fileName, source, options: OPTIONS })
  const outcome = await outcomeOf({ kind: 'file', fileName, source }, ending, parseAndCheck)
  if (outcome.kind === 'unreachable' || outcome.record === null) throw new Error('bytes at hand are not out of reach')
  return { record: outcome.record, line: textOf(outcome.line), milliseconds, trouble: outcome.trouble }
}

/** Nobody reads it into memory: its first bytes tell what it is. */
async function refuseTooLarge(
  originals: Originals,
  { sha256, fileName, byteLength }: DocumentToRead,
): Promise<Reading> {
  const head: Buffer[] = []
  let length = 0
  for await (const chunk of await originals.stream(sha256)) {
    head.push(chunk)
    length += chunk.length
    if (length >= HEAD_BYTES) break
  }
  const known = { sha256, byteLength }
  const record = await failedRecordOfHead(Buffer.concat(head), known, fileName, failure('too_large'))
  return { record, line: textOf(toLine(record)), milliseconds: 0, trouble: null }
}

function textOf(line: Uint8Array): string {
  return Buffer.from(line).toString().trimEnd()
}

/** null: not the fault of the document. */
function whyHopeless(error: unknown): string | null {
  if (error instanceof OriginalMissing) return 'original_missing'
  if (error instanceof OriginalDamaged) return 'original_damaged'
  // Classes 22 and 23 of PostgreSQL: the values are not to its liking, and will not be the next time either.
  if (error instanceof Error && 'code' in error && /^2[23]...$/.test(String(error.code))) return 'record_refused'
  return null
}

async function atMost(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}
