/** What a record says in Chinese is said in English from its codes and figures; what has no wording is left to the Chinese. */
import { describe, expect, test } from '@jest/globals'
import { ENGLISH_TITLES } from '../../src/reconcile/rules/english.js'
import { RULES } from '../../src/reconcile/rules.js'
import type { Check, Evidence, Proposal } from '../../src/record.js'
import {
  checkInEnglish,
  discrepancyInEnglish,
  evidenceInEnglish,
  itemInEnglish,
  messageInEnglish,
} from '../../src/review/in-english.js'
import { itemsOf } from '../../src/review/items.js'
import { cellNames } from '../../web/src/review/equations.js'
import { goldenRecords } from '../build/golden.js'
import { golden, MISPRINTED, UNDECIDED } from '../build/review.js'

const evidence = (code: string, facts: readonly string[] = []): Evidence => ({
  code,
  bearing: 'published',
  message: '正文写「名（2）」99',
  facts: [...facts],
  location: null,
})
const nameOf = (fact: string) => `名${fact}`
const proposal: Proposal = {
  changes: [{ fact: 'a', printed: 14, derived: -13 }],
  slip: null,
  closes: [],
  message: '若「名a」为 -13，则各项均平。',
}
const check = (rule: string, more: Partial<Check> = {}): Check => ({
  rule,
  subject: '',
  level: 'warning',
  outcome: 'fail',
  expected: 12,
  actual: 40,
  facts: ['a'],
  message: '不符 99',
  ...more,
})

describe('in English', () => {
  test('every rule has a title, and no title is without its rule', () => {
    expect(Object.keys(ENGLISH_TITLES).sort()).toEqual([...new Set(RULES.map(({ id }) => id))].sort())
  })

  test('evidence is worded by its code and its cells; figures come from the proposal, never from the Chinese', () => {
    const said = (code: string, facts: readonly string[], of: Proposal | null = proposal) =>
      evidenceInEnglish(evidence(code, facts), of, nameOf)
    expect(said('readings_agree', [])).toBe('Both readings agree on all cells of these sums')
    expect(said('grid_incomplete', ['a', 'b'])).toBe('The table lacks cells (2); figures may have moved')
    expect(said('prose_derived', ['a'])).toBe('The prose says −13 of 「名a」, as derived')
    expect(said('prose_printed', ['a'])).toBe('The prose says 14 of 「名a」, as printed')
    expect(said('prose_printed', ['a'], null)).toBe('The prose says of 「名a」 what is printed')
  })

  test('more than three cells are counted', () => {
    expect(evidenceInEnglish(evidence('cell_unread', ['a', 'b', 'c', 'd', 'e']), null, nameOf)).toBe(
      'Not read: 「名a」, 「名b」, 「名c」 and 2 more',
    )
  })

  test('a code or rule without wording, and one without the cells or figures that are asked for, have none', () => {
    expect(evidenceInEnglish(evidence('never_heard_of'), null, nameOf)).toBeNull()
    expect(evidenceInEnglish(evidence('cell_unread'), null, nameOf)).toBeNull()
    expect(checkInEnglish(check('NEVER-HEARD-OF'), nameOf)).toBeNull()
    expect(checkInEnglish(check('XY-CARRY', { expected: null }), nameOf)).toBeNull()
  })

  test.each([
    ['XY-CARRY', '「名a」: 40 carried in, but 12 carried over by the report of last year'],
    ['XY-JUMP', '「名a」: 40, but 12 last year'],
    ['XY-SAME', 'All figures but zeros (1) are those of last year (copied?)'],
    ['AGG-SUM', '「名a」: 40, but the organs below add up to 12'],
    ['N-YOY', '「名a」: the prose says 40 % on last year, the two reports give 12 %'],
    ['N-OUT-GRANTED', '「名a」: the prose says 40, the table 12'],
    ['T4-REVIEW', '40 against 12. Review: total = upheld + corrected + other + pending'],
  ])('%s is worded by its cells and figures', (rule, said) => {
    expect(checkInEnglish(check(rule), nameOf)).toBe(said)
  })

  test('a rule over several columns says in which it fails, one without figures that it fails', () => {
    expect(checkInEnglish(check('T3-ROW-21', { subject: 'new' }), nameOf)).toBe(
      '「名a」: 40 against 12. Each row: total = sum of the six kinds of applicants',
    )
    expect(checkInEnglish(check('ST-TABLES', { expected: null, actual: null }), nameOf)).toBe(
      'Check failed: The tables of sections 2, 3 and 4 are there',
    )
  })

  test('a remark on the prose gives both figures', () => {
    const record = golden(MISPRINTED)
    const names = cellNames(record)
    const remark = itemsOf(record).find(({ urgency }) => urgency === 'prose')
    if (remark === undefined) throw new Error('no remark')
    expect(itemInEnglish(remark, record.checks, (fact) => names.get(fact) ?? fact)).toBe(
      '「予以公开·总计」: the prose says 13, the table 14',
    )
  })

  test('where arithmetic cannot decide, it is said so', () => {
    const [discrepancy] = golden(UNDECIDED).discrepancies
    if (discrepancy === undefined) throw new Error('no discrepancy')
    expect(discrepancyInEnglish(discrepancy, nameOf)).toMatch(
      /^Any of 「.*and \d+ more may be wrong; arithmetic cannot tell$/,
    )
  })

  test('every item and all evidence of the samples is worded', () => {
    for (const { checks, discrepancies, ...record } of goldenRecords()) {
      for (const item of itemsOf({ checks, discrepancies, ...record })) {
        expect(messageInEnglish(item, checks, nameOf)).not.toBeNull()
        const own = item.discrepancy
        for (const each of own?.evidence ?? []) {
          expect(evidenceInEnglish(each, own?.proposal ?? null, nameOf)).not.toBeNull()
        }
      }
    }
  })
})
