import { describe, expect, test } from '@jest/globals'
import { reconcile } from '../../src/reconcile/reconcile.js'
import type { Vintage } from '../../src/record.js'
import { type Cells, reading } from '../build/reading.js'

function message(vintage: Vintage, rule: string, subject: string, cells: Cells = {}): string | undefined {
  return reconcile(reading(vintage, cells)).checks.find((one) => one.rule === rule && one.subject === subject)?.message
}

describe('a message', () => {
  test('names the column once and each row by its label', () => {
    const cells = {
      'requests.new.natural_person': 33,
      'requests.outcome.total.natural_person': 30,
      'requests.carried_out.natural_person': 2,
    }
    expect(message('2021', 'T3-BALANCE', 'natural_person', cells)).toBe(
      '自然人：本年新收 33 ＋ 上年结转 0 ＝ 33，办理结果总计 30 ＋ 结转下年度继续办理 2 ＝ 32，相差 1。',
    )
  })

  test('names the row once and each column by its label', () => {
    const cells = { 'requests.outcome.denied.third_party.total': 3, 'requests.outcome.denied.third_party.other_org': 2 }
    expect(message('2021', 'T3-ROW-21', 'requests.outcome.denied.third_party', cells)).toBe(
      '不予公开·保护第三方合法权益：总计 3，自然人 0 ＋ 商业企业 0 ＋ 科研机构 0 ＋ 社会公益组织 0 ＋ 法律服务机构 0 ＋ 其他 2 ＝ 2，相差 1。',
    )
  })

  test('tells the row of totals from the column of totals', () => {
    expect(message('2021', 'T3-OUTCOME-21', 'total')).toBe('总计栏：办理结果总计 0，21 个分项之和 0，一致。')
    expect(message('2021', 'T3-ROW-21', 'requests.outcome.total')).toMatch(/^办理结果总计：总计 0，/)
  })

  test('names the parts of a total by their own labels', () => {
    expect(message('2014', 'S14-NEW', '', { 'requests.new.total': 2 })).toBe(
      '依申请公开情况：收到申请数 2，当面申请数 0 ＋ 传真申请数 0 ＋ 网络申请数 0 ＋ 信函申请数 0 ＝ 0，相差 2。',
    )
  })

  test('says what is laid down', () => {
    expect(message('2021', 'T2-REG-POWER', '', { 'proactive.regulations.valid': 6 })).toBe(
      '规章：本年制发件数 0 ＋ 本年废止件数 0 ＋ 现行有效件数 6 ＝ 6，规定为 0，相差 6。',
    )
  })

  test('lists three of many cells and counts them', () => {
    const cells = Object.fromEntries(
      ['natural_person', 'commercial_enterprise', 'research_institution', 'other_org'].map((kind) => [
        `requests.new.${kind}`,
        null,
      ]),
    )
    expect(message('2021', 'T3-ROW-21', 'requests.new', cells)).toBe(
      '「本年新收·自然人」、「本年新收·商业企业」、「本年新收·科研机构」等 4 栏未能读出，无法核对。',
    )
  })
})
