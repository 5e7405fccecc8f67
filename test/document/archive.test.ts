import { describe, expect, test } from '@jest/globals'
import { openArchive } from '../../src/document/archive.js'
import { LIMITS } from '../../src/document/limits.js'
import { gbk } from '../build/gbk.js'
import { unicodePath, zip } from '../build/zip.js'

/** Name → text of the member, or the code of its failure. */
async function contentsOf(bytes: Uint8Array): Promise<[string, string][]> {
  const contents: [string, string][] = []
  for await (const { name, result } of openArchive(bytes)) {
    contents.push([name, result.ok ? new TextDecoder().decode(result.value) : `!${result.failure.code}`])
  }
  return contents
}

const LATIN1_GBK = Uint8Array.from([0x81, 0x40])

describe('openArchive', () => {
  test('members come in the order of the archive', async () => {
    const bytes = zip({ name: 'b.txt', data: 'B' }, { name: 'a.txt', data: 'A' })
    expect(await contentsOf(bytes)).toEqual([
      ['b.txt', 'B'],
      ['a.txt', 'A'],
    ])
  })

  test('a stored member is read as it stands', async () => {
    expect(await contentsOf(zip({ name: 'a.txt', data: 'A', method: 0 }))).toEqual([['a.txt', 'A']])
  })

  test.each([
    ['GBK without a flag', { name: gbk('2023年报/区政府.docx') }],
    ['GBK under the UTF-8 flag', { name: gbk('2023年报/区政府.docx'), flags: 0x800 }],
    ['UTF-8 with its flag', { name: '2023年报/区政府.docx' }],
    ['UTF-8 without a flag', { name: '2023年报/区政府.docx', flags: 0 }],
    ['backslashes', { name: gbk('2023年报\\区政府.docx') }],
    ["Info-ZIP's unicode path", { name: LATIN1_GBK, extra: unicodePath(LATIN1_GBK, '2023年报/区政府.docx') }],
  ])('a name in %s is read', async (_, member) => {
    expect(await contentsOf(zip({ ...member, data: 'x' }))).toEqual([['2023年报/区政府.docx', 'x']])
  })

  test('a unicode path that belongs to another name is not believed', async () => {
    const member = { name: gbk('报告.pdf'), extra: unicodePath(gbk('别的.pdf'), '错.pdf'), data: 'x' }
    expect(await contentsOf(zip(member))).toEqual([['报告.pdf', 'x']])
  })

  test.each(['../../etc/报告.txt', '/etc/报告.txt', 'C:\\etc\\报告.txt', './etc/./报告.txt'])(
    'the name %s stays within the archive',
    async (name) => {
      expect(await contentsOf(zip({ name, data: 'x' }))).toEqual([['etc/报告.txt', 'x']])
    },
  )

  test('folders and what systems leave behind are skipped', async () => {
    const names = ['年报/', '__MACOSX/年报/._a.txt', '年报/.DS_Store', 'Thumbs.db', '年报/~$报告.docx', '._b.txt']
    expect(
      await contentsOf(zip(...names.map((name) => ({ name, data: 'x' })), { name: '年报/a.txt', data: 'A' })),
    ).toEqual([['年报/a.txt', 'A']])
  })

  test('a zip within is opened in place, its names behind its own', async () => {
    const inner = zip({ name: 'a.txt', data: 'A' })
    const bytes = zip({ name: '区直.zip', data: inner }, { name: 'b.txt', data: 'B' })
    expect(await contentsOf(bytes)).toEqual([
      ['区直.zip/a.txt', 'A'],
      ['b.txt', 'B'],
    ])
  })

  test('zips nested deeper than allowed are too large', async () => {
    const third = zip({ name: 'a.txt', data: 'A' })
    const bytes = zip({ name: '1.zip', data: zip({ name: '2.zip', data: third }) }, { name: 'b.txt', data: 'B' })
    expect(await contentsOf(bytes)).toEqual([
      ['1.zip/2.zip', '!too_large'],
      ['b.txt', 'B'],
    ])
  })

  test('a DOCX within is a member, not an archive', async () => {
    const docx = zip({ name: '[Content_Types].xml' }, { name: 'word/document.xml' })
    expect((await contentsOf(zip({ name: 'a.docx', data: docx }))).map(([name]) => name)).toEqual(['a.docx'])
  })

  test.each([
    ['an encrypted member', { flags: 0x801 }, '!encrypted'],
    ['a member with another checksum', { crc: 1 }, '!corrupt'],
    ['a member that is longer than it says', { declaredSize: 1 }, '!corrupt'],
    ['a member that is shorter than it says', { declaredSize: 9 }, '!corrupt'],
    ['a member packed in a way we do not know', { method: 14 }, '!unsupported'],
    ['a member that says it is huge', { declaredSize: LIMITS.fileBytes + 1 }, '!too_large'],
  ])('%s does not lose the others', async (_, change, code) => {
    const bytes = zip({ name: 'a.txt', data: 'AAA', ...change }, { name: 'b.txt', data: 'B' })
    expect(await contentsOf(bytes)).toEqual([
      ['a.txt', code],
      ['b.txt', 'B'],
    ])
  })

  test('a member that swells beyond measure is too large, a blank one below the floor is not', async () => {
    const bytes = zip(
      { name: 'bomb.txt', data: new Uint8Array(LIMITS.inflationFloor + 1) },
      { name: 'blank.txt', data: ' '.repeat(100_000) },
    )
    const [bomb, blank] = await contentsOf(bytes)
    expect(bomb).toEqual(['bomb.txt', '!too_large'])
    expect(blank?.[1]).toHaveLength(100_000)
  })

  test('more members than allowed are too large, whichever archive holds them', async () => {
    const half = Array.from({ length: LIMITS.archiveMembers / 2 }, (_, index) => ({
      name: `${index}`,
      data: 'x',
      method: 0,
    }))
    const inner = zip(...half, ...half)
    expect(await contentsOf(zip(...half, ...half, { name: 'z', data: 'x' }))).toEqual([['', '!too_large']])
    expect(await contentsOf(zip({ name: 'z.zip', data: inner }))).toEqual([['z.zip', '!too_large']])
  })

  test('bytes after the archive change nothing', async () => {
    const bytes = zip({ name: 'a.txt', data: 'A' })
    expect(await contentsOf(Uint8Array.from([...bytes, 13, 10, 13, 10]))).toEqual([['a.txt', 'A']])
  })

  test('an archive cut short is corrupt under its own name', async () => {
    const inner = zip({ name: 'a.txt', data: 'A' })
    expect(await contentsOf(inner.subarray(0, -10))).toEqual([['', '!corrupt']])
    expect(await contentsOf(zip({ name: 'a.zip', data: inner.subarray(0, -10) }))).toEqual([['a.zip', '!corrupt']])
  })

  test('a directory damaged in the middle still gives the members before it', async () => {
    const bytes = zip({ name: 'a.txt', data: 'A' }, { name: 'b.txt', data: 'B' })
    const second = Buffer.from(bytes).lastIndexOf('PK\x01\x02')
    bytes[second] = 0
    expect(await contentsOf(bytes)).toEqual([
      ['a.txt', 'A'],
      ['', '!corrupt'],
    ])
  })

  test('an archive without files is empty', async () => {
    expect(await contentsOf(zip())).toEqual([['', '!empty']])
    expect(await contentsOf(zip({ name: '年报/' }))).toEqual([['', '!empty']])
  })

  test('any single changed byte ends in members or failures', async () => {
    const bytes = zip({ name: '年报.txt', data: '规章 0 0 0' }, { name: 'b.zip', data: zip({ name: 'c', data: 'C' }) })
    for (let index = 0; index < bytes.length; index++) {
      const changed = Uint8Array.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ 0xff
      expect((await contentsOf(changed)).length).toBeGreaterThan(0)
    }
  })
})
