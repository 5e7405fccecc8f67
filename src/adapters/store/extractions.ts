/**
 * Records → the store, and what of a document is read, is being read, cannot be read.
 *
 * Of each document one extraction at most is in force, the one kept last; facts, flags and discrepancies are its own. What was kept is never changed. All
 * of this may be done twice, and by several at once.
 *
 * A try that neither ends in a record nor says why ended its worker: after MOST_TRIES of these the document is given up, with a reason,
 * until a person asks for it again.
 */
import { type SqlBool, sql } from 'kysely'
import type { Discrepancy, ReportRecord } from '../../record.js'
import { standingAsRead } from '../../review/standing.js'
import { keepReread, type ReadAgain, readAssigned } from './assigned-grids.js'
import { note } from './events.js'
import type { Db } from './schema.js'
import { layDecisionsOver, standingJson } from './standing.js'
import { MOST_OF_A_NAME, storable, storableJson } from './storable.js'

export const MOST_TRIES = 4

/** Why a document is given up: it ended its worker each time. */
export const WORKER_LOST = 'worker_lost'

/**
 * Stores what a version of gouji made of a document, puts it in force and ends the try. 'known': this version has read it before, and only
 * the try ends. A reading that the machine cut short (timeout, out_of_memory) gives way to a later one by the same version.
 *
 * `line` is the record as one line of JSON, which is what will be served. `readAgain` is asked for where people have assigned grids of it. Throws when there is no such document.
 */
export async function keepExtraction(
  db: Db,
  sha256: string,
  record: ReportRecord,
  line: string,
  milliseconds: number,
  readAgain: ReadAgain = async () => null,
): Promise<'kept' | 'known'> {
  const kept = await keep(db, sha256, record, line, milliseconds, false)
  if (kept !== 'decided') return kept
  const rereads = await readAssigned(db, sha256, readAgain)
  return await db.transaction().execute(async (transaction) => {
    const laid = await keep(transaction, sha256, record, line, milliseconds, true)
    if (laid === 'kept') {
      await keepReread(transaction, rereads)
      await layDecisionsOver(transaction, sha256, record)
    }
    return laid === 'known' ? 'known' : 'kept'
  })
}

/** decided: people have decided something about it, and nothing is kept yet; `isLaid`: who calls lays that over the record himself. */
async function keep(
  db: Db,
  sha256: string,
  record: ReportRecord,
  line: string,
  milliseconds: number,
  isLaid: boolean,
): Promise<'kept' | 'known' | 'decided'> {
  const { extractor, status, failure, document, report, facts, flags, discrepancies } = record
  const derived = facts.map((fact) => fact.derived)
  const { rows } = await sql<{ kept: 'kept' | 'known' | 'decided' }>`
    select keep_extraction(
      ${sha256}, ${extractor.version}, ${status}, ${failure?.code ?? null}, ${document.mediaType}, ${document.pageCount},
      ${storable(report.title)}, ${storable(report.organ?.slice(0, MOST_OF_A_NAME))}, ${report.year}, ${report.vintage}, ${line}, ${Math.round(milliseconds)},
      ${facts.map(({ key }) => key)}, ${facts.map(({ value }) => value)}, ${facts.map(({ raw }) => storable(raw))},
      ${facts.map(({ state }) => state)}, ${facts.map(({ unit }) => unit)},
      ${facts.map(({ location }) => location && JSON.stringify(location))}, ${derived.some((value) => value !== null) ? derived : null},
      ${facts.map(({ grade }) => grade)}, ${storableJson(flags)}, ${storableJson(discrepancies.map(rowOf))},
      ${isLaid ? null : standingJson(standingAsRead(record), false)}, ${isLaid}
    ) as kept`.execute(db)
  return rows[0]?.kept ?? 'known'
}

function rowOf({ verdict, checks, suspects, proposal, message }: Discrepancy) {
  const rules = checks.map(({ rule }) => rule)
  const subjects = checks.map(({ subject }) => subject)
  return { verdict, rules, subjects, suspects, proposal, message }
}

export interface UnreadDocument {
  readonly id: number
  readonly sha256: string
}

/**
 * What was received and has neither a record nor a reason, and what a person wants read once more, in the order of arrival: what a lost
 * queue has to be given again. Documents that an earlier version has read are not among them until somebody asks for them.
 */
export async function unreadDocuments(db: Db, limit: number, afterId = 0): Promise<UnreadDocument[]> {
  return await unread(db).select(['id', 'sha256']).where('id', '>', afterId).orderBy('id').limit(limit).execute()
}

