import { describe, expect, test } from '@jest/globals'
import { cut, displayWidth, padEnd } from '../../src/export/width.js'

describe('the columns that a text takes', () => {
  test.each([
    ['abc', 3],
    ['年报', 4],
    ['（一）', 6],
    ['𠮷', 2],
    ['é', 1],
    ['⼈', 2],
    ['', 0],
  ])('%s takes %d', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })

  test('padding fills up to the width and leaves a longer text whole', () => {
    expect(padEnd('年', 4)).toBe('年  ')
    expect(padEnd('年报年报', 4)).toBe('年报年报')
  })

  test('a cut never goes through a character', () => {
    expect(cut('年报', 3)).toBe('年')
    expect(cut('年报', 4)).toBe('年报')
    expect(cut('𠮷a', 1)).toBe('')
  })
})
