import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import type { ReportRecord } from '../../../src/record.js'
import type { Decision, Made } from '../../../src/review/decisions.js'
import { evidenceNow, overlay } from '../../../src/review/overlay.js'
import { isWalkedTo, marksFor, marksOf, viewCells } from '../../../web/src/review/cells.js'
import { cellNames, equationsOf, factIndex, writtenOf } from '../../../web/src/review/equations.js'
import { alternativesTo, effectOf, keyCellOf, recommendedFor } from '../../../web/src/review/settling.js'

const golden = (name: string): ReportRecord =>
  JSON.parse(readFileSync(new URL(`../../golden/${name}`, import.meta.url), 'utf8'))

/** Reviews 5 + 0 + 3 + 4 with a total of 0. */
const unfilled = golden('望岫县人民政府2023年度报告-复议总计为零.pdf.json')
const TOTAL = 'review.total'
const ITEM = 'discrepancy:T4-REVIEW/'
const SUM = 'T4-REVIEW/'

const decide = (decision: Decision): Made => ({
  id: 1,
  decision,
  evidence: evidenceNow(decision, unfilled),
  by: '沈宁',
  at: '2026-01-05T08:00:00.000Z',
})

function look(...decisions: readonly Decision[]) {
  const laid = overlay(unfilled, decisions.map(decide))
  const corrections = new Map([...laid.corrections].map(([key, { decision }]) => [key, decision.value]))
  const equations = equationsOf(laid.checks, factIndex(unfilled, corrections))
  const views = viewCells({
    facts: new Map(unfilled.facts.map((fact) => [fact.key, fact])),
    overlay: laid,
    equations,
    drawn: new Set([SUM]),
    allIdentities: false,
  })
  return { views, equations, statesOf: (key: string) => views.get(key)?.states }
}

describe('the cells of a sum that fails', () => {
  const { views, statesOf, equations } = look()

  test('are its total and what is added up', () => {
    expect(statesOf(TOTAL)).toEqual(['failing', 'zero'])
    expect(statesOf('review.maintained')).toEqual(['operand'])
    expect(statesOf('review.corrected')).toEqual(['operand', 'zero'])
    expect(statesOf('litigation.direct.total')).toEqual([])
  })

  test('are marked in the same way on the page, the total with its sign', () => {
    const marked = marksFor(views)
    expect(marked).toHaveLength(5)
    expect(marked.find(({ fact }) => fact === TOTAL)).toMatchObject({ look: 'failing', mark: '≠' })
  })

  test('stand in an equation that adds up the parts and compares them with the total', () => {
    const equation = equations.get(SUM)
    expect(equation?.parts.addends.map(({ value }) => value)).toEqual([5, 0, 3, 4])
    expect(equation?.parts.sum).toBe(12)
    expect(equation?.totalFact).toBe(TOTAL)
  })

  test('are walked through by Tab where they may be wrong', () => {
    const walked = [...views].filter(([, view]) => isWalkedTo(view)).map(([key]) => key)
    expect(walked).toEqual([TOTAL])
  })
})

test('a figure that stays as published keeps its value and says so', () => {
  const { statesOf, views } = look({ kind: 'as_published', item: ITEM, reason: 'slip' })
  expect(statesOf(TOTAL)).toEqual(['as_published', 'zero'])
  expect(views.get(TOTAL)).toMatchObject({ text: '0', derived: 12 })
})

test('a corrected figure makes the sum hold, and what was read stays known', () => {
  const { views, equations } = look({ kind: 'correct', fact: TOTAL, value: 12 })
  expect(views.get(TOTAL)).toMatchObject({ text: '12', states: ['corrected'], corrected: 12, fact: { value: 0 } })
  expect(equations.get(SUM)?.outcome).toBe('pass')
})

test('a cell that a person says is blank is blank', () => {
  const { views } = look({ kind: 'correct', fact: TOTAL, value: null })
  expect(views.get(TOTAL)).toMatchObject({ text: '空', corrected: null })
})

test('what was not found is not called doubtful beside it', () => {
  expect(marksOf(['doubtful', 'absent'])).toBe('缺')
  expect(marksOf(['failing', 'corrected'])).toBe('≠改')
})

test('a long sum is written without what adds nothing', () => {
  const addend = (value: number | null, isRead = true) => ({ fact: `${value}`, name: '', factor: 1, value, isRead })
  const side = { addends: [1, 0, 0, 0, 2, 0, 0, 0, null].map((value) => addend(value)), sum: 3 }
  expect(writtenOf(side)).toMatchObject({ zeros: 7, addends: [{ value: 1 }, { value: 2 }] })
  expect(writtenOf({ ...side, addends: [...side.addends, addend(null, false)] }).addends).toHaveLength(3)
})

describe('what can be done about an item', () => {
  const [item] = overlay(unfilled, []).items.map((each) => each.item)
  if (item === undefined) throw new Error('there is an item')

  test('is recommended by the verdict, and begins at the cell that would change', () => {
    expect(recommendedFor(item)).toBe('as_published')
    expect(keyCellOf(item)).toBe(TOTAL)
    const discrepancy = item.discrepancy
    if (discrepancy === null) throw new Error('it is a discrepancy')
    expect(recommendedFor({ ...item, discrepancy: { ...discrepancy, verdict: 'misread' } })).toBe('take')
    expect(recommendedFor({ ...item, discrepancy: { ...discrepancy, verdict: 'undecided' } })).toBe('look')
    expect(recommendedFor({ ...item, discrepancy: { ...discrepancy, verdict: 'misread', proposal: null } })).toBe(
      'look',
    )
  })

  test('closes what the suggestion closes, and breaks what it breaks', () => {
    expect(effectOf(unfilled, new Map(), new Map([[TOTAL, 12]]))).toEqual({ closes: [SUM], breaks: [] })
    const other = effectOf(unfilled, new Map(), new Map([['litigation.direct.total', 99]]))
    expect(other.breaks).toEqual(['T4-LITIGATION-DIRECT/'])
  })

  test('shows why no other cell is at fault', () => {
    const equation = look().equations.get(SUM)
    if (equation === undefined) throw new Error('there is an equation')
    const others = alternativesTo(unfilled, new Map(), equation, new Set([TOTAL]))
    expect(others.map(({ from, to, against }) => [from, to, against?.kind])).toEqual([
      [5, -7, 'negative'],
      [0, -12, 'negative'],
      [3, -9, 'negative'],
      [4, -8, 'negative'],
    ])
  })
})

test('each cell has a name that people use', () => {
  expect(cellNames(unfilled).get(TOTAL)).toBe('行政复议·总计')
})
