/**
 * The end of a review: accepted, rejected, or open again. Accepting changes no record; it says that a person has settled what had to be.
 *
 * Doing the same twice on the same version is once, so that who lost the answer may ask again.
 */
import { sql } from 'kysely'
import { isPressing } from '../../review/items.js'
import { overlay } from '../../review/overlay.js'
import { brokenSums } from '../../review/standing.js'
import { claim, endClaim } from './claims.js'
import { note } from './events.js'
import { advance, lockReview, type Refused, type Review, whyNot } from './reviews.js'
import type { Db, EventKind, ReviewStatus } from './schema.js'
import { keepStanding } from './standing.js'
import { storable, storableJson } from './storable.js'

export interface OpenItem {
  /** Of an item, or of a check that the corrections made fail. */
  readonly id: string
  readonly message: string
}

export type ClosingAnswer =
  | { readonly kind: 'done'; readonly state: Pick<Review, 'status' | 'version' | 'changedBy' | 'changedAt'> }
  | { readonly kind: 'open_items'; readonly items: readonly OpenItem[] }
  | Refused

export interface ToClose {
  readonly to: ReviewStatus
  readonly version: number
  readonly reason: string | null
}

const EVENTS: Readonly<Record<ReviewStatus, EventKind>> = {
  accepted: 'accepted',
  rejected: 'rejected',
  open: 'reopened',
}

export function close(db: Db, sha256: string, actor: string, { to, version, reason }: ToClose): Promise<ClosingAnswer> {
  return db.transaction().execute(async (transaction): Promise<ClosingAnswer> => {
    const review = await lockReview(transaction, sha256)
    if (review === null) return { kind: 'gone' }
    const { documentId, record, status, decisions } = review
    const isDone = status === to && review.changedBy === actor && review.version === version + 1
    if (isDone) return { kind: 'done', state: review }
    const refused = await whyNot(transaction, review, actor, version)
    if (refused !== null) return refused
    if (to === 'open' ? status === 'open' : status !== 'open') return { kind: 'not_open', status }
    const items = to === 'accepted' ? openItems(review) : []
    if (items.length > 0) return { kind: 'open_items', items }

    const next = await advance(transaction, documentId)
    const { changed_at } = await transaction
      .updateTable('reviews')
      .set({ status: to, changed_by: actor, changed_at: sql`now()`, reason: storable(reason) })
      .where('document_id', '=', documentId)
      .returning('changed_at')
      .executeTakeFirstOrThrow()
    await keepStanding(transaction, { documentId, record, decisions, status: to, wasSettled: true })
    const detail = JSON.parse(storableJson({ from: status, to, reason, ...(to === 'accepted' ? tally(review) : {}) }))
    await note(transaction, { actor, kind: EVENTS[to], documentId, detail })
    if (to === 'open') await claim(transaction, documentId, actor)
    else await endClaim(transaction, documentId)
    return { kind: 'done', state: { status: to, version: next, changedBy: actor, changedAt: changed_at } }
  })
}

function openItems({ record, decisions }: Review): OpenItem[] {
  const laid = overlay(record, decisions)
  if (laid.isAcceptable) return []
  return [
    ...laid.items
      .filter(({ item, state }) => state !== 'settled' && isPressing(item))
      .map(({ item: { id, message } }) => ({ id, message })),
    ...brokenSums(record, laid).map(({ rule, subject, message }) => ({ id: `${rule}/${subject}`, message })),
  ]
}

/** What accepting rests on, for those who count. */
function tally({ record, decisions }: Review) {
  const { corrections, assigned, items } = overlay(record, decisions)
  const isAudit = record.status === 'accepted' && items.length === 0
  const published = items.filter(({ made }) => made?.decision.kind === 'as_published').length
  return { corrected: corrections.size, assigned: assigned.size, asPublished: published, isAudit }
}
