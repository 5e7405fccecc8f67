/**
 * Decisions, kept and undone. Each is made on a version of the review that its maker has seen, on the evidence of the record in force, and
 * by who has the report or, where nobody has it, by anybody; the same key twice is one decision.
 *
 * A decision must be about something: an item, a cell or a section that the record has. What must be settled is not settled by looking at
 * it. Whatever is written here is noted in the log of events: from what, to what, and why.
 */

import { labelOf } from '../../report/fact-labels.js'
import type { Decision } from '../../review/decisions.js'
import { messageInEnglish } from '../../review/in-english.js'
import { isPressing } from '../../review/items.js'
import { evidenceNow, overlay, subjectOf } from '../../review/overlay.js'
import { sectionAt } from '../../review/section-paths.js'
import { SCOPES_OF_ROLE } from '../http/access.js'
import type { PlainCode } from '../http/problem-codes.js'
import { handOver, renew } from './claims.js'
import { note } from './events.js'
import { advance, type KeptDecision, lockReview, type Refused, type Review, whyNot } from './reviews.js'
import type { Db } from './schema.js'
import { keepStanding } from './standing.js'
import { storable, storableJson } from './storable.js'

export type DecidedAnswer =
  | { readonly kind: 'decided'; readonly made: KeptDecision | null; readonly version: number }
  | Refused

interface ToDecide {
  readonly decision: Decision
  readonly version: number
  readonly key: string
}

/** Words about a report, which may be added to a settled one as well. */
const WORDS: ReadonlySet<Decision['kind']> = new Set<Decision['kind']>(['comment'])
/** What a history shows of an item. */
const MOST_OF_A_MESSAGE = 200

export function decide(
  db: Db,
  sha256: string,
  actor: string,
  { decision, version, key }: ToDecide,
): Promise<DecidedAnswer> {
  return db.transaction().execute(async (transaction): Promise<DecidedAnswer> => {
    const review = await lockReview(transaction, sha256)
    if (review === null) return { kind: 'gone' }
    const before = await madeWith(transaction, key)
    if (before !== null) {
      return before.documentId === review.documentId
        ? { kind: 'decided', made: before.made, version: review.version }
        : meaningless('key_taken', '这个 key 已用于另一份报告的决定。')
    }
    const refused = (await whyNot(transaction, review, actor, version)) ?? notOpen(review, decision)
    if (refused !== null) return refused
    const nonsense = whyMeaningless(review, decision) ?? (await whyNotHandedOver(transaction, decision))
    if (nonsense !== null) return nonsense

    const next = await advance(transaction, review.documentId)
    const made = await insert(transaction, review, actor, { decision, version: next, key })
    const { documentId, record, status, changedBy } = review
    const decisions = [...review.decisions, made]
    await keepStanding(transaction, { documentId, record, decisions, status, wasSettled: changedBy !== null })
    const kind = decision.kind === 'hand_over' ? 'handed_over' : 'decided'
    const detail = stored({ decision: made.id, ...changeOf(review, decision) })
    await note(transaction, { actor, kind, documentId, detail })
    if (decision.kind === 'hand_over') await handOver(transaction, documentId, decision.to && `user:${decision.to}`)
    else await renew(transaction, documentId, actor)
    return { kind: 'decided', made, version: next }
  })
}

export function undo(db: Db, sha256: string, actor: string, id: number, version: number): Promise<DecidedAnswer> {
  return db.transaction().execute(async (transaction): Promise<DecidedAnswer> => {
    const review = await lockReview(transaction, sha256)
    if (review === null) return { kind: 'gone' }
    const { documentId, record, status, changedBy } = review
    const gone = review.decisions.find((one) => one.id === id)
    if (gone === undefined) {
      return (await wasUndone(transaction, documentId, id))
        ? { kind: 'decided', made: null, version: review.version }
        : meaningless('decision_not_found', '没有这个决定。')
    }
    const refused = (await whyNot(transaction, review, actor, version)) ?? notOpen(review, gone.decision)
    if (refused !== null) return refused

    const next = await advance(transaction, documentId)
    await transaction
      .insertInto('undone_decisions')
      .values({ decision_id: id, undone_by: actor, version: next })
      .execute()
    const decisions = review.decisions.filter((one) => one !== gone)
    const { from, to, ...rest } = changeOf({ ...review, decisions }, gone.decision)
    await keepStanding(transaction, { documentId, record, decisions, status, wasSettled: changedBy !== null })
    const back = from === undefined && to === undefined ? {} : { from: to, to: from }
    const detail = stored({ decision: id, madeBy: gone.by, ...rest, ...back })
    await note(transaction, { actor, kind: 'undone', documentId, detail })
    await renew(transaction, documentId, actor)
    return { kind: 'decided', made: null, version: next }
  })
}

async function insert(
  transaction: Db,
  { documentId, record, decisions }: Review,
  actor: string,
  { decision, version, key }: ToDecide,
): Promise<KeptDecision> {
  const evidence = evidenceNow(decision, record, decisions)
  const { id, made_at } = await transaction
    .insertInto('decisions')
    .values({
      document_id: documentId,
      subject: storable(subjectOf(decision)) ?? '',
      decision: JSON.stringify(decision),
      evidence: JSON.stringify(evidence),
      made_by: actor,
      key,
      version,
    })
    .returning(['id', 'made_at'])
    .executeTakeFirstOrThrow()
  return { id, decision, evidence, by: actor, at: made_at.toISOString(), version }
}

