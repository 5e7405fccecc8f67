import { describe, expect, test } from '@jest/globals'
import { reconcile } from '../../src/reconcile/reconcile.js'
import type { Check, Flag, Location } from '../../src/record.js'
import type { ReportReading } from '../../src/report/reading.js'
import { type Cells, FIRST_LINE, reading, section, withProse, withSections } from '../build/reading.js'

/** Every cell of the form at a place of its own, by its number among the facts. */
function located(base: ReportReading): ReportReading {
  return { ...base, facts: base.facts.map((fact, row) => ({ ...fact, location: cellAt(row) })) }
}

function cellAt(row: number): Location {
  return { kind: 'cell', table: 0, row, column: 0 }
}

function cellOf(key: string): Location {
  return cellAt(reading('2021').facts.findIndex((fact) => fact.key === key))
}

function sentenceAt(index: number): Location {
  return { kind: 'line', line: FIRST_LINE + index }
}

/** Prose alone is looked at: the tables of these reports need not agree among themselves. */
function proseFlags(text: string, cells: Cells): Flag[] {
  const { flags } = reconcile(located(withProse(reading('2021', cells), text)))
  return flags.filter(({ message }) => message.startsWith('正文'))
}

function failedRules(text: string, cells: Cells): Check['rule'][] {
  const { checks } = reconcile(withProse(reading('2021', cells), text))
  return checks.filter(({ rule, outcome }) => rule.startsWith('N-') && outcome === 'fail').map(({ rule }) => rule)
}

describe('a difference between prose and table', () => {
  test('is a warning with the cell and, as its counterpart, the paragraph of the sentence', () => {
    const text = '全年平稳有序。\n制度健全。新收政府信息公开申请196件。'
    expect(proseFlags(text, { 'requests.new.total': 193 })).toEqual([
      {
        code: 'check_failed',
        severity: 'warning',
        message: '正文“新收政府信息公开申请196件”，表中「本年新收·总计」为 193，相差 3。',
        facts: ['requests.new.total'],
        location: cellOf('requests.new.total'),
        counterpart: sentenceAt(1),
      },
    ])
  })

  test('stands at the first part of a figure that the form prints no cell for', () => {
    const cells = { 'requests.outcome.unavailable.still_unclear.total': 72 }
    expect(proseFlags('申请中无法提供265件。', cells)).toMatchObject([
      { location: cellOf('requests.outcome.unavailable.not_held.total'), counterpart: sentenceAt(0) },
    ])
  })

  test('stands at the blank total of a figure that was computed from its columns', () => {
    const cells = { 'requests.new.total': '', 'requests.new.natural_person': 5 }
    expect(proseFlags('新收政府信息公开申请8件。', cells)).toMatchObject([{ location: cellOf('requests.new.total') }])
  })

  test('stands at the sentence where the cell has no place', () => {
    const { flags } = reconcile(withProse(reading('2021', {}), '新收政府信息公开申请8件。'))
    expect(flags).toMatchObject([{ code: 'check_failed', location: sentenceAt(0) }])
    expect(flags[0]).not.toHaveProperty('counterpart')
  })

  test('has the cell alone where the sentence has no place', () => {
    const base = located(withProse(reading('2021', {}), '新收政府信息公开申请8件。'))
    const passages = base.passages.map((passage) => ({ ...passage, location: null }))
    const { flags } = reconcile({ ...base, passages })
    expect(flags).toMatchObject([{ code: 'check_failed', location: cellOf('requests.new.total') }])
    expect(flags[0]).not.toHaveProperty('counterpart')
  })

  test('that may be one of scope stays a warning and says so', () => {
    const flags = proseFlags('区政府办代表区政府受理政府信息公开申请17件。', { 'requests.new.total': 95 })
    expect(flags).toMatchObject([{ severity: 'warning', counterpart: sentenceAt(0) }])
    expect(flags[0]?.message).toContain('口径不同')
  })

  test('is found in the heading of a part too', () => {
    const child = { ...section(null, '均已答复。'), title: '收到政府信息公开申请5件' }
    const report = withSections(reading('2021'), [section('overview', '平稳。', [child])])
    const flags = reconcile(located(report)).flags.filter(({ message }) => message.startsWith('正文'))
    expect(flags).toMatchObject([{ counterpart: sentenceAt(1) }])
  })
})

