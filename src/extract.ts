import { createHash } from 'node:crypto'
import { failure } from './document/failure.js'
import type { Document, Failure, Result } from './document/model.js'
import type { ReportRecord } from './record.js'
import { VERSION } from './version.js'

export interface ExtractOptions {
  readonly engine: 'pdfium' | 'pdfjs'
  readonly secondReading: 'doubt' | 'always'
}

export async function extract(bytes: Uint8Array, fileName: string, _options: ExtractOptions): Promise<ReportRecord> {
  return failedRecord(bytes, fileName, failure('unsupported'))
}

export async function read(_bytes: Uint8Array, _options: Pick<ExtractOptions, 'engine'>): Promise<Result<Document>> {
  return { ok: false, failure: failure('unsupported') }
}

export function failedRecord(bytes: Uint8Array, fileName: string, reason: Failure): ReportRecord {
  return {
    schema: 'gouji/report@1',
    document: {
      sha256: createHash('sha256').update(bytes).digest('hex'),
      fileName,
      mediaType: 'application/octet-stream',
      byteLength: bytes.byteLength,
      pageCount: null,
    },
    extractor: { version: VERSION },
    status: 'failed',
    failure: reason,
    report: { title: null, organ: null, year: null, vintage: null, period: null },
    sections: [],
    tables: [],
    facts: [],
    checks: [],
    flags: [],
  }
}
