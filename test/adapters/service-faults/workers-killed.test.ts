/** Workers that are killed for real, in the middle of their work. */

import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
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
  superviseWorker,
  texts,
  type WorkerProcess,
} from '../../build/extracting-service.js'
import { freshRedis } from '../../build/queue-place.js'
import { freshDatabase } from '../../build/services.js'

let place: Place
let parts: Opened
let drop: () => Promise<void>
const workers: WorkerProcess[] = []

// A killed worker is missed after a dozen seconds.
jest.setTimeout(180_000)

async function open(kind: 'redis' | 'postgres') {
  const database = await freshDatabase()
  drop = database.drop
  const redisUrl = kind === 'redis' ? freshRedis() : null
  place = { databaseUrl: database.url, redisUrl, dataFolder: await freshFolder() }
  parts = await openParts(place)
}
afterEach(async () => {
  for (const worker of workers.splice(0)) worker.child.kill('SIGKILL')
  await parts.close()
  await drop()
  await rm(place.dataFolder, { recursive: true })
})
async function start() {
  const worker = await spawnWorker(place)
  workers.push(worker)
  return worker
}

describe.each(['redis', 'postgres'] as const)('with the queue on %s', (kind) => {
  beforeEach(() => open(kind))

  test('what a killed worker had in hand is read by the next one, once', async () => {
    await parts.queue.add(await receive(parts, texts('slow', 8)), 'bulk')
    const first = await start()
    await eventually(async () => (await endings(parts)).some(({ isRead }) => isRead))
    await first.end('SIGKILL')
    expect((await endings(parts)).some(({ tries }) => tries > 0)).toBe(true)
    await start()
    await allEnded(parts)
    expect(await endings(parts)).toMatchObject(Array(8).fill({ ...READ_ONCE, tries: 0 }))
  })

  test('a worker told to end finishes what it has in hand and leaves the rest to others', async () => {
    await parts.queue.add(await receive(parts, texts('slow', 12)), 'bulk')
    const first = await start()
    await eventually(async () => (await endings(parts)).some(({ isRead }) => isRead))
    await first.end('SIGTERM')
    const left = await endings(parts)
    expect(left.every(({ tries }) => tries === 0)).toBe(true)
    expect((await parts.queue.counts()).active).toBe(0)
    expect(left.some(({ isRead }) => !isRead)).toBe(true)
    await start()
    await allEnded(parts)
    expect(await endings(parts)).toMatchObject(Array(12).fill(READ_ONCE))
  })

  test('the same batch sent twice at once and read by two workers is read once', async () => {
    const sha256s = await receive(parts, texts('quick', 60))
    const other = await openParts(place)
    try {
      await Promise.all([parts, other].map(({ queue }) => queue.add(sha256s, 'bulk')))
      await Promise.all([start(), start()])
      await allEnded(parts)
      await eventually(async () => (await parts.queue.counts()).waiting === 0)
      expect(await endings(parts)).toMatchObject(Array(60).fill(READ_ONCE))
    } finally {
      await other.close()
    }
  })

  test('a document that kills every worker is given up with its reason, and the others are read', async () => {
    const [deadly] = await receive(parts, texts('deadly', 1))
    // Two before.
    await parts.db.updateTable('documents').set({ tries: 2 }).execute()
    const others = await receive(parts, texts('slow', 10))
    await parts.queue.add([deadly ?? '', ...others], 'bulk')
    const supervised = superviseWorker(place)
    try {
      await allEnded(parts)
    } finally {
      await supervised.end()
    }
    const [hopeless, ...rest] = await endings(parts)
    expect(hopeless).toMatchObject({ isRead: false, givenUp: 'worker_lost', extractions: '0' })
    expect(rest).toMatchObject(Array(10).fill({ ...READ_ONCE, tries: 0 }))
    expect(supervised.deaths()).toBe(2)
    const reasons = await parts.db.selectFrom('events').where('kind', '=', 'given_up').select('detail').execute()
    expect(reasons).toEqual([{ detail: { reason: 'worker_lost', tries: 4 } }])
  })
})

test('what died in the company of a deadly document is not blamed for it', async () => {
  await open('redis')
  const [deadly, ...others] = [...texts('deadly', 1), ...texts('slow', 3)]
  const sha256s = await receive(parts, [deadly ?? '', ...others])
  await parts.queue.add(sha256s, 'bulk')
  const supervised = superviseWorker(place)
  try {
    await eventually(async () => (await endings(parts)).slice(1).every(({ isRead }) => isRead))
  } finally {
    await supervised.end()
  }
  const [, ...rest] = await endings(parts)
  expect(supervised.deaths()).toBeGreaterThan(0)
  expect(rest).toMatchObject(Array(3).fill({ ...READ_ONCE, tries: 0 }))
})
