/**
 * Files that arrived → lines of their batch, documents, and events, in one transaction for many.
 *
 * The originals lie kept already: a server that dies before the commit leaves bytes that no row names, which harm nobody and are taken
 * up when the file is sent again; one that dies after it leaves complete rows. A file that was sent to the same batch before is the same
 * line, and is answered as it was then: so two senders of one batch, or one that begins again, read the same receipt.
 */
import { sql, type Transaction } from 'kysely'
import type { Failure } from '../../document/model.js'
import type { BatchOutcome, Db, Tables } from './schema.js'

export type Arrival =
  | { readonly kind: 'kept'; readonly fileName: string; readonly sha256: string; readonly byteLength: number }
  | {
      readonly kind: 'refused'
      readonly fileName: string
      /** null: nobody counted them to the end. */
      readonly byteLength: number | null
      readonly failure: Failure
    }

export interface ReceivedFile {
  readonly fileName: string
  readonly sha256: string | null
  readonly byteLength: number | null
  readonly outcome: BatchOutcome
  /** Only with 'refused'. */
  readonly reason: { readonly code: string; readonly message: string } | null
  /** As the document was first received; only with 'same_bytes'. */
  readonly sameBytesAs: { readonly fileName: string; readonly receivedAt: Date } | null
}

export interface Recorded {
  /** One for each arrival, in their order. */
  readonly files: readonly ReceivedFile[]
  /** sha256 of the documents that have come in, or come back, by these arrivals and wait to be read. */
  readonly unread: readonly string[]
}

/** The batch takes no files. */
export class BatchShut extends Error {
  override readonly name = 'BatchShut'

  constructor(readonly code: 'batch_not_found' | 'batch_closed') {
    super(code === 'batch_closed' ? '批次已关闭，不再接收文件。' : '没有这个批次。')
  }
}

type Kept = Arrival & { readonly kind: 'kept' }
type Store = Transaction<Tables>

interface KnownDocument {
  readonly id: number
  readonly sha256: string
  readonly fileName: string
  readonly receivedAt: Date
  readonly isUnread: boolean
}

interface Line {
  readonly fileName: string
  readonly byteLength: number | null
  readonly documentId: number | null
  readonly outcome: BatchOutcome
  readonly reason: { readonly code: string; readonly message: string } | null
}

export function recordArrivals(
  db: Db,
  batchId: string,
  actor: string,
  arrivals: readonly Arrival[],
): Promise<Recorded> {
  return db.transaction().execute(async (store) => {
    await holdOpen(store, batchId)
    const kept = arrivals.filter((arrival) => arrival.kind === 'kept')
    const { documents, fresh } = await bringIn(store, actor, kept)

    const taken = new Set<string>()
    const asked = arrivals.map((arrival): Line => {
      const { fileName, byteLength } = arrival
      if (arrival.kind === 'refused') {
        const { code, message } = arrival.failure
        return { fileName, byteLength, documentId: null, outcome: 'refused', reason: { code, message } }
      }
      const isFirst = fresh.has(arrival.sha256) && !taken.has(arrival.sha256)
      taken.add(arrival.sha256)
      const documentId = documents.get(arrival.sha256)?.id ?? null
      return { fileName, byteLength, documentId, outcome: isFirst ? 'new' : 'same_bytes', reason: null }
    })
    const lines = await addLines(store, batchId, actor, asked)

    const files = arrivals.map((arrival, index): ReceivedFile => {
      const line = lines[index] ?? fellOut()
      const sha256 = arrival.kind === 'kept' ? arrival.sha256 : null
      const { fileName, byteLength, outcome, reason } = line
      const first = sha256 === null ? undefined : documents.get(sha256)
      const sameBytesAs =
        outcome === 'same_bytes' && first !== undefined
          ? { fileName: first.fileName, receivedAt: first.receivedAt }
          : null
      return { fileName, sha256, byteLength, outcome, reason, sameBytesAs }
    })
    const unread = [...fresh].filter((sha256) => documents.get(sha256)?.isUnread === true)
    return { files, unread }
  })
}

/** Until the transaction ends, the batch is not closed: its receipt would not list what is just coming in. */
async function holdOpen(store: Store, batchId: string): Promise<void> {
  const batch = await store
    .selectFrom('batches')
    .select('closed_at')
    .where('id', '=', batchId)
    .forShare()
    .executeTakeFirst()
  if (batch === undefined) throw new BatchShut('batch_not_found')
  if (batch.closed_at !== null) throw new BatchShut('batch_closed')
}

interface BroughtIn {
  readonly documents: ReadonlyMap<string, KnownDocument>
  /** Of those, what was not there before or had been deleted. */
  readonly fresh: ReadonlySet<string>
}

