import { describe, expect, test } from '@jest/globals'
import { normaliseProse, readFigure, sentencesOf, textOf } from '../../src/reconcile/prose.js'
import { section } from '../build/reading.js'

describe('normalised prose', () => {
  test.each([
    ['政府信 息公开　申请 ２１ 件', '政府信息公开申请21件'],
    ['（含1，234件）', '(含1234件)'],
    ['12,345,678条', '12345678条'],
    ['5件,100份', '5件,100份'],
    ['共5，1000件', '共5，1000件'],
    ['增长４．５％', '增长4.5%'],
    ['一、总体情况；（二）其他：无。', '一、总体情况；(二)其他：无。'],
    ['零\u200b宽', '零宽'],
  ])('%s', (text, expected) => {
    expect(normaliseProse(text)).toBe(expected)
  })
})

describe('sentences', () => {
  test('end at a full stop and at the end of a paragraph', () => {
    expect(sentencesOf('甲。乙，丙。\n丁')).toEqual(['甲', '乙，丙', '丁'])
  })

  test('are joined over the lines that a PDF cuts a word at only within a paragraph', () => {
    expect(sentencesOf('政府信 息公开\n申请')).toEqual(['政府信息公开', '申请'])
  })

  test('leave page numbers out', () => {
    expect(sentencesOf('甲\n-1-\n— 3 —\n乙')).toEqual(['甲', '乙'])
  })

  test('are cut at a clause mark where they have no end', () => {
    const pieces = sentencesOf('一二三四五六七八九，'.repeat(250))
    expect(pieces.join('')).toHaveLength(2500)
    expect(pieces.every((piece) => piece.length <= 1001 && piece.endsWith('，'))).toBe(true)
  })

  test('are cut anywhere where there is no clause mark either', () => {
    expect(sentencesOf('一'.repeat(2500)).map(({ length }) => length)).toEqual([1000, 1000, 500])
  })
})

test('the text of a section holds its children but not its own heading', () => {
  const child = { ...section(null, '乙 丙'), title: '小标题' }
  expect(textOf({ ...section('other', '甲\n', [child]), title: '其他' })).toBe('甲小标题乙丙')
})

describe('a figure', () => {
  test.each([
    ['38', 38],
    ['6.5', 6.5],
    ['0', 0],
    ['零', 0],
    ['两', 2],
    ['十', 10],
    ['十五', 15],
    ['二十', 20],
    ['三十八', 38],
    ['一百零五', 105],
    ['一百一十五', 115],
    ['两千三百', 2300],
    ['一千零二十', 1020],
    ['二〇', 20],
    ['一二〇', 120],
    ['三五', null],
    ['一百五', null],
    ['十百', null],
    ['百', null],
    ['一百千', null],
    ['五六十', null],
    ['9'.repeat(400), null],
  ])('%s is %p', (text, expected) => {
    expect(readFigure(text)).toBe(expected)
  })
})
