/**
 * Documents as they are listed, looked up, put aside and asked to be read again.
 *
 * A list goes from the newest arrival to the oldest and its pages follow each other by that order, so that what comes in meanwhile neither
 * repeats nor hides a document. A document that was deleted is not forgotten: it can be listed and says why it went; what was read of
 * it is kept, but given out no more.
 */
import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Discrepancy, Grade, ReportRecord } from '../../record.js'
import { note } from './events.js'
import { REVIEW } from './review-state.js'
import type { Db, ReviewStatus, Tables } from './schema.js'

/** unread: no worker has come to it yet; given_up: no worker tries it any more. */
export type DocumentStatus = ReportRecord['status'] | 'unread' | 'given_up'

export interface DocumentFilter {
  /** As printed, or as a person says instead. */
  readonly organ?: string | undefined
  /** Under whichever of its names. */
  readonly organId?: string | undefined
  readonly year?: number | undefined
  readonly vintage?: string | undefined
  /** given_up also finds those that have a record of an older version. */
  readonly status?: DocumentStatus | undefined
  /** The code of a flag. */
  readonly flag?: string | undefined
  /** One that fails in it, or against another report. */
  readonly rule?: string | undefined
  /** Of a discrepancy; with `proposal`, of the same one. */
  readonly verdict?: Discrepancy['verdict'] | undefined
  /** There is a discrepancy that has one, or one that has none. */
  readonly proposal?: boolean | undefined
  /** none: nobody has to look at it, and nobody has. */
  readonly review?: ReviewStatus | 'none' | undefined
  /** Part of the title, the organ or a file name, or the beginning of the sha256. */
  readonly q?: string | undefined
  readonly deleted?: boolean | undefined
  /** Those that have no record in force of this version. */
  readonly notOfVersion?: string | undefined
}

export interface DocumentRow {
  readonly id: number
  readonly sha256: string
  readonly file_name: string
  readonly byte_length: string
  readonly received_at: Date
  readonly given_up: string | null
  readonly deleted_at: Date | null
  readonly deleted_reason: string | null
  readonly extraction_id: number | null
  readonly extractor_version: string | null
  readonly status: ReportRecord['status'] | null
  readonly failure_code: string | null
  readonly media_type: string | null
  readonly page_count: number | null
  readonly title: string | null
  readonly organ: string | null
  /** null: not read, or nameless. */
  readonly organ_id: string | null
  readonly year: number | null
  readonly vintage: string | null
  readonly first_flag: FirstFlag | null
  /** null: nobody has to look at it, and nobody has. */
  readonly review: ReviewStatus | null
}

/** The gravest, and of those the first of the record: one line says why a person should look. */
export interface FirstFlag {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
}

/** Of the document that the query calls `d`. */
export const FIRST_FLAG = sql<FirstFlag | null>`(
  select json_build_object('code', code, 'severity', severity, 'message', message)
  from flags where document_id = d.id order by severity, ordinal limit 1)`

/** What a person says instead of what was read. */
const ORGAN = sql<string | null>`coalesce(r.organ, e.organ)`
const YEAR = sql<number | null>`coalesce(r.year, e.year)`
const VINTAGE = sql<string | null>`coalesce(r.vintage, e.vintage)`

function documentRows(db: Db) {
  return db
    .selectFrom('documents as d')
    .leftJoin('extractions as e', 'e.id', 'd.extraction_id')
    .leftJoin('reviews as r', 'r.document_id', 'd.id')
    .leftJoin('review_queue as q', 'q.document_id', 'd.id')
    .leftJoin('reports as p', 'p.document_id', 'd.id')
    .select(['d.id', 'd.sha256', 'd.file_name', 'd.byte_length', 'd.received_at', 'd.given_up'])
    .select([
      'd.deleted_at',
      'd.deleted_reason',
      'd.extraction_id',
      'e.extractor_version',
      'e.status',
      'e.failure_code',
    ])
    .select(['e.media_type', 'e.page_count', 'e.title'])
    .select('p.organ_id')
    .select([ORGAN.as('organ'), YEAR.as('year'), VINTAGE.as('vintage')])
    .select([FIRST_FLAG.as('first_flag'), REVIEW.as('review')])
}

export function statusOf({ status, given_up }: Pick<DocumentRow, 'status' | 'given_up'>): DocumentStatus {
  return status ?? (given_up === null ? 'unread' : 'given_up')
}

/** Those before the document of this id, that is, received earlier; null: from the newest on. */
export function documentsBefore(
  db: Db,
  filter: DocumentFilter,
  before: number | null,
  limit: number,
): Promise<DocumentRow[]> {
  return documentRows(db)
    .where((eb) => eb.and(conditionsOf(eb, filter)))
    .where((eb) => (before === null ? eb.lit(true) : eb('d.id', '<', before)))
    .orderBy('d.id', 'desc')
    .limit(limit)
    .execute()
}

type Joined = Tables & {
  d: Tables['documents']
  e: { [Column in keyof Tables['extractions']]: Tables['extractions'][Column] | null }
}

