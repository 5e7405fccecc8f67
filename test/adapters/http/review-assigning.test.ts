/** A grid of a document is a table of the form: what is sent says which, what it holds is read by the server. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { factRoutes } from '../../../src/adapters/http/facts.js'
import { reviewRoutes } from '../../../src/adapters/http/review.js'
import { reviewAssigningRoutes } from '../../../src/adapters/http/review-assigning.js'
import { keepExtraction } from '../../../src/adapters/store/extractions.js'
import type { Document } from '../../../src/document/model.js'
import { extract, read } from '../../../src/extract.js'
import type { ReportRecord } from '../../../src/record.js'
import { assignableGrids, readLaying, suggestLaying, tableOf } from '../../../src/review/assigning.js'
import type { Decision, Laying } from '../../../src/review/decisions.js'
import { overlay } from '../../../src/review/overlay.js'
import { type ArchiveService, openArchiveService } from '../../build/archive-service.js'
import { keep, lineOf } from '../../build/received.js'
import { FIRST, golden, pressingItem, type Reviewing, readAgain, reviewing, UNDECIDED } from '../../build/review.js'
import { samplePath } from '../../build/samples.js'
import { STORES } from '../../build/store.js'
import { withUnknownHeadings } from '../../build/unknown-headings.js'

const SAMPLE = samplePath('临澜市商务局2024年度报告.html')
const OPTIONS = { engine: 'pdfium', secondReading: 'doubt' } as const
const GRID = 3

describe.each(STORES)('assigning on %s', (make) => {
  let archive: ArchiveService
  let review: Reviewing
  let unread: ReportRecord
  let original: Document
  let shown: Document
  let laying: Laying
  let printed: string

  beforeAll(async () => {
    const bytes = new TextEncoder().encode(withUnknownHeadings(readFileSync(SAMPLE, 'utf8')))
    unread = await extract(bytes, '年报.html', OPTIONS)
    const told = await read(bytes, OPTIONS)
    if (!told.ok) throw new Error(told.failure.message)
    original = told.value
    const blocks = async () =>
      ({ kind: 'made', view: { body: Buffer.from(JSON.stringify(shown)), missingFonts: false } }) as const
    archive = await openArchiveService(make, [reviewRoutes, factRoutes, reviewAssigningRoutes({ blocks })])
    review = reviewing(archive)
    const plan = tableOf({ vintage: '2021', table: 'review_litigation' })
    const grid = assignableGrids(original)[GRID]
    if (plan === null || grid === undefined) throw new Error('no such table')
    const { rows, columns } = suggestLaying(grid, plan)
    laying = {
      grid: GRID,
      vintage: '2021',
      table: 'review_litigation',
      rows: [...rows].map(([row, form]) => ({ row, form })),
      columns: [...columns].map(([column, form]) => ({ column, form })),
    }
    const as = readLaying(original, laying)
    if (typeof as === 'string') throw new Error(as)
    printed = as.printed
  })
  beforeEach(async () => {
    shown = original
    await sql`truncate documents, users cascade`.execute(archive.db)
    await keep(archive.db, unread)
  })
  afterAll(() => archive.close())

  const assign = (sent: Record<string, unknown> = {}, scopes = FIRST) =>
    archive.ask(
      `/api/v1/review/${unread.document.sha256}/assignments`,
      { method: 'POST', payload: { laying, printed, version: 0, key: crypto.randomUUID(), ...sent } },
      scopes,
    )
  const total = async () =>
    (await archive.ask('/api/v1/facts?key=review.total'))
      .json()
      .facts.map(({ value, state, decision, corrected }: Record<string, unknown>) => ({
        value,
        state,
        decision,
        corrected,
      }))

  test('reads the cells, closes what was missing, and shows them wherever figures are taken', async () => {
    const answer = await assign()
    expect(answer.status).toBe(200)
    const { decision } = answer.json().made
    expect(decision.cells).toHaveLength(15)
    expect(decision.cells[4]).toMatchObject({ fact: 'review.total', raw: '4', state: 'number', value: 4 })
    expect((await review.close(unread, 'accept', { version: 1 })).status).toBe(200)
    expect(await total()).toEqual([{ value: null, state: 'absent', decision: 'assigned', corrected: 4 }])
    const { rows } =
      await sql`select decision, corrected::integer from current_facts where key = 'review.total'`.execute(archive.db)
    expect(rows).toEqual([{ decision: 'assigned', corrected: 4 }])
    const [last] = (await review.history(unread))
      .json()
      .entries.filter(({ kind }: { kind: string }) => kind === 'decided')
    expect(last.detail).toMatchObject({ kind: 'assign', table: 'review_litigation', cells: 15 })
  })

  test('takes no figure on trust', async () => {
    const decision: Decision = { kind: 'assign', ...laying, printed, cells: [] }
    expect((await review.decide(unread, decision, { version: 0 })).json()).toMatchObject({
      status: 422,
      code: 'assigned_elsewhere',
    })
    expect((await assign({ printed: `${printed}9` })).json()).toMatchObject({ status: 422, code: 'grid_differs' })
    expect((await assign({ laying: { ...laying, grid: 99 } })).json()).toMatchObject({ code: 'no_such_grid' })
    expect((await assign({ laying: { ...laying, rows: [] } })).json()).toMatchObject({ code: 'nothing_laid' })
    expect((await review.open(unread)).json().decisions).toEqual([])
  })

  test('is of a version, once, and undone', async () => {
    const key = crypto.randomUUID()
    const first = (await assign({ key })).json()
    expect((await assign({ key })).json()).toEqual(first)
    expect((await assign()).json()).toMatchObject({ status: 409, code: 'changed' })
    expect((await review.undo(unread, first.made.id, 1)).status).toBe(200)
    expect(await total()).toEqual([{ value: null, state: 'absent', decision: null, corrected: null }])
  })

  test('gives figures to a report of whose form no cell was known', async () => {
    const unformed = { ...unread, facts: [], checks: [], report: { ...unread.report, vintage: null } }
    await sql`truncate documents, users cascade`.execute(archive.db)
    await keep(archive.db, unformed)
    expect((await assign()).status).toBe(200)
    expect(await total()).toEqual([{ value: null, state: 'absent', decision: 'assigned', corrected: 4 }])
    await review.decide(unformed, { kind: 'correct', fact: 'review.total', value: 5 }, { version: 1 })
    expect(await total()).toMatchObject([{ decision: 'corrected', corrected: 5 }])
  })

  test('lets a cell be filled in once the form is known, and not before', async () => {
    const unformed = { ...unread, facts: [], checks: [], flags: [], report: { ...unread.report, vintage: null } }
    await sql`truncate documents, users cascade`.execute(archive.db)
    await keep(archive.db, unformed)
    const fill = { kind: 'correct', fact: 'review.total', value: 4 } as const
    expect((await review.decide(unformed, fill, { version: 0 })).json()).toMatchObject({ code: 'no_such_fact' })
    await review.decide(unformed, { kind: 'set_vintage', vintage: '2021' }, { version: 0 })
    expect((await review.decide(unformed, fill, { version: 1 })).status).toBe(200)
    expect(await total()).toMatchObject([{ decision: 'corrected', corrected: 4 }])
  })

  test('survives another extraction, and lapses visibly where the grid is read otherwise', async () => {
    await assign()
    await review.close(unread, 'accept', { version: 1 })
    const again = async (version: string, document: Document) => {
      const record = readAgain(unread, version)
      await keepExtraction(archive.db, unread.document.sha256, record, lineOf(record), 1, async () => document)
      return (await review.open(unread)).json()
    }
    const same = await again('9.0.0', original)
    expect(same.state.status).toBe('accepted')
    expect(overlay(unread, same.decisions).lapsed).toEqual([])
    const blocks = original.blocks.map((block) =>
      block.kind === 'grid'
        ? { ...block, cells: block.cells.map((cell) => (cell.text === '4' ? { ...cell, text: '7' } : cell)) }
        : block,
    )
    const other = await again('9.1.0', { ...original, blocks })
    expect(other.state.status).toBe('open')
    expect(overlay(unread, other.decisions).lapsed).toHaveLength(1)
    expect(await total()).toMatchObject([{ decision: null }])
  })
})

describe.each(STORES)('a sum that fails, on %s', (make) => {
  let archive: ArchiveService
  beforeAll(async () => {
    archive = await openArchiveService(make, [reviewRoutes])
  })
  afterAll(() => archive.close())

  test('is not settled by confirming what was read', async () => {
    const failing = golden(UNDECIDED)
    await keep(archive.db, failing)
    const item = pressingItem(failing)
    const review = reviewing(archive)
    const refused = (await review.decide(failing, { kind: 'confirm', item }, { version: 0 })).json()
    expect(refused).toMatchObject({ status: 422, code: 'sum_not_confirmed' })
    expect(refused.detail).toMatch(/合计不符/)
    const published = { kind: 'as_published', item, reason: 'slip' } as const
    expect((await review.decide(failing, published, { version: 0 })).status).toBe(200)
  })
})