/** How many unreadDocuments gives in all. */
export async function countUnread(db: Db): Promise<number> {
  const { count } = await unread(db)
    .select((query) => query.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

const unread = (db: Db) =>
  db
    .selectFrom('documents')
    .where((has) => has.or([has('extraction_id', 'is', null), has('asked_again', '=', true)]))
    .where('deleted_at', 'is', null)
    .where('given_up', 'is', null)

/** go: read it. done: this version has read it. gone: deleted, or never there. given_up: it is, perhaps by this very call. */
export type TryAnswer = 'go' | 'done' | 'gone' | 'given_up'

/** Before a document is read by this version. Counts the try, which keepExtraction, endTry or giveUp ends. */
export async function beginTry(db: Db, sha256: string, version: string): Promise<TryAnswer> {
  const { rows } = await sql<{ given_up: string | null }>`
    with tried as (
      update documents set
        tries = case when tries < ${MOST_TRIES} then tries + 1 else tries end,
        given_up = case when tries < ${MOST_TRIES} then null else ${WORKER_LOST} end
      where sha256 = ${sha256} and deleted_at is null and given_up is null and not ${isReadBy(version)}
      returning id, tries, given_up
    ), noted as (
      insert into events (actor, kind, document_id, detail)
      select 'system', 'given_up', id, jsonb_build_object('reason', given_up, 'tries', tries) from tried where given_up is not null
    )
    select given_up from tried`.execute(db)
  const tried = rows[0]
  if (tried !== undefined) return tried.given_up === null ? 'go' : 'given_up'
  const document = await db
    .selectFrom('documents')
    .select(['deleted_at', isReadBy(version).as('read')])
    .where('sha256', '=', sha256)
    .executeTakeFirst()
  if (document === undefined || document.deleted_at !== null) return 'gone'
  if (!document.read) return 'given_up'
  await db
    .updateTable('documents')
    .set({ asked_again: false })
    .where('sha256', '=', sha256)
    .where('asked_again', '=', true)
    .execute()
  return 'done'
}

const isReadBy = (version: string) => sql<SqlBool>`exists (
  select from extractions where document_id = documents.id and extractor_version = ${version}
    and (failure_code is null or failure_code not in ('timeout', 'out_of_memory')))`

/** Takes a try back that ended for a reason which is not the document's. */
export async function endTry(db: Db, sha256: string): Promise<void> {
  await db
    .updateTable('documents')
    .set({ tries: sql`tries - 1` })
    .where('sha256', '=', sha256)
    .where('tries', '>', 0)
    .execute()
}

/** Without effect on one that has been given up before. */
export async function giveUp(db: Db, sha256: string, reason: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const document = await transaction
      .updateTable('documents')
      .set({ given_up: reason })
      .where('sha256', '=', sha256)
      .where('given_up', 'is', null)
      .returning(['id', 'tries'])
      .executeTakeFirst()
    if (document === undefined) return
    const detail = { reason, tries: document.tries }
    await note(transaction, { actor: 'system', kind: 'given_up', documentId: document.id, detail })
  })
}

/** A person wants it read once more. What is in force stays so meanwhile. */
export async function askAgain(db: Db, sha256: string, actor: string): Promise<'asked' | 'gone'> {
  return await db.transaction().execute(async (transaction) => {
    const document = await transaction
      .updateTable('documents')
      .set({ tries: 0, given_up: null, asked_again: true })
      .where('sha256', '=', sha256)
      .where('deleted_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (document === undefined) return 'gone'
    await note(transaction, { actor, kind: 'reextraction_requested', documentId: document.id, detail: {} })
    return 'asked'
  })
}

export interface CurrentRecord {
  /** One line of JSON, byte for byte as the core gave it. */
  readonly line: string
  readonly status: ReportRecord['status']
  readonly version: string
  readonly extractedAt: Date
}

/** null: none is in force, or there is no such document. Deleted documents keep theirs. */
export async function currentRecord(db: Db, sha256: string): Promise<CurrentRecord | null> {
  const found = await db
    .selectFrom('documents')
    .innerJoin('extractions', 'extractions.id', 'documents.extraction_id')
    .where('documents.sha256', '=', sha256)
    .select(['record as line', 'status', 'extractor_version as version', 'extracted_at as extractedAt'])
    .executeTakeFirst()
  return found ?? null
}
