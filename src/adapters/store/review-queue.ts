/**
 * The queue of reports that a person is to look at, the most useful first; within a class those of one organ together, then as they came.
 *
 * In it is what is not settled and either has something to be seen or was drawn for audit. Pages follow each other by that order: what is
 * settled meanwhile hides nothing.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Discrepancy } from '../../record.js'
import type { QueueClaim, QueueClass } from '../../review/api.js'
import type { StandingProposal } from '../../review/standing.js'
import { claim } from './claims.js'
import { note } from './events.js'
import { withinRegion } from './organs.js'
import { IS_QUEUED } from './review-state.js'
import type { Db } from './schema.js'

export interface QueueFilter {
  readonly class?: QueueClass | undefined
  readonly year?: number | undefined
  /** A region code; what lies in the region counts, too. */
  readonly region?: string | undefined
  readonly claim?: { readonly whose: QueueClaim; readonly actor: string } | undefined
  /** Part of the organ's name or the file's. */
  readonly q?: string | undefined
}

/** Where a report stands in the order. */
export interface QueuePlace {
  readonly rank: number
  /** null comes last. */
  readonly organ: string | null
  readonly documentId: number
}

export interface QueueRow extends QueuePlace {
  readonly sha256: string
  readonly fileName: string
  readonly year: number | null
  readonly vintage: string | null
  /** Of its organ. */
  readonly region: string | null
  readonly openItems: number
  readonly message: string
  readonly messageInEnglish: string | null
  readonly verdict: Discrepancy['verdict'] | null
  readonly proposal: StandingProposal | null
  readonly claimedBy: string | null
  readonly claimedUntil: Date | null
}

/** By rank. */
const CLASSES: readonly QueueClass[] = ['proposal', 'error', 'prose', 'note', 'audit']
const CANDIDATES = 8
const MOST_ROUNDS = 20

export const classOf = (rank: number): QueueClass => CLASSES[rank] ?? 'audit'

export function queueAfter(db: Db, filter: QueueFilter, after: QueuePlace | null, limit: number): Promise<QueueRow[]> {
  return selectRows(db, sql<SqlBool>`${matches(filter)} and ${isBehind(after)}`, limit)
}

/** Of these documents, those that are in the queue, as they stand in it. */
export function queueRowsOf(db: Db, documentIds: readonly number[]): Promise<QueueRow[]> {
  return selectRows(db, sql<SqlBool>`q.document_id = any(${documentIds}::integer[])`, documentIds.length)
}

async function selectRows(db: Db, wanted: RawBuilder<SqlBool>, limit: number): Promise<QueueRow[]> {
  const { rows } = await sql<QueueRow>`
    select q.rank, q.organ, q.document_id as "documentId", d.sha256, d.file_name as "fileName", q.year, q.vintage,
      o.region_code as region, q.open_items as "openItems", q.message, nullif(q.message_in_english, '') as "messageInEnglish",
      q.verdict, q.proposal, c.actor as "claimedBy", c.expires_at as "claimedUntil"
    from review_queue q
      join documents d on d.id = q.document_id
      left join reports r on r.document_id = q.document_id
      left join organs o on o.id = r.organ_id
      left join claims c on c.document_id = q.document_id and c.expires_at > now()
    where ${IS_IN_QUEUE} and ${wanted}
    order by q.rank, (q.organ is null), (coalesce(q.organ, '')) collate "C", q.document_id
    limit ${limit}`.execute(db)
  return rows
}

/** How many of each class, whatever class is asked for. */
export async function countQueue(db: Db, filter: QueueFilter = {}): Promise<Record<QueueClass, number>> {
  const { rows } = await sql<{ rank: number; count: number }>`
    select q.rank, count(*)::integer as count
    from review_queue q join documents d on d.id = q.document_id
    where ${IS_IN_QUEUE} and ${matches({ ...filter, class: undefined })}
    group by q.rank`.execute(db)
  const counts = { proposal: 0, error: 0, prose: 0, note: 0, audit: 0 }
  for (const { rank, count } of rows) counts[classOf(rank)] = count
  return counts
}

