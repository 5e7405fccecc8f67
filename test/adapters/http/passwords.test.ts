import { describe, expect, test } from '@jest/globals'
import { foldName, hashPassword, isName, isPassword, passwordFault } from '../../../src/adapters/http/passwords.js'

describe('passwords', () => {
  test.each([
    ['春眠不觉晓处处闻啼鸟', null],
    ['correct horse battery', null],
    ['123456789', 'too_short'],
    ['👍'.repeat(9), 'too_short'],
    ['x'.repeat(257), 'too_long'],
    ['1234567890', 'too_common'],
    ['PASSWORD123', 'too_common'],
    ['１２３４５６７８９０', 'too_common'],
    ['aaaaaaaaaaaa', 'too_common'],
    ['121212121212', 'too_common'],
    ['abcabcabcab', 'too_common'],
    ['Administrator.Li', 'same_as_name'],
  ])('%s: %j', (password, fault) => {
    expect(passwordFault(password, 'administrator.li')).toBe(fault)
  })

  test('are the same however they were typed', async () => {
    const kept = await hashPassword('caf\u00e9 au lait')
    expect(await isPassword(kept, 'cafe\u0301 au lait')).toBe(true)
    expect(await isPassword(kept, 'cafe au lait')).toBe(false)
  })

  test('of nobody are never right', async () => {
    expect(await isPassword(null, '春眠不觉晓处处闻啼鸟')).toBe(false)
  })

  test('are never kept the same way twice', async () => {
    const [one, other] = await Promise.all([hashPassword('同一个密码同一个密码'), hashPassword('同一个密码同一个密码')])
    expect(one).not.toBe(other)
  })
})

describe('names', () => {
  test.each(['王管理', '阿依古丽·买买提', 'Li Si', 'li.si-2_a', '0号', '\u{20bb7}野家'])('%s will do', (name) => {
    expect(isName(foldName(name))).toBe(true)
  })

  test.each(['', ' ', '-a', 'a\nb'.repeat(20), 'a<b', 'a/b', 'a:b', '\u200b', 'a\u202eb', '名'.repeat(33)])(
    '%j will not',
    (name) => {
      expect(isName(foldName(name))).toBe(false)
    },
  )

  test('are folded to one form', () => {
    expect(foldName(' Ｗａｎｇ　 \t 五 ')).toBe('Wang 五')
  })
})
