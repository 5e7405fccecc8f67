import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { exportFacts, exportTables } from '../../src/adapters/export-command.js'
import { factRoutes } from '../../src/adapters/http/facts.js'
import { deleteDocument } from '../../src/adapters/store/documents.js'
import { toTsv } from '../../src/export/tsv.js'
import type { ReportRecord } from '../../src/record.js'
import { type ArchiveService, openArchiveService } from '../build/archive-service.js'
import { readCsv } from '../build/csv.js'
import { goldenRecords } from '../build/golden.js'
import { copyOf, keep } from '../build/received.js'
import { record } from '../build/record.js'
import { STORES } from '../build/store.js'

const RECORDS = goldenRecords()
const FACTS = RECORDS.flatMap(({ document, report, facts }) => facts.map((fact) => ({ document, report, fact })))
const STATES = {
  number: '数值',
  zero: '零',
  blank: '空白',
  dash: '短横',
  absent: '未见',
  unreadable: '无法辨认',
} as const
const GRADES = { proven: '互证', summed: '勾稽', read_twice: '双读', read_once: '单读', contested: '存疑' } as const

const nobodyStops = new AbortController().signal
const unwatched = () => undefined

describe.each(STORES)('the export on %s', (make) => {
  let archive: ArchiveService
  let folder: string
  beforeAll(async () => {
    archive = await openArchiveService(make, [factRoutes])
    for (const golden of RECORDS) await keep(archive.db, golden)
  })
  afterAll(() => archive.close())
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gouji-export-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('to CSV, read back, is what the records say', async () => {
    const out = join(folder, '数据.csv')
    const counts: number[] = []
    const count = await exportFacts(
      archive.db,
      { format: 'csv', out, filter: {} },
      (done) => counts.push(done),
      nobodyStops,
    )
    expect(count).toBe(FACTS.length)
    expect(counts.at(-1)).toBe(count)
    const text = readFileSync(out, 'utf8')
    expect(text.startsWith('\uFEFF机关,年度,指标,指标名称,数值,状态,原文,单位,推算值,可信等级,报告状态,')).toBe(true)
    const [header = [], ...lines] = readCsv(text.slice(1))
    const rows = lines.map((cells) => Object.fromEntries(header.map((name, column) => [name, cells[column]])))
    expect(
      rows.map((row) => [
        row.sha256,
        row.指标,
        row.机关,
        row.年度,
        row.数值,
        row.状态,
        row.原文,
        row.单位,
        row.推算值,
        row.可信等级,
      ]),
    ).toEqual(
      FACTS.map(({ document, report, fact }) => [
        document.sha256,
        fact.key,
        report.organ ?? '',
        String(report.year ?? ''),
        String(fact.value ?? ''),
        STATES[fact.state],
        fact.raw ?? '',
        fact.unit,
        String(fact.derived ?? ''),
        fact.grade === null ? '' : GRADES[fact.grade],
      ]),
    )
    expect(rows.every((row) => row.指标名称 !== '')).toBe(true)
    expect(new Set(rows.map((row) => row.报告状态))).toEqual(new Set(['通过', '需复核']))
  })

  test('to JSONL is, byte for byte, what the API streams', async () => {
    const out = join(folder, '数据.jsonl')
    await exportFacts(
      archive.db,
      { format: 'jsonl', out, filter: { year: 2023, key: 'review.*' } },
      unwatched,
      nobodyStops,
    )
    const streamed = await archive.ask('/api/v1/facts?format=ndjson&year=2023&key=review.*')
    expect(streamed.bytes.byteLength).toBeGreaterThan(1_000)
    expect(Buffer.compare(readFileSync(out), streamed.bytes)).toBe(0)
  })

  test('of nothing is a file with nothing but the header', async () => {
    const filter = { organ: '没有这个机关' }
    await exportFacts(archive.db, { format: 'csv', out: join(folder, 'a.csv'), filter }, unwatched, nobodyStops)
    await exportFacts(archive.db, { format: 'jsonl', out: join(folder, 'a.jsonl'), filter }, unwatched, nobodyStops)
    expect(readCsv(readFileSync(join(folder, 'a.csv'), 'utf8').slice(1))).toHaveLength(1)
    expect(readFileSync(join(folder, 'a.jsonl'), 'utf8')).toBe('')
  })

  test('that is ended leaves the file that was there, and nothing else', async () => {
    const out = join(folder, '数据.csv')
    writeFileSync(out, '上次的')
    const end = new AbortController()
    const ended = exportFacts(archive.db, { format: 'csv', out, filter: {} }, () => end.abort(), end.signal)
    await expect(ended).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
    expect(readdirSync(folder)).toEqual(['数据.csv'])
    expect(readFileSync(out, 'utf8')).toBe('上次的')
  })

  test('into a folder that is not there says so and makes nothing', async () => {
    const out = join(folder, '没有', '数据.csv')
    const refused = exportFacts(archive.db, { format: 'csv', out, filter: {} }, unwatched, nobodyStops)
    await expect(refused).rejects.toThrow('ENOENT')
    expect(readdirSync(folder)).toEqual([])
  })

  test('of tables is one TSV each, under organ, year and the beginning of the hash', async () => {
    const wanted = RECORDS.filter(({ report }) => report.year === 2020)
    const count = await exportTables(archive.db, { folder, filter: { year: 2020 } }, unwatched, nobodyStops)
    const names = wanted.flatMap(({ document, report, tables }) =>
      tables.map(({ key }) => `${report.organ}-2020-${document.sha256.slice(0, 8)}.${key}.tsv`),
    )
    expect(count).toBe(names.length)
    expect(readdirSync(folder).sort()).toEqual(names.sort())
    for (const { document, report, tables } of wanted) {
      for (const table of tables) {
        const name = `${report.organ}-2020-${document.sha256.slice(0, 8)}.${table.key}.tsv`
        expect(readFileSync(join(folder, name), 'utf8')).toBe(toTsv(table))
      }
    }
  })

  test('of tables keeps strange names within the folder, and parts of one table apart', async () => {
    const table = (text: string) => ({ key: 'requests', rows: [[text]], location: null })
    const report: ReportRecord['report'] = { title: null, organ: null, year: 1998, vintage: null, period: null }
    const strange = copyOf(record({ report, tables: [table('一'), table('二')] }), '../../CON:<年报>.pdf')
    await keep(archive.db, strange)
    const hash = strange.document.sha256.slice(0, 8)
    await exportTables(archive.db, { folder, filter: { year: 1998 } }, unwatched, nobodyStops)
    const [first, second, ...others] = readdirSync(folder).sort()
    expect([first, second, others]).toEqual([
      `_.._CON_年报_-1998-${hash}.requests-2.tsv`,
      `_.._CON_年报_-1998-${hash}.requests.tsv`,
      [],
    ])
    await deleteDocument(archive.db, strange.document.sha256, '试验', 'system')
  })
})
