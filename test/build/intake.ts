/** A service that takes files in and reads none: its queue only notes what was asked of it. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Queue } from 'bullmq'
import { sql } from 'kysely'
import { pino } from 'pino'
import type { Upload } from '../../src/adapters/intake.js'
import { openOriginals } from '../../src/adapters/originals/open.js'
import { stage, stagingFolder } from '../../src/adapters/originals/staging.js'
import type { ExtractionQueue, Service } from '../../src/adapters/service.js'
import { readSettings } from '../../src/adapters/settings.js'
import { openBatch } from '../../src/adapters/store/batches.js'
import { openStore, type StoreMake, type TestStore } from './store.js'

export interface IntakeService {
  readonly service: Service
  /** What was queued, in order. */
  readonly queued: string[]
  readonly store: TestStore
  /** Opens a batch, gives its id. */
  batch(label?: string): Promise<string>
  upload(fileName: string, content: string | Uint8Array): Promise<Upload>
  /** Forgets all that came in. Opening another store takes longer. */
  empty(): Promise<void>
  /** Files that lie in staging. */
  staged(): string[]
  close(): Promise<void>
}

export async function openIntake(make: StoreMake): Promise<IntakeService> {
  const store = await openStore(make)
  const settings = readSettings({ GOUJI_DATA: store.dataFolder })
  if (!settings.ok) throw new Error(settings.message)
  const queued: string[] = []
  const service: Service = {
    settings: settings.value,
    log: pino({ level: 'silent' }),
    db: store.db,
    originals: openOriginals(settings.value),
    queue: notingQueue(queued),
  }
  const folder = stagingFolder(settings.value)
  return {
    service,
    queued,
    store,
    batch: async (label = '2023年度') => {
      const opened = await openBatch(store.db, label, null, 'user:test')
      if (opened === null) throw new Error('not opened')
      return opened.batch.id
    },
    upload: async (fileName, content) => ({
      fileName,
      content: await stage(folder, Readable.from([Buffer.from(content)]), 2 ** 31),
    }),
    empty: async () => {
      await sql`truncate documents, batches, facts, neighbour_tasks cascade`.execute(store.db)
      queued.length = 0
    },
    staged: () => filesIn(folder),
    close: () => store.close(),
  }
}

export function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
  } catch {
    // Nothing was staged yet.
    return []
  }
}

export function notingQueue(queued: string[]): ExtractionQueue {
  return {
    add: async (sha256s) => {
      queued.push(...sha256s)
    },
    counts: async () => ({ waiting: queued.length, active: 0, delayed: 0 }),
    oldestAge: async () => 0,
    work: async () => ({ close: async () => undefined }),
    check: async () => undefined,
    // As much of a queue as the dashboard asks for when it is set up.
    board: { name: 'extraction', metaValues: { version: 'bullmq:test' }, opts: {} } as unknown as Queue,
    close: async () => undefined,
  }
}
