import { describe, expect, test } from '@jest/globals'
import { figure, foldTyped } from '../../../web/src/review/figures.js'

const typed = (text: string) => foldTyped(text, 'integer', '件')

describe('what is typed into a cell', () => {
  test.each([
    ['12', 12],
    ['１２', 12],
    ['1,234', 1234],
    ['１，２３４', 1234],
    [' 7 ', 7],
    ['0', 0],
    ['０', 0],
  ])('%j is the figure %d', (text, value) => {
    expect(typed(text)).toEqual({ isFigure: true, value })
  })

  test.each(['', '  ', '空', '/', '／', '-', '—'])('%j is a blank cell, which is not zero', (text) => {
    expect(typed(text)).toEqual({ isFigure: true, value: null })
  })

  test.each(['abc', '1 2 3 x', '十几'])('%j is no figure', (text) => {
    expect(typed(text)).toEqual({ isFigure: false })
  })

  test('may have a fraction where money is counted', () => {
    expect(foldTyped('１２３．９２', 'decimal', '万元')).toEqual({ isFigure: true, value: 123.92 })
  })
})

test('a negative figure is written with a minus, a blank one with its word', () => {
  expect(figure(-3)).toBe('−3')
  expect(figure(null)).toBe('空')
  expect(figure(0)).toBe('0')
})
