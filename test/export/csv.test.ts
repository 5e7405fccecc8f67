import { describe, expect, test } from '@jest/globals'
import { type CsvCell, toCsvLine } from '../../src/export/csv.js'
import { readCsv } from '../build/csv.js'

describe('a line of CSV', () => {
  test('has commas between its cells and nothing for what is not there', () => {
    expect(toCsvLine(['洪泽区人民政府', 2023, null, -1.5, ''])).toBe('洪泽区人民政府,2023,,-1.5,\r\n')
  })

  test('quotes a text with a comma, a line break or a quotation mark', () => {
    expect(toCsvLine(['a,b', 'c\nd', '所谓"年报"', '1，２３４'])).toBe('"a,b","c\nd","所谓""年报""",1，２３４\r\n')
  })

  test.each(['=1+1', '+86', '-3+2', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('has no formula in a text like %j', (cell) => {
    const [[read] = []] = readCsv(toCsvLine([cell]))
    expect(read).toBe(`'${cell}`)
  })

  test('leaves a negative number and a lone dash as they are', () => {
    expect(toCsvLine([-3, '-3', '-', '－', '—'])).toBe('-3,-3,-,－,—\r\n')
  })

  test('reads back as it was written', () => {
    const rows: CsvCell[][] = [
      ['"', '""', ',', 'a\r\n', ' a '],
      ['', null, 0, 12.5, '，'],
    ]
    expect(readCsv(rows.map(toCsvLine).join(''))).toEqual([
      ['"', '""', ',', 'a\r\n', ' a '],
      ['', '', '0', '12.5', '，'],
    ])
  })
})
