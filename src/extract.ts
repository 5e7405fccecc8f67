/**
 * The whole pipeline: bytes in, record out.
 *
 *   bytes → document (document/) → reading (report/) → checks, flags, status (reconcile/) → record
 *
 * Pure: the same bytes give the same record, byte for byte. Time and memory are the caller's to limit, by ending the process
 * that this runs in; `failedRecord` then makes the record of the file that did not get to its end.
 */
import { createHash } from 'node:crypto'
import type { Document, Failure, Result } from './document/model.js'
import { chooseReader, type PdfEngineName, type Reader } from './document/read.js'
import { sniff } from './document/sniff.js'
import { certify } from './reconcile/certificate.js'
import { discrepanciesOf } from './reconcile/discrepancy.js'
import { doubtFlags, isDoubtful } from './reconcile/doubt.js'
import { reconcile } from './reconcile/reconcile.js'
import { compareReadings, orderFlags, type SecondReading, secondReadingFailed } from './reconcile/second-reading.js'
import { verdict } from './reconcile/verdict.js'
import type { ReportRecord } from './record.js'
import { readReport } from './report/read-report.js'
import type { ReportReading } from './report/reading.js'
import { VERSION } from './version.js'

export interface ExtractOptions {
  /** Reads a PDF first; the other engine is then its second reader. */
  readonly engine: PdfEngineName
  /** Ask the second reader where there is doubt, or always. */
  readonly secondReading: 'doubt' | 'always'
}

export async function extract(bytes: Uint8Array, fileName: string, options: ExtractOptions): Promise<ReportRecord> {
  const reader = chooseReader(bytes, options.engine)
  const document = await readFirst(bytes, reader)
  if (!document.ok) return failedRecord(bytes, fileName, document.failure)
  const result = readReport(document.value)
  if (!result.ok) return failedRecord(bytes, fileName, result.failure)
  const reading = result.value

  const { checks, flags, system, localisations, captures } = reconcile(reading)
  const second =
    options.secondReading === 'always' || isDoubtful(reading, checks) ? await readAgain(bytes, reader, reading) : null
  const doubts = doubtFlags(reading.facts, checks, second)
  const allFlags = [...reading.flags, ...flags, ...doubts, ...orderFlags(reading.facts), ...(second?.flags ?? [])]
  const discrepancies = discrepanciesOf(localisations, { reading, second, captures })
  const { title, organ, year, vintage, period } = reading
  return {
    ...blankRecord(bytes, fileName, document.value),
    status: verdict(allFlags),
    report: { title, organ, year, vintage, period },
    sections: [...reading.sections],
    tables: [...reading.tables],
    facts: certify(reading.facts, { system, second, discrepancies, flags: allFlags }),
    checks,
    flags: allFlags,
    discrepancies,
  }
}

/** What was read before any meaning is given to it. */
export async function read(bytes: Uint8Array, options: Pick<ExtractOptions, 'engine'>): Promise<Result<Document>> {
  return chooseReader(bytes, options.engine).read(bytes)
}

export function failedRecord(bytes: Uint8Array, fileName: string, failure: Failure): ReportRecord {
  return { ...blankRecord(bytes, fileName, null), status: 'failed', failure }
}

/** A file that the first reader refuses as damaged or too much for it may still be read by the second, which is then a doubt. */
async function readFirst(bytes: Uint8Array, reader: Reader): Promise<Result<Document>> {
  const first = await reader.read(bytes)
  if (first.ok || reader.readSecond === null || !['corrupt', 'out_of_memory'].includes(first.failure.code)) return first
  const second = await reader.readSecond(bytes)
  if (!second.ok) return first
  const doubt = {
    code: 'damaged_part',
    message: '首选的读取方法无法读取此文件，内容由另一方法读出，请核对原件。',
    location: null,
  } as const
  return { ok: true, value: { ...second.value, doubts: [...second.value.doubts, doubt] } }
}

async function readAgain(bytes: Uint8Array, reader: Reader, first: ReportReading): Promise<SecondReading | null> {
  if (reader.readSecond === null) return null
  const document = await reader.readSecond(bytes)
  const reading = document.ok ? readReport(document.value) : document
  return reading.ok ? compareReadings(first, reading.value) : secondReadingFailed(reading.failure)
}

function blankRecord(bytes: Uint8Array, fileName: string, document: Document | null): ReportRecord {
  return {
    schema: 'gouji/report@1',
    document: {
      sha256: createHash('sha256').update(bytes).digest('hex'),
      fileName,
      mediaType: document?.mediaType ?? sniff(bytes).mediaType,
      byteLength: bytes.byteLength,
      pageCount: document === null || document.pages.length === 0 ? null : document.pages.length,
    },
    extractor: { version: VERSION },
    status: 'needs_review',
    failure: null,
    report: { title: null, organ: null, year: null, vintage: null, period: null },
    sections: [],
    tables: [],
    facts: [],
    checks: [],
    flags: [],
    discrepancies: [],
  }
}
