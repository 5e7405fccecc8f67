import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { isUsageError } from '../../src/adapters/arguments.js'
import { type Delivery, DeliveryBroken } from '../../src/adapters/delivery/delivery.js'
import { localDelivery } from '../../src/adapters/delivery/local.js'
import { type IngestOptions, type IngestResult, ingest } from '../../src/adapters/ingest.js'
import { batchesBefore } from '../../src/adapters/store/batches.js'
import { type IntakeService, openIntake } from '../build/intake.js'
import { notingScreen } from '../build/screen.js'
import { STORES } from '../build/store.js'
import { zip } from '../build/zip.js'

const QUIET = { label: null, receipt: null, output: null, wait: false, signal: new AbortController().signal }

async function run(
  paths: readonly string[],
  delivery: Delivery,
  options: Partial<IngestOptions> = {},
): Promise<IngestResult & { said: string[]; stages: { title: string; total: number; done: number }[] }> {
  const screen = notingScreen()
  const result = await ingest(paths, delivery, { ...QUIET, screen, ...options })
  if (isUsageError(result)) throw new Error(result.message)
  return { ...result, said: screen.said, stages: screen.stages }
}

/** Counts what goes through, and breaks where it is told to. */
function watched(delivery: Delivery, breakAfter = Number.POSITIVE_INFINITY) {
  const sent: string[] = []
  const watching: Delivery = {
    ...delivery,
    send: async (batch, files) => {
      if (sent.length >= breakAfter) throw new DeliveryBroken('连不上服务')
      sent.push(...files.map(({ fileName }) => fileName))
      return delivery.send(batch, files)
    },
  }
  return { delivery: watching, sent }
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-ingest-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function put(fileName: string, content: string | Uint8Array): string {
  const path = join(folder, fileName)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

describe.each(STORES)('ingest into %s', (make) => {
  let intake: IntakeService
  let local: Delivery
  beforeEach(async () => {
    intake = await openIntake(make)
    local = localDelivery(intake.service)
  })
  afterEach(() => intake.close())

  test('a folder becomes one closed batch, and the summary counts its files', async () => {
    put('洪泽区/a.txt', 'a')
    put('洪泽区/b.txt', 'b')
    put('c.txt', 'a')
    put('empty.txt', '')
    put('年报.zip', zip({ name: 'd.txt', data: 'd' }, { name: 'e.txt', data: 'e' }))
    const { exitCode, said, stages } = await run([folder], local, { label: '2023年报' })
    expect(exitCode).toBe(1)
    expect(said[0]).toContain('新收 4 份，已在库 1 份，拒收 1 份')
    expect(said[1]).toMatch(/^ {2}empty\.txt：./)
    expect(said).toContain('尚有 4 份等待识读 (still to be read)。')
    expect(stages).toEqual([{ title: '送达', total: 5, done: 5 }])
    const batches = await batchesBefore(intake.store.db, null, 10)
    expect(batches).toMatchObject([{ label: '2023年报', createdBy: 'system', closedAt: expect.any(Date) }])
    expect(intake.queued).toHaveLength(4)
    expect(intake.staged()).toEqual([])
  })

  test('the receipt names every file, and is written whole', async () => {
    put('a.txt', 'a')
    put('b.txt', 'b')
    const receipt = join(folder, 'receipt.json')
    const paths = [join(folder, 'a.txt'), join(folder, 'b.txt')]
    await run(paths, local, { receipt })
    const { files } = JSON.parse(readFileSync(receipt, 'utf8'))
    expect(files).toMatchObject([
      { fileName: 'a.txt', outcome: 'new', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { fileName: 'b.txt', outcome: 'new' },
    ])
    expect(readdirSync(folder)).toEqual(['a.txt', 'b.txt', 'receipt.json'])

    const output = new PassThrough()
    const [printed] = await Promise.all([text(output), run(paths, local, { output }).then(() => output.end())])
    expect(JSON.parse(printed)).toEqual(JSON.parse(readFileSync(receipt, 'utf8')))
  })

  test('without a receipt to write, a person is told where it is', async () => {
    put('a.txt', 'a')
    const { batch, said } = await run([folder], local)
    expect(said.at(-1)).toContain(`/api/v1/batches/${batch}/receipt`)
  })

  test('the same command again sends nothing, opens no batch, and shows the same counts', async () => {
    for (let number = 0; number < 20; number += 1) put(`${number}.txt`, `${number}`)
    const first = await run([folder], local)
    const { delivery, sent } = watched(local)
    const second = await run([folder], delivery)
    expect(sent).toEqual([])
    expect([second.batch, second.exitCode]).toEqual([first.batch, 0])
    expect(second.said).toContain(first.said[0])
  })

  test('a command that broke off goes on with its batch and sends only the rest', async () => {
    for (let number = 0; number < 450; number += 1) put(`${number}.txt`, `${number}`)
    const first = watched(local, 200)
    const broken = await run([folder], first.delivery)
    expect(broken).toMatchObject({ kind: 'broken', exitCode: 1 })
    expect(broken.said.at(-1)).toContain('再次运行同一命令')
    const second = watched(local)
    const { batch, exitCode, said } = await run([folder], second.delivery)
    expect([batch, exitCode]).toEqual([broken.batch, 0])
    expect(said[0]).toContain('新收 450 份，已在库 0 份，拒收 0 份')
    expect([...first.sent, ...second.sent].toSorted()).toEqual(readdirSync(folder).toSorted())
    expect(new Set(intake.queued).size).toBe(450)
  })

  test('what is in the store by another batch is not sent, and still is in the receipt', async () => {
    put('a.txt', 'a')
    await run([folder], local, { label: 'first' })
    put('b.txt', 'b')
    const { delivery, sent } = watched(local)
    const receipt = join(folder, '.receipt.json')
    await run([folder], delivery, { label: 'second', receipt })
    expect(sent).toEqual(['b.txt'])
    const { files } = JSON.parse(readFileSync(receipt, 'utf8'))
    expect(files).toMatchObject([
      { fileName: 'a.txt', outcome: 'same_bytes' },
      { fileName: 'b.txt', outcome: 'new' },
    ])
  })

  test('a file that was changed since, to the same size, is another batch', async () => {
    const path = put('a.txt', 'a')
    const { batch } = await run([folder], local)
    put('a.txt', 'b')
    utimesSync(path, 1_000, 1_000)
    const again = await run([folder], local)
    expect(again.batch).not.toBe(batch)
    expect(again.said[0]).toContain('新收 1 份')
  })
})

describe('ingest', () => {
  const nothing = { new: 0, sameBytes: 0, refused: 0 }
  const counts = (waiting: number, accepted: number) => ({
    received: { ...nothing, new: waiting + accepted },
    read: { accepted, needsReview: 0, failed: 0 },
    givenUp: 0,
    deleted: 0,
    waiting,
  })
  /** Takes whatever comes. */
  function willing(): Delivery & { closed: string[] } {
    const closed: string[] = []
    return {
      closed,
      open: async () => ({ id: 'b1', isClosed: false }),
      ask: async (_batch, files) => new Set(files),
      send: async (_batch, files) => files.map(({ fileName }) => ({ outcome: 'new', fileName })),
      close: async (batch) => {
        closed.push(batch)
      },
      state: async () => counts(0, 1),
      receipt: async () => new PassThrough().end(),
      receiptPlace: (batch) => batch,
    }
  }

  test('waits until all is read, and tells how', async () => {
    put('a.txt', 'a')
    const states = [counts(3, 0), counts(2, 1), counts(0, 3)]
    const delivery = { ...willing(), state: async () => states.shift() ?? counts(0, 3) }
    const { said, stages } = await run([folder], delivery, { wait: true })
    expect(stages.at(-1)).toEqual({ title: '识读', total: 3, done: 3 })
    expect(said).toContain('识读结果：通过 3，需复核 0，无法读取 0 (accepted 3, needs_review 0, failed 0)。')
  })

  test('a batch in which something is missing stays open, and says how to complete it', async () => {
    put('a.txt', 'a')
    put('b.txt', 'b')
    const delivery: ReturnType<typeof willing> = {
      ...willing(),
      send: async (_batch, files) =>
        files.map(({ fileName }) =>
          fileName === 'b.txt'
            ? { outcome: 'missing', fileName, reason: '无法读取 (EIO)' }
            : { outcome: 'new', fileName },
        ),
    }
    const { exitCode, said } = await run([folder], delivery)
    expect(exitCode).toBe(1)
    expect(said[0]).toContain('未能送达 1 份')
    expect(said).toContain('  b.txt：无法读取 (EIO)')
    expect(delivery.closed).toEqual([])
  })

  test('a signal ends it, also while it waits, with a word on how to go on', async () => {
    put('a.txt', 'a')
    const stop = new AbortController()
    const delivery: Delivery = {
      ...willing(),
      state: async () => {
        stop.abort()
        return counts(1, 0)
      },
    }
    const { kind, exitCode, said } = await run([folder], delivery, { wait: true, signal: stop.signal })
    expect([kind, exitCode]).toEqual(['stopped', 130])
    expect(said.at(-1)).toContain('再次运行同一命令')
  })

  test('many refusals are named only in part', async () => {
    for (let number = 0; number < 50; number += 1) put(`${number}.txt`, `${number}`)
    const delivery: Delivery = {
      ...willing(),
      send: async (_batch, files) => files.map(({ fileName }) => ({ outcome: 'refused', fileName, reason: '不收' })),
    }
    const { said } = await run([folder], delivery)
    expect(said.filter((line) => line.endsWith('：不收'))).toHaveLength(20)
    expect(said).toContain('  另有 30 份 (and 30 more)')
  })

  test('no file at all, and a path that is not there, are wrong use', async () => {
    const screen = notingScreen()
    expect(isUsageError(await ingest([folder], willing(), { ...QUIET, screen }))).toBe(true)
    expect(isUsageError(await ingest([join(folder, 'none')], willing(), { ...QUIET, screen }))).toBe(true)
  })

  test('the batch is named after the paths unless it is given a label', async () => {
    const labels: string[] = []
    const delivery: Delivery = {
      ...willing(),
      open: async (label) => {
        labels.push(label)
        return { id: 'b1', isClosed: false }
      },
    }
    const paths = ['甲.txt', '乙.txt', '丙.txt', '丁.txt'].map((name) => put(name, name))
    await run(paths.slice(0, 2), delivery)
    await run(paths, delivery)
    await run(paths, delivery, { label: '全省' })
    expect(labels).toEqual(['甲.txt、乙.txt', '甲.txt、乙.txt、丙.txt 等 4 项', '全省'])
  })
})
