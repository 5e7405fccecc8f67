/** A record with nothing in it but what a test names. */
import type { Check, Flag, ReportRecord } from '../../src/record.js'

export function record(parts: Partial<ReportRecord> = {}): ReportRecord {
  return {
    schema: 'gouji/report@1',
    document: {
      sha256: '0'.repeat(64),
      fileName: '年报.pdf',
      mediaType: 'application/pdf',
      byteLength: 1,
      pageCount: 1,
    },
    extractor: { version: '0.0.0' },
    status: 'accepted',
    failure: null,
    report: { title: null, organ: null, year: null, vintage: null, period: null },
    sections: [],
    tables: [],
    facts: [],
    checks: [],
    flags: [],
    ...parts,
  }
}

export function check(parts: Partial<Check> = {}): Check {
  return {
    rule: 'T1',
    subject: '',
    level: 'error',
    outcome: 'pass',
    expected: null,
    actual: null,
    facts: [],
    message: '一致。',
    ...parts,
  }
}

export function flag(parts: Partial<Flag> = {}): Flag {
  return { code: 'table_missing', severity: 'error', message: '缺少表格。', facts: [], location: null, ...parts }
}
