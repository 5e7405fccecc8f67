import { describe, expect, test } from '@jest/globals'
import { formatOrdinal } from '../../../src/document/docx/ordinals.js'

const counted = (format: string, ...counts: number[]): string[] => counts.map((count) => formatOrdinal(count, format))

describe('ordinals', () => {
  test('Chinese counting in words', () => {
    expect(
      counted('chineseCountingThousand', 1, 10, 11, 20, 99, 100, 101, 110, 111, 1001, 10_000, 10_101, 20_010),
    ).toEqual([
      '一',
      '十',
      '十一',
      '二十',
      '九十九',
      '一百',
      '一百零一',
      '一百一十',
      '一百一十一',
      '一千零一',
      '一万',
      '一万零一百零一',
      '二万零一十',
    ])
  })

  test('Chinese counting goes digit by digit from a hundred', () => {
    expect(counted('chineseCounting', 3, 10, 15, 21, 100, 123)).toEqual([
      '三',
      '十',
      '十五',
      '二十一',
      '一〇〇',
      '一二三',
    ])
    expect(counted('ideographDigital', 3, 10, 21)).toEqual(['三', '一〇', '二一'])
  })

  test('Japanese counting says no one before a unit', () => {
    expect(counted('japaneseCounting', 10, 11, 21, 100, 101, 1111)).toEqual([
      '十',
      '十一',
      '二十一',
      '百',
      '百一',
      '千百十一',
    ])
  })

  test('the numerals of documents keep the one', () => {
    expect(counted('chineseLegalSimplified', 1, 10, 12, 101, 120)).toEqual([
      '壹',
      '壹拾',
      '壹拾贰',
      '壹佰零壹',
      '壹佰贰拾',
    ])
    expect(counted('ideographLegalTraditional', 2, 10_000)).toEqual(['貳', '壹萬'])
  })

  test('circles end at twenty', () => {
    expect(counted('decimalEnclosedCircle', 1, 20, 21)).toEqual(['①', '⑳', '21'])
    expect(counted('decimalEnclosedParen', 1, 20)).toEqual(['⑴', '⒇'])
    expect(counted('decimalEnclosedFullstop', 1)).toEqual(['⒈'])
    expect(counted('ideographEnclosedCircle', 1, 10, 11)).toEqual(['㊀', '㊉', '11'])
  })

  test('letters are repeated after the last', () => {
    expect(counted('upperLetter', 1, 26, 27, 53)).toEqual(['A', 'Z', 'AA', 'AAA'])
    expect(counted('lowerLetter', 2, 28)).toEqual(['b', 'bb'])
  })

  test('Roman figures', () => {
    expect(counted('upperRoman', 1, 4, 9, 14, 40, 1994)).toEqual(['I', 'IV', 'IX', 'XIV', 'XL', 'MCMXCIV'])
    expect(counted('lowerRoman', 3, 0)).toEqual(['iii', '0'])
  })

  test('decimal figures in all widths', () => {
    expect(counted('decimal', 0, 12)).toEqual(['0', '12'])
    expect(counted('decimalZero', 1, 12)).toEqual(['01', '12'])
    expect(counted('decimalFullWidth', 12)).toEqual(['１２'])
  })

  test('stems and branches end with their series', () => {
    expect(counted('ideographTraditional', 1, 10, 11)).toEqual(['甲', '癸', '11'])
    expect(counted('ideographZodiac', 12)).toEqual(['亥'])
  })

  test.each(['cardinalText', 'unheardOf', 'constructor', ''])('format "%s" counts in decimal', (format) => {
    expect(formatOrdinal(7, format)).toBe('7')
  })

  test('no format prints nothing', () => {
    expect(formatOrdinal(7, 'none')).toBe('')
  })
})
