import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type BatchServer, formOf, serveBatches } from '../../build/batch-server.js'
import { eventually } from '../../build/eventually.js'
import { type IntakeService, openIntake } from '../../build/intake.js'
import { STORES } from '../../build/store.js'
import { zip } from '../../build/zip.js'

const sha256Of = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')
const brief = ({ fileName, outcome }: { fileName: string; outcome: string }) => `${fileName} ${outcome}`
const NOBODY = '00000000-0000-4000-8000-000000000000'

describe.each(STORES)('batches on %s', (make) => {
  let intake: IntakeService
  let server: BatchServer
  beforeAll(async () => {
    intake = await openIntake(make)
    server = await serveBatches(intake)
  })
  beforeEach(() => intake.empty())
  afterAll(async () => {
    await server.close()
    await intake.close()
  })

  test('a batch is opened once for each key of its sender', async () => {
    const open = (label: string, key: string) => server.call('POST /batches', { label }, { 'idempotency-key': key })
    const first = await open('2023年度', 'delivery-1')
    expect(first.status).toBe(201)
    expect(first.json).toMatchObject({ label: '2023年度', closedAt: null, isFinished: false })
    const again = await open('2023年度', 'delivery-1')
    expect([again.status, again.json.id]).toEqual([200, first.json.id])
    expect((await open('2022年度', 'delivery-1')).json.code).toBe('idempotency_key_reused')
    const atOnce = await Promise.all([open('并发', 'delivery-2'), open('并发', 'delivery-2')])
    expect(atOnce[0]?.json.id).toBe(atOnce[1]?.json.id)
    expect(atOnce.map(({ status }) => status).sort()).toEqual([200, 201])
  })

  test('batches are listed in pages, the newest first', async () => {
    const ids: string[] = []
    for (const label of ['一', '二', '三']) ids.unshift(await server.batch(label))
    const first = await server.call('GET /batches?limit=2')
    expect(first.json.batches.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2))
    const second = await server.call(`GET /batches?limit=2&cursor=${first.json.next}`)
    expect(second.json.batches.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2))
    expect(second.json.next).toBeNull()
  })

  test('a form of many files: names keep their folders and their Chinese', async () => {
    const id = await server.batch()
    const { status, json } = await server.call(
      `POST /batches/${id}/files`,
      formOf({
        '各镇/甲镇 "2023".txt': '甲',
        '../乙.txt': '乙',
        'C:\\丙.txt': '丙',
        空: '',
        'a.zip': zip({ name: '丁.txt', data: '丁' }),
      }),
    )
    expect(status).toBe(200)
    expect(json.files.map(brief)).toEqual([
      '各镇/甲镇 "2023".txt new',
      '乙.txt new',
      '丙.txt new',
      '空 refused',
      'a.zip/丁.txt new',
    ])
    expect(json.files[3].reason).toMatchObject({ code: 'empty', message: expect.stringMatching(/文件是空的/) })
    const listed = await server.call(`GET /batches/${id}/files?limit=3`)
    expect(listed.json.files.map(brief)).toEqual(json.files.slice(0, 3).map(brief))
    const rest = await server.call(`GET /batches/${id}/files?limit=3&cursor=${listed.json.next}`)
    expect(rest.json).toMatchObject({ files: [{ status: null }, { status: 'unread', sameReportAs: [] }], next: null })
    expect(intake.staged()).toEqual([])
  })

  test('a single file as the body, of whatever type, its name in the address', async () => {
    const id = await server.batch()
    for (const [type, content] of [
      ['application/octet-stream', 'a'],
      ['application/json', '{"a":'],
      ['text/plain', 'c'],
    ] as const) {
      const path = `/batches/${id}/files?fileName=${encodeURIComponent(`年报/${type}`)}`
      const { json } = await server.call(`POST ${path}`, content, { 'content-type': type })
      expect(json.files.map(brief)).toEqual([`年报/${type} new`])
    }
    const nameless = await server.call(`POST /batches/${id}/files`, 'a', { 'content-type': 'application/pdf' })
    expect([nameless.status, nameless.json.code]).toEqual([400, 'file_name_missing'])
  })

  test('what is known need not be sent, and is in the batch all the same', async () => {
    const first = await server.batch('旧')
    await server.call(`POST /batches/${first}/files`, formOf({ 'a.txt': '年报' }))
    const id = await server.batch('新')
    const ask = () =>
      server.call(`POST /batches/${id}/known`, {
        files: [
          { fileName: './b.txt', sha256: sha256Of('年报'), byteLength: 6 },
          { fileName: 'c.txt', sha256: sha256Of('年报'), byteLength: 7 },
          { fileName: 'd.txt', sha256: sha256Of('别的'), byteLength: 6 },
        ],
      })
    const decisions = [
      { fileName: './b.txt', decision: 'same_bytes' },
      { fileName: 'c.txt', decision: 'send' },
      { fileName: 'd.txt', decision: 'send' },
    ]
    expect((await ask()).json.files).toMatchObject(decisions)
    expect((await ask()).json.files).toMatchObject(decisions)
    const { json } = await server.call(`GET /batches/${id}/files`)
    expect(json.files).toMatchObject([
      { fileName: 'b.txt', outcome: 'same_bytes', sameBytesAs: { fileName: 'a.txt', batchLabel: '旧' } },
    ])
  })

  test('a document whose original is gone must be sent, which heals it', async () => {
    const id = await server.batch()
    const sha256 = sha256Of('没有原件')
    await intake.store.db
      .insertInto('documents')
      .values({
        sha256,
        byte_length: 12,
        file_name: 'a',
        extraction_id: null,
        given_up: null,
        deleted_at: null,
        deleted_reason: null,
      })
      .execute()
    const files = [{ fileName: 'a', sha256, byteLength: 12 }]
    expect((await server.call(`POST /batches/${id}/known`, { files })).json.files[0].decision).toBe('send')
    await server.call(`POST /batches/${id}/files`, formOf({ a: '没有原件' }))
    expect(await intake.service.originals.has(sha256)).toBe(true)
  })

  test('a closed batch takes nothing more, and closing twice is closing once', async () => {
    const id = await server.batch()
    const closed = await server.call(`POST /batches/${id}/close`)
    expect(closed.json).toMatchObject({ isFinished: true, closedAt: expect.any(String) })
    expect((await server.call(`POST /batches/${id}/close`)).json.closedAt).toBe(closed.json.closedAt)
    const sent = await server.call(`POST /batches/${id}/files`, formOf({ a: 'a' }))
    expect([sent.status, sent.json.code]).toEqual([409, 'batch_closed'])
    const known = await server.call(`POST /batches/${id}/known`, { files: [] })
    expect([known.status, known.json.code]).toEqual([409, 'batch_closed'])
  })

  test('a batch that is not there is not found, in Chinese', async () => {
    for (const request of [
      'GET /batches/ID',
      'GET /batches/ID/files',
      'GET /batches/ID/receipt',
      'GET /batches/ID/events',
      'POST /batches/ID/close',
    ]) {
      const { status, json } = await server.call(request.replace('ID', NOBODY))
      expect([request, status, json.code, json.detail]).toEqual([request, 404, 'batch_not_found', '没有这个批次。'])
    }
    expect((await server.call(`POST /batches/${NOBODY}/files`, formOf({ a: 'a' }))).status).toBe(404)
  })

  test('the same delivery sent twice at once gives each document once, and one receipt', async () => {
    const id = await server.batch()
    const names = Array.from({ length: 130 }, (_, index) => `${index}.txt`)
    const form = () => formOf(Object.fromEntries(names.map((name) => [name, `年报 ${name}`])))
    const [first, second] = await Promise.all([
      server.call(`POST /batches/${id}/files`, form()),
      server.call(`POST /batches/${id}/files`, form()),
    ])
    expect(first.json.files.map(brief)).toEqual(second.json.files.map(brief))
    const { json } = await server.call(`GET /batches/${id}`)
    expect(json.counts).toMatchObject({ received: { new: 130, sameBytes: 0, refused: 0 }, waiting: 130 })
    expect(intake.staged()).toEqual([])
  })

  test('a receipt can be checked, by its own sum and against the store', async () => {
    const id = await server.batch('=2023年度')
    await server.call(`POST /batches/${id}/files`, formOf({ 'a.txt': 'a', 'b.txt': 'b', 空: '' }))
    await server.call(`POST /batches/${id}/close`)
    const receipt = (await server.call(`GET /batches/${id}/receipt`)).json
    expect(receipt).toMatchObject({
      schema: 'gouji/receipt@1',
      batch: { id, label: '=2023年度', createdBy: expect.stringMatching(/^key:/) },
      files: [{ outcome: 'new', statusNow: 'unread' }, {}, { outcome: 'refused', reason: { code: 'empty' } }],
    })
    const text = [
      ['gouji/receipt@1', id],
      ['a.txt', sha256Of('a'), 1, 'new'],
      ['b.txt', sha256Of('b'), 1, 'new'],
      ['空', null, 0, 'refused'],
    ]
    expect(receipt.manifestSha256).toBe(sha256Of(text.map((line) => `${JSON.stringify(line)}\n`).join('')))

    const check = async (given: unknown) => (await server.call('POST /receipts/check', given)).json
    expect(await check(receipt)).toMatchObject({ agrees: true, isIntact: true, files: 3, agreeing: 3, differing: [] })
    const changed = { ...receipt, files: [{ ...receipt.files[0], sha256: sha256Of('x') }, ...receipt.files.slice(1)] }
    expect(await check(changed)).toMatchObject({
      agrees: false,
      isIntact: false,
      agreeing: 2,
      differing: [{ fileName: 'a.txt', code: 'not_in_batch' }],
      unlisted: [{ fileName: 'a.txt', sha256: sha256Of('a') }],
    })
    expect(await check({ ...receipt, batch: { id: NOBODY } })).toMatchObject({ batchFound: false, agreeing: 0 })

    const csv = await server.call(`GET /batches/${id}/receipt?format=csv`)
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.text).toContain('文件,字节数,SHA-256,结果')
    expect(csv.text).toContain(`a.txt,1,${sha256Of('a')},新收`)
    expect(csv.text).toContain("批次,'=2023年度")
    expect(csv.text).toContain(receipt.manifestSha256)
  })
})

