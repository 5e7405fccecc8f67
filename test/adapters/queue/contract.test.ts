/** What the queue promises, on each of its makes. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { ExtractionQueue } from '../../../src/adapters/service.js'
import { eventually } from '../../build/eventually.js'
import { makeQueuePlace, type OpenedQueue, openQueueAt, QUEUE_KINDS, type QueuePlace } from '../../build/queue-place.js'

const sha256 = (name: string) => createHash('sha256').update(name).digest('hex')
const A = sha256('a')
const B = sha256('b')
const C = sha256('c')
const nobody = async () => undefined

/** Work whose end the test decides. */
function held() {
  const taken: string[] = []
  const gates = new Map<string, () => void>()
  const read = (sha: string) => {
    taken.push(sha)
    return new Promise<void>((resolve) => gates.set(sha, resolve))
  }
  return { taken, read, finish: (sha: string) => gates.get(sha)?.() }
}

describe.each(QUEUE_KINDS)('the queue on %s', (kind) => {
  let place: QueuePlace
  let opened: OpenedQueue
  let queue: ExtractionQueue
  const children: ChildProcess[] = []

  const open = async () => {
    opened = await openQueueAt(kind, place.address)
    queue = opened.queue
  }
  beforeAll(async () => {
    place = await makeQueuePlace(kind)
  })
  beforeEach(open)
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
    await opened.close()
    await open()
    await queue.board.obliterate({ force: true })
    await opened.close()
  })
  afterAll(() => place.remove())

  test('reads each document once, however often it was asked for', async () => {
    await queue.add([A, B, A], 'bulk')
    await queue.add([B], 'bulk')
    expect(await queue.counts()).toEqual({ waiting: 2, active: 0, delayed: 0 })
    const read: string[] = []
    await queue.work(async (sha) => void read.push(sha), nobody, 1)
    await eventually(() => read.length === 2)
    await eventually(async () => (await queue.counts()).active === 0)
    expect(read).toEqual([A, B])
  })

  test('reads a document again that is asked for after it was read', async () => {
    const read: string[] = []
    await queue.work(async (sha) => void read.push(sha), nobody, 1)
    await queue.add([A], 'bulk')
    await eventually(async () => read.length === 1 && (await queue.counts()).active === 0)
    await queue.add([A], 'bulk')
    await eventually(() => read.length === 2)
  })

  test('takes what a reviewer waits for before a delivery', async () => {
    await queue.add([A, B], 'bulk')
    await queue.add([C], 'review')
    const read: string[] = []
    await queue.work(async (sha) => void read.push(sha), nobody, 1)
    await eventually(() => read.length === 3)
    expect(read).toEqual([C, A, B])
  })

  test('moves a waiting document forward when a reviewer asks for it, and never back', async () => {
    await queue.add([A, B, C], 'bulk')
    await queue.add([B, C], 'review')
    await queue.add([B], 'review')
    await queue.add([B], 'bulk')
    const read: string[] = []
    await queue.work(async (sha) => void read.push(sha), nobody, 1)
    await eventually(() => read.length === 3)
    expect(read).toEqual([B, C, A])
  })

  test('tries again what the infrastructure failed, and reads the others meanwhile', async () => {
    const tried: string[] = []
    await queue.add([A, B, C], 'bulk')
    await queue.work(
      async (sha) => {
        tried.push(sha)
        if (sha === A && tried.filter((each) => each === A).length < 2) throw new Error('database away')
      },
      nobody,
      1,
    )
    await eventually(() => tried.includes(C))
    expect(tried).toEqual([A, B, C])
    expect((await queue.counts()).delayed).toBe(1)
    await eventually(() => tried.length === 4)
    expect(tried).toEqual([A, B, C, A])
  })

  test('reads as many at once as it was told', async () => {
    const { taken, read, finish } = held()
    await queue.add([A, B, C], 'bulk')
    const worker = await queue.work(read, nobody, 2)
    await eventually(async () => (await queue.counts()).active === 2)
    expect(taken).toEqual([A, B])
    finish(A)
    await eventually(() => taken.length === 3)
    finish(B)
    finish(C)
    await worker.close()
  })

  test('lets the document in hand finish when a worker is closed, and takes no other', async () => {
    const { taken, read, finish } = held()
    await queue.add([A, B], 'bulk')
    const worker = await queue.work(read, nobody, 1)
    await eventually(() => taken.length === 1)
    let isClosed = false
    const closing = worker.close().then(() => {
      isClosed = true
    })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(isClosed).toBe(false)
    finish(A)
    await closing
    expect(taken).toEqual([A])
    expect(await queue.counts()).toEqual({ waiting: 1, active: 0, delayed: 0 })
  })

  test('counts what waits, of whatever urgency, and says how long the oldest has waited', async () => {
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0 })
    expect(await queue.oldestAge()).toBe(0)
    await queue.add([A], 'bulk')
    await new Promise((resolve) => setTimeout(resolve, 200))
    await queue.add([B], 'review')
    expect(await queue.counts()).toEqual({ waiting: 2, active: 0, delayed: 0 })
    expect(await queue.oldestAge()).toBeGreaterThanOrEqual(200)
  })

  test('takes thousands at a time', async () => {
    const many = Array.from({ length: 3_500 }, (_, index) => sha256(String(index)))
    await queue.add(many, 'bulk')
    await queue.add(many, 'bulk')
    expect((await queue.counts()).waiting).toBe(3_500)
  })

  test('answers that it is there', async () => {
    await expect(queue.check()).resolves.toBeUndefined()
  })

  test('gives a document to another worker when its own was killed', async () => {
    await opened.close()
    const script = fileURLToPath(new URL('../../build/hold-a-document.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', script, kind, place.address, A], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve())
      child.once('exit', () => reject(new Error('the worker did not start')))
    })
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    await open()
    expect((await queue.counts()).active).toBe(1)
    const read: string[] = []
    await queue.work(async (sha) => void read.push(sha), nobody, 1)
    await eventually(() => read.length === 1)
    await eventually(async () => (await queue.counts()).active === 0)
    expect(read).toEqual([A])
  })
})
