import { describe, expect, test } from '@jest/globals'
import { readCell, unitInHeader } from '../../src/report/numerals.js'
import type { FactType } from '../../src/report/reading.js'

const count = (raw: string, type: FactType = 'integer') => readCell(raw, type, '件', null)
const money = (raw: string, headerUnit: string | null = '万元') => readCell(raw, 'decimal', '万元', headerUnit)
const number = (value: number, joined = false) => ({ reading: { kind: 'number', value }, joined })

describe('a cell of counts', () => {
  test.each([
    ['12', 12],
    ['１，２３４', 1234],
    ['1,234', 1234],
    ['1,234,567', 1234567],
    [' 7 ', 7],
    ['　15　', 15],
    ['12件', 12],
    ['2人次', 2],
  ])('reads %j as %d', (raw, value) => {
    expect(count(raw)).toEqual(number(value))
  })

  test.each(['0', '０', '零', '00', '0件'])('reads %j as an explicit zero', (raw) => {
    expect(count(raw).reading).toEqual({ kind: 'zero' })
  })

  test.each(['', ' ', '　', '\n', '\u00a0', '\u200b'])('reads %j as empty, never as zero', (raw) => {
    expect(count(raw).reading).toEqual({ kind: 'empty' })
  })

  test.each(['/', '／', '-', '—', '——', '－－', '无', '（无）', '(无)', '不适用', 'N/A', '\\'])(
    'reads %j as a dash',
    (raw) => {
      expect(count(raw).reading).toEqual({ kind: 'dash' })
    },
  )

  test.each([
    '③',
    '123²',
    '〇',
    '详见附表',
    '12 34',
    '1 23',
    '3、4',
    '1,23',
    '12a',
    '一',
    '约5',
    '5余',
    '1.2.3',
    '3件4',
    '12/3',
    '（3）',
    '251000元',
  ])('does not understand %j', (raw) => {
    expect(count(raw).reading).toEqual({ kind: 'text' })
  })

  test('joins digits that are spaced out, and says so', () => {
    expect(count('1 2 3')).toEqual(number(123, true))
  })

  test.each(['1 234', '1\u00a0234', '1\u2009234'])('joins thousands that are set apart, and says so: %j', (raw) => {
    expect(count(raw)).toEqual(number(1234, true))
  })

  test('joins a run of digits cut by the end of a line, and says so', () => {
    expect(count('592\n37')).toEqual(number(59237, true))
  })
})

describe('a column of changes', () => {
  test.each([
    ['-26524', -26524],
    ['－5', -5],
    ['—3', -3],
    ['减5', -5],
    ['减少12', -12],
    ['↓4', -4],
    ['+3', 3],
    ['增2', 2],
    ['↑7', 7],
  ])('reads %j as %d', (raw, value) => {
    expect(count(raw, 'signed_integer')).toEqual(number(value))
  })
})

describe('a cell of money', () => {
  test.each([
    ['7730.28', 7730.28],
    ['251000元', 25.1],
    ['160.5964万元', 160.5964],
    ['0.3亿元', 3000],
    ['59237.2449', 59237.2449],
    ['1,419.68', 1419.68],
    ['12万', 12],
  ])('reads %j as %d 万元', (raw, value) => {
    expect(money(raw)).toEqual(number(value))
  })

  test('goes by the unit of the header where the cell prints none', () => {
    expect(money('251000', '元')).toEqual(number(25.1))
  })

  test('keeps fractions exact', () => {
    expect(money('0.1元')).toEqual(number(0.00001))
  })

  test('does not take a count for money', () => {
    expect(money('12件').reading).toEqual({ kind: 'text' })
  })
})

test.each([
  ['采购总金额（单位：万元）', '万元'],
  ['本年收费金额（元）', '元'],
  ['采购总金额', null],
])('the unit in %j is %j', (header, unit) => {
  expect(unitInHeader(header)).toBe(unit)
})