function conditionsOf(eb: ExpressionBuilder<Joined, 'd' | 'e'>, filter: DocumentFilter) {
  const { organ, organId, year, vintage, status, flag, rule, verdict, proposal, review, q, deleted, notOfVersion } =
    filter
  return [
    eb('d.deleted_at', deleted === true ? 'is not' : 'is', null),
    ...(organ === undefined ? [] : [eb(ORGAN, '=', organ)]),
    ...(organId === undefined
      ? []
      : [eb('d.id', 'in', eb.selectFrom('reports').select('reports.document_id').where('organ_id', '=', organId))]),
    ...(year === undefined ? [] : [eb(YEAR, '=', year)]),
    ...(vintage === undefined ? [] : [eb(VINTAGE, '=', vintage)]),
    ...(status === undefined ? [] : [hasStatus(eb, status)]),
    ...(review === undefined ? [] : [review === 'none' ? eb(REVIEW, 'is', null) : eb(REVIEW, '=', review)]),
    ...(notOfVersion === undefined ? [] : [eb('e.extractor_version', 'is distinct from', notOfVersion)]),
    ...(flag === undefined
      ? []
      : [
          eb.exists(
            eb
              .selectFrom('flags')
              .select('flags.ordinal')
              .whereRef('flags.document_id', '=', 'd.id')
              .where('code', '=', flag),
          ),
        ]),
    ...(rule === undefined ? [] : [failsRule(eb, rule)]),
    ...(verdict === undefined && proposal === undefined
      ? []
      : [
          eb.exists(
            eb
              .selectFrom('discrepancies')
              .select('discrepancies.ordinal')
              .whereRef('discrepancies.document_id', '=', 'd.id')
              .$if(verdict !== undefined, (query) => query.where('verdict', '=', verdict ?? 'undecided'))
              .$if(proposal !== undefined, (query) => query.where('proposal', proposal ? 'is not' : 'is', null)),
          ),
        ]),
    ...(q === undefined ? [] : [isFoundBy(eb, q)]),
  ]
}

function failsRule(eb: ExpressionBuilder<Joined, 'd' | 'e'>, rule: string) {
  const within = eb
    .selectFrom('failed_rules')
    .select('rule')
    .whereRef('document_id', '=', 'd.id')
    .where('rule', '=', rule)
  const against = eb
    .selectFrom('neighbour_checks')
    .select('rule')
    .whereRef('document_id', '=', 'd.id')
    .where('rule', '=', rule)
    .where('outcome', '=', 'fail')
    .where('level', '<>', 'info')
  return eb.or([eb.exists(within), eb.exists(against)])
}

function hasStatus(eb: ExpressionBuilder<Joined, 'd' | 'e'>, status: DocumentStatus) {
  switch (status) {
    case 'unread':
      return eb.and([eb('d.extraction_id', 'is', null), eb('d.given_up', 'is', null)])
    case 'given_up':
      return eb('d.given_up', 'is not', null)
    default:
      return eb('e.status', '=', status)
  }
}

function isFoundBy(eb: ExpressionBuilder<Joined, 'd' | 'e'>, words: string) {
  const anywhere = `%${words.replace(/[\\%_]/g, '\\$&')}%`
  return eb.or([
    eb('e.title', 'ilike', anywhere),
    eb(ORGAN, 'ilike', anywhere),
    eb('d.file_name', 'ilike', anywhere),
    sql<SqlBool>`starts_with(d.sha256, ${words.toLowerCase()})`,
    eb.exists(
      eb
        .selectFrom('batch_files')
        .select('batch_files.id')
        .whereRef('batch_files.document_id', '=', 'd.id')
        .where('batch_files.file_name', 'ilike', anywhere),
    ),
  ])
}

/** Deleted or not; undefined: never received. */
export function findDocument(db: Db, sha256: string): Promise<DocumentRow | undefined> {
  return documentRows(db).where('d.sha256', '=', sha256).executeTakeFirst()
}

export interface Arrival {
  readonly batch_id: string
  readonly label: string
  readonly file_name: string
  readonly outcome: 'new' | 'same_bytes' | 'refused'
  readonly received_at: Date
}

/** Under which names, and in which batches, its bytes came. */
export function arrivalsOf(db: Db, documentId: number): Promise<Arrival[]> {
  return db
    .selectFrom('batch_files as f')
    .innerJoin('batches as b', 'b.id', 'f.batch_id')
    .where('f.document_id', '=', documentId)
    .select(['f.batch_id', 'b.label', 'f.file_name', 'f.outcome', 'f.received_at'])
    .orderBy('f.id')
    .execute()
}

export interface ExtractionSummary {
  readonly id: number
  readonly extractor_version: string
  readonly status: ReportRecord['status']
  readonly failure_code: string | null
  readonly extracted_at: Date
  readonly milliseconds: number
}

