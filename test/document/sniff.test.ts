import { describe, expect, test } from '@jest/globals'
import { sniff } from '../../src/document/sniff.js'
import { gbk } from '../build/gbk.js'
import { zip } from '../build/zip.js'

const utf8 = (text: string) => new TextEncoder().encode(text)
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))
const kindOf = (data: Uint8Array | string) => sniff(typeof data === 'string' ? utf8(data) : data).kind

/** An OLE2 file as far as it is looked at: signature, then directory entries of 128 bytes. */
function ole(...streams: string[]): Uint8Array {
  const entries = streams.map((stream) => {
    const entry = Buffer.alloc(128)
    entry.write(stream, 'utf16le')
    entry.writeUInt16LE(stream.length * 2 + 2, 64)
    return entry
  })
  return new Uint8Array(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), ...entries]))
}

describe('sniff', () => {
  test('a PDF header at the start, or within the first kilobyte, is a PDF', () => {
    expect(kindOf('%PDF-1.7\n1 0 obj')).toBe('pdf')
    expect(kindOf('\r\n%PDF-1.4')).toBe('pdf')
    expect(kindOf(`${'junk '.repeat(100)}%PDF-1.4\n1 0 obj <<>> endobj`)).toBe('pdf')
  })

  test('a text that speaks of PDF is a text', () => {
    expect(kindOf('文件应以 %PDF-1.7 开头。')).toBe('text')
  })

  test.each([
    ['docx', ['[Content_Types].xml', 'word/document.xml']],
    ['docx', ['[Content_Types].xml', '_rels/.rels', 'word/document2.xml']],
    ['docx', ['[Content_Types].xml', 'word\\document.xml']],
    ['unknown', ['[Content_Types].xml', 'xl/workbook.xml']],
    ['unknown', ['[Content_Types].xml', 'ppt/presentation.xml']],
    ['unknown', ['mimetype', 'content.xml', 'META-INF/manifest.xml']],
    ['unknown', ['mimetype', 'META-INF/container.xml']],
    ['ofd', ['OFD.xml', 'Doc_0/Document.xml']],
    ['zip', ['2023/报告.docx', '2022/报告.pdf']],
    ['zip', ['word/报告.pdf']],
  ])('%s is a zip of %j', (kind, names) => {
    expect(kindOf(zip(...names.map((name) => ({ name, data: 'x' }))))).toBe(kind)
  })

  test('a DOCX cut short is still told as one', () => {
    const whole = zip({ name: '[Content_Types].xml', data: 'x' }, { name: 'word/document.xml', data: 'y'.repeat(500) })
    expect(kindOf(whole.subarray(0, whole.length - 120))).toBe('docx')
  })

  test('a zip that holds a DOCX is a zip', () => {
    const docx = zip({ name: '[Content_Types].xml' }, { name: 'word/document.xml' })
    expect(kindOf(zip({ name: '年报.docx', data: docx, method: 0 }))).toBe('zip')
  })

  test('a zip that begins with a PDF stored as it is, is a zip', () => {
    expect(kindOf(zip({ name: '年报.pdf', data: '%PDF-1.7\n1 0 obj', method: 0 }))).toBe('zip')
  })

  test('an empty zip is a zip', () => {
    expect(kindOf(zip())).toBe('zip')
  })

  test('OLE2 files are told by their streams', () => {
    expect(kindOf(ole('Root Entry', 'WordDocument', '1Table'))).toBe('doc')
    expect(kindOf(ole('Root Entry', 'EncryptionInfo', 'EncryptedPackage'))).toBe('encrypted_office')
    expect(kindOf(ole('Root Entry', 'MatOST'))).toBe('wps')
    expect(sniff(ole('Root Entry', 'Workbook'))).toEqual({ kind: 'unknown', mediaType: 'application/vnd.ms-excel' })
  })

  test.each([
    '<!DOCTYPE html><html><body>年报</body></html>',
    '<!-- saved from url --><HTML><BODY>年报',
    '\ufeff\n\n  <html lang="zh-CN">',
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x.dtd"><html>',
    '<p class=MsoNormal>一、总体情况</p>',
    '<div><table><tr><td>规章</td></tr></table></div>',
    '<!--[if gte mso 9]><xml></xml><![endif]--><style>p{}</style>',
    '<o:p></o:p>',
    '年度报告<br/>一、总体情况<br/>二、主动公开<br>',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><head>',
  ])('%s is HTML', (text) => {
    expect(kindOf(text)).toBe('html')
  })

  test('HTML is told in GBK and UTF-16 too', () => {
    expect(kindOf(gbk('<p>一、总体情况</p>'))).toBe('html')
    expect(kindOf(new Uint8Array(Buffer.from('\ufeff<html><body>年报', 'utf16le')))).toBe('html')
  })

  test.each([
    '# 年度报告\n\n## 一、总体情况\n\n<table><tr><td>1</td></tr></table>',
    '<div align="center">\n\n# 年度报告\n\n## 一、总体情况\n',
    '规章\t0\t<5\t>3\n',
    '年度报告<br>附后',
    'hello',
    '0',
  ])('%s is text', (text) => {
    expect(kindOf(text)).toBe('text')
  })

  test('text is told in GBK and UTF-16 too', () => {
    expect(kindOf(gbk('规章\t0\t0\n'))).toBe('text')
    expect(kindOf(new Uint8Array(Buffer.from('\ufeff规章\t0\n', 'utf16le')))).toBe('text')
    expect(kindOf(new Uint8Array(Buffer.from('规章\t0\n', 'utf16le')))).toBe('text')
  })

  test('a text with a few damaged bytes is still a text', () => {
    expect(kindOf(Uint8Array.from([...utf8('政府信息公开工作年度报告'.repeat(10)), 0xff, 0xfe, 0x31]))).toBe('text')
  })

  test('a saved web archive and plain XML are nothing we read', () => {
    const message = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<html>'
    expect(sniff(utf8(message))).toEqual({ kind: 'unknown', mediaType: 'multipart/related' })
    expect(sniff(utf8('<?xml version="1.0"?><pkg:package></pkg:package>')).mediaType).toBe('application/xml')
  })

  test.each([
    ['image/jpeg', '\xff\xd8\xff\xe0'],
    ['image/png', '\x89PNG\r\n\x1a\n'],
    ['image/gif', 'GIF89a'],
    ['image/tiff', 'II*\0'],
    ['image/bmp', 'BM\x46\x00\x01\x00\0\0\0\0\x36'],
    ['image/webp', 'RIFF\x24\0\0\0WEBPVP8 '],
  ])('%s is an image', (mediaType, head) => {
    expect(sniff(bytes(head))).toEqual({ kind: 'image', mediaType })
  })

  test('a text that begins like a bitmap is a text', () => {
    expect(kindOf('BMI指数为 23')).toBe('text')
  })

  test('RTF is RTF', () => {
    expect(kindOf('{\\rtf1\\ansi')).toBe('rtf')
  })

  test.each(['', ' \r\n\t', '\ufeff', '\u3000\u3000\n', '\0\0\0\0'])('%j is empty', (text) => {
    expect(kindOf(text)).toBe('empty')
  })

  test('text after much white space is not empty', () => {
    expect(kindOf(`${' '.repeat(100_000)}年度报告`)).toBe('text')
  })

  test('bytes that are nothing are unknown', () => {
    let state = 7
    const noise = Uint8Array.from({ length: 5000 }, () => {
      state = (state * 1103515245 + 12345) % 2147483648
      return state >> 16
    })
    expect(sniff(noise)).toEqual({ kind: 'unknown', mediaType: 'application/octet-stream' })
  })
})
