import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { isArchiveFile, openArchiveFile } from '../../src/adapters/archive-file.js'
import { type Staged, stage } from '../../src/adapters/originals/staging.js'
import { openArchive } from '../../src/document/archive.js'
import { sniff } from '../../src/document/sniff.js'
import { gbk } from '../build/gbk.js'
import { filesIn } from '../build/intake.js'
import { seeded } from '../build/seeded.js'
import { zip } from '../build/zip.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-archive-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function staged(bytes: Uint8Array): Promise<Staged> {
  const file = await stage(folder, Readable.from([Buffer.from(bytes)]), 2 ** 31)
  if (file.kind !== 'staged') throw new Error('too large')
  return file
}

type Told = readonly [name: string, content: string]

async function fromDisk(bytes: Uint8Array): Promise<Told[]> {
  const archive = await staged(bytes)
  const told: Told[] = []
  for await (const { name, result } of openArchiveFile(archive, folder)) {
    told.push([name, result.ok ? readFileSync(result.value.path, 'latin1') : result.failure.code])
    if (result.ok) rmSync(result.value.path)
  }
  rmSync(archive.path)
  return told
}

async function fromMemory(bytes: Uint8Array): Promise<Told[]> {
  const told: Told[] = []
  for await (const { name, result } of openArchive(bytes)) {
    told.push([name, result.ok ? Buffer.from(result.value).toString('latin1') : result.failure.code])
  }
  return told
}

const docx = zip({ name: '[Content_Types].xml', data: '<x/>' }, { name: 'word/document.xml', data: '<x/>' })
const sample = zip(
  { name: gbk('甲.txt'), data: '甲'.repeat(50) },
  { name: '空.txt', data: '' },
  { name: '年报.docx', data: docx, method: 0 },
  {
    name: '内.zip',
    data: zip({ name: '乙.txt', data: '乙'.repeat(50) }, { name: '密.txt', data: '密', flags: 0x801 }),
  },
  { name: '谎.txt', data: 'x'.repeat(100), declaredSize: 10 },
  { name: '丙.txt', data: '丙', method: 0 },
)

describe('openArchiveFile', () => {
  test('gives what the archive gives in memory', async () => {
    const told = await fromDisk(sample)
    expect(told).toEqual(await fromMemory(sample))
    expect(told.map(([name]) => name)).toEqual([
      '甲.txt',
      '空.txt',
      '年报.docx',
      '内.zip/乙.txt',
      '内.zip/密.txt',
      '谎.txt',
      '丙.txt',
    ])
  })

  test('gives the same as in memory whatever byte is changed, and leaves nothing', async () => {
    const random = seeded(7)
    for (let round = 0; round < 300; round += 1) {
      const changed = sample.slice()
      changed[random.integer(0, changed.length - 1)] = random.integer(0, 255)
      expect(await fromDisk(changed)).toEqual(await fromMemory(changed))
    }
    expect(filesIn(folder)).toEqual([])
  })

  test('gives the same as in memory wherever the archive is cut, or goes on', async () => {
    for (let length = 0; length < sample.length; length += 37) {
      const cut = sample.subarray(0, length)
      expect(await fromDisk(cut)).toEqual(await fromMemory(cut))
    }
    const longer = Buffer.concat([sample, Buffer.alloc(5000)])
    expect(await fromDisk(longer)).toEqual(await fromMemory(longer))
    expect(filesIn(folder)).toEqual([])
  })

  test('leaves nothing when its taker stops half-way', async () => {
    const archive = await staged(sample)
    for await (const { name, result } of openArchiveFile(archive, folder)) {
      if (result.ok) rmSync(result.value.path)
      if (name === '内.zip/乙.txt') break
    }
    rmSync(archive.path)
    expect(filesIn(folder)).toEqual([])
  })
})

describe('isArchiveFile', () => {
  const many = (count: number, data: Uint8Array | string) =>
    zip(...Array.from({ length: count }, (_, index) => ({ name: `${'n'.repeat(200)}${index}`, data, method: 0 })))

  test.each([
    ['a zip', sample],
    ['a DOCX', docx],
    ['a zip that begins with a DOCX', zip({ name: 'a.docx', data: docx, method: 0 })],
    ['a zip that begins with a PDF', zip({ name: 'a.pdf', data: '%PDF-1.7\n1 0 obj', method: 0 })],
    ['an empty zip', zip()],
    ['an OFD', zip({ name: 'OFD.xml', data: 'x' })],
    [
      'a DOCX whose directory comes late',
      zip(
        { name: 'media/a.png', data: new Uint8Array(200_000), method: 0 },
        { name: '[Content_Types].xml' },
        { name: 'word/document.xml' },
      ),
    ],
    ['a zip with a long directory', many(6_000, 'x')],
    ['a zip cut short', sample.subarray(0, -30)],
    ['a DOCX cut short', docx.subarray(0, -30)],
    ['a zip that goes on', Buffer.concat([sample, Buffer.alloc(1000)])],
    ['a text', Buffer.from('PK 是什么')],
    ['nothing', new Uint8Array()],
  ])('tells %s as its bytes do', async (_name, bytes) => {
    const { path } = await staged(bytes)
    expect(await isArchiveFile(path)).toBe(sniff(bytes).kind === 'zip')
    rmSync(path)
  })
})
