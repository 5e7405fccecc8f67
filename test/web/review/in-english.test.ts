/** What a record says in Chinese is said in English from its codes and figures; what has no wording is left to the Chinese. */
import { describe, expect, test } from '@jest/globals'
import { ENGLISH_TITLES } from '../../../src/reconcile/rules/english.js'
import { RULES } from '../../../src/reconcile/rules.js'
import type { Evidence } from '../../../src/record.js'
import { itemsOf } from '../../../src/review/items.js'
import { cellNames } from '../../../web/src/review/equations.js'
import { discrepancyInEnglish, evidenceInEnglish, itemInEnglish } from '../../../web/src/review/in-english.js'
import { goldenRecords } from '../../build/golden.js'
import { golden, MISPRINTED, UNDECIDED } from '../../build/review.js'

const evidence = (code: string, message: string, facts: readonly string[] = []): Evidence => ({
  code,
  bearing: 'published',
  message,
  facts: [...facts],
  location: null,
})
const nameOf = (fact: string) => `名${fact}`

describe('in English', () => {
  test('every rule has a title, and no title is without its rule', () => {
    expect(Object.keys(ENGLISH_TITLES).sort()).toEqual([...new Set(RULES.map(({ id }) => id))].sort())
  })

  test('evidence is worded by its code, with its figures and cells', () => {
    expect(evidenceInEnglish(evidence('readings_agree', '两种读法在相关 28 格上一致'), nameOf)).toBe(
      'Both readings agree (28 cells)',
    )
    expect(evidenceInEnglish(evidence('prose_derived', '正文写「名（2）」13，与推算一致', ['a']), nameOf)).toBe(
      'The prose says 13 for 「名a」, as derived',
    )
  })

  test('more than three cells are counted', () => {
    expect(evidenceInEnglish(evidence('cell_unread', '', ['a', 'b', 'c', 'd', 'e']), nameOf)).toBe(
      'Not read: 「名a」, 「名b」, 「名c」 and 2 more',
    )
  })

  test('a code without wording, and a message without the figure that is asked for, have none', () => {
    expect(evidenceInEnglish(evidence('never_heard_of', '…'), nameOf)).toBeNull()
    expect(evidenceInEnglish(evidence('readings_agree', '两种读法一致'), nameOf)).toBeNull()
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
    for (const record of goldenRecords()) {
      for (const item of itemsOf(record)) {
        expect(itemInEnglish(item, record.checks, nameOf)).not.toBeNull()
        for (const each of item.discrepancy?.evidence ?? []) expect(evidenceInEnglish(each, nameOf)).not.toBeNull()
      }
    }
  })
})
