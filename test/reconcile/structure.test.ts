import { describe, expect, test } from '@jest/globals'
import { reconcile } from '../../src/reconcile/reconcile.js'
import type { Check, Vintage } from '../../src/record.js'
import type { FormTable, ReportReading } from '../../src/report/reading.js'
import { type Cells, reading, section, withProse } from '../build/reading.js'

function check(
  rule: string,
  report: Partial<ReportReading>,
  cells: Cells = {},
  vintage: Vintage = '2021',
): Check | undefined {
  return reconcile(reading(vintage, cells, report)).checks.find((one) => one.rule === rule)
}

const sections = (...keys: (string | null)[]): Partial<ReportReading> => ({
  sections: keys.map((key) => section(key, '')),
})
const ALL = ['overview', 'proactive', 'requests', 'review_litigation', 'problems', 'other']

describe('sections', () => {
  test.each([
    [ALL, 'pass', '6 个部分齐全且按序。'],
    [[...ALL, null], 'pass', '6 个部分齐全且按序。'],
    [ALL.slice(1), 'fail', '缺少「总体情况」。'],
    [[...ALL, 'other'], 'fail', '「其他需要报告的事项」出现多次。'],
    [['overview', 'requests', 'proactive', ...ALL.slice(3)], 'fail', '各部分次序与规定不符。'],
  ])('%j: %s', (keys, outcome, message) => {
    expect(check('ST-SECTIONS', sections(...keys))).toMatchObject({ outcome, message })
  })

  test('of 2014 to 2018 are free', () => {
    expect(check('ST-SECTIONS', sections('overview'), {}, '2014')).toBeUndefined()
  })
})

test('a table that was not found is named, with its facts', () => {
  const states: Record<string, FormTable['state']> = { review_litigation: 'missing', 'proactive.art20_6': 'picture' }
  const tables = reading('2021').formTables.map((table) => ({
    ...table,
    state: states[table.key] ?? 'found',
  }))
  expect(check('ST-TABLES', { formTables: tables })).toMatchObject({
    outcome: 'fail',
    expected: 6,
    actual: 4,
    message: '「主动公开政府信息情况·第二十条第（六）项」是图片，「政府信息公开行政复议、行政诉讼情况」未找到。',
  })
  expect(check('ST-TABLES', { formTables: tables })?.facts).toHaveLength(17)
})

test('a cell that was not found is named', () => {
  expect(check('ST-ROWS', {}, { 'review.total': null })).toMatchObject({
    outcome: 'fail',
    actual: 1,
    facts: ['review.total'],
    message: '表格中有 1 栏未找到：「行政复议·总计」。',
  })
})

test('blanks are counted and are no reason for review by themselves', () => {
  expect(check('ST-BLANK', {}, { 'review.total': '', 'review.other': '—' })).toMatchObject({
    outcome: 'fail',
    level: 'warning',
    actual: 2,
    facts: ['review.other', 'review.total'],
  })
})

describe('the section on problems', () => {
  test.each([
    ['', 'fail'],
    ['无。', 'fail'],
    ['没有突出问题。', 'fail'],
    ['一是业务能力有待提高，将加强培训。', 'pass'],
  ])('%j: %s', (text, outcome) => {
    expect(check('ST-SEC5', { sections: [section('problems', text)] })?.outcome).toBe(outcome)
  })

  test('may say it all in its parts', () => {
    const parts = [{ ...section(null, '业务能力有待提高。'), title: '存在的问题' }]
    expect(check('ST-SEC5', { sections: [section('problems', '', parts)] })?.outcome).toBe('pass')
  })

  test('that is missing is missed by the rule on sections only', () => {
    expect(check('ST-SEC5', { sections: [] })).toBeUndefined()
  })
})

