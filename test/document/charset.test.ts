import { describe, expect, test } from '@jest/globals'
import { decodeText } from '../../src/document/charset.js'
import { gbk } from '../build/gbk.js'

const TEXT = '二、主动公开情况\n规范性文件\t12\t0\n'
const utf8 = (text: string) => new TextEncoder().encode(text)

function utf16(text: string, order: 'le' | 'be'): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), order === 'le')
  return bytes
}

describe('decodeText', () => {
  test.each([
    ['utf-8', utf8(TEXT)],
    ['utf-8 with a mark', utf8(`\ufeff${TEXT}`)],
    ['gbk', gbk(TEXT)],
    ['utf-16le with a mark', utf16(`\ufeff${TEXT}`, 'le')],
    ['utf-16be with a mark', utf16(`\ufeff${TEXT}`, 'be')],
    ['utf-16le', utf16(TEXT, 'le')],
    ['utf-16be', utf16(TEXT, 'be')],
  ])('%s is told by its bytes', (_, bytes) => {
    expect(decodeText(bytes)).toMatchObject({ text: TEXT, undecodable: false })
  })

  test.each(['gbk', 'gb2312', 'GB18030', 'utf-8', 'iso-8859-1', 'no-such-set'])(
    'GBK bytes are read whether declared as %s',
    (label) => {
      expect(decodeText(gbk(TEXT), label)).toMatchObject({ text: TEXT, encoding: 'gb18030', undecodable: false })
    },
  )

  test.each(['gbk', 'utf-8', 'iso-8859-1', 'utf-16'])('UTF-8 bytes are read whether declared as %s', (label) => {
    expect(decodeText(utf8(TEXT), label)).toMatchObject({ text: TEXT, encoding: 'utf-8', undecodable: false })
  })

  test('a declared set that is neither UTF-8 nor GB18030 is used where it fits', () => {
    expect(decodeText(Uint8Array.from([0xa4, 0xa4, 0xa4, 0xe5]), 'big5')).toMatchObject({ text: '中文' })
  })

  test('one damaged byte in UTF-8 costs one character and is said', () => {
    const bytes = utf8(TEXT.repeat(40))
    bytes[bytes.length - 20] = 0xff
    const { text, encoding, undecodable } = decodeText(bytes, 'gbk')
    expect({ encoding, undecodable }).toEqual({ encoding: 'utf-8', undecodable: true })
    expect(text.startsWith(TEXT)).toBe(true)
  })

  test('little GBK between much mark-up is not taken for damaged UTF-8', () => {
    const bytes = gbk(`<p class="MsoNormal" style="text-indent:32pt">规章</p>${'<br>'.repeat(2000)}`)
    expect(decodeText(bytes)).toMatchObject({ encoding: 'gb18030', undecodable: false })
  })

  test('a damaged byte in GBK is said', () => {
    const bytes = gbk(TEXT.repeat(40))
    bytes[bytes.length - 2] = 0xff
    expect(decodeText(bytes)).toMatchObject({ encoding: 'gb18030', undecodable: true })
  })

  test('a replacement character that the file itself holds is said', () => {
    expect(decodeText(utf8('规范性文\ufffd件'))).toMatchObject({ undecodable: true })
  })

  test('the blank A3A0 of old editors is a full-width space', () => {
    expect(decodeText(Uint8Array.from([0xa3, 0xa0, ...gbk('规章')])).text).toBe('\u3000规章')
  })
})
