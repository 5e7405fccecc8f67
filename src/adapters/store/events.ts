/** What happened, and who did it: a log that only grows. An event is written in the transaction of what it tells of. */
import type { Db, EventKind } from './schema.js'

export interface NewEvent {
  /** user:NAME, key:NAME, or system. */
  readonly actor: string
  readonly kind: EventKind
  readonly documentId?: number
  /** The document, for who does not know its number. */
  readonly sha256?: string
  readonly batchId?: string
  /** No text of a report, no secret. */
  readonly detail: Readonly<Record<string, unknown>>
}

export async function note(db: Db, { actor, kind, documentId, sha256, batchId, detail }: NewEvent): Promise<void> {
  await db
    .insertInto('events')
    .values((expression) => ({
      actor,
      kind,
      detail: JSON.stringify(detail),
      batch_id: batchId ?? null,
      document_id:
        sha256 === undefined
          ? (documentId ?? null)
          : expression.selectFrom('documents').select('id').where('sha256', '=', sha256),
    }))
    .execute()
}

export interface PastEvent {
  readonly at: Date
  readonly actor: string
  readonly kind: EventKind
  readonly batchId: string | null
  readonly detail: Readonly<Record<string, unknown>>
}

/** Of a document, the oldest first. */
export async function eventsOf(db: Db, sha256: string): Promise<PastEvent[]> {
  return await db
    .selectFrom('events')
    .innerJoin('documents', 'documents.id', 'events.document_id')
    .where('documents.sha256', '=', sha256)
    .orderBy('events.id')
    .select(['events.at', 'events.actor', 'events.kind', 'events.batch_id as batchId', 'events.detail'])
    .execute()
}

export interface NumberedEvent extends Omit<PastEvent, 'batchId'> {
  readonly id: number
}

/** Of a document, the latest first; null: from the last on. */
export async function eventsBefore(
  db: Db,
  documentId: number,
  before: number | null,
  limit: number,
): Promise<NumberedEvent[]> {
  const rows = await db
    .selectFrom('events')
    .where('document_id', '=', documentId)
    .where((eb) => (before === null ? eb.lit(true) : eb('id', '<', before)))
    .orderBy('id', 'desc')
    .limit(limit)
    .select(['id', 'at', 'actor', 'kind', 'detail'])
    .execute()
  return rows.map(({ id, ...event }) => ({ id: Number(id), ...event }))
}
