/** What a worker asks about the document that it is to read. */
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
