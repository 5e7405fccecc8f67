import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { keepExtraction } from '../../../src/adapters/store/extractions.js'
import { type BatchServer, formOf, serveBatches } from '../../build/batch-server.js'
import { eventually } from '../../build/eventually.js'
import { type IntakeService, openIntake } from '../../build/intake.js'
import { lineOf } from '../../build/received.js'
import { record } from '../../build/record.js'
import { STORES } from '../../build/store.js'

interface Heard {
  readonly id: string | null
  readonly event: string
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads of it is what it expects
  readonly data: any
}

describe.each(STORES)('the progress of a batch on %s', (make) => {
  let intake: IntakeService
  let server: BatchServer
  const listeners: AbortController[] = []
  beforeAll(async () => {
    intake = await openIntake(make)
    server = await serveBatches(intake)
  })
  beforeEach(() => intake.empty())
  afterEach(() => {
    for (const listener of listeners.splice(0)) listener.abort()
  })
  afterAll(async () => {
    await server.close()
    await intake.close()
  })

  /** What is heard grows as it comes in. */
  async function listen(batch: string, lastEventId: string | null = null) {
    const stop = new AbortController()
    listeners.push(stop)
    const response = await fetch(`${server.address}/api/v1/batches/${batch}/events`, {
      signal: stop.signal,
      headers: { authorization: `Bearer ${server.key}`, ...(lastEventId !== null && { 'last-event-id': lastEventId }) },
    })
    const heard: Heard[] = []
    const state = { heard, isOver: false, response, stop: () => stop.abort() }
    const follow = async () => {
      let text = ''
      const decoder = new TextDecoder()
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk, { stream: true })
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        heard.push(...blocks.flatMap(eventOf))
      }
      state.isOver = true
    }
    follow().catch(() => undefined)
    return state
  }

  function eventOf(block: string): Heard[] {
    const value = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
    const event = value('event')
    return event === undefined ? [] : [{ id: value('id') ?? null, event, data: JSON.parse(value('data') ?? 'null') }]
  }

  async function read(
    status: 'accepted' | 'failed',
    of: (file: { fileName: string; sha256: string }) => boolean,
    batch: string,
  ) {
    const { json } = await server.call(`GET /batches/${batch}/files`)
    for (const file of json.files) {
      if (!of(file)) continue
      const made = record({
        status,
        report: { title: null, organ: '洪泽区人民政府', year: 2023, vintage: '2021', period: null },
        failure: status === 'failed' ? { code: 'not_a_report', message: '不是年度报告。' } : null,
      })
      const read = { ...made, document: { ...made.document, sha256: file.sha256, fileName: file.fileName } }
      await keepExtraction(intake.store.db, file.sha256, read, lineOf(read), 10)
    }
  }

  const files = (heard: readonly Heard[]) =>
    heard.filter(({ event }) => event === 'file').map(({ data }) => `${data.fileName} ${data.status}`)
  const lastCounts = (heard: readonly Heard[]) => heard.filter(({ event }) => event === 'counts').at(-1)?.data.counts

  test('files are told when they are decided and when they are read, and the end when all are', async () => {
    const id = await server.batch()
    await server.call(`POST /batches/${id}/files`, formOf({ 'before.txt': 'before' }))
    const first = await listen(id)
    expect(first.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(first.response.headers.get('x-accel-buffering')).toBe('no')
    await eventually(() => lastCounts(first.heard)?.received.new === 1)
    const second = await listen(id)

    await server.call(`POST /batches/${id}/files`, formOf({ 'a.txt': 'a', 空: '' }))
    await eventually(() => files(first.heard).length === 2 && files(second.heard).length === 2)
    expect(files(first.heard)).toEqual(['a.txt unread', '空 null'])

    await read('accepted', ({ fileName }) => fileName === 'a.txt', id)
    await read('failed', ({ fileName }) => fileName === 'before.txt', id)
    await eventually(() => files(first.heard).length === 4)
    expect(files(first.heard).slice(2).sort()).toEqual(['a.txt accepted', 'before.txt failed'])
    await eventually(() => lastCounts(first.heard)?.waiting === 0)
    expect(lastCounts(first.heard).read).toEqual({ accepted: 1, needsReview: 0, failed: 1 })
    expect(first.isOver).toBe(false)

    await server.call(`POST /batches/${id}/close`)
    await eventually(() => first.isOver && second.isOver)
    expect(first.heard.at(-1)).toMatchObject({ event: 'finished', data: { id, isFinished: true } })
    expect(files(second.heard)).toEqual(files(first.heard))
  })

  test('who lost the connection is told of all that happened since', async () => {
    const id = await server.batch()
    await server.call(`POST /batches/${id}/files`, formOf({ 'a.txt': 'a', 'b.txt': 'b' }))
    const first = await listen(id)
    await eventually(() => first.heard.length > 0)
    const last = first.heard.at(-1)?.id ?? null
    expect(last).toMatch(/^\d+-\d+$/)
    first.stop()

    await read('accepted', ({ fileName }) => fileName === 'a.txt', id)
    await server.call(`POST /batches/${id}/files`, formOf({ 'c.txt': 'c' }))
    const again = await listen(id, last)
    await eventually(() => files(again.heard).includes('a.txt accepted') && files(again.heard).includes('c.txt unread'))
  })

  test('a batch that is finished is told so at once', async () => {
    const id = await server.batch()
    await server.call(`POST /batches/${id}/close`)
    const listener = await listen(id)
    await eventually(() => listener.isOver)
    expect(listener.heard.map(({ event }) => event)).toEqual(['counts', 'finished'])
  })

  test('a server that stops ends the streams', async () => {
    const other = await serveBatches(intake)
    const id = await other.batch()
    const response = await fetch(`${other.address}/api/v1/batches/${id}/events`, {
      headers: { authorization: `Bearer ${other.key}` },
    })
    await other.close()
    await expect(response.text()).resolves.toEqual(expect.any(String))
  })

  test('other documents read as a report of the same organ and year are named beside a file', async () => {
    const id = await server.batch()
    await server.call(`POST /batches/${id}/files`, formOf({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' }))
    await read('accepted', ({ fileName }) => fileName !== 'c.txt', id)
    await read('failed', ({ fileName }) => fileName === 'c.txt', id)
    const { json } = await server.call(`GET /batches/${id}/files`)
    expect(json.files).toMatchObject([
      { fileName: 'a.txt', status: 'accepted', sameReportAs: [{ fileName: 'b.txt' }] },
      { fileName: 'b.txt', status: 'accepted', sameReportAs: [{ fileName: 'a.txt' }] },
      { fileName: 'c.txt', status: 'failed', failureCode: 'not_a_report', sameReportAs: [] },
    ])
  })
})