/** The newest first. */
export function extractionsOf(db: Db, documentId: number): Promise<ExtractionSummary[]> {
  return db
    .selectFrom('extractions')
    .where('document_id', '=', documentId)
    .select(['id', 'extractor_version', 'status', 'failure_code', 'extracted_at', 'milliseconds'])
    .orderBy('id', 'desc')
    .execute()
}

export function flagsOf(db: Db, documentId: number) {
  return db
    .selectFrom('flags')
    .where('document_id', '=', documentId)
    .select(['code', 'severity', 'message', 'facts', 'location', 'counterpart'])
    .orderBy('ordinal')
    .execute()
}

export type DiscrepancySummary = Omit<Discrepancy, 'evidence'>

/** In the order of the record, which alone has their evidence. */
export async function discrepanciesOf(db: Db, documentId: number): Promise<DiscrepancySummary[]> {
  const rows = await db
    .selectFrom('discrepancies')
    .where('document_id', '=', documentId)
    .select(['verdict', 'rules', 'subjects', 'suspects', 'proposal', 'message'])
    .orderBy('ordinal')
    .execute()
  return rows.map(({ rules, subjects, ...rest }) => ({
    ...rest,
    checks: rules.map((rule, index) => ({ rule, subject: subjects[index] ?? '' })),
  }))
}

/** How many facts of the extraction in force have which grade, and none. */
export async function countGrades(db: Db, documentId: number): Promise<Readonly<Record<Grade | 'none', number>>> {
  const rows = await db
    .selectFrom('facts')
    .where('document_id', '=', documentId)
    .select(['grade', sql<number>`count(*)::integer`.as('count')])
    .groupBy('grade')
    .execute()
  const counts = { proven: 0, summed: 0, read_twice: 0, read_once: 0, contested: 0, none: 0 }
  for (const { grade, count } of rows) counts[grade ?? 'none'] = count
  return counts
}

/** Other live documents of the same organ and year. */
export function sameReportAs(db: Db, { id, organ, year }: DocumentRow): Promise<DocumentRow[]> {
  if (organ === null || year === null) return Promise.resolve([])
  return documentRows(db)
    .where('d.id', '<>', id)
    .where('d.deleted_at', 'is', null)
    .where(ORGAN, '=', organ)
    .where(YEAR, '=', year)
    .orderBy('d.id')
    .execute()
}

/** The record in force, or the last one of a version, as the core gave it. */
export async function recordOf(
  db: Db,
  { id, extraction_id }: DocumentRow,
  version: string | undefined,
): Promise<string | null> {
  const records = db.selectFrom('extractions').select('record').where('document_id', '=', id)
  const found = await (version === undefined
    ? records.where('id', '=', extraction_id)
    : records.where('extractor_version', '=', version).orderBy('id', 'desc').limit(1)
  ).executeTakeFirst()
  return found?.record ?? null
}

/** Says false where it is gone already, or was never there. */
export function deleteDocument(db: Db, sha256: string, reason: string, actor: string): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const gone = await transaction
      .updateTable('documents')
      .set({ deleted_at: sql`now()`, deleted_reason: reason })
      .where('sha256', '=', sha256)
      .where('deleted_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (gone === undefined) return false
    await note(transaction, { actor, kind: 'deleted', documentId: gone.id, detail: { reason } })
    return true
  })
}

/** askAgain for many → those of them that are there to be read. */
export function askAllAgain(db: Db, sha256s: readonly string[], actor: string): Promise<string[]> {
  return db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ id: number; sha256: string }>`
      update documents set tries = 0, given_up = null, asked_again = true
      where id in (
        select id from documents where sha256 = any(${sha256s}::text[]) and deleted_at is null
        order by sha256 for update)
      returning id, sha256`.execute(transaction)
    await sql`
      insert into events (actor, kind, document_id)
      select ${actor}::text, 'reextraction_requested', id
      from unnest(${rows.map(({ id }) => id)}::integer[]) as asked (id)`.execute(transaction)
    return rows.map(({ sha256 }) => sha256)
  })
}

/** Few at a time: a record may be some hundred kilobytes. */
const RECORDS_A_PAGE = 16

/** The records in force of live documents that were read, in the order in which they came. */
export async function* allRecords(
  db: Db,
  { organ, year, status }: Pick<DocumentFilter, 'organ' | 'year' | 'status'>,
): AsyncGenerator<string, void, undefined> {
  let after = 0
  for (;;) {
    const page = await db
      .selectFrom('documents as d')
      .innerJoin('extractions as e', 'e.id', 'd.extraction_id')
      .leftJoin('reviews as r', 'r.document_id', 'd.id')
      .leftJoin('review_queue as q', 'q.document_id', 'd.id')
      .select(['d.id', 'e.record'])
      .where((eb) => eb.and([eb('d.id', '>', after), ...conditionsOf(eb, { organ, year, status })]))
      .orderBy('d.id')
      .limit(RECORDS_A_PAGE)
      .execute()
    for (const { record } of page) yield record
    const last = page.at(-1)
    if (last === undefined || page.length < RECORDS_A_PAGE) return
    after = last.id
  }
}