/** The next that nobody else has, now the actor's: behind the given one, and if there is none from the start. null: there is none. */
export async function claimNext(db: Db, actor: string, after: string | null): Promise<string | null> {
  const place = after === null ? null : await placeOf(db, after)
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const behind = await freeAfter(db, actor, place, after)
    const free = behind.length > 0 || place === null ? behind : await freeAfter(db, actor, null, after)
    if (free.length === 0) return null
    for (const { documentId, sha256 } of free) if ((await claim(db, documentId, actor)).isTaken) return sha256
  }
  return null
}

async function freeAfter(db: Db, actor: string, place: QueuePlace | null, but: string | null) {
  const { rows } = await sql<{ documentId: number; sha256: string }>`
    select q.document_id as "documentId", d.sha256
    from review_queue q join documents d on d.id = q.document_id
    where ${IS_IN_QUEUE} and ${isBehind(place)} and d.sha256 is distinct from ${but}::text
      and not exists (
        select from claims where document_id = q.document_id and expires_at > now() and actor <> ${actor})
    order by q.rank, (q.organ is null), (coalesce(q.organ, '')) collate "C", q.document_id
    limit ${CANDIDATES}`.execute(db)
  return rows
}

async function placeOf(db: Db, sha256: string): Promise<QueuePlace | null> {
  const found = await db
    .selectFrom('review_queue as q')
    .innerJoin('documents as d', 'd.id', 'q.document_id')
    .where('d.sha256', '=', sha256)
    .select(['q.rank', 'q.organ', 'q.document_id as documentId'])
    .executeTakeFirst()
  return found ?? null
}

export const IS_IN_QUEUE = sql<SqlBool>`d.deleted_at is null and ${IS_QUEUED}`

function matches({ class: wanted, year, region, claim: held, q }: QueueFilter) {
  const anywhere = q === undefined ? '' : `%${q.replace(/[\\%_]/g, '\\$&')}%`
  return sql<SqlBool>`true
    ${wanted === undefined ? sql`` : sql`and q.rank = ${CLASSES.indexOf(wanted)}`}
    ${year === undefined ? sql`` : sql`and q.year = ${year}`}
    ${region === undefined ? sql`` : sql`and ${liesIn(region)}`}
    ${held === undefined ? sql`` : sql`and ${isClaimed(held.whose, held.actor)}`}
    ${q === undefined ? sql`` : sql`and (q.organ ilike ${anywhere} or d.file_name ilike ${anywhere})`}`
}

function liesIn(region: string) {
  return sql<SqlBool>`exists (select from reports r join organs o on o.id = r.organ_id
    where r.document_id = q.document_id and starts_with(o.region_code, ${withinRegion(region)}))`
}

function isClaimed(whose: QueueClaim, actor: string) {
  const held = sql`select from claims where document_id = q.document_id and expires_at > now()`
  if (whose === 'free') return sql<SqlBool>`not exists (${held})`
  return sql<SqlBool>`exists (${held} and ${whose === 'mine' ? sql`actor = ${actor}` : sql`actor <> ${actor}`})`
}

function isBehind(place: QueuePlace | null) {
  if (place === null) return sql<SqlBool>`true`
  const { rank, organ, documentId } = place
  return sql<SqlBool>`(q.rank, (q.organ is null), (coalesce(q.organ, '')) collate "C", q.document_id)
    > (${rank}::smallint, ${organ === null}::boolean, ${organ ?? ''}::text collate "C", ${documentId}::integer)`
}

/** Accepted or rejected by a person since then. */
export async function countSettledSince(db: Db, since: Date): Promise<number> {
  const { count } = await db
    .selectFrom('reviews')
    .where('status', '<>', 'open')
    .where('changed_at', '>=', since)
    .select((query) => query.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Per cent of the accepted reports in which there is nothing to see. */
export async function auditShare(db: Db): Promise<number> {
  const { audit_share } = await db.selectFrom('review_settings').select('audit_share').executeTakeFirstOrThrow()
  return audit_share
}

/** Takes effect at once: which reports are drawn is told by their bytes, so that a larger share holds the smaller one. */
export async function setAuditShare(db: Db, share: number, actor: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const from = await auditShare(transaction)
    if (from === share) return
    await transaction.updateTable('review_settings').set({ audit_share: share }).execute()
    await note(transaction, { actor, kind: 'audit_share_changed', detail: { from, to: share } })
  })
}
