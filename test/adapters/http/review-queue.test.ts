import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { organRoutes } from '../../../src/adapters/http/organs.js'
import { reviewRoutes } from '../../../src/adapters/http/review.js'
import { QueueAnswer, QueueChoices } from '../../../src/review/api.js'
import { type ArchiveService, openArchiveService } from '../../build/archive-service.js'
import { copyOf, keep } from '../../build/received.js'
import {
  FIRST,
  golden,
  MISPRINTED,
  pressingItem,
  REMARKED,
  type Reviewing,
  reviewing,
  SECOND,
  UNDECIDED,
} from '../../build/review.js'
import { STORES } from '../../build/store.js'

const misprinted = golden(MISPRINTED)
const undecided = golden(UNDECIDED)

describe.each(STORES)('what the queue can be narrowed by, on %s', (make) => {
  let archive: ArchiveService
  let review: Reviewing
  beforeAll(async () => {
    archive = await openArchiveService(make, [reviewRoutes, organRoutes])
    review = reviewing(archive)
  })
  beforeEach(async () => {
    await sql`truncate documents, organs, users cascade`.execute(archive.db)
    await archive.db.updateTable('review_settings').set({ audit_share: 0 }).execute()
    for (const record of [golden(REMARKED), undecided, misprinted]) await keep(archive.db, record)
  })
  afterAll(() => archive.close())

  const organs = async (words: Record<string, string>, scopes = FIRST) =>
    (await review.queue(words, scopes)).json().entries.map(({ organ }: { organ: string }) => organ)
  const lies = (organ: string, code: string) =>
    archive.db.updateTable('organs').set({ region_code: code }).where('name', '=', organ).execute()
  const choices = async () => QueueChoices.parse((await archive.ask('/api/v1/review/queue/choices')).json())

  test('whose it is', async () => {
    await review.claim(misprinted, 'POST')
    await review.claim(undecided, 'POST', SECOND)
    expect(await organs({ claim: 'mine' })).toEqual(['清源市民政局'])
    expect(await organs({ claim: 'others' })).toEqual(['云岫区教育局'])
    expect(await organs({ claim: 'others' }, SECOND)).toEqual(['清源市民政局'])
    expect(await organs({ claim: 'free' })).toEqual(['青墟县林业局'])
    expect((await review.queue({ claim: 'free' })).json().counts).toMatchObject({ proposal: 0, error: 0, note: 1 })
    expect((await review.queue({ claim: 'x' })).status).toBe(400)
  })

  test('whose it was is nobody’s', async () => {
    await review.claim(misprinted, 'POST')
    await sql`update claims set expires_at = now() - interval '1 second'`.execute(archive.db)
    expect(await organs({ claim: 'mine' })).toEqual([])
    expect(await organs({ claim: 'free' })).toContain('清源市民政局')
  })

  test('the region, and those that lie in it', async () => {
    await lies('清源市民政局', '320800')
    await lies('云岫区教育局', '320813')
    expect(await organs({ region: '320800' })).toEqual(['清源市民政局', '云岫区教育局'])
    expect(await organs({ region: '320813' })).toEqual(['云岫区教育局'])
    expect(await organs({ region: '41' })).toEqual([])
    expect((await review.queue({ region: '320813' })).json().entries[0].region).toBe('320813')
  })

  test('years and regions of what there is, by the name of the government', async () => {
    await lies('清源市民政局', '320813')
    await archive.db
      .insertInto('organs')
      .values({ name: '清源市人民政府', level: 'city', region_code: '320800' })
      .execute()
    await archive.db
      .insertInto('organs')
      .values({ name: '他州人民政府', level: 'city', region_code: '330100' })
      .execute()
    expect(await choices()).toEqual({
      years: [2023, 2022],
      regions: [
        { code: '320800', name: '清源市' },
        { code: '320813', name: null },
      ],
    })
  })
})

describe.each(STORES)('how long people take, on %s', (make) => {
  let archive: ArchiveService
  let review: Reviewing
  beforeAll(async () => {
    archive = await openArchiveService(make, [reviewRoutes])
    review = reviewing(archive)
  })
  beforeEach(() => sql`truncate documents cascade`.execute(archive.db))
  afterAll(() => archive.close())

  const pace = async () => QueueAnswer.parse((await review.queue()).json()).pace
  async function settle(count: number, seconds: number) {
    for (let index = 0; index < count; index += 1) {
      const record = copyOf(misprinted, `${index}.docx`)
      await keep(archive.db, record)
      await review.claim(record, 'POST')
      const decision = { kind: 'as_published', item: pressingItem(record), reason: 'slip' } as const
      await review.decide(record, decision, { version: 0 })
      const closed = await review.close(record, 'accept', { version: 1 })
      expect(closed.status).toBe(200)
    }
    await sql`update reviews set changed_at = changed_at + ${seconds} * interval '1 second'`.execute(archive.db)
  }

  test('is not told of a few', async () => {
    await settle(4, 60)
    expect(await pace()).toEqual({ median: null, perItem: {} })
  })

  test('is told of a report, and of an item of those that were alike when they were claimed', async () => {
    await settle(5, 60)
    const { median, perItem } = await pace()
    expect(Math.round(median ?? 0)).toBe(60)
    expect(Object.keys(perItem)).toEqual(['proposal'])
    expect(Math.round(perItem.proposal ?? 0)).toBe(30)
  })
})
