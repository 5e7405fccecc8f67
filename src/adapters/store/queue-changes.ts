/**
 * What has happened since to the reports that may be in the queue: asked by number, so that it costs next to nothing where nothing has.
 *
 * Told are the documents that somebody did something to, and those that were read. Where a report moves because of another one (a neighbour,
 * an organ's name), it is told the next time it is touched, or when the list is asked for anew.
 */
import { sql } from 'kysely'
import type { Db } from './schema.js'

/** Numbers that have been given out. What is numbered lower may still be on its way. */
export interface QueueMark {
  readonly event: string
  readonly extraction: number
}

export interface TouchedDocument {
  readonly documentId: number
  readonly sha256: string
}

export interface LiveClaim {
  readonly sha256: string
  readonly actor: string
  readonly expiresAt: Date
}

export async function queueMark(db: Db): Promise<QueueMark> {
  const { rows } = await sql<QueueMark>`
    select (select coalesce(max(id), 0) from events)::text as event,
      (select coalesce(max(id), 0) from extractions)::integer as extraction`.execute(db)
  return rows[0] ?? { event: '0', extraction: 0 }
}

/** Up to `most`. */
export async function touchedSince(
  db: Db,
  { event, extraction }: QueueMark,
  most: number,
): Promise<readonly TouchedDocument[]> {
  const { rows } = await sql<TouchedDocument>`
    with touched as (
      (select distinct document_id from events where id > ${event}::bigint and document_id is not null limit ${most})
      union
      (select distinct document_id from extractions where id > ${extraction} limit ${most})
    )
    select d.id as "documentId", d.sha256 from touched join documents d on d.id = touched.document_id
    order by d.id limit ${most}`.execute(db)
  return rows
}

export async function claimsNow(db: Db): Promise<readonly LiveClaim[]> {
  const { rows } = await sql<LiveClaim>`
    select d.sha256, c.actor, c.expires_at as "expiresAt"
    from claims c join documents d on d.id = c.document_id
    where c.expires_at > now() and d.deleted_at is null
    order by c.document_id`.execute(db)
  return rows
}
