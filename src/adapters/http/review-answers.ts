/**
 * What the store tells of reviews → the answers of /api/v1/review, and why something was refused → a problem with a sentence for the person.
 *
 * People are called by their names; what is no person (key:NAME, system) as in the log of events.
 */
import type { z } from 'zod'
import type { Claim, Closed, Decided, MadeDecision, QueueEntry, ReviewState } from '../../review/api.js'
import type { HeldClaim } from '../store/claims.js'
import type { DecidedAnswer } from '../store/decisions.js'
import { classOf, type QueueRow } from '../store/review-queue.js'
import type { KeptDecision, Refused, Review } from '../store/reviews.js'
import { unknown } from './document-files.js'
import { Problem } from './problem.js'

const DRAWN = {
  message: '随机抽查：没有不符之处，请核对是否确实无误。',
  messageInEnglish: 'Drawn for audit: nothing is wrong that can be told; look whether that is so.',
}

export function personOf(actor: string): string {
  return actor.startsWith('user:') ? actor.slice('user:'.length) : actor
}

export function claimAnswer(claim: HeldClaim, actor: string): Claim {
  return { by: personOf(claim.actor), until: claim.expiresAt.toISOString(), isMine: claim.actor === actor }
}

export function entryAnswer(row: QueueRow, actor: string): QueueEntry {
  const {
    sha256,
    fileName,
    organ,
    year,
    vintage,
    region,
    rank,
    openItems,
    message,
    messageInEnglish,
    verdict,
    proposal,
  } = row
  const { claimedBy, claimedUntil } = row
  const claim =
    claimedBy === null || claimedUntil === null
      ? null
      : claimAnswer({ actor: claimedBy, expiresAt: claimedUntil }, actor)
  const className = classOf(rank)
  return {
    sha256,
    fileName,
    organ,
    year,
    vintage,
    region,
    class: className,
    openItems,
    ...(className === 'audit' ? DRAWN : { message, messageInEnglish }),
    verdict,
    proposal,
    claim,
  }
}

export function stateAnswer(review: Pick<Review, 'status' | 'version' | 'changedBy' | 'changedAt'>): ReviewState {
  const { status, version, changedBy, changedAt } = review
  return {
    status,
    version,
    by: changedBy === null ? null : personOf(changedBy),
    at: changedAt?.toISOString() ?? null,
  }
}

export function madeAnswer({ id, decision, evidence, by, at, reads }: KeptDecision): z.infer<typeof MadeDecision> {
  return { id, decision, evidence, by: personOf(by), at, ...(reads !== undefined && { reads }) }
}

export function decidedAnswer(answer: DecidedAnswer): z.infer<typeof Decided> {
  if (answer.kind !== 'decided') throw problemOf(answer)
  return { made: answer.made === null ? null : madeAnswer(answer.made), version: answer.version }
}

export function closedAnswer(state: Parameters<typeof stateAnswer>[0], next: string | null): Closed {
  return { state: stateAnswer(state), next }
}

export function claimed(claim: HeldClaim): Problem {
  const { by, until } = claimAnswer(claim, '')
  const minutes = Math.max(1, Math.ceil((claim.expiresAt.getTime() - Date.now()) / 60_000))
  return new Problem(409, 'claimed', `${by}正在处理这份报告，还剩 ${minutes} 分钟。`, { by, until })
}

export function problemOf(refused: Refused): Problem {
  switch (refused.kind) {
    case 'gone':
      return unknown()
    case 'claimed':
      return claimed(refused.claim)
    case 'changed': {
      const { review, undone } = refused
      return new Problem(409, 'changed', '这份报告刚有改动，请看过新的情况再决定。', {
        version: review.version,
        state: stateAnswer(review),
        decisions: review.decisions.filter(({ version }) => version > refused.seen).map(madeAnswer),
        undone: [...undone],
      })
    }
    case 'not_open': {
      const how = { accepted: '已接受', rejected: '已退回', open: '未了结' }[refused.status]
      return new Problem(
        409,
        'not_open',
        `这份报告${how}，${refused.status === 'open' ? '无须重开' : '如需再改请先重开'}。`,
        {
          status: refused.status,
        },
      )
    }
    case 'meaningless':
      return new Problem(422, refused.code, refused.message)
  }
}
