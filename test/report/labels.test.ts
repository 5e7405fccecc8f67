import { describe, expect, test } from '@jest/globals'
import { planTable } from '../../src/report/form.js'
import { form2014 } from '../../src/report/forms/2014.js'
import { form2021 } from '../../src/report/forms/2021.js'
import { editDistance, foldLabel, LabelFit } from '../../src/report/labels.js'

describe('folding a label', () => {
  test.each([
    ['１．属于国家秘密', '1', '属于国家秘密'],
    ['（三） 不予\n公开', '三', '不予公开'],
    ['一、本年新收政府信息公开申请数量', '一', '本年新收政府信息公开申请数量'],
    ['3.危及“三安全一稳定”', '3', '危及三安全一稳定'],
    ['3、其它', '3', '其他'],
    ['其中：涉及国家秘密', '其中', '涉及国家秘密'],
    ['①当面申请数：', '', '当面申请数'],
    ['只计这一情 形', '', '只计这一情形'],
  ])('%j', (text, enumerator, core) => {
    expect(foldLabel(text)).toEqual({ enumerator, core })
  })
})

function bestRow(table: string, text: string): string | null {
  const spec = [...form2021.tables, ...form2014.tables].find((own) => own.key === table)
  if (spec === undefined) throw new Error(table)
  const { rows } = planTable(spec)
  const scores = new LabelFit(rows.map((row) => row.spec)).score(text)
  const best = Math.max(...scores)
  const winners = rows.filter((_, i) => best > 0 && scores[i] === best)
  return winners.length === 1 ? (winners[0]?.key.split('.').at(-1) ?? null) : null
}

describe('a printed label stands for', () => {
  test.each([
    ['requests', '其他法律行政止公开', 'other_law'],
    ['requests', '5.属于三类内容事务信息', 'internal_affairs'],
    ['requests', '属于四类过程性性信息', 'process_information'],
    ['requests', '(二)部分公开(区分处理的,只计这一情况,不计其他情形)', 'partial'],
    ['requests', '部分公开', 'partial'],
    ['requests', '予以公开', 'granted'],
    ['requests', '逾期不缴费', 'fee_overdue'],
    ['requests', '逾期不补正', 'correction_overdue'],
    ['requests', '2.重复申请', 'duplicate'],
    ['requests', '4.无正当理由大量反复 申请', 'excessive_repeated'],
    ['requests', '（七）合计', 'total'],
    ['statistics_2014', '2.同意公开答复数', 'agreed'],
    ['statistics_2014', '4.不同意公开答复数', 'denied'],
    ['statistics_2014', '3.同意部分公开答复数', 'total'],
  ])('in %s: %s → %s', (table, text, key) => {
    expect(bestRow(table, text)).toBe(key)
  })

  test.each(['信息内容', '自然人', '小计', '其中', '', '12', '不予公开'])(
    'no row of the table of requests: %j',
    (text) => {
      expect(bestRow('requests', text)).toBeNull()
    },
  )
})

test('the edit distance counts insertions, deletions and substitutions', () => {
  expect(editDistance('', 'abc')).toBe(3)
  expect(editDistance('kitten', 'sitting')).toBe(3)
  expect(editDistance('同意', '同意')).toBe(0)
})
