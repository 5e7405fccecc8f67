import { describe, expect, test } from '@jest/globals'
import { partTable } from '../../../src/document/grid/prose-rows.js'

const PROSE = '全年通过门户网站主动公开各类信息935条，制发规范性文件2件，全部同步配发解读材料，各项工作平稳有序推进。'

/** Rows as text, cells parted by |; paragraphs as one text, rows of a table in an array. */
function partsOf(...rows: string[]) {
  const cells = rows.map((row) => row.split('|').map((text) => ({ text, rowSpan: 1, colSpan: 1 })))
  return partTable(cells).map((part) =>
    part.kind === 'paragraph' ? part.text : part.rows.map((row) => row.map(({ text }) => text).join('|')),
  )
}

describe('partTable', () => {
  test('a report written in a spreadsheet comes apart into paragraphs and tables', () => {
    const rows = [
      '年度报告|',
      '一、总体情况',
      PROSE,
      '二、主动公开',
      '第（一）项||',
      '规章|0|1',
      '文件|2|3',
      '五、问题',
      PROSE,
      '六、其他',
      '无',
    ]
    expect(partsOf(...rows)).toEqual([
      '年度报告',
      '一、总体情况',
      PROSE,
      '二、主动公开',
      ['第（一）项||', '规章|0|1', '文件|2|3'],
      '五、问题',
      PROSE,
      '六、其他',
      '无',
    ])
  })

  test('a table with headings of its own and notes stays whole', () => {
    const rows = [
      '统计指标|单位|数',
      '一、主动公开||',
      '公开数|条|3',
      '二、回应||',
      '次数|次|2',
      `1.${PROSE}`,
      `2.${PROSE}`,
    ]
    expect(partsOf(...rows)).toEqual([rows])
  })

  test('a cell that reaches down from above keeps its rows together', () => {
    const tall = { text: '三、办理结果', rowSpan: 2, colSpan: 1 }
    const one = (text: string) => ({ text, rowSpan: 1, colSpan: 1 })
    const rows = [[one('一、总体情况')], [one(PROSE)], [one(PROSE)], [tall, one('1')], [one('2')]]
    expect(partTable(rows).at(-1)).toEqual({ kind: 'rows', rows: rows.slice(3) })
  })
})
