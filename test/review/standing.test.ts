import { describe, expect, test } from '@jest/globals'
import { decidedCells } from '../../src/review/cells.js'
import type { Decision, Made } from '../../src/review/decisions.js'
import { itemsOf } from '../../src/review/items.js'
import { evidenceNow, overlay } from '../../src/review/overlay.js'
import { brokenSums, standingAsRead, standingOf } from '../../src/review/standing.js'
import { discrepancy, flag, record } from '../build/record.js'
import { CLEAN, golden, MISPRINTED, pressingItem, UNDECIDED } from '../build/review.js'

const misprinted = golden(MISPRINTED)
const undecided = golden(UNDECIDED)
const TOTAL = 'requests.outcome.granted.total'

function made(of: typeof misprinted, ...decisions: Decision[]): Made[] {
  return decisions.map((decision, index) => ({
    id: index + 1,
    decision,
    evidence: evidenceNow(decision, of),
    by: 'user:甲',
    at: '2026-01-01T00:00:00.000Z',
  }))
}

const standing = (of: typeof misprinted, ...decisions: Decision[]) =>
  standingOf(of, overlay(of, made(of, ...decisions)), of.report.vintage)

describe('how a report stands', () => {
  test('as read is told by its most urgent item, with what is proposed', () => {
    expect(standingAsRead(misprinted)).toMatchObject({
      class: 'proposal',
      openItems: 2,
      message: itemsOf(misprinted)[0]?.message,
      messageInEnglish: expect.stringMatching(/; 「三、本年度办理结果（一）予以公开｜总计」: 14 against 13\. Each row/),
      verdict: 'published',
      proposal: { printed: 14, derived: 13, closes: 2, label: expect.stringContaining('予以公开') },
    })
    expect(standingAsRead(undecided)).toMatchObject({ class: 'error', proposal: null })
  })

  test('is nothing to see where nothing is, and nothing at all where nothing could be read', () => {
    expect(standingAsRead(golden(CLEAN))).toMatchObject({ class: null, openItems: 0, message: '' })
    const failure = { code: 'corrupt', message: '文件已损坏。' } as const
    expect(standingAsRead(record({ status: 'failed', failure }))).toBe(null)
  })

  test('has a place in the draw from 0 up to 100, by the bytes alone', () => {
    const drawn = (end: string) => {
      const { document } = record()
      return standingAsRead(record({ document: { ...document, sha256: `${'a'.repeat(56)}${end}` } }))?.draw
    }
    expect([drawn('00000000'), drawn('80000000'), drawn('c0000000')]).toEqual([0, 50, 75])
    expect(drawn('ffffffff')).toBeLessThan(100)
  })

  test('goes on to the next item when the first is settled, and waits to be accepted when all are', () => {
    const items = itemsOf(misprinted)
    const slip = { kind: 'as_published', item: pressingItem(misprinted), reason: 'slip' } as const
    expect(standing(misprinted, slip)).toMatchObject({ class: 'prose', openItems: 1, message: items[1]?.message })
    const seen = { kind: 'seen', item: items[1]?.id ?? '' } as const
    expect(standing(misprinted, slip, seen)).toMatchObject({ class: 'proposal', openItems: 0, proposal: null })
  })

  test('is an error where a correction breaks a sum that held', () => {
    const slip = { kind: 'as_published', item: pressingItem(misprinted), reason: 'slip' } as const
    const other = { kind: 'correct', fact: 'requests.new.total', value: 999 } as const
    const laid = overlay(misprinted, made(misprinted, slip, other))
    const [broken] = brokenSums(misprinted, laid)
    expect(standing(misprinted, slip, other)).toMatchObject({ class: 'error', message: broken?.message })
    expect(brokenSums(misprinted, overlay(misprinted, made(misprinted, slip)))).toEqual([])
  })

  test('says no more of an item than a row of the queue holds', () => {
    const long = record({ status: 'needs_review', flags: [flag({ message: '长'.repeat(5_000) })] })
    expect(standingAsRead(long)?.message.length).toBe(401)
  })

  test('carries the organ, year and form that people set', () => {
    const set = [
      { kind: 'set_organ', organ: '清源市民政局（新）' },
      { kind: 'set_year', year: 2021 },
    ] as const
    expect(standing(misprinted, ...set)).toMatchObject({ organ: '清源市民政局（新）', year: 2021 })
  })
})

describe('the cells that people have spoken of', () => {
  const cells = (of: typeof misprinted, ...decisions: Decision[]) =>
    Object.fromEntries(decidedCells(overlay(of, made(of, ...decisions))))

  test('are the corrected ones, and of a sum as published those at fault', () => {
    const item = pressingItem(misprinted)
    expect(cells(misprinted, { kind: 'as_published', item, reason: 'scope' })).toEqual({
      [TOTAL]: { state: 'as_published' },
    })
    expect(cells(misprinted, { kind: 'correct', fact: TOTAL, value: null })).toEqual({
      [TOTAL]: { state: 'corrected', value: null },
    })
    const suspects = undecided.discrepancies[0]?.suspects ?? []
    const published = { kind: 'as_published', item: pressingItem(undecided), reason: 'other' } as const
    expect(Object.keys(cells(undecided, published)).sort()).toEqual([...suspects].sort())
  })

  test('are those of a correction where both speak of one', () => {
    const item = pressingItem(misprinted)
    const both = [
      { kind: 'correct', fact: TOTAL, value: 13 },
      { kind: 'as_published', item, reason: 'slip' },
    ] as const
    expect(cells(misprinted, ...both)).toEqual({ [TOTAL]: { state: 'corrected', value: 13 } })
  })

  test('are none where the decision has lapsed', () => {
    const [kept] = made(misprinted, { kind: 'correct', fact: TOTAL, value: 13 })
    if (kept === undefined) throw new Error('nothing was decided')
    expect(decidedCells(overlay(misprinted, [{ ...kept, evidence: '15' }])).size).toBe(0)
  })

  test('are all that take part where nothing is suspected', () => {
    const checks = undecided.discrepancies.flatMap((one) => one.checks)
    const bare = { ...undecided, discrepancies: [discrepancy({ checks })] }
    const published = { kind: 'as_published', item: pressingItem(bare), reason: 'other' } as const
    expect(Object.keys(cells(bare, published)).sort()).toEqual([...(itemsOf(bare)[0]?.facts ?? [])].sort())
  })
})
