/**
 * Batches: what was sent together, how each of its files ended, and what became of the documents since.
 *
 * The lines of a batch never change; what is counted as read does, with every reading. A document that was deleted or given up waits for
 * nobody, so a batch ends although not all of it was read.
 */
import { type RawBuilder, sql } from 'kysely'
import type { ReportRecord } from '../../record.js'
import { BatchShut } from './arrivals.js'
import { FIRST_FLAG, type FirstFlag } from './documents.js'
import { note } from './events.js'
import { REVIEW } from './review-state.js'
import type { BatchOutcome, Db, ReviewStatus } from './schema.js'

export interface Batch {
  readonly id: string
  readonly label: string
  readonly createdBy: string
  readonly createdAt: Date
  readonly closedAt: Date | null
  readonly counts: BatchCounts
}

export interface BatchCounts {
  readonly received: { readonly new: number; readonly sameBytes: number; readonly refused: number }
  /** Of its documents, each once, by the extraction in force. */
  readonly read: { readonly accepted: number; readonly needsReview: number; readonly failed: number }
  readonly givenUp: number
  readonly deleted: number
  /** To be read. */
  readonly waiting: number
}

export interface OpenedBatch {
  readonly batch: Batch
  readonly isNew: boolean
}

/** null: the key stands for a batch of another label. */
export async function openBatch(
  db: Db,
  label: string,
  idempotencyKey: string | null,
  actor: string,
): Promise<OpenedBatch | null> {
  const { id, isNew, found } = await db.transaction().execute(async (store) => {
    const opened = await store
      .insertInto('batches')
      .values({ label, idempotency_key: idempotencyKey, created_by: actor, closed_at: null })
      .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (opened !== undefined) {
      await note(store, { actor, kind: 'batch_opened', batchId: opened.id, detail: { label } })
      return { id: opened.id, isNew: true, found: label }
    }
    const standing = await store
      .selectFrom('batches')
      .select(['id', 'label'])
      .where('idempotency_key', '=', idempotencyKey)
      .executeTakeFirstOrThrow()
    return { id: standing.id, isNew: false, found: standing.label }
  })
  if (found !== label) return null
  const batch = await findBatch(db, id)
  if (batch === null) throw new Error('a batch that was just opened is not there')
  return { batch, isNew }
}

/** Twice is once. Waits for what is just coming in. Throws BatchShut when there is no such batch. */
export async function closeBatch(db: Db, id: string, actor: string): Promise<Batch> {
  await db.transaction().execute(async (store) => {
    const closed = await store
      .updateTable('batches')
      .set({ closed_at: sql<Date>`now()` })
      .where('id', '=', id)
      .where('closed_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (closed !== undefined) await note(store, { actor, kind: 'batch_closed', batchId: id, detail: {} })
  })
  const batch = await findBatch(db, id)
  if (batch === null) throw new BatchShut('batch_not_found')
  return batch
}

export async function findBatch(db: Db, id: string): Promise<Batch | null> {
  const [batch] = await batchesWhere(db, sql`where id = ${id}::uuid`)
  return batch ?? null
}

/** Those opened before the batch of this id; null: from the newest on. */
export function batchesBefore(db: Db, before: string | null, limit: number): Promise<Batch[]> {
  const earlier =
    before === null
      ? sql``
      : sql`where (created_at, id) < (select created_at, id from batches where id = ${before}::uuid)`
  return batchesWhere(db, sql`${earlier} order by created_at desc, id desc limit ${limit}`)
}

interface BatchRow {
  readonly id: string
  readonly label: string
  readonly created_by: string
  readonly created_at: Date
  readonly closed_at: Date | null
  readonly new: number
  readonly same_bytes: number
  readonly refused: number
  readonly accepted: number
  readonly needs_review: number
  readonly failed: number
  readonly given_up: number
  readonly deleted: number
  readonly waiting: number
}

async function batchesWhere(db: Db, which: RawBuilder<unknown>): Promise<Batch[]> {
  const { rows } = await sql<BatchRow>`
    select b.id, b.label, b.created_by, b.created_at, b.closed_at, l.*, r.*
    from (select * from batches ${which}) b
    cross join lateral (
      select
        count(*) filter (where outcome = 'new')::integer as new,
        count(*) filter (where outcome = 'same_bytes')::integer as same_bytes,
        count(*) filter (where outcome = 'refused')::integer as refused
      from batch_files where batch_id = b.id
    ) l
    cross join lateral (
      select
        count(*) filter (where d.deleted_at is null and e.status = 'accepted')::integer as accepted,
        count(*) filter (where d.deleted_at is null and e.status = 'needs_review')::integer as needs_review,
        count(*) filter (where d.deleted_at is null and e.status = 'failed')::integer as failed,
        count(*) filter (where d.deleted_at is null and e.id is null and d.given_up is not null)::integer as given_up,
        count(*) filter (where d.deleted_at is not null)::integer as deleted,
        count(*) filter (where d.deleted_at is null and e.id is null and d.given_up is null)::integer as waiting
      from documents d left join extractions e on e.id = d.extraction_id
      where d.id in (select document_id from batch_files where batch_id = b.id)
    ) r
    order by b.created_at desc, b.id desc`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    createdBy: row.created_by,
    createdAt: row.created_at,
    closedAt: row.closed_at,
    counts: {
      received: { new: row.new, sameBytes: row.same_bytes, refused: row.refused },
      read: { accepted: row.accepted, needsReview: row.needs_review, failed: row.failed },
      givenUp: row.given_up,
      deleted: row.deleted,
      waiting: row.waiting,
    },
  }))
}

