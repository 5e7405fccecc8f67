/** What the prose says, once more beside figures and texts that a person gave. */
import { describe, expect, test } from '@jest/globals'
import type { Check, ReportRecord } from '../../src/record.js'
import { planTable } from '../../src/report/form.js'
import { FORMS } from '../../src/report/forms/all.js'
import type { Decision, Made } from '../../src/review/decisions.js'
import { evidenceNow, type Overlay, overlay } from '../../src/review/overlay.js'
import { proseFindings } from '../../src/review/prose-again.js'
import { indexOf } from '../../src/review/reevaluate.js'
import { goldenRecords } from '../build/golden.js'
import { flag } from '../build/record.js'
import { golden } from '../build/review.js'

const TOTAL = 'review.total'
const NEW = 'requests.new.total'
const byRule = (a: Check, b: Check) => a.rule.localeCompare(b.rule)
const isOfProse = ({ rule }: { readonly rule: string }) => /^(?:N-|ST-YEAR|ST-SEC[56])/.test(rule)

/** Reviews 5 + 0 + 3 + 4 with a total of 0; the prose says 12. */
const unfilled = golden('复议总计为零')
/** The prose says that 16 requests came in, the table 14. */
const differing = golden('正文与表格不符')

function decideAll(on: ReportRecord, ...decisions: readonly Decision[]): Made[] {
  const made: Made[] = []
  for (const decision of decisions) {
    const evidence = evidenceNow(decision, on, made)
    made.push({ id: made.length + 1, decision, evidence, by: '王复核', at: '2026-01-05T08:00:00.000Z' })
  }
  return made
}

const decided = (on: ReportRecord, ...decisions: readonly Decision[]) => overlay(on, decideAll(on, ...decisions))
const correct = (fact: string, value: number): Decision => ({ kind: 'correct', fact, value })
const checkOf = ({ checks }: Overlay, rule: string) => checks.find((check) => check.rule === rule)
const remarks = ({ items }: Overlay) =>
  items.filter(({ item }) => item.urgency === 'prose').map(({ item, state }) => [item.message, state])

/** As if nothing of the table had been read. */
function without(on: ReportRecord, table: string): ReportRecord {
  const spec = FORMS.find(({ vintage }) => vintage === on.report.vintage)?.tables.find(({ key }) => key === table)
  if (spec === undefined) throw new Error(`no table ${table}`)
  const slots = planTable(spec).slots.flatMap((across) => across.map(({ key }) => key))
  const keys = on.facts.flatMap(({ key, state }) => (slots.includes(key) && state !== 'absent' ? [key] : []))
  const facts = on.facts.map((fact) =>
    keys.includes(fact.key)
      ? { ...fact, value: null, state: 'absent' as const, raw: null, location: null, grade: null }
      : fact,
  )
  return {
    ...on,
    facts,
    checks: on.checks.filter((check) => !check.facts.some((key) => keys.includes(key))),
    flags: [flag({ code: 'table_missing', message: '未找到表。', facts: keys })],
    discrepancies: [],
  }
}

function assigned(on: ReportRecord, table: string): Decision {
  const plan = FORMS.find(({ vintage }) => vintage === on.report.vintage)?.tables.find(({ key }) => key === table)
  if (plan === undefined || on.report.vintage === null) throw new Error(`no table ${table}`)
  const keys = new Set(planTable(plan).slots.flatMap((across) => across.map(({ key }) => key)))
  const cells = on.facts.flatMap(({ key, raw, state, value, location }) =>
    keys.has(key) && raw !== null && state !== 'absent' && location !== null
      ? [{ fact: key, raw, state, value, location }]
      : [],
  )
  const laying = { grid: 0, vintage: on.report.vintage, table, rows: [], columns: [] }
  return { kind: 'assign', ...laying, printed: '', cells }
}

describe('the prose of a record', () => {
  test.each(goldenRecords().map((record) => [record.document.fileName, record] as const))(
    'says of the tables what it said when %s was read',
    (_, record) => {
      const again = proseFindings(record.report, record.sections, indexOf(record, new Map()))
      expect(again.map(({ check }) => check).sort(byRule)).toEqual(record.checks.filter(isOfProse).sort(byRule))
    },
  )
})

