/** Records → documents of a store that were received and read, as if they had come in by an upload. */
import { createHash } from 'node:crypto'
import { keepExtraction } from '../../src/adapters/store/extractions.js'
import type { Db } from '../../src/adapters/store/schema.js'
import type { ReportRecord } from '../../src/record.js'

/** As the core prints it. */
export function lineOf(record: ReportRecord): string {
  return `${JSON.stringify(record)}\n`
}

/** The same report in other bytes. */
export function copyOf(record: ReportRecord, name: string): ReportRecord {
  const sha256 = createHash('sha256').update(name).digest('hex')
  return { ...record, document: { ...record.document, sha256, fileName: name } }
}

/** → its id. */
export async function receive(db: Db, { sha256, byteLength, fileName }: ReportRecord['document']): Promise<number> {
  const { id } = await db
    .insertInto('documents')
    .values({ sha256, byte_length: byteLength, file_name: fileName })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Received and read. */
export async function keep(db: Db, record: ReportRecord): Promise<void> {
  await receive(db, record.document)
  await keepExtraction(db, record.document.sha256, record, lineOf(record), 100)
}