/** One file of a batch: what was decided when it came, and how its document stands now. */
export interface BatchLine {
  readonly id: number
  readonly fileName: string
  readonly sha256: string | null
  readonly byteLength: number | null
  readonly outcome: BatchOutcome
  readonly reason: { readonly code: string; readonly message: string } | null
  readonly receivedAt: Date
  /** How the same bytes first came; only with 'same_bytes'. */
  readonly sameBytesAs: {
    readonly fileName: string
    readonly receivedAt: Date
    readonly batchLabel: string | null
  } | null
  readonly document: LineDocument | null
}

export interface LineDocument {
  readonly id: number
  readonly status: ReportRecord['status'] | 'unread' | 'given_up' | 'deleted'
  readonly failureCode: string | null
  readonly givenUp: string | null
  readonly organ: string | null
  readonly year: number | null
  readonly firstFlag: FirstFlag | null
  readonly review: ReviewStatus | null
}

interface LineRow {
  readonly id: number
  readonly file_name: string
  readonly sha256: string | null
  readonly byte_length: string | number | null
  readonly outcome: BatchOutcome
  readonly reason_code: string | null
  readonly reason: string | null
  readonly received_at: Date
  readonly first_name: string | null
  readonly first_at: Date | null
  readonly first_label: string | null
  readonly document_id: number | null
  readonly status: ReportRecord['status'] | null
  readonly failure_code: string | null
  readonly given_up: string | null
  readonly deleted_at: Date | null
  readonly organ: string | null
  readonly year: number | null
  readonly first_flag: FirstFlag | null
  readonly review: ReviewStatus | null
}

/** In the order in which they were decided. */
export function linesAfter(db: Db, batchId: string, after: number, limit: number): Promise<BatchLine[]> {
  return linesWhere(db, batchId, sql`id > ${after}`, limit)
}

/** Of these documents. */
export function linesOf(db: Db, batchId: string, documentIds: readonly number[]): Promise<BatchLine[]> {
  return linesWhere(db, batchId, sql`document_id = any(${documentIds}::integer[])`, null)
}

async function linesWhere(
  db: Db,
  batchId: string,
  which: RawBuilder<unknown>,
  limit: number | null,
): Promise<BatchLine[]> {
  const { rows } = await sql<LineRow>`
    select f.id, f.file_name, d.sha256, f.byte_length, f.outcome, f.reason_code, f.reason, f.received_at,
      case when f.outcome = 'same_bytes' then d.file_name end as first_name,
      case when f.outcome = 'same_bytes' then d.received_at end as first_at,
      first.label as first_label,
      d.id as document_id, e.status, e.failure_code, d.given_up, d.deleted_at,
      coalesce(r.organ, e.organ) as organ, coalesce(r.year, e.year) as year,
      ${FIRST_FLAG} as first_flag, ${REVIEW} as review
    from (
      select * from batch_files where batch_id = ${batchId}::uuid and ${which} order by id limit ${limit}
    ) f
    left join documents d on d.id = f.document_id
    left join extractions e on e.id = d.extraction_id
    left join reviews r on r.document_id = d.id
    left join review_queue q on q.document_id = d.id
    left join lateral (
      select b.label from batch_files o join batches b on b.id = o.batch_id
      where f.outcome = 'same_bytes' and o.document_id = f.document_id
      order by o.id limit 1
    ) first on true
    order by f.id`.execute(db)
  return rows.map(lineOf)
}

