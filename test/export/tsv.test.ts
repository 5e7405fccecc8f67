import { describe, expect, test } from '@jest/globals'
import { toTsv } from '../../src/export/tsv.js'

const tsv = (...rows: string[][]) => toTsv({ key: 'requests', rows, location: null })

describe('a table for spreadsheets', () => {
  test('is its rows with tabs between the cells, after a byte order mark', () => {
    expect(tsv(['项目', '件'], ['自然人', '１，２３４'])).toBe('\uFEFF项目\t件\n自然人\t１，２３４\n')
  })

  test('quotes a cell that holds a tab, a line break or a quotation mark', () => {
    expect(tsv(['a\tb', 'c\nd', '所谓"年报"'])).toBe('\uFEFF"a\tb"\t"c\nd"\t"所谓""年报"""\n')
  })

  test.each(['=1+1', '+86', '@SUM(A1)', '-cmd', '-(1)'])('a cell %s is no formula', (cell) => {
    expect(tsv([cell])).toBe(`\uFEFF'${cell}\n`)
  })

  test.each(['-', '—', '-3', '-1,234.5', '0', ''])('a cell %s stays as printed', (cell) => {
    expect(tsv([cell])).toBe(`\uFEFF${cell}\n`)
  })
})
