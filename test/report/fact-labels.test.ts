import { describe, expect, test } from '@jest/globals'
import { VINTAGES } from '../../src/record.js'
import { keysOf, labelOf } from '../../src/report/fact-labels.js'
import { goldenRecords } from '../build/golden.js'

describe.each(VINTAGES)('the form of %s', (vintage) => {
  test('has a label for each of its keys, and each its own', () => {
    const keys = keysOf(vintage).map(({ key }) => key)
    const labels = keys.map((key) => labelOf(vintage, key))
    expect(keys.length).toBeGreaterThan(50)
    expect(labels.filter((label) => label === null || label === '')).toEqual([])
    expect(new Set(labels).size).toBe(keys.length)
  })
})

describe('the label of a fact', () => {
  test.each([
    ['2021', 'requests.outcome.granted.natural_person', '三、本年度办理结果（一）予以公开｜自然人'],
    ['2021', 'requests.new.commercial_enterprise', '一、本年新收政府信息公开申请数量｜法人或其他组织·商业企业'],
    ['2021', 'requests.outcome.denied.state_secret.total', '三、本年度办理结果（三）不予公开1.属于国家秘密｜总计'],
    ['2021', 'proactive.normative_documents.valid', '行政规范性文件｜现行有效件数'],
    ['2019', 'litigation.direct.total', '行政诉讼·未经复议直接起诉·总计'],
    [
      '2014',
      'requests.outcome.denied.trade_secret.total',
      '三、依申请公开情况（三）申请答复数4.不同意公开答复数·涉及商业秘密',
    ],
  ])('of %s, %s, is its row and column', (vintage, key, label) => {
    expect(labelOf(vintage, key)).toBe(label)
  })

  test('is that of the report’s own form where several forms have the key', () => {
    expect(labelOf('2019', 'requests.outcome.other.subtotal.total')).toBe('三、本年度办理结果（六）其他处理｜总计')
    expect(labelOf('2019', 'proactive.licensing.decisions')).toBe('行政许可｜处理决定数量')
    expect(labelOf('2021', 'proactive.licensing.decisions')).toBe('行政许可｜本年处理决定数量')
  })

  test('is found for a table of an older form in a newer report, and without any vintage', () => {
    expect(labelOf('2021', 'proactive.regulations.newly_disclosed')).toBe('规章｜本年新公开数量')
    expect(labelOf(null, 'review.pending')).toBe('行政复议·尚未审结')
  })

  test('is null for a key that no form has', () => {
    expect(labelOf('2021', 'requests.unheard_of')).toBeNull()
  })

  test('is there for every fact of the golden records', () => {
    const facts = goldenRecords().flatMap(({ report, facts }) => facts.map(({ key }) => labelOf(report.vintage, key)))
    expect(facts.length).toBeGreaterThan(2_000)
    expect(facts).not.toContain(null)
  })
})
