import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Repeating } from '../../src/adapters/again-and-again.js'
import { keepQueued } from '../../src/adapters/requeue.js'
import { giveUp } from '../../src/adapters/store/extractions.js'
import { eventually } from '../build/eventually.js'
import { freshFolder, type Opened, openParts, type Place, receive, texts } from '../build/extracting-service.js'
import { freshRedis } from '../build/queue-place.js'
import { freshDatabase } from '../build/services.js'

let place: Place
let parts: Opened
let drop: () => Promise<void>
const requeuings: Repeating[] = []

beforeEach(async () => {
  const database = await freshDatabase()
  drop = database.drop
  place = { databaseUrl: database.url, redisUrl: freshRedis(), dataFolder: await freshFolder() }
  parts = await openParts(place)
})
afterEach(async () => {
  await Promise.all(requeuings.splice(0).map((each) => each.close()))
  await parts.close()
  await drop()
  await rm(place.dataFolder, { recursive: true })
})

const waiting = async () => (await parts.queue.counts()).waiting

test('what was received and is in no queue is queued, by however many processes, once', async () => {
  await receive(parts, texts('quick', 1_200))
  requeuings.push(keepQueued(parts, 60_000), keepQueued(parts, 60_000))
  await eventually(async () => (await waiting()) === 1_200)
})

test('what was given up or deleted is not queued', async () => {
  const [hopeless, deleted, left] = await receive(parts, texts('quick', 3))
  await giveUp(parts.db, hopeless ?? '', 'original_missing')
  await parts.db
    .updateTable('documents')
    .where('sha256', '=', deleted ?? '')
    .set({ deleted_at: new Date(), deleted_reason: '误传' })
    .execute()
  requeuings.push(keepQueued(parts, 60_000))
  await eventually(async () => (await waiting()) > 0)
  const [job, ...more] = await parts.queue.board.getPrioritized()
  expect(job?.data).toEqual({ sha256: left })
  expect(more).toEqual([])
})

test('a queue that is away is filled when it is back', async () => {
  await receive(parts, texts('quick', 3))
  let attempts = 0
  const queue = {
    ...parts.queue,
    counts: async () => {
      attempts += 1
      if (attempts < 3) throw new Error('away')
      return parts.queue.counts()
    },
  }
  requeuings.push(keepQueued({ ...parts, queue }, 20))
  await eventually(async () => (await waiting()) === 3)
  expect(attempts).toBeGreaterThanOrEqual(3)
})
