import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import type { Scope } from '../../../src/adapters/http/access.js'
import { reviewRoutes } from '../../../src/adapters/http/review.js'
import { setAuditShare } from '../../../src/adapters/store/review-queue.js'
import { QueueEntry } from '../../../src/review/api.js'
import { type ArchiveService, openArchiveService } from '../../build/archive-service.js'
import { eventually } from '../../build/eventually.js'
import { keep } from '../../build/received.js'
import { FIRST, golden, MISPRINTED, type Reviewing, reviewing, SECOND, UNDECIDED } from '../../build/review.js'
import { STORES } from '../../build/store.js'

interface Heard {
  readonly event: string
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads of it is what it expects
  readonly data: any
}

const misprinted = golden(MISPRINTED)
const undecided = golden(UNDECIDED)
const { sha256 } = misprinted.document

describe.each(STORES)('the queue as it changes, on %s', (make) => {
  let archive: ArchiveService
  let review: Reviewing
  const listeners: AbortController[] = []
  beforeAll(async () => {
    archive = await openArchiveService(make, [reviewRoutes])
    review = reviewing(archive)
  })
  beforeEach(async () => {
    await sql`truncate documents, users cascade`.execute(archive.db)
    await archive.db.updateTable('review_settings').set({ audit_share: 0 }).execute()
  })
  afterEach(() => {
    for (const listener of listeners.splice(0)) listener.abort()
  })
  afterAll(() => archive.close())

  /** What is heard grows as it comes in. */
  async function listen(scopes: readonly Scope[] = FIRST) {
    const stop = new AbortController()
    listeners.push(stop)
    const response = await archive.call('/api/v1/review/queue/events', { signal: stop.signal }, scopes)
    const heard: Heard[] = []
    const follow = async () => {
      let text = ''
      const decoder = new TextDecoder()
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk, { stream: true })
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        heard.push(...blocks.flatMap(eventOf))
      }
    }
    follow().catch(() => undefined)
    const last = (event: string) => heard.filter((each) => each.event === event).at(-1)?.data
    return { heard, last, response, stop: () => stop.abort() }
  }

  function eventOf(block: string): Heard[] {
    const value = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
    const event = value('event')
    return event === undefined ? [] : [{ event, data: JSON.parse(value('data') ?? 'null') }]
  }

  test('begins with its figures and the claims, and tells no report that stands in it already', async () => {
    await keep(archive.db, misprinted)
    await review.claim(misprinted, 'POST', SECOND)
    const listener = await listen()
    await eventually(() => listener.last('claims') !== undefined)
    expect(listener.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const counts = { proposal: 1, error: 0, prose: 0, note: 0, audit: 0 }
    expect(listener.heard).toEqual([
      { event: 'figures', data: { counts, settledToday: 0, auditShare: 0, pace: { median: null, perItem: {} } } },
      {
        event: 'claims',
        data: [{ sha256, claim: { by: 'key:review+read', isMine: false, until: expect.any(String) } }],
      },
    ])
  })

  test('a report that was read comes, and goes when it is settled', async () => {
    const listener = await listen()
    await eventually(() => listener.last('figures') !== undefined)
    await keep(archive.db, misprinted)
    await eventually(() => listener.last('entries')?.changed.length === 1)
    expect(QueueEntry.parse(listener.last('entries').changed[0])).toMatchObject({ sha256, class: 'proposal' })
    expect(listener.last('figures').counts.proposal).toBe(1)

    await review.close(misprinted, 'reject', { version: 0, reason: '文件不完整' })
    await eventually(() => listener.last('entries').gone.length === 1)
    expect(listener.last('entries')).toEqual({ changed: [], gone: [sha256] })
    expect(listener.last('figures')).toMatchObject({ counts: { proposal: 0 }, settledToday: 1 })
  })

  test('whose a report is, is told to each from where they stand', async () => {
    await keep(archive.db, misprinted)
    const [first, second] = [await listen(FIRST), await listen(SECOND)]
    await eventually(() => first.last('claims') !== undefined && second.last('claims') !== undefined)
    await review.claim(misprinted, 'POST', FIRST)
    await eventually(() => first.last('claims').length === 1 && second.last('claims').length === 1)
    expect(first.last('claims')[0].claim.isMine).toBe(true)
    expect(second.last('claims')[0].claim.isMine).toBe(false)
    await review.claim(misprinted, 'DELETE', FIRST)
    await eventually(() => first.last('claims').length === 0 && second.last('claims').length === 0)
  })

  test('a larger share for audit changes the figures', async () => {
    const listener = await listen()
    await eventually(() => listener.last('figures') !== undefined)
    await setAuditShare(archive.db, 40, 'system')
    await eventually(() => listener.last('figures').auditShare === 40)
  })

  test('more than is told one by one is told as one', async () => {
    const listener = await listen()
    await eventually(() => listener.last('figures') !== undefined)
    await keep(archive.db, undecided)
    await sql`
      insert into documents (sha256, file_name, byte_length)
      select lpad(to_hex(number), 64, '0'), 'a.txt', 1 from generate_series(1, 300) as number`.execute(archive.db)
    await sql`
      insert into events (actor, kind, document_id) select 'system', 'received', id from documents`.execute(archive.db)
    await eventually(() => listener.last('stale') !== undefined)
  })

  test('nothing is asked of the store when nobody listens, and as much for two as for one', async () => {
    const first = await listen()
    const second = await listen(SECOND)
    await eventually(() => first.last('claims') !== undefined && second.last('claims') !== undefined)
    const before = archive.statements()
    const third = await listen(['review'])
    await eventually(() => third.last('figures') !== undefined)
    // Who comes later hears at once what the others heard; only who calls is looked up, and a look may fall in between.
    expect(archive.statements() - before).toBeLessThan(12)
    for (const { stop } of [first, second, third]) stop()
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    const after = archive.statements()
    await new Promise((resolve) => setTimeout(resolve, 4_000))
    expect(archive.statements()).toBe(after)
  })

  test('is for those who review', async () => {
    expect((await archive.ask('/api/v1/review/queue/events', {}, ['read'])).status).toBe(403)
  })
})
