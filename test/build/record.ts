/** A record with nothing in it but what a test names. */
import type { Check, Discrepancy, Evidence, Fact, Flag, ReportRecord } from '../../src/record.js'

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
    discrepancies: [],
    ...parts,
  }
}

export function fact(parts: Partial<Fact> = {}): Fact {
  return {
    key: 'k',
    value: null,
    state: 'blank',
    raw: '',
    unit: '件',
    location: null,
    derived: null,
    grade: 'read_twice',
    vouchers: { identities: [], readings: ['layout', 'order'] },
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

/** Arithmetic cannot decide, and nothing speaks for either side. */
export function discrepancy(parts: Partial<Discrepancy> = {}): Discrepancy {
  return {
    checks: [{ rule: 'T1', subject: '' }],
    verdict: 'undecided',
    evidence: [],
    suspects: [],
    proposal: null,
    message: '合计与各项之和不符。',
    ...parts,
  }
}

export function evidence(parts: Partial<Evidence> = {}): Evidence {
  return {
    code: 'readings_agree',
    bearing: 'published',
    message: '两种读法一致。',
    facts: [],
    location: null,
    ...parts,
  }
}