/** In the order of their sha256, so that two senders of the same files wait for each other instead of blocking each other. */
async function bringIn(store: Store, actor: string, kept: readonly Kept[]): Promise<BroughtIn> {
  if (kept.length === 0) return { documents: new Map(), fresh: new Set() }
  const first = new Map(kept.toReversed().map((arrival) => [arrival.sha256, arrival]))
  const sha256s = [...first.keys()].sort()
  const lengths = sha256s.map((sha256) => first.get(sha256)?.byteLength)
  const names = sha256s.map((sha256) => first.get(sha256)?.fileName)

  const inserted = await sql<{ sha256: string }>`
    insert into documents (sha256, byte_length, file_name)
    select sha256, byte_length, file_name
    from unnest(${sha256s}::text[], ${lengths}::bigint[], ${names}::text[]) as arriving (sha256, byte_length, file_name)
    order by sha256
    on conflict (sha256) do nothing
    returning sha256`.execute(store)
  // Sent again, a deleted document is wanted again, and may be tried again.
  const revived = await sql<{ sha256: string }>`
    with revived as (
      update documents set deleted_at = null, deleted_reason = null, tries = 0, given_up = null
      where id in (
        select id from documents
        where sha256 = any(${sha256s}::text[]) and deleted_at is not null
        order by sha256 for update)
      returning id, sha256
    ), told as (
      insert into events (actor, kind, document_id, detail)
      select ${actor}::text, 'received', id, '{"restored": true}' from revived
    )
    select sha256 from revived`.execute(store)

  const known = await store
    .selectFrom('documents')
    .select(['id', 'sha256', 'file_name', 'received_at', 'extraction_id'])
    .where('sha256', '=', sql<string>`any(${sha256s}::text[])`)
    .execute()
  const documents = known.map(({ id, sha256, file_name, received_at, extraction_id }): [string, KnownDocument] => [
    sha256,
    { id, sha256, fileName: file_name, receivedAt: received_at, isUnread: extraction_id === null },
  ])
  return {
    documents: new Map(documents),
    fresh: new Set([...inserted.rows, ...revived.rows].map(({ sha256 }) => sha256)),
  }
}

/** → the lines as they stand in the batch, one for each asked: the new one, or the one that was there. */
async function addLines(store: Store, batchId: string, actor: string, asked: readonly Line[]): Promise<Line[]> {
  const names = asked.map(({ fileName }) => fileName)
  const documents = asked.map(({ documentId }) => documentId)
  const inserted = await sql<{ id: number }>`
    insert into batch_files (batch_id, file_name, byte_length, document_id, outcome, reason_code, reason)
    select ${batchId}::uuid, file_name, byte_length, document_id, outcome, reason_code, reason
    from unnest(
      ${names}::text[],
      ${asked.map(({ byteLength }) => byteLength)}::bigint[],
      ${documents}::integer[],
      ${asked.map(({ outcome }) => outcome)}::text[],
      ${asked.map(({ reason }) => reason?.code ?? null)}::text[],
      ${asked.map(({ reason }) => reason?.message ?? null)}::text[]
    ) with ordinality as line (file_name, byte_length, document_id, outcome, reason_code, reason, place)
    order by place
    on conflict do nothing
    returning id`.execute(store)
  const ids = inserted.rows.map(({ id }) => id)
  await sql`
    insert into events (actor, kind, document_id, batch_id, detail)
    select ${actor}::text, 'received', document_id, batch_id,
      jsonb_strip_nulls(jsonb_build_object('fileName', file_name, 'outcome', outcome, 'reason', reason_code))
    from batch_files where id = any(${ids}::integer[])
    order by id`.execute(store)

  const standing = await sql<{
    file_name: string
    byte_length: string | number | null
    document_id: number | null
    outcome: BatchOutcome
    reason_code: string | null
    reason: string | null
  }>`
    select file_name, byte_length, document_id, outcome, reason_code, reason
    from batch_files
    where batch_id = ${batchId}::uuid and (file_name, coalesce(document_id, 0)) in (
      select file_name, coalesce(document_id, 0)
      from unnest(${names}::text[], ${documents}::integer[]) as line (file_name, document_id))`.execute(store)
  const byKey = new Map(
    standing.rows.map((row): [string, Line] => [
      keyOf(row.file_name, row.document_id),
      {
        fileName: row.file_name,
        byteLength: row.byte_length === null ? null : Number(row.byte_length),
        documentId: row.document_id,
        outcome: row.outcome,
        reason: row.reason_code === null ? null : { code: row.reason_code, message: row.reason ?? '' },
      },
    ]),
  )
  return asked.map(({ fileName, documentId }) => byKey.get(keyOf(fileName, documentId)) ?? fellOut())
}

function keyOf(fileName: string, documentId: number | null): string {
  return `${documentId ?? 0} ${fileName}`
}

function fellOut(): never {
  throw new Error('a line that was just written is not there')
}