function lineOf(row: LineRow): BatchLine {
  return {
    id: row.id,
    fileName: row.file_name,
    sha256: row.sha256,
    byteLength: row.byte_length === null ? null : Number(row.byte_length),
    outcome: row.outcome,
    reason: row.reason_code === null ? null : { code: row.reason_code, message: row.reason ?? '' },
    receivedAt: row.received_at,
    sameBytesAs:
      row.first_name === null || row.first_at === null
        ? null
        : { fileName: row.first_name, receivedAt: row.first_at, batchLabel: row.first_label },
    document:
      row.document_id === null
        ? null
        : {
            id: row.document_id,
            status: statusOf(row),
            failureCode: row.failure_code,
            givenUp: row.given_up,
            organ: row.organ,
            year: row.year,
            firstFlag: row.first_flag,
            review: row.review,
          },
  }
}

function statusOf({ status, given_up, deleted_at }: LineRow): LineDocument['status'] {
  if (deleted_at !== null) return 'deleted'
  return status ?? (given_up === null ? 'unread' : 'given_up')
}

export interface OtherDocument {
  readonly sha256: string
  readonly fileName: string
}

const MOST_OTHERS = 10

/**
 * By document: other live documents that were read as a report of the same organ and year; not more than ten each, as there
 * may be any number. Organs are compared as printed.
 */
export async function sameReports(
  db: Db,
  documentIds: readonly number[],
): Promise<ReadonlyMap<number, readonly OtherDocument[]>> {
  const { rows } = await sql<{ id: number; sha256: string; file_name: string }>`
    select d.id, other.sha256, other.file_name
    from documents d
    join extractions e on e.id = d.extraction_id
    cross join lateral (
      select o.sha256, o.file_name
      from extractions r join documents o on o.extraction_id = r.id
      where r.organ = e.organ and r.year = e.year and r.status <> 'failed' and o.id <> d.id and o.deleted_at is null
      order by o.id limit ${MOST_OTHERS}
    ) other
    where d.id = any(${documentIds}::integer[]) and d.deleted_at is null and e.status <> 'failed'`.execute(db)
  const others = new Map<number, OtherDocument[]>()
  for (const { id, sha256, file_name } of rows) {
    const list = others.get(id) ?? []
    list.push({ sha256, fileName: file_name })
    others.set(id, list)
  }
  return others
}

/** Documents of the batch that are to be read. */
export async function waitingIn(db: Db, batchId: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from documents
    where id in (select document_id from batch_files where batch_id = ${batchId}::uuid)
      and extraction_id is null and given_up is null and deleted_at is null`.execute(db)
  return rows.map(({ id }) => id)
}

/**
 * The last line that is older than so many milliseconds, and the lines after it. Lines are numbered when they are written and seen when
 * they are committed, so that among the young ones others may still appear.
 */
export async function settledUpTo(
  db: Db,
  batchId: string,
  milliseconds: number,
): Promise<{ readonly line: number; readonly unsettled: readonly number[] }> {
  const { rows } = await sql<{ id: number; is_settled: boolean }>`
    with line as (
      select id, received_at < now() - ${milliseconds} * interval '1 millisecond' as is_settled
      from batch_files where batch_id = ${batchId}::uuid
    )
    select id, is_settled from line
    where not is_settled or id = (select max(id) from line where is_settled)`.execute(db)
  return {
    line: Math.max(0, ...rows.filter(({ is_settled }) => is_settled).map(({ id }) => id)),
    unsettled: rows.filter(({ is_settled }) => !is_settled).map(({ id }) => id),
  }
}

/** Those up to this line whose documents were read, or given up, since. */
export function linesReadSince(db: Db, batchId: string, upTo: number, since: Date): Promise<BatchLine[]> {
  const readSince = sql`
    id <= ${upTo} and document_id in (
      select d.id from documents d left join extractions e on e.id = d.extraction_id
      where e.extracted_at >= ${since} or d.given_up is not null)`
  return linesWhere(db, batchId, readSince, null)
}

/** Of these documents, those that nothing is going to happen to for now. */
export async function noLongerWaiting(db: Db, documentIds: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from documents
    where id = any(${documentIds}::integer[])
      and (extraction_id is not null or given_up is not null or deleted_at is not null)`.execute(db)
  return rows.map(({ id }) => id)
}

/** Live documents among these: what need not be sent again. */
export async function knownAmong(db: Db, sha256s: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ sha256: string; byte_length: string | number }>`
    select sha256, byte_length from documents
    where sha256 = any(${sha256s}::text[]) and deleted_at is null`.execute(db)
  return new Map(rows.map(({ sha256, byte_length }) => [sha256, Number(byte_length)]))
}