describe('one difference that fails several rules', () => {
  const NEW = { 'requests.new.total': 10, 'requests.carried_in.total': 2, 'requests.outcome.total.total': 12 }

  test.each([
    ['of one phrase against the same cell', '新收、受理政府信息公开申请15件。', NEW, ['N-NEW', 'N-RECEIVED']],
    [
      'of one phrase that both rules take for new requests',
      '接收、办理政府信息公开申请15件。',
      NEW,
      ['N-RECEIVED', 'N-HANDLED'],
    ],
    [
      'of one phrase that both rules take for the outcomes',
      '办理、答复政府信息公开申请15件。',
      NEW,
      ['N-HANDLED', 'N-REPLIED'],
    ],
    ['of a zero in words and in a figure', '未收到政府信息公开申请0件。', NEW, ['N-RECEIVED', 'N-NONE']],
  ])('%s is told once', (_, text, cells, rules) => {
    expect(failedRules(text, cells)).toEqual(rules)
    expect(proseFlags(text, cells)).toHaveLength(1)
    expect(proseFlags(text, cells)[0]?.message).not.toContain('正文共')
  })

  test('in several sentences is told once, with their number', () => {
    const text = '收到政府信息公开申请15件。\n其他方面平稳。新收政府信息公开申请15件。'
    expect(failedRules(text, NEW)).toEqual(['N-NEW', 'N-RECEIVED'])
    expect(proseFlags(text, NEW)).toMatchObject([
      {
        message: '正文“新收政府信息公开申请15件”，表中「本年新收·总计」为 10，相差 5。（正文共 2 处）',
        counterpart: sentenceAt(1),
      },
    ])
  })

  test('is told once where a zero in words and a figure stand in two sentences', () => {
    const cells = { 'litigation.direct.total': 3 }
    const text = '因政府信息公开引发行政诉讼0件。\n全年未发生行政诉讼。'
    expect(failedRules(text, cells)).toEqual(['N-LITIGATION', 'N-NO-LITIGATION'])
    expect(proseFlags(text, cells)).toMatchObject([
      { facts: ['litigation.direct.total', 'litigation.after_review.total'] },
    ])
  })
})

describe('differences that are not one', () => {
  test.each([
    [
      'of one negation over two tables',
      '未发生行政复议、行政诉讼。',
      { 'review.total': 1, 'litigation.direct.total': 1 },
    ],
    [
      'of two figures against one cell',
      '新收政府信息公开申请8件。收到政府信息公开申请7件。',
      { 'requests.new.total': 9 },
    ],
    [
      'of one figure against two cells',
      '收到、答复政府信息公开申请15件。',
      { 'requests.new.total': 9, 'requests.outcome.total.total': 9 },
    ],
    [
      'of one figure in two sentences against two sums',
      '收到政府信息公开申请15件。办理政府信息公开申请15件。',
      { 'requests.new.total': 10, 'requests.carried_in.total': 2 },
    ],
  ])('%s are told each', (_, text, cells) => {
    expect(proseFlags(text, cells)).toHaveLength(2)
  })
})

describe('a list in the prose that does not add up', () => {
  const text = '答复政府信息公开申请6件，其中予以公开3件、部分公开2件。'
  const list = (granted: number, total: number): Cells => ({
    'requests.outcome.granted.total': granted,
    'requests.outcome.partial.total': 2,
    'requests.outcome.total.total': total,
  })

  test('is told at its sentence where the tables have all its figures', () => {
    expect(failedRules(text, list(3, 6))).toEqual(['N-SUM-IN-PROSE'])
    const [flag] = proseFlags(text, list(3, 6))
    expect(flag).toMatchObject({ severity: 'warning', facts: [], location: sentenceAt(0) })
    expect(flag).not.toHaveProperty('counterpart')
  })

  test.each([
    ['a part', list(4, 6), 'requests.outcome.granted.total'],
    ['its total', list(3, 5), 'requests.outcome.total.total'],
  ])('is not told again where the tables contradict %s and then it does', (_, cells, key) => {
    expect(failedRules(text, cells)).toHaveLength(2)
    expect(proseFlags(text, cells)).toMatchObject([{ facts: [key] }])
  })

  test('is not told again where what was carried out makes it add up with the tables', () => {
    const carried = '办理政府信息公开申请8件，其中予以公开3件、部分公开1件，结转下年度继续办理3件。'
    const cells = {
      'requests.new.total': 7,
      'requests.outcome.granted.total': 3,
      'requests.outcome.partial.total': 1,
      'requests.outcome.total.total': 4,
      'requests.carried_out.total': 3,
    }
    expect(failedRules(carried, cells)).toEqual(['N-HANDLED', 'N-SUM-IN-PROSE'])
    expect(proseFlags(carried, cells)).toHaveLength(1)
  })

  test('is told beside a part that the tables contradict in another way', () => {
    expect(proseFlags(text, list(10, 6)).map(({ facts }) => facts)).toEqual([['requests.outcome.granted.total'], []])
  })

  test('is told where one of its figures differs and another sentence agrees with the table', () => {
    const twice = `${text}申请中予以公开4件。`
    expect(failedRules(twice, list(4, 6))).toEqual(['N-SUM-IN-PROSE'])
    expect(proseFlags(twice, list(4, 6))).toHaveLength(1)
  })
})
