/** Database, originals, queue and workers of a test's own, put together as the service does, with readers that obey the bytes. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { openOriginals } from '../../src/adapters/originals/open.js'
import { openQueue } from '../../src/adapters/queue/open.js'
import type { Service } from '../../src/adapters/service.js'
import type { Settings } from '../../src/adapters/settings.js'
import { openDatabase } from '../../src/adapters/store/database.js'
import { migrate } from '../../src/adapters/store/migrate.js'
import { eventually } from './eventually.js'

export type Place = Pick<Settings, 'databaseUrl' | 'redisUrl' | 'dataFolder'>
export type Parts = Pick<Service, 'db' | 'originals' | 'queue' | 'log'>

export const OBEDIENT = new URL('../adapters/workers/obedient.mjs', import.meta.url)

export interface Opened extends Parts {
  close(): Promise<void>
}

export async function openParts(place: Place): Promise<Opened> {
  const log = pino({ level: 'silent' })
  const { db, pool, close } = await openDatabase(place)
  await migrate(db)
  const queue = await openQueue(place, pool, log)
  return {
    db,
    originals: openOriginals({ ...place, originalsUrl: null, s3Endpoint: null }),
    queue,
    log,
    close: async () => {
      await queue.close()
      await close()
    },
  }
}

export function freshFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'gouji-service-'))
}

/** As intake does: the bytes are kept, then there is a row. Nothing is queued. */
export async function receive(
  { db, originals }: Pick<Parts, 'db' | 'originals'>,
  texts: readonly string[],
): Promise<string[]> {
  const folder = await freshFolder()
  const rows = []
  for (const text of texts) {
    const sha256 = createHash('sha256').update(text).digest('hex')
    const path = join(folder, randomUUID())
    await mkdir(folder, { recursive: true })
    await writeFile(path, text)
    await originals.keep(sha256, path)
    rows.push({ sha256, byte_length: Buffer.byteLength(text), file_name: '年报.txt' })
  }
  await rm(folder, { recursive: true })
  await db.insertInto('documents').values(rows).execute()
  return rows.map(({ sha256 }) => sha256)
}

export interface WorkerProcess {
  readonly child: ChildProcess
  /** Resolves when it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

/** A process of its own with the workers, which also keeps the queue filled. Resolves when it takes documents. */
export async function spawnWorker(place: Place, atOnce = 2): Promise<WorkerProcess> {
  const script = fileURLToPath(new URL('./run-worker.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify({ place, atOnce })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', () => reject(new Error('the worker did not start')))
  })
  return {
    child,
    end: async (signal) => {
      child.kill(signal)
      await gone
    },
  }
}

/** A worker that is started again whenever it is gone, as a supervisor would. */
export interface SupervisedWorker {
  deaths(): number
  end(): Promise<void>
}

export function superviseWorker(place: Place): SupervisedWorker {
  let deaths = 0
  let isWanted = true
  let worker: WorkerProcess | null = null
  const run = (async () => {
    while (isWanted) {
      worker = await spawnWorker(place)
      const { child } = worker
      if (!isWanted) child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) {
        await new Promise((resolve) => child.once('exit', resolve))
      }
      if (isWanted) deaths += 1
    }
  })()
  return {
    deaths: () => deaths,
    end: async () => {
      isWanted = false
      worker?.child.kill('SIGKILL')
      await run
    },
  }
}

/** How each document ended: how many extractions it has, whether one is in force, why it was given up. */
export async function endings({ db }: Pick<Parts, 'db'>) {
  return await db
    .selectFrom('documents')
    .orderBy('id')
    .select((query) => [
      'sha256',
      'tries',
      'given_up as givenUp',
      query('extraction_id', 'is not', null).as('isRead'),
      query
        .selectFrom('extractions')
        .whereRef('document_id', '=', 'documents.id')
        .select((inner) => inner.fn.countAll<string>().as('count'))
        .as('extractions'),
    ])
    .execute()
}

/** Every document has a record or a reason. A database that is away is waited for. */
export function allEnded(parts: Pick<Parts, 'db'>): Promise<void> {
  return eventually(async () => {
    const all = await endings(parts).catch(() => null)
    return all?.every(({ isRead, givenUp }) => isRead || givenUp !== null) ?? false
  })
}

/** Many with different bytes, which all begin with what is to be done with them. */
export function texts(deed: 'slow' | 'quick' | 'deadly', count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${deed} ${index}`)
}

/** What is true of a document that was read, once, whatever happened meanwhile. */
export const READ_ONCE = { isRead: true, givenUp: null, extractions: '1' }
