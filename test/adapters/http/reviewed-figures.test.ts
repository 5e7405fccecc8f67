/** What people decided, as those who take figures and lists from the archive see it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { documentRoutes } from '../../../src/adapters/http/documents.js'
import { factRoutes } from '../../../src/adapters/http/facts.js'
import { reviewRoutes } from '../../../src/adapters/http/review.js'
import { setAuditShare } from '../../../src/adapters/store/review-queue.js'
import type { FactRow } from '../../../src/export/fact-row.js'
import { type ArchiveService, openArchiveService } from '../../build/archive-service.js'
import { copyOf, keep } from '../../build/received.js'
import { CLEAN, golden, MISPRINTED, pressingItem, reviewing } from '../../build/review.js'
import { STORES } from '../../build/store.js'

const corrected = golden(MISPRINTED)
const published = copyOf(corrected, '原文如此.docx')
const rejected = copyOf(corrected, '退回.docx')
const open = copyOf(corrected, '待复核.docx')
const clean = golden(CLEAN)
const TOTAL = 'requests.outcome.granted.total'
const BLANK = 'requests.outcome.granted.other_org'

describe.each(STORES)('what people decided, on %s', (make) => {
  let archive: ArchiveService
  beforeAll(async () => {
    archive = await openArchiveService(make, [reviewRoutes, factRoutes, documentRoutes])
    await setAuditShare(archive.db, 0, 'system')
    for (const record of [corrected, published, rejected, open, clean]) await keep(archive.db, record)
    const review = reviewing(archive)
    await review.decide(corrected, { kind: 'correct', fact: TOTAL, value: 13 }, { version: 0 })
    await review.decide(corrected, { kind: 'correct', fact: BLANK, value: null }, { version: 1 })
    await review.close(corrected, 'accept', { version: 2 })
    const item = pressingItem(published)
    await review.decide(published, { kind: 'as_published', item, reason: 'slip' }, { version: 0 })
    await review.close(published, 'accept', { version: 1 })
    await review.close(rejected, 'reject', { version: 0, reason: '重复' })
    await review.decide(open, { kind: 'set_organ', organ: '清源市民政局（新）' }, { version: 0 })
  })
  afterAll(() => archive.close())

  const facts = async (words: Record<string, string>): Promise<FactRow[]> =>
    (await archive.ask(`/api/v1/facts?${new URLSearchParams({ limit: '2000', ...words })}`)).json().facts
  const names = async (words: Record<string, string>) => {
    const { documents } = (await archive.ask(`/api/v1/documents?${new URLSearchParams(words)}`)).json()
    return documents.map(({ fileName, review }: { fileName: string; review: string | null }) => [fileName, review])
  }

  test('stands beside the figure that was read, never in its place', async () => {
    const [total] = await facts({ key: TOTAL, review: 'accepted', decision: 'corrected' })
    expect(total).toMatchObject({ value: 14, raw: '14', state: 'number', decision: 'corrected', corrected: 13 })
    expect(total).toMatchObject({ status: 'needs_review', review: 'accepted' })
    const [blank] = await facts({ key: BLANK, decision: 'corrected' })
    expect(blank).toMatchObject({ value: 0, decision: 'corrected', corrected: null })
  })

  test('tells the publisher’s error from what nobody has spoken of', async () => {
    const found = await facts({ decision: 'as_published' })
    expect(found.map(({ key, value, corrected: other }) => [key, value, other])).toEqual([[TOTAL, 14, null]])
    const untouched = await facts({ key: TOTAL, decision: 'none' })
    expect(untouched.map(({ fileName, review }) => [fileName, review])).toEqual([
      [rejected.document.fileName, 'rejected'],
      [open.document.fileName, 'open'],
      [clean.document.fileName, null],
    ])
  })

  test('can be asked for by how the review of the report stands', async () => {
    for (const [review, records] of [
      ['accepted', [corrected, published]],
      ['rejected', [rejected]],
      ['open', [open]],
      ['none', [clean]],
    ] as const) {
      const expected = records.map(({ document }) => document.fileName)
      expect((await facts({ key: TOTAL, review })).map(({ fileName }) => fileName)).toEqual(expected)
      const status = review === 'none' ? null : review
      expect(await names({ review })).toEqual([...expected].reverse().map((name) => [name, status]))
    }
  })

  test('counts for the organ under which a report is found', async () => {
    expect(await names({ organ: '清源市民政局（新）' })).toEqual([[open.document.fileName, 'open']])
    expect((await facts({ key: TOTAL, organ: '清源市民政局（新）' })).map(({ organ }) => organ)).toEqual([
      '清源市民政局（新）',
    ])
    expect((await facts({ key: TOTAL, organ: '清源市民政局' })).length).toBe(3)
  })

  test('is in the view for those who ask in SQL', async () => {
    const { rows } = await sql`
      select file_name, value, decision, corrected, review from current_facts where key = ${TOTAL} and decision is not null
      order by document_id`.execute(archive.db)
    expect(rows).toEqual([
      {
        file_name: corrected.document.fileName,
        value: '14',
        decision: 'corrected',
        corrected: '13',
        review: 'accepted',
      },
      {
        file_name: published.document.fileName,
        value: '14',
        decision: 'as_published',
        corrected: null,
        review: 'accepted',
      },
    ])
  })
})
