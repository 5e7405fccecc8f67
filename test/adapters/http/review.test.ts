import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { reviewRoutes } from '../../../src/adapters/http/review.js'
import { deleteDocument } from '../../../src/adapters/store/documents.js'
import { keepExtraction } from '../../../src/adapters/store/extractions.js'
import type { ReportRecord } from '../../../src/record.js'
import { QueueAnswer, ReviewOpened } from '../../../src/review/api.js'
import { itemsOf } from '../../../src/review/items.js'
import { type ArchiveService, openArchiveService } from '../../build/archive-service.js'
import { copyOf, keep, lineOf } from '../../build/received.js'
import {
  CLEAN,
  FIRST,
  golden,
  MISPRINTED,
  pressingItem,
  REMARKED,
  type Reviewing,
  readAgain,
  reviewing,
  SECOND,
  UNDECIDED,
} from '../../build/review.js'
import { STORES } from '../../build/store.js'

const misprinted = golden(MISPRINTED)
const asPublished = { kind: 'as_published', item: pressingItem(misprinted), reason: 'slip' } as const
const correction = { kind: 'correct', fact: 'requests.outcome.granted.total', value: 13 } as const
const FIRST_NAME = 'key:read+review'

describe.each(STORES)('review on %s', (make) => {
  let archive: ArchiveService
  let review: Reviewing
  beforeAll(async () => {
    archive = await openArchiveService(make, [reviewRoutes])
    review = reviewing(archive)
  })
  beforeEach(async () => {
    await sql`truncate documents, users cascade`.execute(archive.db)
    await archive.db.updateTable('review_settings').set({ audit_share: 0 }).execute()
  })
  afterAll(() => archive.close())

  const keepAgain = (record: ReportRecord) =>
    keepExtraction(archive.db, record.document.sha256, record, lineOf(record), 100)
  const kinds = async (record: ReportRecord) =>
    (await review.history(record)).json().entries.map(({ kind }: { kind: string }) => kind)

  describe('the queue', () => {
    test('holds what is to be seen, the most useful first, and says why', async () => {
      for (const part of [CLEAN, REMARKED, UNDECIDED, MISPRINTED]) await keep(archive.db, golden(part))
      const answer = QueueAnswer.parse((await review.queue()).json())
      expect(answer.entries.map((entry) => entry.class)).toEqual(['proposal', 'error', 'note'])
      expect(answer.counts).toEqual({ proposal: 1, error: 1, prose: 0, note: 1, audit: 0 })
      expect(answer.entries[0]).toMatchObject({
        sha256: misprinted.document.sha256,
        organ: '清源市民政局',
        year: 2022,
        openItems: 2,
        verdict: 'published',
        proposal: { printed: 14, derived: 13, closes: 2 },
        claim: null,
      })
      expect(answer.entries[0]?.message).toBe(itemsOf(misprinted)[0]?.message)
    })

    test('keeps reports of one organ together, and its pages follow each other to the end', async () => {
      const names = ['甲', '乙', '丙', '甲', '乙', '丙', '甲']
      for (const [index, organ] of names.entries()) {
        const copy = copyOf(misprinted, `${organ}${index}.docx`)
        await keep(archive.db, { ...copy, report: { ...copy.report, organ: `${organ}局`, year: 2016 + index } })
      }
      const unknown = copyOf(misprinted, '未知.docx')
      await keep(archive.db, { ...unknown, report: { ...unknown.report, organ: null } })
      const found: string[] = []
      let cursor: string | null = null
      do {
        const page: QueueAnswer = (await review.queue({ limit: '3', ...(cursor === null ? {} : { cursor }) })).json()
        found.push(...page.entries.map(({ fileName }) => fileName))
        cursor = page.next
      } while (cursor !== null)
      expect(found).toEqual([
        '丙2.docx',
        '丙5.docx',
        '乙1.docx',
        '乙4.docx',
        '甲0.docx',
        '甲3.docx',
        '甲6.docx',
        '未知.docx',
      ])
    })

    test('is narrowed by class, year, and part of a name', async () => {
      for (const part of [REMARKED, UNDECIDED, MISPRINTED]) await keep(archive.db, golden(part))
      const names = async (words: Record<string, string>) =>
        (await review.queue(words)).json().entries.map(({ organ }: { organ: string }) => organ)
      expect(await names({ class: 'error' })).toEqual(['云岫区教育局'])
      expect(await names({ year: '2023' })).toEqual(['青墟县林业局'])
      expect(await names({ q: '民政' })).toEqual(['清源市民政局'])
      expect(await names({ q: '%' })).toEqual([])
      expect((await review.queue({ class: 'error' })).json().counts).toMatchObject({ proposal: 1, error: 1, note: 1 })
    })

    test('forgets what was deleted', async () => {
      await keep(archive.db, misprinted)
      await deleteDocument(archive.db, misprinted.document.sha256, '传错', 'system')
      expect((await review.queue()).json()).toMatchObject({ entries: [], counts: { proposal: 0 } })
      expect((await review.open(misprinted)).status).toBe(410)
    })

    test.each(['', 'x', '9.1', '0.1.====', '0.99999999999', "0.1.'--"])('refuses the cursor %j', async (cursor) => {
      expect((await review.queue({ cursor })).status).toBe(400)
    })

    test('takes a cursor of any text', async () => {
      const cursor = `0.1.${Buffer.from('\0\xff').toString('base64url')}`
      expect((await review.queue({ cursor })).status).toBe(200)
    })
  })

  describe('accepted reports', () => {
    test('are drawn for audit by their bytes, the same in every run, as many as the share says', async () => {
      const clean = golden(CLEAN)
      const copies = Array.from({ length: 40 }, (_, index) => copyOf(clean, `${index}.pdf`))
      for (const copy of copies) await keep(archive.db, copy)
      const place = ({ document }: ReportRecord) => (Number.parseInt(document.sha256.slice(-8), 16) / 2 ** 32) * 100
      const drawn = async (auditShare: number) => {
        await archive.ask('/api/v1/review/settings', { method: 'PUT', payload: { auditShare } }, ['administer'])
        const { entries } = (await review.queue()).json() as QueueAnswer
        expect(new Set(entries.map((entry) => entry.class))).toEqual(new Set(entries.length > 0 ? ['audit'] : []))
        return entries.map(({ sha256 }) => sha256).sort()
      }
      for (const share of [0, 30, 100]) {
        const expected = copies.filter((copy) => place(copy) < share).map(({ document }) => document.sha256)
        expect(await drawn(share)).toEqual(expected.sort())
      }
    })

    test('are drawn to 5 of 100 until that is changed, and only by an administrator', async () => {
      await sql`delete from review_settings`.execute(archive.db)
      await sql`insert into review_settings default values`.execute(archive.db)
      expect((await archive.ask('/api/v1/review/settings')).json()).toEqual({ auditShare: 5 })
      const put = (payload: unknown, scope: 'review' | 'administer') =>
        archive.ask('/api/v1/review/settings', { method: 'PUT', payload }, [scope])
      expect((await put({ auditShare: 1 }, 'review')).status).toBe(403)
      expect((await put({ auditShare: 101 }, 'administer')).status).toBe(400)
      expect((await put({ auditShare: 12.5 }, 'administer')).json()).toEqual({ auditShare: 12.5 })
    })

    test('leave the queue when the audit is accepted', async () => {
      const clean = golden(CLEAN)
      await keep(archive.db, clean)
      await archive.db.updateTable('review_settings').set({ audit_share: 100 }).execute()
      expect((await review.queue()).json().counts.audit).toBe(1)
      expect((await review.close(clean, 'accept', { version: 0 })).status).toBe(200)
      expect((await review.queue()).json()).toMatchObject({ counts: { audit: 0 }, settledToday: 1 })
      expect((await review.history(clean)).json().entries[0]).toMatchObject({
        kind: 'accepted',
        detail: { isAudit: true, corrected: 0 },
      })
    })
  })

  test('a report opens with its record, decisions, claim and the same organ’s other years', async () => {
    await keep(archive.db, misprinted)
    const earlier = copyOf({ ...misprinted, report: { ...misprinted.report, year: 2021 } }, '2021.docx')
    await keep(archive.db, earlier)
    await review.decide(earlier, correction, { version: 0 })
    await review.claim(misprinted, 'POST')
    await review.decide(misprinted, asPublished, { version: 0 })
    const opened = ReviewOpened.parse((await review.open(misprinted)).json())
    expect(opened.record).toEqual(misprinted)
    expect(opened.decisions).toMatchObject([{ decision: asPublished, by: FIRST_NAME }])
    expect(opened.state).toMatchObject({ status: 'open', version: 1 })
    expect(opened.claim).toMatchObject({ by: FIRST_NAME, isMine: true })
    expect(opened.left).toBe(2)
    expect(opened.neighbours).toHaveLength(1)
    expect(opened.neighbours[0]).toMatchObject({ year: 2021, sha256: earlier.document.sha256, status: 'needs_review' })
    expect(opened.neighbours[0]?.values['requests.outcome.granted.total']).toBe(13)
  })

  test('a report that nobody has read cannot be opened yet', async () => {
    expect((await review.open(misprinted)).status).toBe(404)
    await archive.db
      .insertInto('documents')
      .values({ sha256: misprinted.document.sha256, byte_length: 1, file_name: '年报.docx' })
      .execute()
    expect((await review.open(misprinted)).json()).toMatchObject({ status: 409, code: 'not_read_yet' })
    expect((await review.claim(misprinted, 'POST')).json().code).toBe('not_read_yet')
  })

  describe('a claim', () => {
    beforeEach(() => keep(archive.db, misprinted))

    test('is one person’s, of two who ask at once', async () => {
      const asked = await Promise.all(
        [FIRST, SECOND, FIRST, SECOND].map((scopes) => review.claim(misprinted, 'POST', scopes)),
      )
      expect(asked.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409])
      const refused = asked.find(({ status }) => status === 409)?.json()
      expect(refused).toMatchObject({ code: 'claimed', until: expect.any(String) })
      expect((await review.queue()).json().entries[0].claim.by).toBe(refused.by)
      expect((await kinds(misprinted)).filter((kind: string) => kind === 'claimed')).toHaveLength(1)
    })

    test('keeps others from deciding, undoing and accepting, not from looking', async () => {
      await review.claim(misprinted, 'POST')
      expect((await review.decide(misprinted, asPublished, { version: 0 }, SECOND)).json().code).toBe('claimed')
      expect((await review.close(misprinted, 'reject', { version: 0, reason: '非本机关' }, SECOND)).json().code).toBe(
        'claimed',
      )
      expect((await review.open(misprinted, SECOND)).json().claim).toMatchObject({ isMine: false })
    })

    test('runs out, and is then anybody’s', async () => {
      await review.claim(misprinted, 'POST')
      await sql`update claims set expires_at = now() - interval '1 second'`.execute(archive.db)
      expect((await review.queue()).json().entries[0].claim).toBe(null)
      expect((await review.claim(misprinted, 'PUT', SECOND)).json().claim).toMatchObject({ isMine: true })
      expect((await review.claim(misprinted, 'PUT')).json().code).toBe('claimed')
    })

    test('lasts half an hour from the last work on it', async () => {
      await review.claim(misprinted, 'POST')
      await sql`update claims set expires_at = now() + interval '1 minute'`.execute(archive.db)
      await review.decide(misprinted, asPublished, { version: 0 })
      const { until } = (await review.open(misprinted)).json().claim
      expect(new Date(until).getTime()).toBeGreaterThan(Date.now() + 28 * 60_000)
    })

    test('is given back by who has it, and by nobody else', async () => {
      await review.claim(misprinted, 'POST')
      expect((await review.claim(misprinted, 'DELETE', SECOND)).status).toBe(204)
      expect((await review.open(misprinted)).json().claim).not.toBe(null)
      expect((await review.claim(misprinted, 'DELETE')).status).toBe(204)
      expect((await review.open(misprinted)).json().claim).toBe(null)
      expect(await kinds(misprinted)).toEqual(['released', 'claimed', 'extracted'])
    })
  })

  describe('a decision', () => {
    beforeEach(() => keep(archive.db, misprinted))

    test('settles its item, and the queue’s row says so', async () => {
      const { made, version } = (await review.decide(misprinted, asPublished, { version: 0 })).json()
      expect(version).toBe(1)
      expect(made).toMatchObject({ decision: asPublished, by: FIRST_NAME, evidence: itemsOf(misprinted)[0]?.evidence })
      expect((await review.queue()).json().entries[0]).toMatchObject({ class: 'prose', openItems: 1 })
    })

    test('sent twice is one, also after others were made', async () => {
      const key = '6f0f6f0e-58a5-4f4f-9a57-6a6f6d1a2b3c'
      const first = (await review.decide(misprinted, asPublished, { version: 0, key })).json()
      await review.decide(misprinted, { kind: 'comment', text: '已电话核实' }, { version: 1 })
      const again = await review.decide(misprinted, asPublished, { version: 0, key })
      expect(again.status).toBe(200)
      expect(again.json()).toEqual({ made: first.made, version: 2 })
      expect((await review.open(misprinted)).json().decisions).toHaveLength(2)
    })

    test('on a version that others have changed is refused, with what they decided', async () => {
      await review.decide(misprinted, asPublished, { version: 0 })
      const refused = await review.decide(misprinted, correction, { version: 0 }, SECOND)
      expect(refused.status).toBe(409)
      expect(refused.json()).toMatchObject({
        code: 'changed',
        version: 1,
        decisions: [{ decision: asPublished, by: FIRST_NAME }],
        undone: [],
      })
      expect((await review.open(misprinted)).json().decisions).toHaveLength(1)
    })

    test('of two sent at once on one version one is refused', async () => {
      const sent = await Promise.all([
        review.decide(misprinted, asPublished, { version: 0 }),
        review.decide(misprinted, correction, { version: 0 }, SECOND),
      ])
      expect(sent.map(({ status }) => status).sort()).toEqual([200, 409])
    })

    test('is undone, and the one before it about the same cell counts again', async () => {
      const { made: first } = (await review.decide(misprinted, correction, { version: 0 })).json()
      const { made } = (await review.decide(misprinted, { ...correction, value: 7 }, { version: 1 })).json()
      const corrected = () => archive.db.selectFrom('decided_facts').select(['key', 'decision', 'corrected']).execute()
      expect(await corrected()).toEqual([{ key: correction.fact, decision: 'corrected', corrected: '7' }])
      expect((await review.undo(misprinted, made.id, 2)).json()).toEqual({ made: null, version: 3 })
      expect((await review.undo(misprinted, made.id, 2)).json()).toEqual({ made: null, version: 3 })
      expect(await corrected()).toEqual([{ key: correction.fact, decision: 'corrected', corrected: '13' }])
      expect((await review.open(misprinted)).json().decisions).toMatchObject([{ id: first.id }])
      const [undone, second] = (await review.history(misprinted)).json().entries
      expect(undone).toMatchObject({ kind: 'undone', by: FIRST_NAME, detail: { from: 7, to: 13 } })
      expect(second).toMatchObject({ kind: 'decided', detail: { kind: 'correct', from: 13, to: 7 } })
      expect((await review.undo(misprinted, first.id, 2)).json()).toMatchObject({
        code: 'changed',
        version: 3,
        undone: [made.id],
      })
    })

    test('must be about something that the report has', async () => {
      const codes = async (...decisions: Parameters<Reviewing['decide']>[1][]) => {
        const answers = await Promise.all(
          decisions.map((decision) => review.decide(misprinted, decision, { version: 0 })),
        )
        return answers.map((answer) => `${answer.status} ${answer.json().code}`)
      }
      expect(
        await codes(
          { kind: 'confirm', item: 'discrepancy:made-up' },
          { kind: 'correct', fact: 'no.such.fact', value: 1 },
          { kind: 'correct_section', section: '<script>', text: '' },
          { kind: 'seen', item: pressingItem(misprinted) },
          { kind: 'hand_over', to: '无此人' },
        ),
      ).toEqual([
        '422 no_such_item',
        '422 no_such_fact',
        '422 no_such_section',
        '422 must_be_settled',
        '422 no_such_reviewer',
      ])
    })

    test('is refused where it is no decision, or holds too much', async () => {
      const post = (payload: unknown) =>
        archive.ask(`/api/v1/review/${misprinted.document.sha256}/decisions`, { method: 'POST', payload }, FIRST)
      const sent = { version: 0, key: crypto.randomUUID() }
      for (const decision of [
        { kind: 'correct', fact: 'requests.new.total', value: '7' },
        { kind: 'comment', text: '长'.repeat(2_001) },
        { kind: 'correct_section', section: 'overview', text: '长'.repeat(200_001) },
        { kind: 'accept_all' },
      ]) {
        expect((await post({ ...sent, decision })).status).toBe(400)
      }
      expect((await post({ ...sent, decision: { kind: 'comment', text: '长'.repeat(600_000) } })).status).toBe(413)
    })

    test('may hold what no text of a database does', async () => {
      const text = 'NUL \0 and half of a pair \ud800'
      expect((await review.decide(misprinted, { kind: 'comment', text }, { version: 0 })).status).toBe(200)
      expect((await review.open(misprinted)).json().decisions[0].decision.text).toBe(text)
    })

    test('and a reason with signs that no text holds are kept without them', async () => {
      const answers = [
        await review.decide(misprinted, { kind: 'set_organ', organ: '民政局\0' }, { version: 0 }),
        await review.decide(misprinted, { kind: 'hand_over', to: '李四\0' }, { version: 1 }),
        await review.decide(misprinted, { kind: 'correct', fact: 'a\0', value: 1 }, { version: 1 }),
        await review.close(misprinted, 'reject', { version: 1, reason: '重复\0' }),
      ]
      expect(answers.map(({ status }) => status)).toEqual([200, 422, 422, 200])
      const { organ } = await archive.db.selectFrom('reviews').select('organ').executeTakeFirstOrThrow()
      expect(organ).toBe('民政局\ufffd')
    })

    test('never changes the record or what was read', async () => {
      const before = await archive.db.selectFrom('facts').selectAll().orderBy('ordinal').execute()
      await review.decide(misprinted, correction, { version: 0 })
      await review.close(misprinted, 'accept', { version: 1 })
      expect(await archive.db.selectFrom('facts').selectAll().orderBy('ordinal').execute()).toEqual(before)
      expect((await review.open(misprinted)).json().record).toEqual(misprinted)
    })

    test('cannot be changed or removed in the store', async () => {
      await review.decide(misprinted, correction, { version: 0 })
      await expect(archive.db.updateTable('decisions').set({ made_by: 'user:x' }).execute()).rejects.toThrow(
        'only grows',
      )
      await expect(archive.db.deleteFrom('decisions').execute()).rejects.toThrow('only grows')
    })
  })

  describe('accepting', () => {
    beforeEach(() => keep(archive.db, misprinted))

    test('is refused while something that must be settled is open, and says what', async () => {
      const refused = await review.close(misprinted, 'accept', { version: 0 })
      expect(refused.status).toBe(409)
      expect(refused.json()).toMatchObject({ code: 'open_items', items: [{ id: pressingItem(misprinted) }] })
      expect(refused.json().items).toHaveLength(1)
    })

    test('is refused where a correction breaks another sum', async () => {
      const other = { kind: 'correct', fact: 'requests.new.total', value: 999 } as const
      await review.decide(misprinted, asPublished, { version: 0 })
      await review.decide(misprinted, other, { version: 1 })
      expect((await review.close(misprinted, 'accept', { version: 2 })).json().code).toBe('open_items')
    })

    test('opens the next one, which is then the caller’s', async () => {
      const other = copyOf(misprinted, '另一份.docx')
      const third = copyOf(misprinted, '又一份.docx')
      await keep(archive.db, other)
      await keep(archive.db, third)
      await review.claim(other, 'POST', SECOND)
      await review.decide(misprinted, asPublished, { version: 0 })
      const closed = await review.close(misprinted, 'accept', { version: 1 })
      expect(closed.json()).toMatchObject({
        state: { status: 'accepted', version: 2, by: FIRST_NAME },
        next: third.document.sha256,
      })
      expect((await review.open(third)).json().claim.isMine).toBe(true)
      expect((await review.open(misprinted)).json()).toMatchObject({ claim: null, left: 2 })
      expect((await review.close(misprinted, 'accept', { version: 1 })).json()).toMatchObject({
        state: { status: 'accepted', version: 2 },
      })
    })

    test('ends deciding until the report is opened again, but for comments', async () => {
      await review.decide(misprinted, asPublished, { version: 0 })
      await review.close(misprinted, 'accept', { version: 1 })
      expect((await review.decide(misprinted, correction, { version: 2 })).json()).toMatchObject({
        code: 'not_open',
        status: 409,
      })
      expect((await review.decide(misprinted, { kind: 'comment', text: '来函已复' }, { version: 2 })).status).toBe(200)
      const reopened = (await review.close(misprinted, 'reopen', { version: 3, reason: '复查' })).json()
      expect(reopened).toMatchObject({ state: { status: 'open', version: 4 }, next: null })
      expect((await review.open(misprinted)).json().claim.isMine).toBe(true)
      expect((await review.decide(misprinted, correction, { version: 4 })).status).toBe(200)
      expect((await kinds(misprinted)).slice(0, 3)).toEqual(['decided', 'claimed', 'reopened'])
    })
  })

  test('rejecting needs a reason, and takes the report out of the queue', async () => {
    await keep(archive.db, misprinted)
    expect((await review.close(misprinted, 'reject', { version: 0 })).json().code).toBe('reason_missing')
    expect((await review.close(misprinted, 'reject', { version: 0, reason: '不是年度报告' })).json()).toMatchObject({
      state: { status: 'rejected' },
      next: null,
    })
    expect((await review.queue()).json().entries).toEqual([])
    expect((await review.history(misprinted)).json().entries[0]).toMatchObject({
      kind: 'rejected',
      detail: { from: 'open', to: 'rejected', reason: '不是年度报告' },
    })
  })

  test('skipping gives the report back and claims the one behind it, from the start again at the end', async () => {
    const copies = ['一', '二', '三'].map((name) => copyOf(misprinted, `${name}.docx`))
    for (const copy of copies) await keep(archive.db, copy)
    const next = async (after?: ReportRecord) => {
      const payload = after === undefined ? {} : { after: after.document.sha256 }
      const { next: sha256 } = (await archive.ask('/api/v1/review/next', { method: 'POST', payload }, FIRST)).json()
      return copies.findIndex(({ document }) => document.sha256 === sha256)
    }
    expect(await next()).toBe(0)
    expect(await next(copies[0])).toBe(1)
    expect(await next(copies[2])).toBe(0)
    expect((await archive.db.selectFrom('claims').selectAll().execute()).length).toBe(2)
  })

  test('what people set of organ and year counts in the queue, and for which reports are neighbours', async () => {
    const unknown = { ...misprinted, report: { ...misprinted.report, organ: null, year: null } }
    await keep(archive.db, unknown)
    await review.decide(unknown, { kind: 'set_organ', organ: '清源市民政局' }, { version: 0 })
    await review.decide(unknown, { kind: 'set_year', year: 2023 }, { version: 1 })
    const earlier = copyOf({ ...misprinted, report: { ...misprinted.report, year: 2022 } }, '2022.docx')
    await keep(archive.db, earlier)
    expect((await review.queue({ year: '2023' })).json().entries).toMatchObject([{ organ: '清源市民政局', year: 2023 }])
    expect((await review.open(unknown)).json().neighbours).toMatchObject([{ year: 2022 }])
  })

  describe('a report that is read once more', () => {
    beforeEach(() => keep(archive.db, misprinted))

    test('keeps its decisions where the page is read the same', async () => {
      await review.decide(misprinted, asPublished, { version: 0 })
      await review.close(misprinted, 'accept', { version: 1 })
      await keepAgain(readAgain(misprinted, '99.0.0'))
      const opened = (await review.open(misprinted)).json()
      expect(opened.state.status).toBe('accepted')
      expect(opened.decisions).toHaveLength(1)
      expect((await review.queue()).json().entries).toEqual([])
    })

    test('opens again where the evidence has changed, and the history says why', async () => {
      await review.decide(misprinted, asPublished, { version: 0 })
      await review.close(misprinted, 'accept', { version: 1 })
      const facts = misprinted.facts.map((fact) => (fact.key === correction.fact ? { ...fact, raw: '１４' } : fact))
      await keepAgain(readAgain(misprinted, '99.0.0', { facts }))
      const opened = (await review.open(misprinted)).json()
      expect(opened.state).toMatchObject({ status: 'open', by: 'system' })
      expect((await review.queue()).json().entries[0]).toMatchObject({ class: 'proposal', openItems: 2 })
      const [reopened] = (await review.history(misprinted)).json().entries
      expect(reopened).toMatchObject({
        kind: 'reopened',
        by: 'system',
        detail: { from: 'accepted', why: 'evidence_changed', lapsed: [opened.decisions[0].id] },
      })
    })

    test('opens again where a figure is another than was accepted, though nothing has lapsed', async () => {
      await review.decide(misprinted, asPublished, { version: 0 })
      await review.close(misprinted, 'accept', { version: 1 })
      const spoken = itemsOf(misprinted).flatMap((item) => item.facts)
      const other = misprinted.facts.find(({ key, state }) => state === 'number' && !spoken.includes(key))
      const facts = misprinted.facts.map((fact) => (fact.key === other?.key ? { ...fact, value: 4711 } : fact))
      await keepAgain(readAgain(misprinted, '99.0.0', { facts }))
      const [reopened] = (await review.history(misprinted)).json().entries
      expect(reopened).toMatchObject({ kind: 'reopened', detail: { lapsed: [], figures: [other?.key] } })
    })

    test('is decided on only by who has seen the new reading', async () => {
      await keepAgain(readAgain(misprinted, '99.0.0'))
      expect((await review.decide(misprinted, correction, { version: 0 })).json()).toMatchObject({
        code: 'changed',
        version: 1,
        decisions: [],
      })
      expect((await review.decide(misprinted, correction, { version: 1 })).status).toBe(200)
    })

    test('and clean then leaves the queue', async () => {
      const clean = { status: 'accepted', flags: [], discrepancies: [] } as const
      await keepAgain(readAgain(misprinted, '99.0.0', { ...clean, flags: [], discrepancies: [] }))
      expect((await review.queue()).json().entries).toEqual([])
    })

    test('stays rejected', async () => {
      await review.close(misprinted, 'reject', { version: 0, reason: '重复' })
      await keepAgain(readAgain(misprinted, '99.0.0'))
      expect((await review.open(misprinted)).json().state.status).toBe('rejected')
    })

    test('and cannot be read any more is seen by who worked on it', async () => {
      await review.decide(misprinted, asPublished, { version: 0 })
      await review.close(misprinted, 'accept', { version: 1 })
      const failure = { code: 'corrupt', message: '文件已损坏。' } as const
      const nothing = { sections: [], tables: [], facts: [], checks: [], flags: [], discrepancies: [] }
      await keepAgain(readAgain(misprinted, '99.0.0', { status: 'failed', failure, ...nothing }))
      expect((await review.open(misprinted)).json().state.status).toBe('open')
      expect((await review.queue()).json().entries).toMatchObject([{ message: '文件已损坏。' }])
    })
  })

  test('a hand-over moves the claim to the colleague', async () => {
    await keep(archive.db, misprinted)
    await archive.db.insertInto('users').values({ name: '李四', password_hash: 'x', role: 'reviewer' }).execute()
    const decision = { kind: 'hand_over', to: '李四', note: '请核对口径' } as const
    expect((await review.decide(misprinted, decision, { version: 0 })).status).toBe(200)
    expect((await review.open(misprinted)).json().claim).toMatchObject({ by: '李四', isMine: false })
    expect((await review.history(misprinted)).json().entries[0]).toMatchObject({
      kind: 'handed_over',
      detail: { to: '李四', note: '请核对口径' },
    })
  })
})
