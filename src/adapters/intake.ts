/**
 * Uploaded files → documents of the store, each with its outcome: new, the same bytes as one that is there, or refused and why.
 *
 * What a file is, its bytes say, never its name. An archive is no document: its members are, each a line of its own under
 * ARCHIVE/MEMBER; a DOCX, although packed like one, is a document. Nothing that a reader might fail on is refused here: that is
 * a finding about a document that is kept. Refused is what cannot be kept: nothing, too much, or an archive's member that does not come out.
 *
 * The order is what makes a death at any moment harmless: first the original is kept, then all that is known of the file is committed at
 * once, then it is queued. Before the commit there may be an original that no row names (`gouji fixity` calls it untracked; the file
 * sent again takes it up). After it everything is there, and what was not queued is found unread and queued later. Files go through
 * in groups, since a delivery has thousands of small ones; a file is told of only when its group is committed. Whatever ends
 * this early, the staged files of what was not committed are removed.
 */
import { rm } from 'node:fs/promises'
import { failure } from '../document/failure.js'
import { LIMITS } from '../document/limits.js'
import type { Failure } from '../document/model.js'
import { isArchiveFile, openArchiveFile } from './archive-file.js'
import { cleanFileName } from './file-name.js'
import { type Staged, stagingFolder, type TooLarge } from './originals/staging.js'
import type { Service } from './service.js'
import { type Arrival, type ReceivedFile, recordArrivals } from './store/arrivals.js'
import { knownAmong } from './store/batches.js'

export interface Upload {
  /** As the sender called it. */
  readonly fileName: string
  /** Taken over: gone afterwards. */
  readonly content: Staged | TooLarge
}

const GROUP_FILES = 50
/** Staged at the same time, beside the file in hand. */
const GROUP_BYTES = 256 * 2 ** 20
/** Originals kept at once: a bucket answers each in some tens of milliseconds. */
const KEPT_AT_ONCE = 8

/** Throws BatchShut, and whatever the disk, the originals or the database throw; lines told before that stand. */
export async function receive(
  service: Service,
  batchId: string,
  actor: string,
  fileName: string,
  staged: Staged,
): Promise<readonly ReceivedFile[]> {
  const files: ReceivedFile[] = []
  for await (const file of receiveAll(service, batchId, actor, [{ fileName, content: staged }])) files.push(file)
  return files
}

/** As `receive`, for many. */
export async function* receiveAll(
  service: Service,
  batchId: string,
  actor: string,
  uploads: AsyncIterable<Upload> | Iterable<Upload>,
): AsyncGenerator<ReceivedFile, void, undefined> {
  let group: Opened[] = []
  const settle = async () => {
    const files = await settleGroup(service, batchId, actor, group)
    group = []
    return files
  }
  try {
    for await (const upload of uploads) {
      for await (const opened of open(upload, stagingFolder(service.settings))) {
        group.push(opened)
        if (isFull(group)) yield* await settle()
      }
    }
    if (group.length > 0) yield* await settle()
  } finally {
    await Promise.all(group.map(discard))
  }
}

export interface Fingerprint {
  readonly fileName: string
  readonly sha256: string
  readonly byteLength: number
}

/**
 * Files that a sender has and has not sent → which of them are in the store, and from now on in the batch: they need not be sent. One whose
 * original is missing must, which heals it. In the order of the files.
 */
export async function takeKnown(
  { db, originals }: Pick<Service, 'db' | 'originals'>,
  batchId: string,
  actor: string,
  files: readonly Fingerprint[],
): Promise<readonly boolean[]> {
  const lengths = await knownAmong(
    db,
    files.map(({ sha256 }) => sha256),
  )
  const known = files.map(({ sha256, byteLength }) => lengths.get(sha256) === byteLength)
  await inLanes([...files.entries()], async ([index, { sha256 }]) => {
    if (known[index] === true) known[index] = await originals.has(sha256)
  })
  const arrivals = files
    .filter((_file, index) => known[index] === true)
    .map(({ fileName, sha256, byteLength }): Arrival => {
      return { kind: 'kept', fileName: cleanFileName(fileName), sha256, byteLength }
    })
  await recordArrivals(db, batchId, actor, arrivals)
  return known
}

/** One file of what was uploaded. */
type Opened =
  | { readonly kind: 'staged'; readonly fileName: string; readonly staged: Staged }
  | (Arrival & { readonly kind: 'refused' })

async function* open({ fileName, content }: Upload, folder: string): AsyncGenerator<Opened, void, undefined> {
  const name = cleanFileName(fileName)
  if (content.kind === 'too_large') return yield refused(name, null, failure('too_large'))
  if (!(await isArchive(content))) return yield* openPlain(name, content)
  try {
    for await (const member of openArchiveFile(content, folder)) {
      const memberName = member.name === '' ? name : cleanFileName(`${name}/${member.name}`)
      const { result } = member
      if (result.ok) yield* openPlain(memberName, result.value)
      else yield refused(memberName, member.name === '' ? content.byteLength : null, result.failure)
    }
  } finally {
    await rm(content.path, { force: true })
  }
}

async function isArchive(staged: Staged): Promise<boolean> {
  try {
    return await isArchiveFile(staged.path)
  } catch (error) {
    await rm(staged.path, { force: true })
    throw error
  }
}

async function* openPlain(fileName: string, staged: Staged): AsyncGenerator<Opened, void, undefined> {
  const { byteLength, path } = staged
  if (byteLength > 0 && byteLength <= LIMITS.fileBytes) return yield { kind: 'staged', fileName, staged }
  await rm(path, { force: true })
  yield refused(fileName, byteLength, failure(byteLength === 0 ? 'empty' : 'too_large'))
}

function refused(fileName: string, byteLength: number | null, why: Failure): Opened {
  return { kind: 'refused', fileName, byteLength, failure: why }
}

function isFull(group: readonly Opened[]): boolean {
  const bytes = group.reduce((sum, opened) => sum + (opened.kind === 'staged' ? opened.staged.byteLength : 0), 0)
  return group.length >= GROUP_FILES || bytes >= GROUP_BYTES
}

async function discard(opened: Opened): Promise<void> {
  if (opened.kind === 'staged') await rm(opened.staged.path, { force: true })
}

async function settleGroup(
  { db, originals, queue, log }: Service,
  batchId: string,
  actor: string,
  group: readonly Opened[],
): Promise<readonly ReceivedFile[]> {
  const staged = group.flatMap((opened) => (opened.kind === 'staged' ? [opened.staged] : []))
  await inLanes(staged, ({ sha256, path }) => originals.keep(sha256, path))
  const arrivals = group.map((opened): Arrival => {
    if (opened.kind === 'refused') return opened
    const { sha256, byteLength } = opened.staged
    return { kind: 'kept', fileName: opened.fileName, sha256, byteLength }
  })
  const { files, unread } = await recordArrivals(db, batchId, actor, arrivals)
  if (unread.length > 0) {
    await queue.add(unread, 'bulk').catch((error: unknown) => {
      log.warn({ err: error, documents: unread.length }, 'not queued: found unread and queued later')
    })
  }
  return files
}

/** Ends when all lanes have, also when one throws: until then they may still be at work on a staged file. */
async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values()
  const lane = async () => {
    for (const item of rest) await work(item)
  }
  const ended = await Promise.allSettled(Array.from({ length: KEPT_AT_ONCE }, lane))
  for (const lane of ended) if (lane.status === 'rejected') throw lane.reason
}
