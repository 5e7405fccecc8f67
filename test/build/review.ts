/** Reports to be reviewed, and what one does to them, over the API of a store of a test's own. */
import { randomUUID } from 'node:crypto'
import type { Scope } from '../../src/adapters/http/access.js'
import type { ReportRecord } from '../../src/record.js'
import type { Decision } from '../../src/review/decisions.js'
import { itemsOf } from '../../src/review/items.js'
import type { Answered, ArchiveService } from './archive-service.js'
import { goldenRecords } from './golden.js'

/** The golden record whose file is named so. */
export function golden(part: string): ReportRecord {
  const found = goldenRecords().find(({ document }) => document.fileName.includes(part))
  if (found === undefined) throw new Error(`no golden record ${part}`)
  return found
}

/** A figure was published wrong, and arithmetic proposes another: two failed sums, one note. */
export const MISPRINTED = '行合计有误'
/** Sums fail, and nothing is proposed. */
export const UNDECIDED = '勾稽不平'
/** Nothing to see. */
export const CLEAN = '临澜市人民政府2022'
/** Accepted with a remark. */
export const REMARKED = '沿用旧表'

/** Two reviewers, as callers: who they are is told by their scopes. */
export const FIRST: readonly Scope[] = ['read', 'review']
export const SECOND: readonly Scope[] = ['review', 'read']

/** The same report as another version of gouji reads it. */
export function readAgain(record: ReportRecord, version: string, change: Partial<ReportRecord> = {}): ReportRecord {
  return { ...record, extractor: { version }, ...change }
}

export function pressingItem(record: ReportRecord): string {
  const [item] = itemsOf(record)
  if (item === undefined) throw new Error('nothing to settle')
  return item.id
}

export interface Reviewing {
  open(record: ReportRecord, scopes?: readonly Scope[]): Promise<Answered>
  decide(
    record: ReportRecord,
    decision: Decision,
    sent: { readonly version: number; readonly key?: string },
    scopes?: readonly Scope[],
  ): Promise<Answered>
  undo(record: ReportRecord, id: number, version: number): Promise<Answered>
  close(
    record: ReportRecord,
    word: 'accept' | 'reject' | 'reopen',
    body: { readonly version: number; readonly reason?: string },
    scopes?: readonly Scope[],
  ): Promise<Answered>
  claim(record: ReportRecord, method: 'POST' | 'PUT' | 'DELETE', scopes?: readonly Scope[]): Promise<Answered>
  queue(words?: Readonly<Record<string, string>>, scopes?: readonly Scope[]): Promise<Answered>
  history(record: ReportRecord): Promise<Answered>
}

export function reviewing(archive: Pick<ArchiveService, 'ask'>): Reviewing {
  const at = ({ document }: ReportRecord, rest = '') => `/api/v1/review/${document.sha256}${rest}`
  return {
    open: (record, scopes = FIRST) => archive.ask(at(record), {}, scopes),
    decide: (record, decision, { version, key = randomUUID() }, scopes = FIRST) =>
      archive.ask(at(record, '/decisions'), { method: 'POST', payload: { decision, version, key } }, scopes),
    undo: (record, id, version) =>
      archive.ask(at(record, `/decisions/${id}?version=${version}`), { method: 'DELETE' }, FIRST),
    close: (record, word, payload, scopes = FIRST) =>
      archive.ask(at(record, `/${word}`), { method: 'POST', payload }, scopes),
    claim: (record, method, scopes = FIRST) => archive.ask(at(record, '/claim'), { method }, scopes),
    queue: (words = {}, scopes = FIRST) =>
      archive.ask(`/api/v1/review/queue?${new URLSearchParams(words)}`, {}, scopes),
    history: (record) => archive.ask(at(record, '/history'), {}, FIRST),
  }
}
