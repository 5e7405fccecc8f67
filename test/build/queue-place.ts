/** A place of a test's own for a queue, on each of its makes. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { openQueue } from '../../src/adapters/queue/open.js'
import type { ExtractionQueue } from '../../src/adapters/service.js'
import { type Database, openDatabase } from '../../src/adapters/store/database.js'
import { freshDatabase, redisUrl } from './services.js'

export const QUEUE_KINDS = ['redis', 'postgres', 'embedded'] as const
export type QueueKind = (typeof QUEUE_KINDS)[number]

export interface QueuePlace {
  /** For another process: see openQueueAt. */
  readonly address: string
  /** Leaves nothing. What was opened there is closed by then. */
  remove(): Promise<void>
}

export interface OpenedQueue {
  readonly queue: ExtractionQueue
  close(): Promise<void>
}

export async function makeQueuePlace(kind: QueueKind): Promise<QueuePlace> {
  switch (kind) {
    case 'redis':
      return { address: freshRedis(), remove: async () => undefined }
    case 'postgres': {
      const { url, drop } = await freshDatabase()
      return { address: url, remove: drop }
    }
    case 'embedded': {
      const folder = await mkdtemp(join(tmpdir(), 'gouji-queue-'))
      return { address: folder, remove: () => rm(folder, { recursive: true }) }
    }
  }
}

/** Keys of a test's own. */
export function freshRedis(): string {
  return `${redisUrl()}?prefix=test-${randomBytes(8).toString('hex')}`
}

export async function openQueueAt(kind: QueueKind, address: string): Promise<OpenedQueue> {
  const database = await openDatabaseAt(kind, address)
  const queue = await openQueue(
    { redisUrl: kind === 'redis' ? address : null },
    database.pool,
    pino({ level: 'silent' }),
  )
  const close = async () => {
    await queue.close()
    await database.close()
  }
  return { queue, close }
}

/** On Redis, the queue asks nothing of it. */
function openDatabaseAt(kind: QueueKind, address: string): Promise<Database> {
  return kind === 'embedded'
    ? openDatabase({ databaseUrl: null, dataFolder: address })
    : openDatabase({ databaseUrl: kind === 'redis' ? 'postgres://nowhere' : address, dataFolder: '' })
}
