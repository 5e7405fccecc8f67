import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import type { ReportRecord } from '../../src/record.js'
import type { Decision, Made } from '../../src/review/decisions.js'
import { itemsOf } from '../../src/review/items.js'
import { evidenceNow, overlay } from '../../src/review/overlay.js'
import { reevaluate } from '../../src/review/reevaluate.js'
import { flag, record } from '../build/record.js'

const golden = (name: string): ReportRecord =>
  JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8'))

/** Reviews 5 + 0 + 3 + 4 with a total of 0; the prose says 12. */
const unfilled = golden('望岫县人民政府2023年度报告-复议总计为零.pdf.json')
const TOTAL = 'review.total'
const ITEM = 'discrepancy:T4-REVIEW/'

let made = 0
function decide(on: ReportRecord, decision: Decision): Made {
  made += 1
  return { id: made, decision, evidence: evidenceNow(decision, on), by: 'user:王复核', at: '2026-01-05T08:00:00.000Z' }
}

/** The same report, read again, with another figure in a cell. */
function readAnew(key: string, value: number): ReportRecord {
  return {
    ...unfilled,
    facts: unfilled.facts.map((fact) => (fact.key === key ? { ...fact, value, raw: String(value) } : fact)),
  }
}

describe('the items of a report', () => {
  test('are its discrepancies and flags, each thing once, the most useful first', () => {
    expect(itemsOf(unfilled).map(({ id, urgency }) => [id, urgency])).toEqual([
      [ITEM, 'proposal'],
      [`check_failed:${TOTAL}`, 'prose'],
    ])
  })

  test('of a clean report are none', () => {
    expect(itemsOf(golden('清源市水务局2023年度报告.pdf.json'))).toEqual([])
  })

  test('name the cells: those that would change first, then the others of the sum', () => {
    expect(itemsOf(unfilled)[0]?.facts.slice(0, 2)).toEqual([TOTAL, 'review.maintained'])
  })

  test('are errors where a flag of severity error stands alone', () => {
    const unknown = record({ flags: [flag({ code: 'year_unknown', message: '未能确定报告年度。' })] })
    expect(itemsOf(unknown)).toMatchObject([{ code: 'year_unknown', urgency: 'error', facts: [] }])
  })
})

describe('a report with decisions laid over it', () => {
  test('is open until what must be settled is, and remarks do not hold it up', () => {
    const open = overlay(unfilled, [])
    expect(open.items.map(({ state }) => state)).toEqual(['open', 'open'])
    expect(open.isAcceptable).toBe(false)
    const published = decide(unfilled, { kind: 'as_published', item: ITEM, reason: 'slip' })
    const settled = overlay(unfilled, [published])
    expect(settled.items.map(({ state }) => state)).toEqual(['settled', 'open'])
    expect(settled.isAcceptable).toBe(true)
  })

  test('holds again where a correction closes its sums', () => {
    const corrected = overlay(unfilled, [decide(unfilled, { kind: 'correct', fact: TOTAL, value: 12 })])
    expect(corrected.items[0]).toMatchObject({ state: 'settled', made: null })
    expect(corrected.checks.find(({ rule }) => rule === 'T4-REVIEW')?.outcome).toBe('pass')
    expect(corrected.isAcceptable).toBe(true)
  })

  test('cannot be accepted where a correction breaks a sum that held', () => {
    const breaking = [
      decide(unfilled, { kind: 'correct', fact: TOTAL, value: 12 }),
      decide(unfilled, { kind: 'correct', fact: 'requests.new.natural_person', value: 99_999 }),
    ]
    expect(overlay(unfilled, breaking).isAcceptable).toBe(false)
  })

  test('goes by the last decision about a thing', () => {
    const twice = [
      decide(unfilled, { kind: 'correct', fact: TOTAL, value: 12 }),
      decide(unfilled, { kind: 'correct', fact: TOTAL, value: 13 }),
    ]
    const given = overlay(unfilled, twice)
    expect(given.corrections.get(TOTAL)?.decision.value).toBe(13)
    expect(given.items[0]?.state).toBe('open')
  })

  test('keeps its decisions when it is read again alike, and lets them lapse visibly when its cells read differently', () => {
    const decision = decide(unfilled, { kind: 'as_published', item: ITEM, reason: 'slip' })
    expect(overlay(structuredClone(unfilled), [decision]).items[0]?.state).toBe('settled')
    const changed = overlay(readAnew('review.maintained', 6), [decision])
    expect(changed.items[0]).toMatchObject({ state: 'lapsed', made: decision })
    expect(changed.lapsed).toEqual([decision])
    expect(changed.isAcceptable).toBe(false)
  })

  test('has the organ and the year that a person gave it', () => {
    const unknown = record({
      flags: [flag({ code: 'year_unknown', message: '未能确定报告年度。' })],
      report: { title: null, organ: '清河县人民政府', year: null, vintage: '2021', period: null },
    })
    const given = overlay(unknown, [decide(unknown, { kind: 'set_year', year: 2023 })])
    expect(given).toMatchObject({ year: 2023, organ: '清河县人民政府', isAcceptable: true })
  })
})

describe('sums made again', () => {
  test('are those of the record where nothing was corrected', () => {
    expect(reevaluate(unfilled, new Map())).toBe(unfilled.checks)
  })

  test('with the printed figure come to what the record says', () => {
    const printed = new Map(unfilled.facts.filter(({ value }) => value !== null).map(({ key, value }) => [key, value]))
    const relations = reevaluate(unfilled, printed).map(({ rule, subject, outcome }) => [rule, subject, outcome])
    expect(relations).toEqual(unfilled.checks.map(({ rule, subject, outcome }) => [rule, subject, outcome]))
  })
})
