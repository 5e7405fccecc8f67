import { describe, expect, test } from '@jest/globals'
import { textFooter, textHeader, toText as toTextWith } from '../../src/export/text.js'
import { displayWidth } from '../../src/export/width.js'
import type { Proposal, ReportRecord } from '../../src/record.js'
import { check, discrepancy, evidence, fact, flag, record } from '../build/record.js'

const LABELS: Readonly<Record<string, string>> = { a: '甲栏', b: '乙栏', c: '丙栏' }
const toText = (report: ReportRecord) =>
  toTextWith(report, (vintage, key) => (vintage === null ? (LABELS[key] ?? null) : null))
const linesUnder = (parts: Partial<ReportRecord>) => toText(record(parts)).split('\n').slice(1, -1)

const PROPOSAL: Proposal = {
  changes: [{ fact: 'a', printed: 0, derived: 11 }],
  slip: null,
  closes: [{ rule: 'T1', subject: '' }],
  message: '若「甲栏」为 11，则各项均平。',
}

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

  test('says under its failed checks whose error it is, what would put it right, and why', () => {
    const lines = linesUnder({
      checks: [check({ outcome: 'fail', message: '合计栏为 0，各项之和为 11。' })],
      discrepancies: [
        discrepancy({
          verdict: 'published',
          proposal: PROPOSAL,
          message: '不在此处说第二遍。',
          evidence: [evidence(), evidence({ bearing: 'against_proposal', message: '正文也写 0 件。' })],
        }),
      ],
      flags: [flag({ message: '缺少第三张表。' })],
    })
    expect(lines).toEqual([
      '        错误  T1  合计栏为 0，各项之和为 11。',
      '        原文如此  若「甲栏」为 11，则各项均平。',
      '          依据  两种读法一致。',
      '          反证  正文也写 0 件。',
      '        错误  table_missing  缺少第三张表。',
    ])
  })

  test.each([
    [[], '算术无法判定。'],
    [['a'], '算术无法判定，可疑：「甲栏」。'],
    [['a', 'b'], '算术无法判定，可疑：「甲栏」「乙栏」。'],
    [['a', 'b', 'c', 'd', 'e'], '算术无法判定，可疑：「甲栏」「乙栏」等 5 栏。'],
    [['no.form.has.it'], '算术无法判定，可疑：「no.form.has.it」。'],
  ])('names of the suspects %j the first, by what the form prints', (suspects, told) => {
    expect(linesUnder({ discrepancies: [discrepancy({ suspects })] })).toEqual([`        未定  ${told}`])
  })

  test('leaves out what agrees, never what contradicts, when there is much evidence', () => {
    const agreeing = ['一', '二', '三', '四', '五'].map((message) => evidence({ bearing: 'misread', message }))
    const contrary = evidence({ bearing: 'published', message: '反' })
    const lines = linesUnder({
      discrepancies: [discrepancy({ verdict: 'misread', evidence: [...agreeing, contrary] })],
    })
    expect(lines.slice(1)).toEqual([
      '          依据  一',
      '          依据  二',
      '          依据  三',
      '          反证  反',
    ])
  })

  test.each([
    ['misread', ['依据', '反证', '依据', '反证']],
    ['published', ['反证', '依据', '依据', '反证']],
    ['undecided', ['依据', '依据', '依据', '反证']],
  ] as const)('says what speaks for the verdict %s and what against', (verdict, words) => {
    const bearings = ['misread', 'published', 'for_proposal', 'against_proposal'] as const
    const lines = linesUnder({
      discrepancies: [discrepancy({ verdict, evidence: bearings.map((bearing) => evidence({ bearing })) })],
    })
    expect(lines.slice(1).map((line) => line.trim().slice(0, 2))).toEqual(words)
  })

  test('tells of many discrepancies by the first few and how many more there are', () => {
    const lines = linesUnder({ discrepancies: Array.from({ length: 8 }, () => discrepancy({ proposal: PROPOSAL })) })
    expect(lines).toHaveLength(7)
    expect(lines.at(-1)).toBe('        另有 2 条，见记录的 discrepancies。')
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
        discrepancies: [discrepancy({ suspects: ['\u001B[2J'] })],
      }),
    )
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F\u202E]/)
    expect(text.split('\n')).toHaveLength(4)
  })

  test('closes with how many there were of each status', () => {
    expect(textFooter({ accepted: 3, needs_review: 2, failed: 1 })).toBe('\n共 6 份：通过 3，需复核 2，失败 1。\n')
  })
})
