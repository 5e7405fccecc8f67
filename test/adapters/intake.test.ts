import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { receiveAll, type Upload } from '../../src/adapters/intake.js'
import { BatchShut, type ReceivedFile } from '../../src/adapters/store/arrivals.js'
import { closeBatch, findBatch, linesAfter } from '../../src/adapters/store/batches.js'
import { gbk } from '../build/gbk.js'
import { type IntakeService, notingQueue, openIntake } from '../build/intake.js'
import { STORES } from '../build/store.js'
import { type ZipMember, zip } from '../build/zip.js'

const sha256Of = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')
const brief = ({ fileName, outcome, reason }: ReceivedFile) => [fileName, outcome, reason?.code ?? null]

describe.each(STORES)('intake on %s', (make) => {
  let intake: IntakeService
  let batch: string
  beforeAll(async () => {
    intake = await openIntake(make)
  })
  beforeEach(async () => {
    await intake.empty()
    batch = await intake.batch()
  })
  afterAll(() => intake.close())

  async function receive(uploads: readonly Upload[], into = batch): Promise<ReceivedFile[]> {
    const files: ReceivedFile[] = []
    for await (const file of receiveAll(intake.service, into, 'user:test', uploads)) files.push(file)
    return files
  }

  async function send(fileName: string, content: string | Uint8Array, into = batch): Promise<ReceivedFile[]> {
    return receive([await intake.upload(fileName, content)], into)
  }

  test('a file becomes an original, a document, a line, an event and a job', async () => {
    const sha256 = sha256Of('年报')
    expect(await send('洪泽区/2023.txt', '年报')).toEqual([
      { fileName: '洪泽区/2023.txt', sha256, byteLength: 6, outcome: 'new', reason: null, sameBytesAs: null },
    ])
    expect((await intake.service.originals.read(sha256)).toString()).toBe('年报')
    expect(intake.queued).toEqual([sha256])
    expect(intake.staged()).toEqual([])
    const [line] = await linesAfter(intake.store.db, batch, 0, 10)
    expect(line).toMatchObject({ fileName: '洪泽区/2023.txt', sha256, document: { status: 'unread' } })
    const events = await intake.store.db.selectFrom('events').selectAll().where('kind', '=', 'received').execute()
    expect(events).toMatchObject([
      { actor: 'user:test', batch_id: batch, detail: { fileName: '洪泽区/2023.txt', outcome: 'new' } },
    ])
  })

  test('the same bytes again are told by the name and time of the first', async () => {
    await send('a.txt', '年报')
    const other = await intake.batch('又一批')
    expect(await send('b.txt', '年报', other)).toMatchObject([
      { outcome: 'same_bytes', sameBytesAs: { fileName: 'a.txt', receivedAt: expect.any(Date) } },
    ])
    expect(await linesAfter(intake.store.db, other, 0, 10)).toMatchObject([
      { sameBytesAs: { fileName: 'a.txt', batchLabel: '2023年度' } },
    ])
    expect(intake.queued).toHaveLength(1)
  })

  test('the same bytes twice in one delivery are new once', async () => {
    const files = await receive([await intake.upload('a.txt', '年报'), await intake.upload('b.txt', '年报')])
    expect(files.map(brief)).toEqual([
      ['a.txt', 'new', null],
      ['b.txt', 'same_bytes', null],
    ])
    expect(files[1]?.sameBytesAs?.fileName).toBe('a.txt')
  })

  test('a file that is sent to its batch again is the same line', async () => {
    await send('a.txt', '年报')
    expect((await send('a.txt', '年报')).map(brief)).toEqual([['a.txt', 'new', null]])
    expect(await linesAfter(intake.store.db, batch, 0, 10)).toHaveLength(1)
    const events = await intake.store.db.selectFrom('events').select('id').where('kind', '=', 'received').execute()
    expect(events).toHaveLength(1)
  })

  test('a deleted document that is sent again comes back', async () => {
    const sha256 = sha256Of('年报')
    await send('a.txt', '年报')
    await intake.store.db.updateTable('documents').set({ deleted_at: new Date(), deleted_reason: '误传' }).execute()
    const other = await intake.batch()
    expect((await send('b.txt', '年报', other)).map(brief)).toEqual([['b.txt', 'new', null]])
    expect(intake.queued).toEqual([sha256, sha256])
    const document = await intake.store.db.selectFrom('documents').selectAll().executeTakeFirstOrThrow()
    expect(document).toMatchObject({ deleted_at: null, deleted_reason: null })
    const events = await intake.store.db
      .selectFrom('events')
      .select('detail')
      .where('document_id', 'is not', null)
      .orderBy('id')
      .execute()
    expect(events.map(({ detail }) => detail)).toContainEqual({ restored: true })
  })

  test('an empty file is refused, and what no reader knows is kept', async () => {
    const files = await receive([await intake.upload('空.pdf', ''), await intake.upload('a.xyz', '\x00\x01\x02')])
    expect(files.map(brief)).toEqual([
      ['空.pdf', 'refused', 'empty'],
      ['a.xyz', 'new', null],
    ])
    expect(intake.staged()).toEqual([])
  })

  test('names are cleaned of ways out and of what cannot be seen', async () => {
    const names = [
      '../../etc/passwd',
      '\\\\server\\share\\年报.pdf',
      'C:\\年报\\a.pdf',
      '/a\0b\u202efdp.pdf',
      '...',
      '',
    ]
    const files = await receive(await Promise.all(names.map((name, index) => intake.upload(name, `${index}`))))
    expect(files.map(({ fileName }) => fileName)).toEqual([
      'etc/passwd',
      'server/share/年报.pdf',
      '年报/a.pdf',
      'abfdp.pdf',
      '...',
      '未命名文件',
    ])
  })

  test('members of an archive are files of their own, with names in GBK too', async () => {
    const archive = zip(
      { name: gbk('各镇/甲镇.txt'), data: '甲' },
      { name: '../乙镇.txt', data: '乙' },
      { name: '空.txt', data: '' },
      { name: '__MACOSX/._甲镇.txt', data: 'x' },
      { name: '密.txt', data: '密', flags: 0x801 },
      { name: '坏.txt', data: '坏', crc: 1 },
      { name: '谎.txt', data: '谎'.repeat(100), declaredSize: 10 },
      { name: '储存.txt', data: '丙', method: 0 },
    )
    expect((await send('2023.zip', archive)).map(brief)).toEqual([
      ['2023.zip/各镇/甲镇.txt', 'new', null],
      ['2023.zip/乙镇.txt', 'new', null],
      ['2023.zip/空.txt', 'refused', 'empty'],
      ['2023.zip/密.txt', 'refused', 'encrypted'],
      ['2023.zip/坏.txt', 'refused', 'corrupt'],
      ['2023.zip/谎.txt', 'refused', 'corrupt'],
      ['2023.zip/储存.txt', 'new', null],
    ])
    expect(intake.staged()).toEqual([])
    expect((await intake.service.originals.read(sha256Of('丙'))).toString()).toBe('丙')
  })

  test('archives within archives are opened, not deeper than two', async () => {
    const inner = zip({ name: 'c.txt', data: 'c' })
    const middle = zip({ name: 'b.txt', data: 'b' }, { name: 'inner.zip', data: inner })
    const outer = zip({ name: 'middle.zip', data: middle }, { name: 'a.txt', data: 'a' })
    expect((await send('outer.zip', outer)).map(brief)).toEqual([
      ['outer.zip/middle.zip/b.txt', 'new', null],
      ['outer.zip/middle.zip/inner.zip', 'refused', 'too_large'],
      ['outer.zip/a.txt', 'new', null],
    ])
    expect(intake.staged()).toEqual([])
  })

  test('a DOCX is a document, also within an archive', async () => {
    const docx = zip({ name: '[Content_Types].xml', data: '<x/>' }, { name: 'word/document.xml', data: '<x/>' })
    expect((await send('a.bin', docx)).map(brief)).toEqual([['a.bin', 'new', null]])
    expect((await send('b.zip', zip({ name: 'a.docx', data: docx, method: 0 }))).map(brief)).toEqual([
      ['b.zip/a.docx', 'same_bytes', null],
    ])
  })

  test('an archive that is cut short is refused under its own name', async () => {
    const archive = zip({ name: 'a.txt', data: 'a'.repeat(100) })
    expect((await send('坏.zip', archive.subarray(0, -10))).map(brief)).toEqual([['坏.zip', 'refused', 'corrupt']])
    expect((await send('空.zip', zip())).map(brief)).toEqual([['空.zip', 'refused', 'empty']])
    expect(intake.staged()).toEqual([])
  })

  test('bytes after an archive change nothing', async () => {
    const archive = Buffer.concat([zip({ name: 'a.txt', data: 'a' }), Buffer.from('trailer')])
    expect((await send('a.zip', archive)).map(brief)).toEqual([['a.zip/a.txt', 'new', null]])
  })

  test('a bomb is refused: the member where it is one, the archive where it is all of it', async () => {
    const zeros = new Uint8Array(20 * 2 ** 20)
    expect((await send('a.zip', zip({ name: '0.txt', data: zeros }, { name: 'b.txt', data: 'b' }))).map(brief)).toEqual(
      [
        ['a.zip/0.txt', 'refused', 'too_large'],
        ['a.zip/b.txt', 'new', null],
      ],
    )
    const member: ZipMember = { name: 'x', data: new Uint8Array(15 * 2 ** 20) }
    const many = Array.from({ length: 40 }, (_, index) => ({ ...member, name: `${index}.txt` }))
    expect((await send('b.zip', zip(...many))).map(brief)).toEqual([['b.zip', 'refused', 'too_large']])
    expect(intake.staged()).toEqual([])
  })

  test('100,000 members are too many', async () => {
    const archive = zip(...Array.from({ length: 100_000 }, (_, index) => ({ name: `${index}`, data: 'x', method: 0 })))
    expect((await send('a.zip', archive)).map(brief)).toEqual([['a.zip', 'refused', 'too_large']])
    expect(intake.staged()).toEqual([])
  })

  test('a closed batch takes nothing, and nothing stays in staging', async () => {
    await closeBatch(intake.store.db, batch, 'user:test')
    await expect(send('a.txt', '年报')).rejects.toThrow(BatchShut)
    await expect(send('a.zip', zip({ name: 'a', data: 'a' }))).rejects.toThrow(BatchShut)
    expect(intake.staged()).toEqual([])
    expect(intake.queued).toEqual([])
  })

  test('files whose group was not committed are not told of, and are gone from staging', async () => {
    async function* breaksOff(): AsyncGenerator<Upload> {
      for (let index = 0; index < 60; index += 1) yield await intake.upload(`${index}.txt`, `${index}`)
      throw new Error('the sender is gone')
    }
    const told: ReceivedFile[] = []
    const receiving = async () => {
      for await (const file of receiveAll(intake.service, batch, 'user:test', breaksOff())) told.push(file)
    }
    await expect(receiving()).rejects.toThrow('the sender is gone')
    expect(told).toHaveLength(50)
    expect((await findBatch(intake.store.db, batch))?.counts.received.new).toBe(50)
    expect(intake.staged()).toEqual([])
  })

  test('a queue that is out of reach loses nothing', async () => {
    const queue = Object.assign(notingQueue([]), { add: () => Promise.reject(new Error('no Redis')) })
    const uploads = [await intake.upload('a.txt', '年报')]
    const files: ReceivedFile[] = []
    for await (const file of receiveAll({ ...intake.service, queue }, batch, 'user:test', uploads)) files.push(file)
    expect(files.map(brief)).toEqual([['a.txt', 'new', null]])
  })

  test('the same delivery by two senders at once: each document once, and the same receipt', async () => {
    const contents = Array.from({ length: 120 }, (_, index) => `年报${index % 100}`)
    const sender = async () =>
      receive(await Promise.all(contents.map((content, index) => intake.upload(`${index}.txt`, content))))
    const [first, second] = await Promise.all([sender(), sender()])
    expect(first.map(brief)).toEqual(second.map(brief))
    const documents = await intake.store.db.selectFrom('documents').select('id').execute()
    expect(documents).toHaveLength(100)
    expect(new Set(intake.queued).size).toBe(100)
    expect((await findBatch(intake.store.db, batch))?.counts).toEqual({
      received: { new: 100, sameBytes: 20, refused: 0 },
      read: { accepted: 0, needsReview: 0, failed: 0 },
      givenUp: 0,
      deleted: 0,
      waiting: 100,
    })
    expect(intake.staged()).toEqual([])
  })
})
