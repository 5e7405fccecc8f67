import { describe, expect, test } from '@jest/globals'
import type { Block } from '../../src/document/model.js'
import { readReport } from '../../src/report/read-report.js'
import { numberOf, type ReportReading } from '../../src/report/reading.js'
import { documentOf, grid, paragraph } from '../build/document.js'

const PROACTIVE_21 = [
  '第二十条第（一）项|<|<|<',
  '信息内容|本年制发件数|本年废止件数|现行有效件数',
  '规章|0|0|0',
  '行政规范性文件|2|1|35',
  '第二十条第（五）项|<|<|<',
  '信息内容|本年处理决定数量|<|<',
  '行政许可|550|<|<',
  '第二十条第（六）项|<|<|<',
  '信息内容|本年处理决定数量|<|<',
  '行政处罚|117|<|<',
  '行政强制|7|<|<',
  '第二十条第（八）项|<|<|<',
  '信息内容|本年收费金额（单位：万元）|<|<',
  '行政事业性收费|1419.68|<|<',
]
const HEADER = [
  '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|<|<|申请人情况|<|<|<|<|<|<',
  '^|^|^|自然人|法人或其他组织|<|<|<|<|总计',
  '^|^|^|^|商业企业|科研机构|社会公益组织|法律服务机构|其他|^',
]
const ROWS_21 = [
  '一、本年新收政府信息公开申请数量|<|<',
  '二、上年结转政府信息公开申请数量|<|<',
  '三、本年度办理结果|（一）予以公开|<',
  '^|（二）部分公开（区分处理的，只计这一情形，不计其他情形）|<',
  '^|（三）不予公开|1.属于国家秘密',
  '^|^|2.其他法律行政法规禁止公开',
  '^|^|3.危及“三安全一稳定”',
  '^|^|4.保护第三方合法权益',
  '^|^|5.属于三类内部事务信息',
  '^|^|6.属于四类过程性信息',
  '^|^|7.属于行政执法案卷',
  '^|^|8.属于行政查询事项',
  '^|（四）无法提供|1.本机关不掌握相关政府信息',
  '^|^|2.没有现成信息需要另行制作',
  '^|^|3.补正后申请内容仍不明确',
  '^|（五）不予处理|1.信访举报投诉类申请',
  '^|^|2.重复申请',
  '^|^|3.要求提供公开出版物',
  '^|^|4.无正当理由大量反复申请',
  '^|^|5.要求行政机关确认或重新出具已获取信息',
  '^|（六）其他处理|1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请',
  '^|^|2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请',
  '^|^|3.其他',
  '^|（七）总计|<',
  '四、结转下年度继续办理|<|<',
]
/** Each row its own figures, so that a shift by a row or a column shows. */
const figures = (row: number) => Array.from({ length: 7 }, (_, column) => String(100 * (row + 1) + column)).join('|')
const REQUESTS_21 = ROWS_21.map((row, i) => `${row}|${figures(i)}`)
const REVIEW = [
  '行政复议|<|<|<|<|行政诉讼|<|<|<|<|<|<|<|<|<',
  '结果维持|结果纠正|其他结果|尚未审结|总计|未经复议直接起诉|<|<|<|<|复议后起诉|<|<|<|<',
  '^|^|^|^|^|结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计',
  '1|2|3|4|10|5|6|7|8|26|9|10|11|12|42',
]
const SECTIONS = [
  '一、总体情况',
  '二、主动公开政府信息情况',
  '三、收到和处理政府信息公开申请情况',
  '四、政府信息公开行政复议、行政诉讼情况',
]

function read(blocks: readonly (Block | string)[]): ReportReading {
  const result = readReport(documentOf(blocks))
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}

function report(proactive: readonly Block[], requests: readonly Block[], review: readonly Block[]): ReportReading {
  return read([
    '清源市水务局2023年政府信息公开工作年度报告',
    SECTIONS[0] ?? '',
    '全年工作平稳。',
    SECTIONS[1] ?? '',
    ...proactive,
    SECTIONS[2] ?? '',
    ...requests,
    SECTIONS[3] ?? '',
    ...review,
  ])
}

