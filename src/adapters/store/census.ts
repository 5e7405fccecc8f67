/**
 * How many documents are in which state.
 */
import { sql } from 'kysely'
import type { Db } from './schema.js'

/** By status of the extraction in force; given_up: no worker tries any more; unread: none has yet. Deleted ones are left out. */
export const DOCUMENT_STATES = ['accepted', 'needs_review', 'failed', 'given_up', 'unread'] as const
export type DocumentState = (typeof DOCUMENT_STATES)[number]

export async function countDocuments(db: Db): Promise<Readonly<Record<DocumentState, number>>> {
  const rows = await db
    .selectFrom('documents')
    .leftJoin('extractions', 'extractions.id', 'documents.extraction_id')
    .select([
      sql<DocumentState>`case when documents.given_up is not null then 'given_up'
        when extractions.status is not null then extractions.status else 'unread' end`.as('state'),
      (query) => query.fn.countAll<string>().as('count'),
    ])
    .where('documents.deleted_at', 'is', null)
    .groupBy('state')
    .execute()
  const counts = { accepted: 0, needs_review: 0, failed: 0, given_up: 0, unread: 0 }
  for (const { state, count } of rows) counts[state] = Number(count)
  return counts
}
