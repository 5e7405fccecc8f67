/** Redis and PostgreSQL that lose everything, or go and come back, while documents are read. */

import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { Redis } from 'ioredis'
import { eventually } from '../../build/eventually.js'
import {
  allEnded,
  endings,
  freshFolder,
  type Opened,
  openParts,
  type Place,
  READ_ONCE,
  receive,
  spawnWorker,
  texts,
  type WorkerProcess,
} from '../../build/extracting-service.js'
import { type PrivateServer, startPostgres, startRedis } from '../../build/services.js'

const MANY = 60

jest.setTimeout(180_000)

describe.each(['redis', 'postgres'])('with the queue on %s', (kind) => {
  let postgres: PrivateServer
  let redis: PrivateServer | null = null
  let place: Place
  let parts: Opened
  let worker: WorkerProcess

  beforeEach(async () => {
    postgres = await startPostgres()
    redis = kind === 'redis' ? await startRedis() : null
    place = { databaseUrl: postgres.url, redisUrl: redis?.url ?? null, dataFolder: await freshFolder() }
    parts = await openParts(place)
    await parts.queue.add(await receive(parts, texts('slow', MANY)), 'bulk')
    worker = await spawnWorker(place)
    await eventually(async () => (await endings(parts)).filter(({ isRead }) => isRead).length >= 5)
  })
  afterEach(async () => {
    worker.child.kill('SIGKILL')
    await parts.close()
    await Promise.all([postgres.remove(), redis?.remove(), rm(place.dataFolder, { recursive: true })])
  })
  const allReadOnce = async () => {
    await allEnded(parts)
    expect(await endings(parts)).toMatchObject(Array(MANY).fill(READ_ONCE))
  }

  test('PostgreSQL may be killed and started again', async () => {
    await postgres.kill()
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    await postgres.restart()
    await allReadOnce()
  })

  if (kind === 'redis') {
    test('Redis may forget everything', async () => {
      const client = new Redis(redis?.url ?? '')
      await client.flushall()
      await client.quit()
      await allReadOnce()
    })

    test('Redis may be killed and started again with nothing in it', async () => {
      await redis?.kill()
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      await redis?.restart()
      await allReadOnce()
    })

    test('a worker that is told to end while Redis is away ends', async () => {
      await redis?.kill()
      await worker.end('SIGTERM')
      expect(worker.child.exitCode).toBe(0)
    })

    test('without Redis nothing hangs: who adds or asks is told so', async () => {
      await redis?.kill()
      await expect(parts.queue.add(['0'.repeat(64)], 'bulk')).rejects.toThrow('队列暂时不可用')
      await expect(parts.queue.check()).rejects.toThrow('队列暂时不可用')
      await redis?.restart()
      await eventually(() =>
        parts.queue.check().then(
          () => true,
          () => false,
        ),
      )
      await parts.queue.add(['0'.repeat(64)], 'bulk')
    })
  }
})