async function madeWith(
  transaction: Db,
  key: string,
): Promise<{ readonly documentId: number; readonly made: KeptDecision } | null> {
  const found = await transaction
    .selectFrom('decisions')
    .where('key', '=', key)
    .select(['id', 'document_id', 'decision', 'evidence', 'made_by', 'made_at', 'version'])
    .executeTakeFirst()
  if (found === undefined) return null
  const { id, document_id, decision, evidence, made_by, made_at, version } = found
  return { documentId: document_id, made: { id, decision, evidence, by: made_by, at: made_at.toISOString(), version } }
}

async function wasUndone(transaction: Db, documentId: number, id: number): Promise<boolean> {
  const found = await transaction
    .selectFrom('decisions')
    .where('id', '=', id)
    .where('document_id', '=', documentId)
    .select('id')
    .executeTakeFirst()
  return found !== undefined
}

function notOpen({ status }: Review, { kind }: Decision): Refused | null {
  return status === 'open' || WORDS.has(kind) ? null : { kind: 'not_open', status }
}

function whyMeaningless({ record, decisions }: Review, decision: Decision): Refused | null {
  switch (decision.kind) {
    case 'as_published':
    case 'confirm':
    case 'seen': {
      const found = overlay(record, decisions).items.find(({ item }) => item.id === decision.item)
      if (found === undefined) return meaningless('no_such_item', '这份报告现在没有这一事项，请刷新后重看。')
      const { item } = found
      if (decision.kind === 'seen' && isPressing(item)) {
        return meaningless('must_be_settled', '这一事项须改正或确认原文如此，仅作已阅不能了结。')
      }
      if (decision.kind === 'confirm' && isPressing(item) && item.code === 'check_failed') {
        return meaningless('sum_not_confirmed', '合计不符，不能仅凭确认读数了结：请改正读错的一格，或记为原文如此。')
      }
      return null
    }
    case 'correct':
      return overlay(record, decisions).record.facts.some(({ key }) => key === decision.fact)
        ? null
        : meaningless('no_such_fact', '这份报告的版式没有这个指标。')
    case 'correct_section':
      return sectionAt(record.sections, decision.section) !== null
        ? null
        : meaningless('no_such_section', '这份报告没有识别出这一部分。')
    case 'assign':
    case 'set_organ':
    case 'set_year':
    case 'set_vintage':
    case 'comment':
    case 'hand_over':
      return null
  }
}

/** To somebody who may go on with it. */
async function whyNotHandedOver(transaction: Db, decision: Decision): Promise<Refused | null> {
  if (decision.kind !== 'hand_over' || decision.to === null) return null
  const user = await transaction
    .selectFrom('users')
    .where('name', '=', storable(decision.to) ?? '')
    .where('disabled_at', 'is', null)
    .select('role')
    .executeTakeFirst()
  return user !== undefined && SCOPES_OF_ROLE[user.role].includes('review')
    ? null
    : meaningless('no_such_reviewer', '没有这位复核人员，或其账号已停用。')
}

function meaningless(code: PlainCode, message: string): Refused {
  return { kind: 'meaningless', code, message }
}

interface Change {
  readonly kind: Decision['kind']
  readonly from?: unknown
  readonly to?: unknown
  readonly [more: string]: unknown
}

/** What the history tells. `review`: before. */
function changeOf({ record, decisions }: Review, decision: Decision): Change {
  const { kind } = decision
  switch (kind) {
    case 'correct': {
      const over = overlay(record, decisions)
      const fact = over.record.facts.find(({ key }) => key === decision.fact)
      const earlier = over.corrections.get(decision.fact)
      const from = earlier === undefined ? (fact?.value ?? null) : earlier.decision.value
      const label = labelOf(over.vintage, decision.fact)
      return { kind, fact: decision.fact, label, raw: fact?.raw ?? null, from, to: decision.value }
    }
    case 'as_published':
    case 'confirm':
    case 'seen': {
      const over = overlay(record, decisions)
      const item = over.items.find((each) => each.item.id === decision.item)?.item
      const english =
        item &&
        messageInEnglish(item, [...over.checks, ...record.checks], (fact) => labelOf(over.vintage, fact) ?? fact)
      const about = {
        kind,
        message: item?.message.slice(0, MOST_OF_A_MESSAGE) ?? null,
        messageInEnglish: english?.slice(0, MOST_OF_A_MESSAGE) ?? null,
        facts: item?.facts.slice(0, 8),
      }
      return decision.kind === 'as_published'
        ? { ...about, reason: decision.reason, note: decision.note ?? null }
        : about
    }
    case 'assign': {
      const { table, vintage, grid, cells } = decision
      return { kind, table, vintage, grid, cells: cells.length }
    }
    case 'set_organ':
      return { kind, from: overlay(record, decisions).organ, to: decision.organ }
    case 'set_year':
      return { kind, from: overlay(record, decisions).year, to: decision.year }
    case 'set_vintage':
      return { kind, from: overlay(record, decisions).vintage, to: decision.vintage }
    case 'correct_section':
      return { kind, section: decision.section, length: decision.text.length }
    case 'comment':
      return { kind, text: decision.text }
    case 'hand_over':
      return { kind, to: decision.to, note: decision.note ?? null }
  }
}

/** The log holds no text that the database does not. */
function stored(detail: Change | Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return JSON.parse(storableJson(detail))
}
