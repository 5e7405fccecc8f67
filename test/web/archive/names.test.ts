import { describe, expect, test } from '@jest/globals'
import { bytesInWords } from '../../../web/src/archive/amounts.js'
import { toCsv } from '../../../web/src/archive/csv.js'
import { queryOf } from '../../../web/src/archive/report-filter.js'
import { visibleName } from '../../../web/src/parts/visible-name.js'

describe('a name that somebody else chose', () => {
  test('shows what turns its direction', () => {
    expect(visibleName('annual\u202Efdp.exe')).toBe('annual\uFFFDfdp.exe')
  })

  test('shows what cannot be seen', () => {
    expect(visibleName('a\u200Bb\u0000c\nd')).toBe('a\uFFFDb\uFFFDc\uFFFDd')
  })

  test('is left as it is otherwise', () => {
    const name = '<script>alert(1)</script>（定稿）𠮷.docx'
    expect(visibleName(name)).toBe(name)
  })
})

describe('a CSV of the page', () => {
  test('has a mark, and lines as spreadsheets want them', () => {
    expect(
      toCsv([
        ['机关', '年份'],
        ['水务局', 2023],
      ]),
    ).toBe('\uFEFF机关,年份\r\n水务局,2023\r\n')
  })

  test('makes no formula of a name', () => {
    expect(toCsv([['=HYPERLINK("http://x")', '+1', -1]])).toBe('\uFEFF"\'=HYPERLINK(""http://x"")",\'+1,-1\r\n')
  })

  test('leaves empty what is not known', () => {
    expect(toCsv([[null, 'a,b']])).toBe('\uFEFF,"a,b"\r\n')
  })
})

describe('what the list of reports asks for', () => {
  test('is what the address says', () => {
    expect(queryOf({ organ: '水务局', year: '2023' })).toBe('organ=%E6%B0%B4%E5%8A%A1%E5%B1%80&year=2023')
  })

  test('tells apart what a person decided from what the program found', () => {
    expect(queryOf({ status: 'reviewed' })).toBe('review=accepted')
    expect(queryOf({ status: 'needs_review' })).toBe('status=needs_review&review=open')
    expect(queryOf({ status: 'failed' }, { limit: '5' })).toBe('status=failed&limit=5')
  })
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1024, '1 KB'],
  [88 * 1024, '88 KB'],
  [2.1 * 2 ** 20, '2.1 MB'],
  [2 * 2 ** 30, '2.0 GB'],
])('%d bytes are %s', (bytes, words) => {
  expect(bytesInWords(bytes)).toBe(words)
})
