import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Answer, type BatchServer, keyFor, send, serveBatches } from '../../build/batch-server.js'
import { eventually } from '../../build/eventually.js'
import { filesIn, type IntakeService, openIntake } from '../../build/intake.js'
import { zip } from '../../build/zip.js'

const TUS = { 'tus-resumable': '1.0.0' }
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('resumable uploads', () => {
  let intake: IntakeService
  let server: BatchServer
  const folder = () => join(intake.store.dataFolder, 'uploads')
  beforeAll(async () => {
    intake = await openIntake('PostgreSQL')
    server = await serveBatches(intake)
  })
  beforeEach(() => intake.empty())
  afterAll(async () => {
    await server.close()
    await intake.close()
  })

  function create(batch: string, fileName: string, length: number): Promise<Answer> {
    const metadata = `batch ${base64(batch)},filename ${base64(fileName)}`
    return server.call('POST /uploads', undefined, {
      ...TUS,
      'upload-length': `${length}`,
      'upload-metadata': metadata,
    })
  }

  function patch(place: string, offset: number, content: string | Uint8Array): Promise<Answer> {
    const headers = { ...TUS, 'upload-offset': `${offset}`, 'content-type': 'application/offset+octet-stream' }
    return server.call(`PATCH ${place}`, content, headers)
  }

  const placeOf = ({ headers }: Answer) => (headers.get('location') ?? '').replace('/api/v1', '')
  const head = (place: string) => server.call(`HEAD ${place}`, undefined, TUS)

  test('a file in pieces is taken in with the last one, like any other', async () => {
    const batch = await server.batch()
    const created = await create(batch, '各镇/年报.zip', 200)
    expect(created.status).toBe(201)
    const place = placeOf(created)
    const archive = zip({ name: '甲.txt', data: '甲'.repeat(10) })
    const whole = Buffer.concat([archive, Buffer.alloc(200 - archive.length)])
    expect((await patch(place, 0, whole.subarray(0, 70))).status).toBe(204)
    expect((await head(place)).headers.get('upload-offset')).toBe('70')
    expect((await patch(place, 50, whole.subarray(50))).status).toBe(409)
    const last = await patch(place, 70, whole.subarray(70))
    expect([last.status, last.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
    expect(last.json.files).toMatchObject([{ fileName: '各镇/年报.zip/甲.txt', outcome: 'new' }])
    expect(filesIn(folder())).toEqual([])
    expect(intake.staged()).toEqual([])
    expect(intake.queued).toHaveLength(1)
  })

  test('an upload for no batch, a closed one, without a name or too large is not begun', async () => {
    const batch = await server.batch()
    await server.call(`POST /batches/${batch}/close`)
    expect((await create(batch, 'a', 1)).json).toMatchObject({ status: 422, code: 'batch_closed' })
    expect((await create('00000000-0000-4000-8000-000000000000', 'a', 1)).json).toMatchObject({ status: 404 })
    expect((await create('x', 'a', 1)).json).toMatchObject({ status: 400, code: 'metadata_invalid' })
    expect((await create(await server.batch(), 'a', 2 ** 41)).status).toBe(413)
    expect(filesIn(folder())).toEqual([])
  })

  test('only who began an upload may go on with it', async () => {
    const place = placeOf(await create(await server.batch(), 'a', 10))
    const other = await keyFor(intake.store.db)
    expect((await send(server.address, other, `HEAD ${place}`, undefined, TUS)).status).toBe(404)
    expect((await send(server.address, other, `DELETE ${place}`, undefined, TUS)).status).toBe(404)
    expect((await server.call(`DELETE ${place}`, undefined, TUS)).status).toBe(204)
    expect(filesIn(folder())).toEqual([])
  })

  test('a batch that was closed meanwhile refuses the file, and nothing of it stays', async () => {
    const batch = await server.batch()
    const place = placeOf(await create(batch, 'a', 2))
    await patch(place, 0, 'a')
    await server.call(`POST /batches/${batch}/close`)
    expect((await patch(place, 1, 'a')).json).toMatchObject({ status: 422, code: 'batch_closed' })
    expect(filesIn(folder())).toEqual([])
    expect(intake.staged()).toEqual([])
  })

  test('what was whole when the server died is taken in when it starts again, what is a day old removed', async () => {
    const batch = await server.batch()
    const whole =
      placeOf(await create(batch, 'whole.txt', 5))
        .split('/')
        .at(-1) ?? ''
    const half =
      placeOf(await create(batch, 'half.txt', 5))
        .split('/')
        .at(-1) ?? ''
    const old =
      placeOf(await create(batch, 'old.txt', 5))
        .split('/')
        .at(-1) ?? ''
    await writeFile(join(folder(), whole), 'whole')
    await writeFile(join(folder(), half), 'half')
    const notes = JSON.parse(await readFile(join(folder(), `${old}.json`), 'utf8'))
    await writeFile(join(folder(), `${old}.json`), JSON.stringify({ ...notes, creation_date: '2020-01-01T00:00:00Z' }))

    const next = await serveBatches(intake)
    try {
      await eventually(() => !existsSync(join(folder(), whole)) && !existsSync(join(folder(), old)))
      expect(existsSync(join(folder(), half))).toBe(true)
      const { json } = await server.call(`GET /batches/${batch}/files`)
      expect(json.files).toMatchObject([{ fileName: 'whole.txt', outcome: 'new' }])
    } finally {
      await next.close()
    }
  })

  test('an empty last piece, sent again, gives the answer that was missed', async () => {
    const place = placeOf(await create(await server.batch(), 'a.txt', 3))
    await writeFile(join(folder(), place.split('/').at(-1) ?? ''), 'abc')
    expect((await head(place)).headers.get('upload-offset')).toBe('3')
    expect((await patch(place, 3, '')).json.files).toMatchObject([{ fileName: 'a.txt', outcome: 'new' }])
  })
})
