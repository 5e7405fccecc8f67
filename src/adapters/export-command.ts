/**
 * The facts of the archive → one file of CSV or JSONL; its tables of the form → one TSV each in a folder.
 *
 * Memory does not grow with the archive. The file appears under its name when it is complete, in the place of an older one, or not at all:
 * it is written beside its name and renamed, also when the run is ended by the signal. Tables appear one by one, each whole, under a name
 * that is the same in every run. Rows are those of the API.
 */
import { randomUUID } from 'node:crypto'
import { createWriteStream, mkdirSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CSV_HEAD } from '../export/csv.js'
import { CSV_HEADER, type FactRow, toCsvRow, toFactRow, toJsonLine } from '../export/fact-row.js'
import { toTsv } from '../export/tsv.js'
import type { ReportRecord } from '../record.js'
import { labelOf } from '../report/fact-labels.js'
import { safeName, writeWhole } from './sink.js'
import { allRecords } from './store/documents.js'
import { allFacts, type FactFilter } from './store/facts.js'
import type { Db } from './store/schema.js'
import { openStored } from './stored-record.js'

export type ExportFormat = 'csv' | 'jsonl'

interface Writing {
  readonly head: string
  row(row: FactRow): string
}

const WRITINGS: Readonly<Record<ExportFormat, Writing>> = {
  csv: { head: CSV_HEAD + CSV_HEADER, row: toCsvRow },
  jsonl: { head: '', row: toJsonLine },
}

/** How much is written. */
export type Progress = (count: number) => void

/** → how many facts. Throws what the file system and the database throw, and AbortError when the signal came. */
export async function exportFacts(
  db: Db,
  { format, out, filter }: { readonly format: ExportFormat; readonly out: string; readonly filter: FactFilter },
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  const { head, row } = WRITINGS[format]
  let count = 0
  async function* text(): AsyncGenerator<string, void, undefined> {
    yield head
    for await (const page of allFacts(db, filter)) {
      yield page.map((source) => row(toFactRow(source, labelOf))).join('')
      count += page.length
      progress(count)
    }
  }
  const temporary = join(dirname(out), `.${basename(out)}.${randomUUID()}.tmp`)
  try {
    const file = createWriteStream(temporary, { flags: 'wx', flush: true })
    await pipeline(Readable.from(text(), { objectMode: false }), file, { signal })
    await rename(temporary, out)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  return count
}

/** → how many tables. Throws what the file system and the database throw, and AbortError when the signal came. */
export async function exportTables(
  db: Db,
  { folder, filter }: { readonly folder: string; readonly filter: Pick<FactFilter, 'organ' | 'year' | 'status'> },
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  mkdirSync(folder, { recursive: true })
  let count = 0
  for await (const line of allRecords(db, filter)) {
    signal.throwIfAborted()
    for (const [name, text] of tablesOf(openStored(line))) {
      writeWhole(folder, name, text)
      count += 1
      progress(count)
    }
  }
  return count
}

/** 清源市水务局-2023-0a1b2c3d.requests.tsv: organ and year for a person, the hash so that no two documents share a name. */
function tablesOf({ document, report, tables }: ReportRecord): Map<string, string> {
  const whose = safeName(report.organ ?? document.fileName.replace(/\.[^./]{1,10}$/, ''))
  const stem = [whose, ...(report.year === null ? [] : [report.year]), document.sha256.slice(0, 8)].join('-')
  const named = new Map<string, string>()
  for (const table of tables) {
    const key = safeName(table.key)
    let name = `${stem}.${key}.tsv`
    for (let number = 2; named.has(name); number += 1) name = `${stem}.${key}-${number}.tsv`
    named.set(name, toTsv(table))
  }
  return named
}
