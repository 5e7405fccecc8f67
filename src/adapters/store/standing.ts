/**
 * Record and decisions → what the store keeps of them for others to ask for: the report's row of the queue, the decided facts, and what
 * people say of its organ, year and form.
 *
 * All of it is made anew with each change, in the transaction of that change, so that it is never behind. Nothing is ever written into the
 * record, the facts or the extraction.
 */
import { type SqlBool, sql } from 'kysely'
import type { ReportRecord } from '../../record.js'
import { decidedCells } from '../../review/cells.js'
import type { Made } from '../../review/decisions.js'
import { type Overlay, overlay } from '../../review/overlay.js'
import { brokenSums, type Standing, standingAsRead, standingOf } from '../../review/standing.js'
import { openStored } from '../stored-record.js'
import { note } from './events.js'
import { advance, decisionsOf } from './reviews.js'
import type { Db, ReviewStatus } from './schema.js'
import { MOST_OF_A_NAME, storable, storableJson } from './storable.js'

/** For keep_standing. */
export function standingJson(standing: Standing | null, isSettled: boolean): string | null {
  if (standing === null) return null
  const { openItems, organ, messageInEnglish, ...rest } = standing
  return storableJson({
    ...rest,
    open_items: openItems,
    message_in_english: messageInEnglish ?? '',
    organ: organ?.slice(0, MOST_OF_A_NAME) ?? null,
    settled: isSettled,
  })
}

export interface Laid {
  readonly documentId: number
  readonly record: ReportRecord
  readonly decisions: readonly Made[]
  readonly status: ReviewStatus
  /** A person has changed its status before: it is in the queue while it is open, whatever is to be seen in it. */
  readonly wasSettled: boolean
}

/** Within a transaction that holds the document. */
export async function keepStanding(transaction: Db, laid: Laid): Promise<Overlay> {
  const { documentId, record, decisions, status, wasSettled } = laid
  const over = overlay(record, decisions)
  const isTouched = decisions.length > 0 || wasSettled
  const standing = isTouched ? standingOf(record, over, over.vintage) : standingAsRead(record)
  await sql`select keep_standing(${documentId}, ${standingJson(standing, status !== 'open')})`.execute(transaction)
  await keepDecidedFacts(transaction, documentId, record, over)
  const { organ, year, vintage } = record.report
  const said = {
    organ: over.organ === organ ? null : storable(over.organ),
    year: over.year === year ? null : over.year,
    vintage: over.vintage === vintage ? null : over.vintage,
  }
  await transaction.updateTable('reviews').set(said).where('document_id', '=', documentId).execute()
  return over
}

/** Cells that the record does not have stand behind those that it has. */
const BEHIND = 5_000

async function keepDecidedFacts(
  transaction: Db,
  documentId: number,
  asRead: ReportRecord,
  over: Overlay,
): Promise<void> {
  await transaction.deleteFrom('decided_facts').where('document_id', '=', documentId).execute()
  const read = new Set(asRead.facts.map(({ key }) => key))
  const units = new Map(over.record.facts.map(({ key, unit }) => [key, unit]))
  const rows = [...decidedCells(over)].map(([key, cell], at) => ({
    document_id: documentId,
    key,
    decision: cell.state,
    corrected: cell.state === 'as_published' ? null : cell.value,
    ordinal: read.has(key) ? null : BEHIND + at,
    unit: read.has(key) ? null : (units.get(key) ?? ''),
  }))
  if (rows.length > 0) await transaction.insertInto('decided_facts').values(rows).execute()
}

/**
 * A document was read once more, and people have decided about it. What they decided on other evidence has lapsed. A report that was
 * accepted is open again where something in it has lapsed or is not settled any more, or where a figure differs from what was accepted.
 */
