import { describe, expect, test } from '@jest/globals'
import { CSV_HEADER, type FactSource, toCsvRow, toFactRow, toJsonLine } from '../../src/export/fact-row.js'
import { readCsv } from '../build/csv.js'

function source(parts: Partial<FactSource> = {}): FactSource {
  return {
    sha256: 'ab'.repeat(32),
    file_name: '年报.pdf',
    organ: '清源市水务局',
    year: 2023,
    vintage: '2021',
    status: 'accepted',
    key: 'requests.new.total',
    value: '12.50',
    state: 'number',
    raw: '12.50',
    unit: '件',
    location: { kind: 'page', page: 3, box: [1, 2, 3.5, 4] },
    derived: null,
    grade: 'proven',
    decision: null,
    corrected: null,
    review: null,
    ...parts,
  }
}

const row = (parts: Partial<FactSource> = {}) => toFactRow(source(parts), (vintage, key) => `${vintage}:${key}`)

function csv(parts: Partial<FactSource> = {}): Record<string, string | undefined> {
  const [header = [], cells = []] = readCsv(CSV_HEADER + toCsvRow(row(parts)))
  return Object.fromEntries(header.map((name, column) => [name, cells[column]]))
}

describe('the row of a fact', () => {
  test('has the value as a number, the label, and page and box of its place', () => {
    expect(row()).toMatchObject({
      value: 12.5,
      derived: null,
      grade: 'proven',
      label: '2021:requests.new.total',
      page: 3,
      box: [1, 2, 3.5, 4],
      fileName: '年报.pdf',
    })
  })

  test('has no page where the format has none', () => {
    const location = { kind: 'cell', table: 0, row: 1, column: 2 } as const
    expect(row({ location })).toMatchObject({ page: null, box: null, location })
  })

  test('is one line of JSON, whatever was printed', () => {
    const line = toJsonLine(row({ raw: '1\n2\u2028' }))
    expect(line.indexOf('\n')).toBe(line.length - 1)
    expect(JSON.parse(line)).toEqual(row({ raw: '1\n2\u2028' }))
  })
})

describe('the line of a fact in CSV', () => {
  test('has a Chinese header over each cell', () => {
    expect(csv()).toEqual({
      机关: '清源市水务局',
      年度: '2023',
      指标: 'requests.new.total',
      指标名称: '2021:requests.new.total',
      数值: '12.5',
      状态: '数值',
      原文: '12.50',
      单位: '件',
      推算值: '',
      可信等级: '互证',
      报告状态: '通过',
      版式: '2021',
      文件名: '年报.pdf',
      sha256: 'ab'.repeat(32),
      页: '3',
      位置: '1 2 3.5 4',
      复核决定: '',
      改正值: '',
      复核: '',
    })
  })

  test.each([
    ['corrected', '7', '改正', '7'],
    ['corrected', '0', '改正', '0'],
    ['corrected', null, '改正', '空白'],
    ['as_published', null, '原文如此', ''],
    [null, null, '', ''],
  ] as const)('has what a person decided beside what was read: %s %s', (decision, corrected, word, shown) => {
    const line = csv({ decision, corrected, review: 'accepted' })
    expect(line).toMatchObject({ 数值: '12.5', 原文: '12.50', 复核决定: word, 改正值: shown, 复核: '复核后接受' })
    expect(row({ decision, corrected })).toMatchObject({
      value: 12.5,
      decision,
      corrected: corrected === null ? null : Number(corrected),
    })
  })

  test.each([
    ['number', '-3', '-3', '数值'],
    ['zero', '0', '0', '零'],
    ['blank', null, '', '空白'],
    ['dash', null, '—', '短横'],
    ['absent', null, null, '未见'],
    ['unreadable', null, '见附件', '无法辨认'],
  ] as const)('keeps %s apart from every other state', (state, value, raw, word) => {
    expect(csv({ state, value, raw })).toMatchObject({ 状态: word, 数值: value ?? '', 原文: raw ?? '' })
  })

  test.each([
    ['proven', '互证'],
    ['summed', '勾稽'],
    ['read_twice', '双读'],
    ['read_once', '单读'],
    ['contested', '存疑'],
    [null, ''],
  ] as const)('says how far a figure of grade %s can be trusted', (grade, word) => {
    expect(csv({ grade })).toMatchObject({ 可信等级: word })
  })

  test('has what the identities say beside what is printed, never in its place', () => {
    expect(csv({ derived: '11.0', value: '0', state: 'zero' })).toMatchObject({ 数值: '0', 推算值: '11' })
  })

  test('runs no formula of an organ’s or a file’s name', () => {
    expect(csv({ organ: '=cmd()', file_name: '@x.pdf' })).toMatchObject({ 机关: "'=cmd()", 文件名: "'@x.pdf" })
  })

  test.each([
    [{ kind: 'cell', table: 1, row: 2, column: 3 } as const, '表2 行3 列4'],
    [{ kind: 'line', line: 7 } as const, '第7行'],
    [null, ''],
  ])('says where %j is in words', (location, text) => {
    expect(csv({ location })).toMatchObject({ 页: '', 位置: text })
  })
})