const full = () => report([grid(PROACTIVE_21)], [grid([...HEADER, ...REQUESTS_21])], [grid(REVIEW)])
const values = ({ facts }: ReportReading) => Object.fromEntries(facts.map((fact) => [fact.key, numberOf(fact.reading)]))
const codes = ({ flags }: ReportReading, severity: string) =>
  flags.filter((flag) => flag.severity === severity).map((flag) => flag.code)

describe('the form of 2021', () => {
  test('gives every fact from the cell under its labels', () => {
    const reading = full()
    expect(reading.vintage).toBe('2021')
    expect(reading.facts).toHaveLength(200)
    const read = values(reading)
    expect(read['proactive.normative_documents.valid']).toBe(35)
    expect(read['proactive.licensing.decisions']).toBe(550)
    expect(read['proactive.fees.amount_wanyuan']).toBe(1419.68)
    expect(read['requests.new.natural_person']).toBe(100)
    expect(read['requests.outcome.other.misc.total']).toBe(2306)
    expect(read['requests.carried_out.other_org']).toBe(2505)
    expect(read['litigation.after_review.total']).toBe(42)
    expect(codes(reading, 'error')).toEqual([])
  })

  test('is the same from separate tables as from one under banners', () => {
    const starts = [0, 4, 7, 11, PROACTIVE_21.length]
    const separate = starts.slice(1).map((end, i) => grid(PROACTIVE_21.slice(starts[i], end), i))
    const reading = report(separate, [grid([...HEADER, ...REQUESTS_21])], [grid(REVIEW)])
    expect(values(reading)).toEqual(values(full()))
  })

  test('is the same when its big table is cut into grids and only the first has the header', () => {
    const cut = [
      grid([...HEADER, ...REQUESTS_21.slice(0, 12)]),
      grid([`三、本年度办理结果|${(REQUESTS_21[12] ?? '').slice(2)}`, ...REQUESTS_21.slice(13)], 1),
    ]
    const reading = report([grid(PROACTIVE_21)], cut, [grid(REVIEW)])
    expect(values(reading)).toEqual(values(full()))
  })

  test('a missing row leaves its facts not found and its neighbours where they are', () => {
    const rows = REQUESTS_21.filter((row) => !row.includes('5.属于三类内部事务信息'))
    const reading = report([grid(PROACTIVE_21)], [grid([...HEADER, ...rows])], [grid(REVIEW)])
    const found = values(reading)
    expect(found['requests.outcome.denied.internal_affairs.total']).toBeNull()
    expect(found['requests.outcome.denied.process_information.total']).toBe(1006)
    expect(found['requests.outcome.denied.third_party.total']).toBe(806)
    expect(codes(reading, 'error')).toEqual(['cell_missing'])
  })

  test('tables that are missing are named as the form names them', () => {
    const rows = PROACTIVE_21.slice(4)
    const reading = report([grid(rows)], [grid([...HEADER, ...REQUESTS_21])], [])
    expect(reading.flags.filter(({ code }) => code === 'table_missing').map(({ message }) => message)).toEqual([
      '未找到「主动公开政府信息情况·第二十条第（一）项」表。',
      '未找到「政府信息公开行政复议、行政诉讼情况」表。',
    ])
  })

  test('a row that an organ put in shifts nothing', () => {
    const rows = REQUESTS_21.toSpliced(4, 0, '^|小计|<|9|9|9|9|9|9|9')
    const reading = report([grid(PROACTIVE_21)], [grid([...HEADER, ...rows])], [grid(REVIEW)])
    expect(values(reading)).toEqual(values(full()))
  })

  test('with the single row （六）其他处理 of the old form knows the three rows as absent', () => {
    const rows = [...REQUESTS_21.slice(0, 20), `^|（六）其他处理|<|${figures(20)}`, ...REQUESTS_21.slice(23)]
    const reading = report([grid(PROACTIVE_21)], [grid([...HEADER, ...rows])], [grid(REVIEW)])
    expect(reading.vintage).toBe('2021')
    expect(reading.facts).toHaveLength(207)
    expect(values(reading)['requests.outcome.other.subtotal.total']).toBe(2106)
    expect(reading.facts.find((fact) => fact.key === 'requests.outcome.other.misc.total')?.absentByVariant).toBe(true)
    expect(codes(reading, 'error')).toEqual([])
    expect(codes(reading, 'warning')).toEqual(['form_variant'])
    expect(reading.mixedForms).toEqual(['（六）其他处理'])
  })

  test('reads figures in fields that are moved by merged labels as a whole', () => {
    const fields = REQUESTS_21.map((row) => row.replaceAll('|<', '').replaceAll('^|^|', '||').replaceAll('^|', '|'))
    const header = [
      '（本列数据的勾稽关系为）|申请人情况',
      '||自然人|法人或其他组织|||||总计|',
      '|||商业企业|科研机构|社会公益组织|法律服务机构|其他||',
    ]
    const shifted = fields.map((row) =>
      row.startsWith('一、') || row.startsWith('二、') || row.startsWith('四、') ? row.replace('|', '||') : row,
    )
    const reading = report([grid(PROACTIVE_21)], [grid([...header, ...shifted])], [grid(REVIEW)])
    expect(values(reading)).toEqual(values(full()))
    expect(codes(reading, 'error')).toEqual([])
  })

  const TOTAL_FIRST = (row: string) => {
    const fields = row.split('|')
    return [...fields.slice(0, 3), fields[9], ...fields.slice(3, 9)].join('|')
  }

  test('reads columns that stand in another order by their headers', () => {
    const header = [
      HEADER[0] ?? '',
      '^|^|^|总计|自然人|法人或其他组织|<|<|<|<',
      '^|^|^|^|^|商业企业|科研机构|社会公益组织|法律服务机构|其他',
    ]
    const reading = report([grid(PROACTIVE_21)], [grid([...header, ...REQUESTS_21.map(TOTAL_FIRST)])], [grid(REVIEW)])
    expect(values(reading)).toEqual(values(full()))
    expect(codes(reading, 'warning')).toEqual(['columns_moved'])
  })

  test('reads nothing under columns in another order whose header is unknown', () => {
    const header = [
      HEADER[0] ?? '',
      '^|^|^|全部|自然人|法人或其他组织|<|<|<|<',
      '^|^|^|^|^|商业企业|科研机构|社会公益组织|法律服务机构|其他',
    ]
    const reading = report([grid(PROACTIVE_21)], [grid([...header, ...REQUESTS_21.map(TOTAL_FIRST)])], [grid(REVIEW)])
    const misread = reading.facts.filter((fact) => {
      const value = numberOf(fact.reading)
      return value !== null && value !== values(full())[fact.key]
    })
    expect(misread).toEqual([])
    expect(codes(reading, 'error').length).toBeGreaterThan(0)
  })

  test('reads a header that is cut over lines of the table', () => {
    const header = [
      '（本列数据的勾稽关系为：第一项加第二项|<|<|申请人情况|<|<|<|<|<|<',
      '^|^|^|自然|法人或其他组织|<|<|<|<|总计',
      '之和，等于第三项加第四项之和）|<|<|人|商业企业|科研机构|社会公益组织|法律服务机构|其他|',
    ]
    const review = [
      REVIEW[0] ?? '',
      `结果|结果|其他|尚未|总计|${(REVIEW[1] ?? '').split('|').slice(5).join('|')}`,
      `维持|纠正|结果|审结||${(REVIEW[2] ?? '').split('|').slice(5).join('|')}`,
      REVIEW[3] ?? '',
    ]
    const reading = report([grid(PROACTIVE_21)], [grid([...header, ...REQUESTS_21])], [grid(review)])
    expect(values(reading)).toEqual(values(full()))
    expect(reading.flags).toEqual([])
  })

  test('counts blank figures from the label where merged fields are left out and rows end alike', () => {
    const header = [
      '（本列数据的勾稽关系为）|申请人情况',
      '|自然人|法人或其他组织|总计',
      '||商业企业|科研机构|社会公益组织|法律服务机构|其他|',
    ]
    const fields = ROWS_21.map((row, i) => {
      const label = row.replaceAll('|<', '').replaceAll('^|^|', '||').replaceAll('^|', '|')
      return `${label}|${i % 2 === 0 ? 7 : ''}||||||${i}`
    })
    const reading = report([grid(PROACTIVE_21)], [grid([...header, ...fields])], [grid(REVIEW)])
    const rows = [
      ...new Set(
        reading.facts
          .filter((fact) => fact.table === 'requests')
          .map((fact) => fact.key.slice(0, fact.key.lastIndexOf('.'))),
      ),
    ]
    const read = values(reading)
    expect(
      rows.map((row) => [read[`${row}.natural_person`], read[`${row}.commercial_enterprise`], read[`${row}.total`]]),
    ).toEqual(rows.map((_, i) => [i % 2 === 0 ? 7 : null, null, i]))
  })

  test('reads a row of as many figures as columns under words that name them all, wherever those stand', () => {
    const review = [
      '行政复议 行政诉讼||||||||||||||',
      '结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉||||||||||||||',
      '结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计||||||||||||||',
      REVIEW[3] ?? '',
    ]
    const reading = report([grid(PROACTIVE_21)], [grid([...HEADER, ...REQUESTS_21])], [grid(review)])
    expect(values(reading)).toEqual(values(full()))
  })

  test('reads a row of as many figures as columns where the headers that can be read stand over theirs, and only there', () => {
    const garbled = (header: string) => [REVIEW[0] ?? '', REVIEW[1] ?? '', header, REVIEW[3] ?? '']
    const readUnder = (header: string) =>
      report([grid(PROACTIVE_21)], [grid([...HEADER, ...REQUESTS_21])], [grid(garbled(header))])
    const over = readUnder(
      '^|^|^|^|^|结果维持|结果纠正|其他结果|尚未审结|诉讼总计维持|<|结果纠正|其他结果|尚未审结|总计',
    )
    expect(values(over)).toEqual(values(full()))
    expect(codes(over, 'error')).toEqual([])
    const moved = '^|^|^|^|^|备注|结果维持|结果纠正|其他结果|尚未审结|诉讼总计维持|<|结果纠正|其他结果|尚未审结|总计'
    const beside = readUnder(moved)
    expect(codes(beside, 'error')).toContain('row_ragged')
  })

  test('does not take the numbers of columns for figures', () => {
    const numbered = [...REVIEW.slice(0, 3), Array.from({ length: 15 }, (_, i) => i + 1).join('|'), REVIEW[3] ?? '']
    const reading = report([grid(PROACTIVE_21)], [grid([...HEADER, ...REQUESTS_21])], [grid(numbered)])
    expect(values(reading)).toEqual(values(full()))
    expect(codes(reading, 'error')).toEqual([])
  })

  test('says that a figure is not understood, not that its table is missing', () => {
    const rows = PROACTIVE_21.map((row) => row.replace('行政许可|550', '行政许可|约550'))
    const reading = report([grid(rows)], [grid([...HEADER, ...REQUESTS_21])], [grid(REVIEW)])
    expect(codes(reading, 'error')).toEqual(['cell_unreadable'])
    expect(reading.facts.find((fact) => fact.key === 'proactive.licensing.decisions')?.raw).toBe('约550')
  })

  test('prefers the table of its own section to the same table elsewhere, and flags one that only stands elsewhere', () => {
    const last = grid(
      PROACTIVE_21.map((row) => row.replace('550', '111')),
      9,
    )
    const blocks = (own: readonly Block[]) => [
      '清源市水务局2023年政府信息公开工作年度报告',
      SECTIONS[0] ?? '',
      last,
      SECTIONS[1] ?? '',
      ...own,
      SECTIONS[2] ?? '',
      grid([...HEADER, ...REQUESTS_21]),
    ]
    expect(values(read(blocks([grid(PROACTIVE_21)])))['proactive.licensing.decisions']).toBe(550)
    expect(codes(read(blocks([])), 'error')).toContain('table_misplaced')
  })

  test('is not read in silence from a file with two reports', () => {
    const one = (organ: string, factor: string) => [
      `${organ}2023年政府信息公开工作年度报告`,
      SECTIONS[0] ?? '',
      SECTIONS[1] ?? '',
      grid(PROACTIVE_21),
      SECTIONS[2] ?? '',
      grid([...HEADER, ...REQUESTS_21.map((row) => row.replace(/\d00/, factor))]),
      SECTIONS[3] ?? '',
      grid(REVIEW),
    ]
    const reading = read([...one('清源市水务局', '100'), ...one('清源市民政局', '200')])
    expect(codes(reading, 'error')).toContain('table_repeated')
  })

  test('parts a grid where a row is the heading of a section', () => {
    const all = grid([
      ...PROACTIVE_21.map((row) => `${row}||||||`),
      SECTIONS[2] ?? '',
      ...HEADER,
      ...REQUESTS_21,
      SECTIONS[3] ?? '',
      ...REVIEW,
    ])
    const reading = read(['清源市水务局2023年政府信息公开工作年度报告', SECTIONS[0] ?? '', SECTIONS[1] ?? '', all])
    expect(values(reading)).toEqual(values(full()))
    expect(reading.sections.map(({ key }) => key)).toEqual(['overview', 'proactive', 'requests', 'review_litigation'])
  })

  test('takes a banner that stands above the table for its own', () => {
    const apart = [paragraph('第二十条第（八）项'), grid(['行政事业性收费|1419.68'], 1)]
    const reading = report(
      [grid(PROACTIVE_21.slice(0, 11)), ...apart],
      [grid([...HEADER, ...REQUESTS_21])],
      [grid(REVIEW)],
    )
    expect(values(reading)).toEqual(values(full()))
  })

  test('reads a row whose group label leaves a blank before its own', () => {
    const rows = REQUESTS_21.map((row, i) =>
      i === 7 ? row : row.replace(/^\^\|\^/, '^|').replace(/^\^\|（[三四五六]）..../, '^|'),
    )
    const reading = report([grid(PROACTIVE_21)], [grid([...HEADER, ...rows])], [grid(REVIEW)])
    expect(values(reading)).toEqual(values(full()))
  })

  test('takes one figure too many for a remark when it makes no difference', () => {
    const zeros = [...REVIEW.slice(0, 3).map((row) => `${row}|`), Array(16).fill('0').join('|')]
    const reading = report([grid(PROACTIVE_21)], [grid([...HEADER, ...REQUESTS_21])], [grid(zeros)])
    expect(values(reading)['litigation.after_review.total']).toBe(0)
    expect(codes(reading, 'warning')).toEqual(['row_ragged'])
  })

  test('reads nothing of a row with one figure too many when it makes a difference', () => {
    const figures = [...REVIEW.slice(0, 3).map((row) => `${row}|`), `${REVIEW[3]}|7`]
    const reading = report([grid(PROACTIVE_21)], [grid([...HEADER, ...REQUESTS_21])], [grid(figures)])
    expect(codes(reading, 'error')).toContain('row_ragged')
    expect(values(reading)['review.total']).toBeNull()
  })

  test('flags a table that is printed twice with other figures', () => {
    const again = REQUESTS_21.map((row) => row.replace(/\d00/, '999'))
    const reading = report(
      [grid(PROACTIVE_21)],
      [grid([...HEADER, ...REQUESTS_21]), grid([...HEADER, ...again], 1)],
      [grid(REVIEW)],
    )
    expect(codes(reading, 'error')).toContain('row_repeated')
  })

  test('is not read from a small table of the report with the same labels', () => {
    const own = grid(['事项|办件量', '行政许可|9999', '行政处罚|8888'], 9)
    const reading = read([
      '清源市水务局2023年政府信息公开工作年度报告',
      SECTIONS[0] ?? '',
      own,
      SECTIONS[1] ?? '',
      grid(PROACTIVE_21),
    ])
    expect(values(reading)['proactive.licensing.decisions']).toBe(550)
    expect(values(reading)['proactive.penalties.decisions']).toBe(117)
  })

  test('reads tables that were flattened to one paragraph a cell by count and order', () => {
    const flat = (rows: readonly string[]) =>
      rows.flatMap((row) =>
        row
          .split('|')
          .map((field) => field.trim())
          .filter((field) => field !== '<' && field !== '^' && field !== ''),
      )
    const paragraphs = (rows: readonly string[]) => flat(rows).map((text) => paragraph(text))
    const reading = report(paragraphs(PROACTIVE_21), paragraphs([...HEADER, ...REQUESTS_21]), paragraphs(REVIEW))
    expect(values(reading)).toEqual(values(full()))
    expect(reading.sections.map((section) => section.key)).toEqual([
      'overview',
      'proactive',
      'requests',
      'review_litigation',
    ])
  })
})

