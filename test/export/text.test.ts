import { describe, expect, test } from '@jest/globals'
import { textFooter, textHeader, toText } from '../../src/export/text.js'
import { displayWidth } from '../../src/export/width.js'
import { check, fact, flag, record } from '../build/record.js'

describe('a record for people', () => {
  test('is one line when nothing is wrong with it', () => {
    const text = toText(
      record({
        report: { title: null, organ: '洪泽区人民政府', year: 2023, vintage: '2021', period: null },
        facts: [fact({ raw: '1' }), fact(), fact({ raw: null })],
        checks: [check(), check({ outcome: 'skipped' })],
      }),
    )
    expect(text.split(/ {2,}/)).toEqual([
      '通过',
      '2023',
      '2021',
      '2/3',
      '1 相符 1 未核',
      '洪泽区人民政府',
      '年报.pdf\n',
    ])
  })

  test('has its failed checks under it, of every level, and none of the passed ones', () => {
    const text = toText(
      record({
        status: 'needs_review',
        checks: [
          check({ message: '合计相符。' }),
          check({ outcome: 'fail', rule: 'T2', message: '合计栏为 3，各项之和为 2。' }),
          check({ outcome: 'fail', rule: 'P1', level: 'warning', message: '比上年多十倍。' }),
        ],
      }),
    )
    expect(text.split('\n').slice(1)).toEqual([
      '        错误  T2  合计栏为 3，各项之和为 2。',
      '        提醒  P1  比上年多十倍。',
      '',
    ])
  })

  test('has its error flags under it, but not the flag that repeats a failed check, nor warnings', () => {
    const text = toText(
      record({
        flags: [
          flag({ message: '缺少第三张表。' }),
          flag({ code: 'check_failed', message: '重复' }),
          flag({ severity: 'warning', message: '小事' }),
        ],
      }),
    )
    expect(text.split('\n').slice(1)).toEqual(['        错误  table_missing  缺少第三张表。', ''])
  })

  test('tells of many flags by the first few and how many more there are', () => {
    const flags = Array.from({ length: 9 }, (_, index) => flag({ message: `第 ${index + 1} 处。` }))
    const lines = toText(record({ flags })).split('\n')
    expect(lines.slice(6)).toEqual([
      '        错误  table_missing  第 6 处。',
      '        另有 3 条，见记录的 flags。',
      '',
    ])
  })

  test('says why a file failed', () => {
    const text = toText(record({ status: 'failed', failure: { code: 'encrypted', message: '文件设有打开密码。' } }))
    expect(text).toMatch(/^失败 .*\n {8}encrypted {2}文件设有打开密码。\n$/)
  })

  test('keeps its columns under the header, Chinese or not', () => {
    const organs = ['洪泽区人民政府', 'Bureau', '市政务服务管理局（数据局）']
    const starts = organs.map((organ) => {
      const [line = ''] = toText(
        record({ report: { title: null, organ, year: 2023, vintage: '2021', period: null } }),
      ).split('\n')
      return displayWidth(line.slice(0, line.indexOf('年报.pdf')))
    })
    const header = textHeader()
    expect(new Set([...starts, displayWidth(header.slice(0, header.indexOf('文件')))]).size).toBe(1)
  })

  test('passes no control character of a document on to the terminal', () => {
    const text = toText(
      record({
        document: { ...record().document, fileName: 'a\u001B[2Jb.pdf' },
        report: { title: null, organ: '机关\u202E\u0007', year: null, vintage: null, period: null },
        checks: [check({ outcome: 'fail', message: '甲\n乙' })],
      }),
    )
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F\u202E]/)
    expect(text.split('\n')).toHaveLength(3)
  })

  test('closes with how many there were of each status', () => {
    expect(textFooter({ accepted: 3, needs_review: 2, failed: 1 })).toBe('\n共 6 份：通过 3，需复核 2，失败 1。\n')
  })
})
