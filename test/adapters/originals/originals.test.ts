import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { OriginalDamaged, OriginalMissing } from '../../../src/adapters/originals/errors.js'
import { openOriginals } from '../../../src/adapters/originals/open.js'
import type { StoredObject } from '../../../src/adapters/service.js'
import { type OriginalsPlace, originalsPlace, sha256Of } from '../../build/originals.js'

const REPORT = '洪泽区人民政府2023年政府信息公开工作年度报告'
const ABSENT = sha256Of('never kept')

let place: OriginalsPlace
afterEach(() => place.remove())

describe.each(['folder', 'bucket'] as const)('originals in a %s', (make) => {
  beforeEach(() => {
    place = originalsPlace(make)
  })

  test('are read as they were kept, and what was staged is gone', async () => {
    const { originals } = place
    const { path, sha256 } = place.stagedFile(REPORT)
    expect(await originals.has(sha256)).toBe(false)
    await originals.keep(sha256, path)
    expect(existsSync(path)).toBe(false)
    expect(await originals.has(sha256)).toBe(true)
    expect((await originals.read(sha256)).toString()).toBe(REPORT)
    expect(await text(originals.stream(sha256))).toBe(REPORT)
  })

  test('may be empty, or larger than one chunk', async () => {
    const { originals } = place
    for (const content of [new Uint8Array(), Uint8Array.from({ length: 3_000_000 }, (_, index) => index % 251)]) {
      const { path, sha256 } = place.stagedFile(content)
      await originals.keep(sha256, path)
      expect(sha256Of(await originals.read(sha256))).toBe(sha256)
      expect(await lengthOf(originals.stream(sha256))).toBe(content.length)
    }
  })

  test('are kept once when they come again, one after the other or at once', async () => {
    const { originals } = place
    const again = openOriginals(place.settings)
    const [first, second, third] = [place.stagedFile(REPORT), place.stagedFile(REPORT), place.stagedFile(REPORT)]
    await Promise.all([originals.keep(first.sha256, first.path), again.keep(second.sha256, second.path)])
    await originals.keep(third.sha256, third.path)
    expect([first, second, third].filter(({ path }) => existsSync(path))).toEqual([])
    expect((await listed()).map(({ sha256 }) => sha256)).toEqual([first.sha256])
    expect((await originals.read(first.sha256)).toString()).toBe(REPORT)
  })

  test('are listed with their size, and what is no original beside them', async () => {
    const kept = [place.stagedFile('一'), place.stagedFile('二二')]
    for (const { sha256, path } of kept) await place.originals.keep(sha256, path)
    await place.overwrite('notes.txt', 'who put this here?')
    await place.overwrite(`ff/ff/${ABSENT}`, 'right name, wrong place')
    const objects = await listed()
    expect(new Map(objects.map(({ sha256, byteLength }) => [sha256, byteLength]))).toEqual(
      new Map<unknown, unknown>([
        [kept[0]?.sha256, 3],
        [kept[1]?.sha256, 6],
        [null, expect.any(Number)],
      ]),
    )
    expect(objects.filter(({ sha256 }) => sha256 === null).map(({ name }) => name.split('/').at(-1))).toEqual(
      expect.arrayContaining(['notes.txt', ABSENT]),
    )
    expect(objects).toHaveLength(4)
  })

  test('that are not there are said to be missing', async () => {
    const { originals } = place
    await expect(originals.read(ABSENT)).rejects.toBeInstanceOf(OriginalMissing)
    await expect(originals.stream(ABSENT)).rejects.toBeInstanceOf(OriginalMissing)
    expect(await listed()).toEqual([])
  })

  test('in which a byte was changed are not handed out as if nothing had happened', async () => {
    const { originals } = place
    const { path, sha256 } = place.stagedFile('收到 12 件')
    await originals.keep(sha256, path)
    await place.overwrite(nameOf(sha256), '收到 13 件')
    await expect(originals.read(sha256)).rejects.toBeInstanceOf(OriginalDamaged)
    await expect(text(originals.stream(sha256))).rejects.toBeInstanceOf(OriginalDamaged)
  })

  test('that have lost bytes are not replaced, and the good copy that came is left', async () => {
    const { originals } = place
    const { path, sha256 } = place.stagedFile(REPORT)
    await place.overwrite(nameOf(sha256), REPORT.slice(0, 5), sha256)
    await expect(originals.keep(sha256, path)).rejects.toBeInstanceOf(OriginalDamaged)
    await expect(originals.read(sha256)).rejects.toBeInstanceOf(OriginalDamaged)
    expect(existsSync(path)).toBe(true)
  })

  test('cannot be asked for by anything but a sha256', async () => {
    const { originals } = place
    for (const name of ['../../etc/passwd', '', sha256Of('a').toUpperCase()]) {
      await expect(originals.read(name)).rejects.toThrow('not a sha256')
      await expect(originals.keep(name, place.stagedFile('a').path)).rejects.toThrow('not a sha256')
    }
  })

  test('can be kept, says the check, and leaves nothing behind', async () => {
    await place.originals.check()
    await place.originals.check()
    expect(await listed()).toEqual([])
  })
})

test('a bucket that is not there fails the check', async () => {
  place = originalsPlace('bucket')
  const elsewhere = openOriginals({ ...place.settings, originalsUrl: 's3://no-such-bucket/originals' })
  await expect(elsewhere.check()).rejects.toThrow()
})

test('what a bucket kept of an upload that broke off is put again', async () => {
  place = originalsPlace('bucket')
  const { path, sha256 } = place.stagedFile(REPORT)
  await place.overwrite(nameOf(sha256), REPORT.slice(0, 5))
  await expect(place.originals.read(sha256)).rejects.toBeInstanceOf(OriginalDamaged)
  await place.originals.keep(sha256, path)
  expect((await place.originals.read(sha256)).toString()).toBe(REPORT)
})

test('without an address the originals lie in the data folder', async () => {
  place = originalsPlace('folder')
  const { path, sha256 } = place.stagedFile(REPORT)
  await openOriginals({ ...place.settings, originalsUrl: null }).keep(sha256, path)
  expect(existsSync(`${place.folder}/originals/${nameOf(sha256)}`)).toBe(true)
})

function nameOf(sha256: string): string {
  return `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`
}

async function listed(): Promise<StoredObject[]> {
  const objects: StoredObject[] = []
  for await (const object of place.originals.list()) objects.push(object)
  return objects
}

async function text(stream: Promise<AsyncIterable<Uint8Array>>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of await stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

async function lengthOf(stream: Promise<AsyncIterable<Uint8Array>>): Promise<number> {
  let length = 0
  for await (const chunk of await stream) length += chunk.length
  return length
}