describe('a corrected cell that the prose speaks of', () => {
  test('agrees with it now, and the remark is closed', () => {
    const held = decided(unfilled, correct(TOTAL, 12))
    expect(checkOf(held, 'N-REVIEW')).toMatchObject({ outcome: 'pass', expected: 12, actual: 12 })
    expect(remarks(held)).toEqual([[expect.stringContaining('为 0'), 'settled']])
  })

  test('differs otherwise than before, and the remark is open with the figure that stands', () => {
    const other = decided(unfilled, correct(TOTAL, 13))
    expect(checkOf(other, 'N-REVIEW')).toMatchObject({ outcome: 'fail', expected: 13, actual: 12 })
    expect(remarks(other)).toEqual([[expect.stringContaining('为 13'), 'open']])
  })

  test('differs from prose that it agreed with: a remark that was not there', () => {
    const broken = decided(unfilled, correct(NEW, 265))
    expect(checkOf(broken, 'N-NEW')).toMatchObject({ outcome: 'fail', expected: 265, actual: 264 })
    const [remark] = broken.items.filter(({ item }) => item.facts.includes(NEW) && item.urgency === 'prose')
    expect(remark).toMatchObject({ state: 'open', item: { code: 'check_failed', checks: ['N-NEW/'] } })
    expect(remark?.item.counterpart).not.toBeNull()
  })

  test('leaves what was noted of another cell as it was, and what was noted of its own only with its figure', () => {
    const seen: Decision = { kind: 'seen', item: `check_failed:${NEW}` }
    const kept = decided(differing, seen, correct(TOTAL, 2))
    expect(kept.items.find(({ item }) => item.id === seen.item)?.state).toBe('settled')
    expect(kept.lapsed).toEqual([])
    const lapsed = decided(differing, seen, correct(NEW, 15))
    expect(lapsed.items.find(({ item }) => item.id === seen.item)?.state).toBe('lapsed')
  })
})

describe('an assigned table that the prose speaks of', () => {
  test('is compared with it, as it could not be before', () => {
    const on = without(differing, 'requests')
    expect(checkOf(overlay(on, []), 'N-NEW')).toBeUndefined()
    const laid = decided(on, assigned(differing, 'requests'))
    expect(checkOf(laid, 'N-CARRIED-IN')?.outcome).toBe('pass')
    expect(checkOf(laid, 'N-NEW')).toMatchObject({ outcome: 'fail', expected: 14, actual: 16 })
    expect(remarks(laid)).toEqual([[expect.stringContaining('16件'), 'open']])
    expect(laid.isAcceptable).toBe(true)
  })

  test('is compared with it by the rules of the form that a person gives the report', () => {
    const read = without(differing, 'requests')
    const on = {
      ...read,
      report: { ...read.report, vintage: null },
      facts: [],
      checks: [],
      flags: [flag({ code: 'vintage_unknown', message: '未能确定适用的表式。' })],
    }
    const given = decided(on, { kind: 'set_vintage', vintage: '2021' }, assigned(differing, 'requests'))
    expect(checkOf(given, 'N-NEW')?.outcome).toBe('fail')
    expect(checkOf(given, 'N-SUM-IN-PROSE')?.outcome).toBe('pass')
  })
})

describe('a corrected text', () => {
  const section = differing.sections.find(({ key }) => key === 'overview')
  const holder = [section, ...(section?.children ?? [])].find((one) => one?.text.includes('16件'))
  const path = holder === section ? 'overview' : `overview/${holder?.title}`
  const retold = (text: string): Decision => ({ kind: 'correct_section', section: path, text })

  test('says what it says now', () => {
    const text = holder?.text ?? ''
    const held = decided(differing, retold(text.replace('16件', '14件')))
    expect(checkOf(held, 'N-NEW')).toMatchObject({ outcome: 'pass', actual: 14 })
    expect(remarks(held)).toEqual([[expect.stringContaining('16件'), 'settled']])
    const other = decided(differing, retold(text.replace('16件', '17件')))
    expect(remarks(other)).toEqual([[expect.stringContaining('17件'), 'open']])
    expect(checkOf(decided(differing, retold('')), 'N-NEW')).toBeUndefined()
  })

  test('is of the year, or speaks of problems, or of fees, as it reads now', () => {
    const problems = differing.sections.find(({ key }) => key === 'problems')
    const empty = {
      ...differing,
      sections: differing.sections.map((one) => (one === problems ? { ...one, text: '无', children: [] } : one)),
      checks: differing.checks.map((check) =>
        check.rule === 'ST-SEC5' ? { ...check, outcome: 'fail' as const, message: '第五部分为空。' } : check,
      ),
      flags: [...differing.flags, flag({ code: 'check_failed', severity: 'warning', message: '第五部分为空。' })],
    }
    const told = decided(empty, {
      kind: 'correct_section',
      section: 'problems',
      text: '一是公开内容还不够及时、全面。',
    })
    expect(checkOf(told, 'ST-SEC5')?.outcome).toBe('pass')
    expect(told.items.map(({ item, state }) => [item.checks, state])).toEqual([
      [['N-NEW/'], 'open'],
      [['ST-SEC5/'], 'settled'],
    ])
  })
})
