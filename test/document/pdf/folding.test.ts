import { describe, expect, test } from '@jest/globals'
import { fold, isUnmapped, isWhite } from '../../../src/document/pdf/folding.js'

describe('fold', () => {
  test.each([
    ['Kangxi radicals', '⼀⼈⼯⽂⾼⿓', '一人工文高龍'],
    ['the radical that Chinese fonts draw for 户', '⼾', '户'],
    ['radicals of the supplement', '⺠⻓⻔⻋⻅⺎⺟⻳', '民长门车见兀母龟'],
    ['vertical punctuation', '︐︑︒︓︔︕︖︗︘︵︶︽︾', '，、。：；！？〖〗（）《》'],
    ['compatibility ideographs', '\uf97e\uf9d8\u{2f81d}', '量律凵'],
    ['ligatures', 'ﬁﬂﬀ', 'fiflff'],
    ['a soft hyphen that is drawn', '\u00ad', '-'],
    ['characters that only steer others', 'A\u200b\ufe0f\ufeffB', 'AB'],
    ['codes of a font', '\u0003\u007f\u0093', '\ufffd\ufffd\ufffd'],
  ])('turns %s into ordinary characters', (_, drawn, meant) => {
    expect(fold(drawn)).toBe(meant)
  })

  test('keeps what a reader sees as a character of its own', () => {
    const printed = '１２３，（）①②㎡㈠Ⅳ〇—－％𠮷é'
    expect(fold(printed)).toBe(printed)
  })

  test('keeps every ordinary ideograph', () => {
    for (let code = 0x4e00; code <= 0x9fff; code++) {
      const character = String.fromCharCode(code)
      expect(fold(character)).toBe(character)
    }
  })
})

test('space of any width is white, and nothing else is', () => {
  expect([...' \t\n\r\u00a0\u2003\u202f\u3000'].every((space) => isWhite(space.charCodeAt(0)))).toBe(true)
  expect([...'0-一　'.trim()].some((mark) => isWhite(mark.charCodeAt(0)))).toBe(false)
})

test('characters for private use and the replacement character are unmapped', () => {
  expect(['\ue012', '\ufffd', '\ud800', '\u{f0000}'].every(isUnmapped)).toBe(true)
  expect(['一', '0', '𠮷', 'Ａ', '￥'].some(isUnmapped)).toBe(false)
})
