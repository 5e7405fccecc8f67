import { expect, test } from '@jest/globals'
import { decodeFontName, isBoldName } from '../../../src/document/pdf/font-name.js'

test.each([
  'ABCDEF+SimHei',
  '黑体',
  'STHeiti-Regular',
  'Helvetica-Bold',
  'SimSun,Bold',
  '微软雅黑-Bold',
  'FZHei-Black',
])('%s is a heading face', (name) => {
  expect(isBoldName(name)).toBe(true)
})

test.each(['SimSun', '宋体', '仿宋_GB2312', '微软雅黑', 'MicrosoftYaHei', 'WenQuanYiZenHei', ''])(
  '%s is a face for running text',
  (name) => {
    expect(isBoldName(name)).toBe(false)
  },
)

test('a name is read whether it is written in UTF-8 or in GBK', () => {
  expect(decodeFontName(new TextEncoder().encode('LNUHNF+宋体'))).toBe('LNUHNF+宋体')
  expect(decodeFontName(Uint8Array.of(0xba, 0xda, 0xcc, 0xe5))).toBe('黑体')
})
