/** Workers that are killed for real, in the middle of their work. */

import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
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
  type WorkerProcess,
} from '../../build/extracting-service.js'
import { freshRedis } from '../../build/queue-place.js'
import { freshDatabase } from '../../build/services.js'

describe.each(['redis', 'postgres'])('with the queue on %s', (kind) => {
  let place: Place
  let parts: Opened
  let drop: () => Promise<void>
  const workers: WorkerProcess[] = []

  beforeEach(async () => {
    const database = await freshDatabase()
    drop = database.drop
    place = {
      databaseUrl: database.url,
      redisUrl: kind === 'redis' ? freshRedis() : null,
      dataFolder: await freshFolder(),
    }
    parts = await openParts(place)
  })
  afterEach(async () => {
    for (const worker of workers.splice(0)) worker.child.kill('SIGKILL')
    await parts.close()
    await drop()
    await rm(place.dataFolder, { recursive: true })
  })
  const start = async () => {
    const worker = await spawnWorker(place)
    workers.push(worker)
    return worker
  }

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
})

function texts(deed: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${deed} ${index}`)
}
