import { describe, expect, test } from '@jest/globals'
import { cleanFileName } from '../../src/adapters/file-name.js'

describe('cleanFileName', () => {
  test.each([
    ['各镇/甲镇.pdf', '各镇/甲镇.pdf'],
    ['../../etc/passwd', 'etc/passwd'],
    ['/etc/passwd', 'etc/passwd'],
    ['C:\\年报\\a.pdf', '年报/a.pdf'],
    ['C:a.pdf', 'a.pdf'],
    ['\\\\server\\share\\a.pdf', 'server/share/a.pdf'],
    ['a/./b//c', 'a/b/c'],
    ['a\0b\nc\u202efdp.exe', 'abcfdp.exe'],
    ['半\ud83d个', '半个'],
    ['e\u0301.pdf', '\u00e9.pdf'],
    [' a / b ', 'a/b'],
    ['..', '未命名文件'],
    ['', '未命名文件'],
  ])('%j is %j', (name, clean) => {
    expect(cleanFileName(name)).toBe(clean)
  })

  test('of a name that is too long, the end stays', () => {
    const clean = cleanFileName(`${'𠮷'.repeat(2000)}.pdf`)
    expect(Array.from(clean)).toHaveLength(1000)
    expect(clean.endsWith('𠮷.pdf')).toBe(true)
  })

  test('a clean name is not cleaned further', () => {
    for (const name of ['a/b.pdf', '未命名文件', cleanFileName('C:\\..\\D:\\x/ /y')])
      expect(cleanFileName(name)).toBe(name)
  })
})