test.each([
  ['本年度未收取政府信息公开信息处理费。', 'pass'],
  ['收取信息处理费0元。', 'pass'],
  ['根据收费管理办法，全年发出收费通知0件，收取总金额0元。', 'fail'],
  ['无。', 'fail'],
])('section 6 says of fees: %s', (text, outcome) => {
  expect(check('ST-SEC6-FEE', { sections: [section('other', text)] })?.outcome).toBe(outcome)
})

test('fees need no mention before 2021', () => {
  expect(check('ST-SEC6-FEE', { sections: [section('other', '无。')] }, {}, '2019')).toBeUndefined()
})

test('a form that is kept in use is named', () => {
  expect(check('ST-FORM-MIX', { mixedForms: ['（六）其他处理'] })).toMatchObject({
    outcome: 'fail',
    level: 'info',
    message: '混用旧版表格：（六）其他处理。',
  })
})

describe('the year', () => {
  const outcomeOf = (text: string): Check | undefined =>
    reconcile(withProse(reading('2021', {}), text)).checks.find(({ rule }) => rule === 'ST-YEAR')

  test.each([
    '2022年，我镇收到政府信息公开申请5件。',
    '2022年我镇收到依申请公开申请事项0件。',
    '2022 年度，全县新收政府信息公开申请5件。',
    '（二）依申请公开情况。2022年全区受理政府信息公开申请21件。',
    '（二）依申请公开情况2022年，县政府新收政府信息公开申请5件。',
    '我局2022年收到政府信息公开申请5件。',
    '清河县人民政府2022年度共受理信息公开申请1件。',
    '2022年，人民政府办公室共制定规范性文件0件，废止规范性文件0件。',
    '2022年，未收到依申请公开事项。',
    '2022年，我局未发生政府信息公开方面的行政复议和行政诉讼。',
  ])('of last year at the head of a figure is a contradiction: %s', (text) => {
    expect(outcomeOf(text)).toMatchObject({ outcome: 'fail', level: 'warning', expected: 2023, actual: 2022 })
  })

  test.each([
    '2023年，我镇收到政府信息公开申请5件。',
    '全年收到政府信息公开申请5件，比2022年增加2件。',
    '较2022年，新收政府信息公开申请5件有所下降。',
    '2022年收到政府信息公开申请4件，2023年收到政府信息公开申请5件。',
    '2022年结转政府信息公开申请2件，已答复2件。',
    '2022年度遗留3件，办结信息公开申请3件。',
    '2022年，上年结转3件。',
    '根据2022年印发的工作要点，收到政府信息公开申请5件。',
    '按照国办公开办函〔2021〕30号要求，收到政府信息公开申请5件。',
    '办理因2022年度政府信息公开申请引发行政复议1件。',
    '自2019年以来累计收到政府信息公开申请5件。',
    '2022年1月收到政府信息公开申请1件。',
    '2022年底收到政府信息公开申请1件。',
    '2019年修订的《条例》施行后，依法办理政府信息公开申请5件。',
    '2022年，我镇完成网站改版。',
  ])('named for a good reason is none: %s', (text) => {
    expect(outcomeOf(text)?.outcome).toBe('pass')
  })

  test('of the period must be that of the report', () => {
    expect(check('ST-YEAR', { period: { start: '2023-01-01', end: '2024-12-31' } })).toMatchObject({
      outcome: 'fail',
      actual: 2024,
      message: '报告年度为 2023 年，统计期限却为 2024 年，请核对是否沿用了其他年度的文字。',
    })
  })

  test('of the title must be that of the report', () => {
    const title = '清河县2022年政府信息公开工作年度报告'
    expect(check('ST-YEAR', { title })).toMatchObject({ outcome: 'fail', actual: 2022 })
  })

  test('need not stand in title or period', () => {
    expect(check('ST-YEAR', { title: '政府信息公开工作年度报告', period: null })?.outcome).toBe('pass')
  })

  test('that is unknown cannot be contradicted', () => {
    expect(check('ST-YEAR', { year: null })?.outcome).toBe('skipped')
  })
})