describe('what is no report', () => {
  test('a notice about reports', () => {
    const result = readReport(
      documentOf(['关于做好2023年政府信息公开工作年度报告编制工作的通知', '各单位：', '请于1月31日前报送。']),
    )
    expect(result).toMatchObject({ ok: false, failure: { code: 'not_a_report' } })
  })

  test('the blank form', () => {
    const blank = (rows: readonly string[]) => rows.map((row) => row.replaceAll(/\|[\d.]+/g, '|'))
    const result = readReport(
      documentOf([
        '2023年政府信息公开工作年度报告',
        ...SECTIONS,
        grid(blank(PROACTIVE_21)),
        grid(blank([...HEADER, ...REQUESTS_21])),
        grid([...REVIEW.slice(0, 3), '||||||||||||||']),
      ]),
    )
    expect(result).toMatchObject({ ok: false, failure: { code: 'not_a_report' } })
  })
})

describe('the order of the figures', () => {
  const orderOf = (given: ReportReading, key: string) => given.facts.find((fact) => fact.key === key)?.order
  const CLEAN = REQUESTS_21

  test('bears out what the headers say, where a row has a cell for each column', () => {
    const read = report([grid(PROACTIVE_21)], [grid([...HEADER, ...CLEAN])], [grid(REVIEW)])
    expect(read.facts.filter(({ raw, order }) => raw !== order)).toEqual([])
  })

  test('says what alignment puts into a cell, against what lies between its borders', () => {
    const table = grid([...HEADER, ...CLEAN])
    const cells = table.cells.map((cell) => (cell.text === '100' ? { ...cell, aligned: '1000' } : cell))
    const read = report([grid(PROACTIVE_21)], [{ ...table, cells }], [grid(REVIEW)])
    expect(orderOf(read, 'requests.new.natural_person')).toBe('1000')
    expect(orderOf(read, 'requests.new.commercial_enterprise')).toBe('101')
  })

  test('is silent where count and order have placed the figures, unless alignment contradicts', () => {
    const words = REVIEW.slice(0, 3).flatMap((row) => row.split('|').filter((word) => !/[<^]/.test(word)))
    const counted = grid([`${words.join(' ')}${'|<'.repeat(14)}`, REVIEW[3] ?? ''])
    const placed = report([grid(PROACTIVE_21)], [grid([...HEADER, ...CLEAN])], [counted])
    expect(placed.facts.find(({ key }) => key === 'review.total')).toMatchObject({ raw: '10', order: null })
    const cells = counted.cells.map((cell) => (cell.text === '10' ? { ...cell, aligned: '1' } : cell))
    const cut = report([grid(PROACTIVE_21)], [grid([...HEADER, ...CLEAN])], [{ ...counted, cells }])
    expect(orderOf(cut, 'review.total')).toBe('1')
  })
})
