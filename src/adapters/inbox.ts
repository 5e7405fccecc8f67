/**
 * A folder for scanners and shared drives (`gouji serve --inbox DIR`): what is put there comes into the store, and is put away.
 *
 * A file is taken when it is whole (inbox/look.ts), and moved to .gouji/taken or .gouji/refused only after it has been committed. Whoever
 * is killed in between finds it again at the next start, and finds that its bytes are in the store: nothing is lost or doubled. What
 * arrives together is one batch, which is closed when nothing has come for a while. Trouble (a share that is gone, a file that may not
 * be read, a database that restarts) is told once in the log and tried again at every look.
 *
 * One process looks after a folder.
 */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { types } from 'node:util'
import { FileUnreadable } from './delivery/delivery.js'
import { piecesOf } from './delivery/multipart.js'
import { isSame, look, type SeenFile, Settling, seen } from './inbox/look.js'
import { minuteOf, type NotedBatch, putAway, readNote, removeNote, writeNote } from './inbox/shelf.js'
import { receiveAll } from './intake.js'
import { type Staged, stage, stagingFolder, type TooLarge } from './originals/staging.js'
import type { Service } from './service.js'
import { BatchShut, type ReceivedFile } from './store/arrivals.js'
import { closeBatch, openBatch } from './store/batches.js'
import { isSystemError } from './system-error.js'

export interface Inbox {
  /** Lets what is in hand finish. */
  close(): Promise<void>
}

export interface InboxTimes {
  /** Milliseconds: between looks; unchanged for so long is whole; without a new file for so long the batch is closed. */
  readonly lookEvery: number
  readonly settledAfter: number
  readonly quietAfter: number
}

const TIMES: InboxTimes = { lookEvery: 2_000, settledAfter: 5_000, quietAfter: 60_000 }
const ACTOR = 'system'

export function watchInbox(service: Service, folder: string, times: InboxTimes = TIMES): Inbox {
  const round = inboxRounds(service, folder, times)
  let isClosing = false
  let wake: () => void = () => undefined
  const running = (async () => {
    while (!isClosing) {
      await round(performance.now(), () => isClosing)
      if (isClosing) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, times.lookEvery)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  })()
  return {
    close: () => {
      isClosing = true
      wake()
      return running
    },
  }
}

/** One look, and all that follows from it. `now` is of any clock that only goes forward. Never throws. */
export type Round = (now: number, isClosing?: () => boolean) => Promise<void>

export function inboxRounds(service: Service, folder: string, times: InboxTimes): Round {
  const { log } = service
  const settling = new Settling(times.settledAfter)
  const told = new Set<string>()
  const tellOnce = (path: string, error: unknown, what: string) => {
    const code = types.isNativeError(error) && 'code' in error ? error.code : String(error)
    const key = `${path} ${code} ${what}`
    if (told.has(key)) return
    told.add(key)
    log.warn({ err: error, path }, what)
  }
  /** Committed, but still lying there because it could not be moved. */
  const settled = new Map<string, Settled>()
  let batch: string | null = null
  let lastArrival = 0

  const openedBatch = async (): Promise<string> => {
    if (batch !== null) return batch
    const noted = await readNote(folder)
    for (const { label, key } of noted === null ? [newBatch()] : [noted, newBatch()]) {
      await writeNote(folder, { label, key })
      const opened = await openBatch(service.db, label, key, ACTOR)
      if (opened === null || opened.batch.closedAt !== null) continue
      batch = opened.batch.id
      return batch
    }
    throw new Error('a batch that was just opened is closed')
  }

  const closeQuietBatch = async (now: number) => {
    if (batch === null && (await readNote(folder)) !== null) {
      // Of an earlier run.
      await openedBatch()
      lastArrival = now
    }
    if (batch === null || now - lastArrival < times.quietAfter) return
    await closeBatch(service.db, batch, ACTOR)
    batch = null
    await removeNote(folder)
  }

  /** Tells nothing of a file that has gone or changed meanwhile: the next look will. */
  const take = async (file: SeenFile) => {
    const content = await stagedWhole(service, file)
    if (content === null) return
    const lines: ReceivedFile[] = []
    try {
      const batchId = await openedBatch()
      for await (const line of receiveAll(service, batchId, ACTOR, [{ fileName: file.fileName, content }]))
        lines.push(line)
    } catch (error) {
      // Not taken over yet, or gone already.
      if (content.kind === 'staged') await rm(content.path, { force: true })
      if (error instanceof BatchShut) {
        batch = null
        await removeNote(folder)
      }
      throw error
    }
    settled.set(file.path, { file, lines })
  }

  const putSettledAway = async () => {
    for (const [path, { file, lines }] of settled) {
      try {
        await putAway(folder, file, lines, new Date())
        settled.delete(path)
      } catch (error) {
        if (isGone(error)) settled.delete(path)
        else tellOnce(path, error, 'in the store, but it cannot be moved away')
      }
    }
  }

  const takeAll = async (files: readonly SeenFile[], now: number, isClosing: () => boolean) => {
    for (const file of files) {
      if (isClosing()) return
      try {
        await take(file)
        lastArrival = now
      } catch (error) {
        if (!(error instanceof FileUnreadable)) throw error
        if (!error.isGone) tellOnce(file.path, error, 'cannot be read')
      }
      await putSettledAway()
    }
  }

  return async (now, isClosing = () => false) => {
    try {
      const { files, troubles } = await look(folder)
      for (const { path, error } of troubles) if (!isGone(error)) tellOnce(path, error, 'cannot be looked at')
      const fresh = files.filter((file) => {
        const done = settled.get(file.path)
        if (done !== undefined && !isSame(done.file, file)) settled.delete(file.path)
        return !settled.has(file.path)
      })
      const whole = settling.whole(fresh, now)
      if (fresh.length > whole.length) lastArrival = now
      await putSettledAway()
      await takeAll(whole, now, isClosing)
      await closeQuietBatch(now)
    } catch (error) {
      tellOnce(folder, error, 'the inbox cannot be served at present')
    }
  }
}

/** What has been committed and is to be moved away. */
interface Settled {
  readonly file: SeenFile
  readonly lines: readonly ReceivedFile[]
}

/** null: it was written to while it was read. */
async function stagedWhole({ settings }: Service, file: SeenFile): Promise<Staged | TooLarge | null> {
  const content = await stage(stagingFolder(settings), piecesOf(file), settings.uploadBytes)
  const after = await seen(file.path, file.fileName)
  if (isSame(after, file)) return content
  if (content.kind === 'staged') await rm(content.path, { force: true })
  return null
}

function newBatch(): NotedBatch {
  return { label: `收件夹 ${minuteOf(new Date())}`, key: `inbox-${randomUUID()}` }
}

function isGone(error: unknown): boolean {
  return isSystemError(error) && error.code === 'ENOENT'
}
