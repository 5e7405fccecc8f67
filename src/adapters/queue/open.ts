/**
 * The settings → the queue: BullMQ on Redis where there is one, on the PostgreSQL of the store otherwise, embedded or not.
 *
 * Both makes keep one contract (test/adapters/queue). A Redis may serve several installations, told apart by `?prefix=NAME` in its address.
 */
import { type BackendFactory, createPostgresBackend, type IQueueBackend, Queue, Worker } from 'bullmq'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { ExtractionQueue } from '../service.js'
import type { Settings } from '../settings.js'
import { bullmqPool } from './bullmq-pool.js'
import { type Make, openExtractionQueue, QUEUE_NAME } from './extraction-queue.js'
import { logTrouble } from './trouble.js'

/** Between attempts to reach Redis again. */
const PAUSE = { step: 200, most: 2_000 }
/** Who works waits for Redis however long it takes; who adds is told after so many attempts. */
const ATTEMPTS_TO_ADD = 3

/** `pool`: connections to the store's database that look into BullMQ's schema first; they are ended after the queue was closed. */
export async function openQueue(
  { redisUrl }: Pick<Settings, 'redisUrl'>,
  pool: pg.Pool,
  log: Logger,
): Promise<ExtractionQueue> {
  const make = redisUrl === null ? await onPostgres(pool) : onRedis(redisUrl)
  return openExtractionQueue(make, logTrouble(log))
}

function onRedis(address: string): Make {
  const url = new URL(address)
  const prefix = url.searchParams.get('prefix') ?? 'gouji'
  url.search = ''
  const connection = {
    url: url.href,
    retryStrategy: (times: number) => Math.min(times * PAUSE.step, PAUSE.most),
  }
  return {
    newQueue: () =>
      new Queue(QUEUE_NAME, { prefix, connection: { ...connection, maxRetriesPerRequest: ATTEMPTS_TO_ADD } }),
    newWorker: (read, settings) =>
      new Worker(QUEUE_NAME, read, { ...settings, prefix, connection: { ...connection, maxRetriesPerRequest: null } }),
  }
}

async function onPostgres(store: pg.Pool): Promise<Make> {
  const pool = await bullmqPool(store)
  const backend: BackendFactory<IQueueBackend> = (name, options, parts) =>
    createPostgresBackend(name, { ...options, connection: pool }, parts)
  // All that is connected is the pool.
  const connection = {}
  return {
    newQueue: () => new Queue(QUEUE_NAME, { connection }, backend),
    newWorker: (read, settings) => new Worker(QUEUE_NAME, read, { ...settings, connection }, backend),
  }
}