export async function layDecisionsOver(transaction: Db, sha256: string, record: ReportRecord): Promise<void> {
  const { id: documentId } = await transaction
    .selectFrom('documents')
    .where('sha256', '=', sha256)
    .select('id')
    .executeTakeFirstOrThrow()
  const review = await transaction
    .selectFrom('reviews')
    .where('document_id', '=', documentId)
    .select(['status', 'changed_by'])
    .executeTakeFirst()
  const decisions = await decisionsOf(transaction, documentId)
  const status = review?.status ?? 'open'
  const wasSettled = typeof review?.changed_by === 'string'
  const over = await keepStanding(transaction, { documentId, record, decisions, status, wasSettled })
  if (status !== 'accepted') return
  const lapsed = over.lapsed.map(({ id }) => id)
  const earlier = await recordBefore(transaction, documentId)
  const figures = earlier === null ? [] : differingFigures(earlier, record, decisions)
  if (over.isAcceptable && lapsed.length === 0 && figures.length === 0) return
  await transaction
    .updateTable('reviews')
    .set({ status: 'open', changed_by: 'system', changed_at: sql`now()`, reason: null })
    .where('document_id', '=', documentId)
    .execute()
  await advance(transaction, documentId)
  await keepStanding(transaction, { documentId, record, decisions, status: 'open', wasSettled: true })
  const open = brokenSums(record, over).length + over.items.filter(({ state }) => state !== 'settled').length
  const detail = { from: 'accepted', to: 'open', why: 'evidence_changed', lapsed, open, figures }
  await note(transaction, { actor: 'system', kind: 'reopened', documentId, detail })
}

/** The extraction before the one that was kept last. */
async function recordBefore(transaction: Db, documentId: number): Promise<ReportRecord | null> {
  const found = await transaction
    .selectFrom('extractions')
    .where('document_id', '=', documentId)
    .orderBy('id', 'desc')
    .offset(1)
    .limit(1)
    .select('record')
    .executeTakeFirst()
  return found === undefined ? null : openStored(found.record)
}

/** Keys of the cells that stand otherwise now, corrections included. */
function differingFigures(before: ReportRecord, after: ReportRecord, decisions: readonly Made[]): string[] {
  const then = figuresOf(before, decisions)
  const now = figuresOf(after, decisions)
  return [...new Set([...then.keys(), ...now.keys()])].filter(
    (key) => (then.get(key) ?? null) !== (now.get(key) ?? null),
  )
}

function figuresOf(record: ReportRecord, decisions: readonly Made[]): Map<string, number | null> {
  const { corrections, record: laid } = overlay(record, decisions)
  return new Map([
    ...laid.facts.map(({ key, value }) => [key, value] as const),
    ...[...corrections].map(([key, { decision }]) => [key, decision.value] as const),
  ])
}

/** Reports in a page: each is opened and kept by itself. */
const STANDINGS_A_PAGE = 50

/**
 * Gives reports that were read before there was a queue their row in it, and rows of before there was English theirs, some behind the given
 * document. → the last of them; null: there is none behind it that lacks anything. May be done by several at once.
 */
export async function fillQueue(db: Db, after: number, limit = STANDINGS_A_PAGE): Promise<number | null> {
  const lacking = await lackingStanding(db)
    .where('d.id', '>', after)
    .orderBy('d.id')
    .limit(limit)
    .select('d.id')
    .execute()
  for (const { id } of lacking) await db.transaction().execute((transaction) => standAgain(transaction, id))
  return lacking.at(-1)?.id ?? null
}

/** Of what could not be read, the row of one that somebody has worked on. */
function lackingStanding(db: Db) {
  return db
    .selectFrom('documents as d')
    .innerJoin('extractions as e', 'e.id', 'd.extraction_id')
    .leftJoin('review_queue as q', 'q.document_id', 'd.id')
    .where(
      sql<SqlBool>`case when q.document_id is null then e.status <> 'failed' else q.message_in_english is null and q.message <> '' end`,
    )
}

async function standAgain(transaction: Db, documentId: number): Promise<void> {
  await sql`select from documents where id = ${documentId} for update`.execute(transaction)
  const found = await lackingStanding(transaction)
    .leftJoin('reviews as r', 'r.document_id', 'd.id')
    .where('d.id', '=', documentId)
    .select(['e.record', 'r.status', 'r.changed_by'])
    .executeTakeFirst()
  if (found === undefined) return
  const { record, status, changed_by } = found
  await keepStanding(transaction, {
    documentId,
    record: openStored(record),
    decisions: await decisionsOf(transaction, documentId),
    status: status ?? 'open',
    wasSettled: changed_by !== null,
  })
}
