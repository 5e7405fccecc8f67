/**
 * /api/v1/review: the queue, a report opened for review, its history, and how many accepted reports are drawn for audit.
 *
 * What changes a review is in review-changes.ts. A report is opened by one request, whoever has claimed it: who may not work on it now may
 * look.
 */
import { z } from 'zod'
import {
  HistoryAnswer,
  QueueAnswer,
  QueueChoices,
  QueueClaim,
  QueueClass,
  ReviewOpened,
  ReviewSettings,
} from '../../review/api.js'
import type { Service } from '../service.js'
import { startOfToday } from '../start-of-today.js'
import { eventsBefore } from '../store/events.js'
import { neighbourChecksOf } from '../store/neighbour-checks.js'
import { queueChoices } from '../store/queue-choices.js'
import { neighboursOf } from '../store/review-neighbours.js'
import { reviewPace } from '../store/review-pace.js'
import {
  auditShare,
  countQueue,
  countSettledSince,
  type QueuePlace,
  queueAfter,
  setAuditShare,
} from '../store/review-queue.js'
import { findReview } from '../store/reviews.js'
import type { App } from './app-type.js'
import { callerOf } from './authorise.js'
import { liveDocument, notReadYet } from './document-files.js'
import { pageLimit, Region, Sha256, Words, Year } from './query.js'
import { queueEventRoutes } from './queue-events.js'
import { claimAnswer, entryAnswer, madeAnswer, personOf, stateAnswer } from './review-answers.js'
import { reviewChangeRoutes } from './review-changes.js'

const Which = z.object({ sha256: Sha256 })

/** Rank, document and organ of the entry that was given last. */
const PLACE = /^([0-4])\.(\d{1,9})(?:\.([A-Za-z0-9_-]{1,2800}))?$/

const QueueQuery = z.object({
  class: QueueClass.optional(),
  year: Year.optional(),
  region: Region.optional(),
  claim: QueueClaim.optional().meta({ description: 'free 无人认领；mine 自己认领；others 他人认领' }),
  q: Words.optional().meta({ description: '机关名称或文件名的一部分' }),
  cursor: z.string().regex(PLACE).optional().meta({ description: '上一页的 next' }),
  limit: pageLimit(100, 500),
})

const HistoryQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional()
    .meta({ description: '上一页的 next' }),
  limit: pageLimit(200, 1_000),
})

export function reviewRoutes(app: App, service: Service): void {
  const { db } = service
  reviewChangeRoutes(app, service)
  queueEventRoutes(app, service)

  app.get(
    '/api/v1/review/queue',
    {
      config: { access: 'read' },
      schema: {
        summary: '待复核的报告，最值得先看的在前',
        description:
          '依次为：有改正建议的错误、无建议的错误、正文与表格不符、提示、随机抽查；同类之中同一机关的报告相连。counts 不受 class 限制。',
        tags: ['复核'],
        querystring: QueueQuery,
        response: { 200: QueueAnswer },
      },
    },
    async (request) => {
      const { cursor, limit, claim: whose, ...others } = request.query
      const { actor } = callerOf(request)
      const filter = { ...others, ...(whose !== undefined && { claim: { whose, actor } }) }
      const [rows, counts, settledToday, share, pace] = await Promise.all([
        queueAfter(db, filter, cursor === undefined ? null : placeOf(cursor), limit),
        countQueue(db, filter),
        countSettledSince(db, startOfToday()),
        auditShare(db),
        reviewPace(db),
      ])
      const last = rows.at(-1)
      return {
        entries: rows.map((row) => entryAnswer(row, actor)),
        counts,
        settledToday,
        auditShare: share,
        pace,
        next: last === undefined || rows.length < limit ? null : cursorOf(last),
      }
    },
  )

  app.get(
    '/api/v1/review/queue/choices',
    {
      config: { access: 'read' },
      schema: {
        summary: '队列中有哪些年度、哪些地区，供筛选',
        tags: ['复核'],
        response: { 200: QueueChoices },
      },
    },
    () => queueChoices(db),
  )

  app.get(
    '/api/v1/review/settings',
    {
      config: { access: 'read' },
      schema: { summary: '抽查比例', tags: ['复核'], response: { 200: ReviewSettings } },
    },
    async () => ({ auditShare: await auditShare(db) }),
  )

  app.put(
    '/api/v1/review/settings',
    {
      config: { access: 'administer' },
      schema: {
        summary: '设定抽查比例：已通过且无任何标记的报告中，随机抽取百分之几供人核对',
        tags: ['复核'],
        body: ReviewSettings,
        response: { 200: ReviewSettings },
      },
    },
    async (request) => {
      await setAuditShare(db, request.body.auditShare, callerOf(request).actor)
      return { auditShare: await auditShare(db) }
    },
  )

  app.get(
    '/api/v1/review/:sha256',
    {
      config: { access: 'review' },
      schema: {
        summary: '打开一份报告：记录、已有的决定、相邻年度',
        tags: ['复核'],
        params: Which,
        response: { 200: ReviewOpened },
      },
    },
    async (request) => {
      const { sha256 } = request.params
      const review = await findReview(db, sha256)
      if (review === null) throw notReadYet(await liveDocument(db, sha256))
      const { documentId, record, decisions, claim } = review
      const [neighbours, neighbourChecks, counts] = await Promise.all([
        neighboursOf(db, documentId),
        neighbourChecksOf(db, documentId),
        countQueue(db),
      ])
      return {
        sha256,
        fileName: review.fileName,
        receivedAt: review.receivedAt.toISOString(),
        record,
        decisions: decisions.map(madeAnswer),
        state: stateAnswer(review),
        claim: claim === null ? null : claimAnswer(claim, callerOf(request).actor),
        neighbours,
        neighbourChecks,
        left: Object.values(counts).reduce((sum, count) => sum + count, 0),
      }
    },
  )

  app.get(
    '/api/v1/review/:sha256/history',
    {
      config: { access: 'read' },
      schema: {
        summary: '一份报告的经过，最近的在前：何人、何时、由何改为何、因何',
        tags: ['复核'],
        params: Which,
        querystring: HistoryQuery,
        response: { 200: HistoryAnswer },
      },
    },
    async (request) => {
      const { cursor, limit } = request.query
      const { id } = await liveDocument(db, request.params.sha256)
      const events = await eventsBefore(db, id, cursor === undefined ? null : Number(cursor), limit)
      const last = events.at(-1)
      return {
        entries: events.map(({ id, at, actor, kind, detail }) => ({
          id,
          at: at.toISOString(),
          by: personOf(actor),
          kind,
          detail: { ...detail },
        })),
        next: last === undefined || events.length < limit ? null : String(last.id),
      }
    },
  )
}

function cursorOf({ rank, organ, documentId }: QueuePlace): string {
  const named = organ === null ? '' : `.${Buffer.from(organ).toString('base64url')}`
  return `${rank}.${documentId}${named}`
}

function placeOf(cursor: string): QueuePlace {
  const [, rank, documentId, organ] = PLACE.exec(cursor) ?? []
  return {
    rank: Number(rank),
    documentId: Number(documentId),
    // What is no cursor of ours may hold anything.
    organ: organ === undefined ? null : Buffer.from(organ, 'base64url').toString().replaceAll('\0', ''),
  }
}
