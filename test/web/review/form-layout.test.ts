import { describe, expect, test } from '@jest/globals'
import type { TableSpec } from '../../../src/report/form.js'
import { form2014 } from '../../../src/report/forms/2014.js'
import { form2021 } from '../../../src/report/forms/2021.js'
import { type LaidTable, layTable } from '../../../web/src/review/form-layout.js'

function specOf(key: string): TableSpec {
  const spec = [...form2021.tables, ...form2014.tables].find((table) => table.key === key)
  if (spec === undefined) throw new Error(`no table ${key}`)
  return spec
}

const all = () => true
const rowOf = (table: LaidTable, key: string) => table.rows.find((row) => row.key === key)

/** The columns that each row of the head, or of the body, fills: spans and all. */
function widthOf(table: LaidTable): Set<number> {
  const open: { rows: number; columns: number }[] = []
  const widths = new Set<number>()
  for (const { labels, cells } of table.rows) {
    const above = open.reduce((sum, { columns }) => sum + columns, 0)
    widths.add(above + labels.reduce((sum, { columnSpan }) => sum + columnSpan, 0) + cells.length)
    for (const span of open) span.rows -= 1
    for (const { rowSpan, columnSpan } of labels) {
      if (rowSpan > 1) open.push({ rows: rowSpan - 1, columns: columnSpan })
    }
    open.splice(0, open.length, ...open.filter(({ rows }) => rows > 0))
  }
  return widths
}

describe('the table of review and litigation', () => {
  const table = layTable(specOf('review_litigation'), all)

  test('is one row of fifteen figures without labels', () => {
    expect(table.rows).toHaveLength(1)
    expect(table.rows[0]?.cells).toHaveLength(15)
    expect(table.labelColumns).toBe(0)
  })

  test('has a head of three rows that fill its width', () => {
    expect(table.head.map((row) => row.map(({ text, columnSpan, rowSpan }) => [text, columnSpan, rowSpan]))).toEqual([
      [
        ['行政复议', 5, 1],
        ['行政诉讼', 10, 1],
      ],
      [
        ...['结果维持', '结果纠正', '其他结果', '尚未审结', '总计'].map((text) => [text, 1, 2]),
        ['未经复议直接起诉', 5, 1],
        ['复议后起诉', 5, 1],
      ],
      [...Array(2).keys()].flatMap(() =>
        ['结果维持', '结果纠正', '其他结果', '尚未审结', '总计'].map((text) => [text, 1, 1]),
      ),
    ])
  })

  test('is ruled after each block but the last', () => {
    const ends = table.rows[0]?.cells.flatMap(({ endsGroup }, at) => (endsGroup ? [at] : []))
    expect(ends).toEqual([4, 9])
  })

  test('names for each cell all heads that it stands under', () => {
    const [first] = table.rows[0]?.cells ?? []
    const heads = new Map(table.head.flat().map(({ id, text }) => [id, text]))
    expect(first?.heads.split(' ').map((id) => heads.get(id))).toEqual(['行政复议', '结果维持'])
  })
})

describe('the table of requests', () => {
  const withoutSubtotal = (key: string) => !key.startsWith('requests.outcome.other.subtotal')
  const table = layTable(specOf('requests'), withoutSubtotal)

  test('fills its width in every row, whatever stands beside it', () => {
    expect([...widthOf(table)]).toEqual([10])
  })

  test('has what stands over its rows once, beside all of them', () => {
    const spans = table.rows.flatMap(({ labels }) => labels.filter(({ rowSpan }) => rowSpan > 1))
    expect(spans.map(({ text, rowSpan }) => [text, rowSpan])).toContainEqual(['（三）不予公开', 8])
    expect(spans.filter(({ level }) => level === 0).map(({ text }) => text)).toEqual(['三、本年度办理结果'])
  })

  test('leaves out the one row that stands for three where the three are printed', () => {
    expect(rowOf(table, 'requests.outcome.other.subtotal')).toBeUndefined()
    expect(rowOf(table, 'requests.outcome.other.misc')).toBeDefined()
  })

  test('leaves out the three rows where one stands for them', () => {
    const old = layTable(specOf('requests'), (key) => !/other\.(?:correction|fee|misc)/.test(key))
    expect(rowOf(old, 'requests.outcome.other.subtotal')).toBeDefined()
    expect(rowOf(old, 'requests.outcome.other.misc')).toBeUndefined()
    expect([...widthOf(old)]).toEqual([10])
  })

  test('shows the rows of the form where nothing was found', () => {
    const empty = layTable(specOf('requests'), () => false)
    expect(rowOf(empty, 'requests.outcome.other.misc')).toBeDefined()
    expect(rowOf(empty, 'requests.outcome.other.subtotal')).toBeUndefined()
  })
})

test('the statistics of 2014 stand in one column of labels, set in by their depth, each with its unit', () => {
  const table = layTable(specOf('statistics_2014'), all)
  expect(table.labelColumns).toBe(1)
  expect(table.rows[0]).toMatchObject({ depth: 0, cells: [], unit: null })
  expect(rowOf(table, 'proactive.information.disclosed')).toMatchObject({ depth: 1, unit: '条' })
  const keys = table.rows.map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
})
