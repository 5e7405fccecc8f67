/**
 * The state of a document's review as one who changes it needs it: the record in force, what was decided about it, its version, and whose
 * turn it is.
 *
 * Whoever changes a review locks its document first (lockReview), as who keeps an extraction does: so each change is made on the
 * record and the decisions that it was checked against.
 */
import { sql } from 'kysely'
import type { ReportRecord } from '../../record.js'
import type { Made } from '../../review/decisions.js'
import type { PlainCode } from '../http/problem-codes.js'
import { openStored } from '../stored-record.js'
import { type HeldClaim, liveClaims } from './claims.js'
import type { Db, ReviewStatus } from './schema.js'

export interface Review {
  readonly documentId: number
  readonly sha256: string
  readonly fileName: string
  readonly receivedAt: Date
  readonly record: ReportRecord
  readonly status: ReviewStatus
  readonly version: number
  /** Who changed the status last. */
  readonly changedBy: string | null
  readonly changedAt: Date | null
  /** In force, the oldest first. */
  readonly decisions: readonly KeptDecision[]
  /** Of now. */
  readonly claim: HeldClaim | null
}

export interface KeptDecision extends Made {
  /** Of the review, once it was made. */
  readonly version: number
}

/** Why a change was not made. */
export type Refused =
  /** There is no such document, it was deleted, or nobody has read it. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'claimed'; readonly claim: HeldClaim }
  /** Since the version that was `seen`, something was decided, undone, or read otherwise. */
  | { readonly kind: 'changed'; readonly review: Review; readonly seen: number; readonly undone: readonly number[] }
  | { readonly kind: 'not_open'; readonly status: ReviewStatus }
  | { readonly kind: 'meaningless'; readonly code: PlainCode; readonly message: string }

export function findReview(db: Db, sha256: string): Promise<Review | null> {
  return reviewOf(db, sha256, false)
}

/** Within a transaction, to the end of it. */
export function lockReview(transaction: Db, sha256: string): Promise<Review | null> {
  return reviewOf(transaction, sha256, true)
}

async function reviewOf(db: Db, sha256: string, isToChange: boolean): Promise<Review | null> {
  // First, as what is joined to a row that others change is not read again after the wait for it.
  if (isToChange) await sql`select from documents where sha256 = ${sha256} for update`.execute(db)
  const found = await db
    .selectFrom('documents as d')
    .innerJoin('extractions as e', 'e.id', 'd.extraction_id')
    .leftJoin('reviews as r', 'r.document_id', 'd.id')
    .leftJoin(liveClaims, (join) => join.onRef('c.document_id', '=', 'd.id'))
    .where('d.sha256', '=', sha256)
    .where('d.deleted_at', 'is', null)
    .select([
      'd.id',
      'd.file_name',
      'd.received_at',
      'e.record',
      'r.status',
      'r.version',
      'r.changed_by',
      'r.changed_at',
    ])
    .select(['c.actor', 'c.expires_at'])
    .executeTakeFirst()
  if (found === undefined) return null
  const { id, actor, expires_at } = found
  return {
    documentId: id,
    sha256,
    fileName: found.file_name,
    receivedAt: found.received_at,
    record: openStored(found.record),
    status: found.status ?? 'open',
    version: found.version ?? 0,
    changedBy: found.changed_by,
    changedAt: found.changed_at,
    decisions: await decisionsOf(db, id),
    claim: actor === null || expires_at === null ? null : { actor, expiresAt: expires_at },
  }
}

/** In force, the oldest first. */
export async function decisionsOf(db: Db, documentId: number): Promise<KeptDecision[]> {
  const rows = await db
    .selectFrom('decisions as d')
    .leftJoin('undone_decisions as u', 'u.decision_id', 'd.id')
    .leftJoin('read_again as a', 'a.decision_id', 'd.id')
    .where('d.document_id', '=', documentId)
    .where('u.decision_id', 'is', null)
    .orderBy('d.id')
    .select(['d.id', 'd.decision', 'd.evidence', 'd.made_by', 'd.made_at', 'd.version', 'a.reads'])
    .execute()
  return rows.map(({ id, decision, evidence, made_by, made_at, version, reads }) => ({
    id,
    decision,
    evidence,
    by: made_by,
    at: made_at.toISOString(),
    version,
    ...(reads !== null && { reads }),
  }))
}

/** null: the change may be made. */
export async function whyNot(
  db: Db,
  review: Review,
  actor: string,
  version: number,
): Promise<Extract<Refused, { kind: 'claimed' | 'changed' }> | null> {
  const { claim, documentId } = review
  // Without a claim the version alone decides: whoever saw all there is may go on, as after a claim has run out over lunch.
  if (claim !== null && claim.actor !== actor) return { kind: 'claimed', claim }
  if (version === review.version) return null
  const undone = await db
    .selectFrom('undone_decisions as u')
    .innerJoin('decisions as d', 'd.id', 'u.decision_id')
    .where('d.document_id', '=', documentId)
    .where('u.version', '>', version)
    .orderBy('u.version')
    .select('d.id')
    .execute()
  return { kind: 'changed', review, seen: version, undone: undone.map(({ id }) => id) }
}

/** → the new version. */
export async function advance(transaction: Db, documentId: number): Promise<number> {
  const { version } = await transaction
    .insertInto('reviews')
    .values({ document_id: documentId, version: 1 })
    .onConflict((conflict) => conflict.column('document_id').doUpdateSet({ version: sql`reviews.version + 1` }))
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}