describe('uploads', () => {
  let intake: IntakeService
  beforeAll(async () => {
    intake = await openIntake('PostgreSQL')
  })
  beforeEach(() => intake.empty())
  afterAll(() => intake.close())

  async function withServer(limits: Parameters<typeof serveBatches>[1], use: (server: BatchServer) => Promise<void>) {
    const server = await serveBatches(intake, limits)
    try {
      await use(server)
    } finally {
      await server.close()
    }
  }

  /** Sends these bytes as they are, then waits for the end of the connection, or ends it. */
  function raw(address: string, text: string, then: 'wait' | 'hang up'): Promise<string> {
    const { hostname, port } = new URL(address)
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname)
      let answer = ''
      socket.on('data', (chunk) => {
        answer += chunk
        if (answer.includes('"requestId"')) socket.destroy()
      })
      socket.on('close', () => resolve(answer))
      socket.on('error', reject)
      socket.write(text, () => {
        if (then === 'hang up') setTimeout(() => socket.destroy(), 100)
      })
    })
  }

  const formHead = (server: BatchServer, id: string, length: number) =>
    `POST /api/v1/batches/${id}/files HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${server.key}\r\n` +
    `content-type: multipart/form-data; boundary=XX\r\ncontent-length: ${length}\r\n\r\n`
  const part = (name: string, content: string) =>
    `--XX\r\ncontent-disposition: form-data; name="f"; filename="${name}"\r\n\r\n${content}`

  test('a form that is cut short is told so, and leaves nothing in staging', async () => {
    await withServer({}, async (server) => {
      const id = await server.batch()
      const body = `${part('a.txt', 'whole')}\r\n${part('b.txt', 'half')}`
      const answer = await raw(server.address, formHead(server, id, body.length) + body, 'wait')
      expect(answer).toContain('HTTP/1.1 400')
      expect(answer).toContain('upload_interrupted')
      expect(intake.staged()).toEqual([])
    })
  })

  test('a sender who hangs up leaves nothing in staging, and the server well', async () => {
    await withServer({}, async (server) => {
      const id = await server.batch()
      const body = `${part('a.txt', 'whole')}\r\n${part('b.txt', 'x'.repeat(100_000))}`
      await raw(server.address, formHead(server, id, 10 * body.length) + body, 'hang up')
      await eventually(() => intake.staged().length === 0)
      const { json } = await server.call(`POST /batches/${id}/files`, formOf({ 'a.txt': 'whole' }))
      expect(json.files.map(brief)).toEqual(['a.txt new'])
    })
  })

  test('a sender who dawdles is let go', async () => {
    await withServer({ patience: { milliseconds: 200, bytes: 1000 } }, async (server) => {
      const id = await server.batch()
      await raw(server.address, formHead(server, id, 1000) + part('a.txt', 'slow'), 'wait')
      await eventually(() => intake.staged().length === 0)
    })
  })

  test('more uploads at once than there is room for are asked to come back', async () => {
    await withServer({ atOnce: 1 }, async (server) => {
      const id = await server.batch()
      const slow = connect(Number(new URL(server.address).port), '127.0.0.1')
      slow.write(formHead(server, id, 1000) + part('a.txt', 'slow'))
      const second = async () => server.call(`POST /batches/${id}/files`, formOf({ 'b.txt': 'b' }))
      try {
        await eventually(() => intake.staged().length > 0)
        const refused = await second()
        expect([refused.status, refused.json.code]).toEqual([503, 'too_many_uploads'])
        expect(refused.headers.get('retry-after')).toBe('5')
      } finally {
        slow.destroy()
      }
      await eventually(async () => (await second()).status === 200)
    })
  })

  test('without room on the disk nothing is taken', async () => {
    await withServer({ freeBytes: Number.MAX_SAFE_INTEGER }, async (server) => {
      const id = await server.batch()
      const { status, json } = await server.call(`POST /batches/${id}/files`, formOf({ 'a.txt': 'a' }))
      expect([status, json.code]).toEqual([507, 'storage_full'])
      expect(json.detail).toMatch(/存储空间不足/)
    })
  })

  test('a disk that fills up while a file is kept is told so', async () => {
    const originals = Object.assign(Object.create(intake.service.originals), {
      keep: () =>
        Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write', errno: -28 })),
    })
    const server = await serveBatches({ store: intake.store, service: { ...intake.service, originals } })
    try {
      const id = await server.batch()
      const { status, json } = await server.call(`POST /batches/${id}/files`, formOf({ 'a.txt': 'a' }))
      expect([status, json.code]).toEqual([507, 'storage_full'])
      expect((await server.call(`GET /batches/${id}`)).json.counts.received.new).toBe(0)
      expect(intake.staged()).toEqual([])
    } finally {
      await server.close()
    }
  })

  test('a file beyond the limit is refused, and the others of its form are not', async () => {
    const service = { ...intake.service, settings: { ...intake.service.settings, uploadBytes: 1000 } }
    const server = await serveBatches({ store: intake.store, service })
    try {
      const id = await server.batch()
      const form = formOf({ 'a.txt': 'a', 'b.txt': 'b'.repeat(1001), 'c.txt': 'c'.repeat(1000) })
      const { json } = await server.call(`POST /batches/${id}/files`, form)
      expect(json.files.map(brief)).toEqual(['a.txt new', 'b.txt refused', 'c.txt new'])
      expect(json.files[1].reason.code).toBe('too_large')
      const single = await server.call(`POST /batches/${id}/files?fileName=d`, 'd'.repeat(1001), {
        'content-type': 'text/plain',
      })
      expect([single.status, single.json.code]).toEqual([413, 'file_too_large'])
      expect(intake.staged()).toEqual([])
    } finally {
      await server.close()
    }
  })

  test('a key without the scope may neither open nor send', async () => {
    await withServer({}, async (server) => {
      const id = await server.batch()
      const stranger = { authorization: 'Bearer nothing' }
      expect((await server.call('POST /batches', { label: 'x' }, stranger)).status).toBe(401)
      expect((await server.call(`POST /batches/${id}/files`, formOf({ a: 'a' }), stranger)).status).toBe(401)
    })
  })
})
