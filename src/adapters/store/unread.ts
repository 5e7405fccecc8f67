/** What a worker and the queue ask about documents that have no record yet. */
import type { Db } from './schema.js'

export interface DocumentToRead {
  readonly sha256: string
  readonly fileName: string
  readonly byteLength: number
  /** How many workers it ended before, or may have: see beginTry. */
  readonly tries: number
}

/** null: there is no such document. */
export async function documentToRead(db: Db, sha256: string): Promise<DocumentToRead | null> {
  const found = await db
    .selectFrom('documents')
    .where('sha256', '=', sha256)
    .select(['file_name', 'byte_length', 'tries'])
    .executeTakeFirst()
  if (found === undefined) return null
  return { sha256, fileName: found.file_name, byteLength: Number(found.byte_length), tries: found.tries }
}

/** How many unreadDocuments gives in all. */
export async function countUnread(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('documents')
    .where('extraction_id', 'is', null)
    .where('deleted_at', 'is', null)
    .where('given_up', 'is', null)
    .select((query) => query.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
