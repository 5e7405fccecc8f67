import { describe, expect, test } from '@jest/globals'
import { foldName, hashPassword, isPassword, nameFault, passwordFault } from '../../../src/adapters/http/passwords.js'

describe('passwords', () => {
  test.each([
    ['春眠不觉晓处处闻啼鸟', null],
    ['correct horse battery', null],
    ['123456789', '密码至少需要 10 个字符'],
    ['👍'.repeat(9), '密码至少需要 10 个字符'],
    ['x'.repeat(257), '密码最多 256 个字符'],
    ['1234567890', '这个密码过于常见，容易被猜中，请换一个'],
    ['PASSWORD123', '这个密码过于常见，容易被猜中，请换一个'],
    ['１２３４５６７８９０', '这个密码过于常见，容易被猜中，请换一个'],
    ['aaaaaaaaaaaa', '这个密码过于常见，容易被猜中，请换一个'],
    ['121212121212', '这个密码过于常见，容易被猜中，请换一个'],
    ['abcabcabcab', '这个密码过于常见，容易被猜中，请换一个'],
    ['Administrator.Li', '密码不能与用户名相同'],
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
    expect(nameFault(foldName(name))).toBeNull()
  })

  test.each(['', ' ', '-a', 'a\nb'.repeat(20), 'a<b', 'a/b', 'a:b', '\u200b', 'a\u202eb', '名'.repeat(33)])(
    '%j will not',
    (name) => {
      expect(nameFault(foldName(name))).not.toBeNull()
    },
  )

  test('are folded to one form', () => {
    expect(foldName(' Ｗａｎｇ　 \t 五 ')).toBe('Wang 五')
  })
})
