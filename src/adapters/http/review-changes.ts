/**
 * /api/v1/review/…: what changes a review. Claims, decisions and their undoing, acceptance, rejection, reopening, and the next report.
 *
 * Everything is sent with the version it was decided on, and refused kindly (409) where somebody was faster: the answer says what happened
 * since. While a person holds a claim nobody else changes the report; where nobody does, whoever has seen its last version may. Each
 * request may be sent again after a lost connection.
 */
import { z } from 'zod'
import { AskingNext, Claimed, Closed, Closing, Decided, Deciding, NextAnswer } from '../../review/api.js'
import type { Service } from '../service.js'
import { claim, release } from '../store/claims.js'
import { close } from '../store/closing.js'
import { decide, undo } from '../store/decisions.js'
import { claimNext } from '../store/review-queue.js'
import type { ReviewStatus } from '../store/schema.js'
import type { App } from './app-type.js'
import { callerOf } from './authorise.js'
import { liveDocument, notReadYet } from './document-files.js'
import { Problem } from './problem.js'
import { Sha256 } from './query.js'
import { claimAnswer, claimed, closedAnswer, decidedAnswer, problemOf } from './review-answers.js'

const Which = z.object({ sha256: Sha256 })
const WhichDecision = Which.extend({ id: z.coerce.number().int().min(1).max(2_147_483_647) })
const OfVersion = z.object({ version: z.coerce.number().int().min(0).max(2_147_483_647) })

/** A decision may hold a section's text. */
const DECISION_BYTES = 2 ** 20

export function reviewChangeRoutes(app: App, { db }: Service): void {
  for (const method of ['POST', 'PUT'] as const) {
    app.route({
      method,
      url: '/api/v1/review/:sha256/claim',
      config: { access: 'review' },
      schema: {
        summary: method === 'POST' ? '认领一份报告，三十分钟内他人不能改动' : '续延认领；已过期而无人认领的，重新认领',
        tags: ['复核'],
        params: Which,
        response: { 200: Claimed },
      },
      handler: async (request) => {
        const { actor } = callerOf(request)
        const document = await liveDocument(db, request.params.sha256)
        if (document.extraction_id === null) throw notReadYet(document)
        const answer = await claim(db, document.id, actor)
        if (!answer.isTaken) throw claimed(answer.claim)
        return { claim: claimAnswer(answer.claim, actor) }
      },
    })
  }

  app.delete(
    '/api/v1/review/:sha256/claim',
    {
      config: { access: 'review' },
      schema: { summary: '放回一份报告', tags: ['复核'], params: Which, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { id } = await liveDocument(db, request.params.sha256)
      await release(db, id, callerOf(request).actor)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/v1/review/next',
    {
      config: { access: 'review' },
      schema: {
        summary: '认领下一份无人处理的报告；after 为要跳过的一份',
        tags: ['复核'],
        body: AskingNext,
        response: { 200: NextAnswer },
      },
    },
    async (request) => {
      const { actor } = callerOf(request)
      const { after } = request.body
      if (after !== undefined) await release(db, (await liveDocument(db, after)).id, actor)
      return { next: await claimNext(db, actor, after ?? null) }
    },
  )

  app.post(
    '/api/v1/review/:sha256/decisions',
    {
      config: { access: 'review' },
      bodyLimit: DECISION_BYTES,
      schema: {
        summary: '作一个决定；同一 key 重复发送只算一次',
        tags: ['复核'],
        params: Which,
        body: Deciding,
        response: { 200: Decided },
      },
    },
    async (request) => {
      const { sha256 } = request.params
      await liveDocument(db, sha256)
      if (request.body.decision.kind === 'assign') {
        throw new Problem(422, 'assigned_elsewhere', '指定表格请用 /assignments：各格由服务器从文件中读取。')
      }
      return decidedAnswer(await decide(db, sha256, callerOf(request).actor, request.body))
    },
  )

  app.delete(
    '/api/v1/review/:sha256/decisions/:id',
    {
      config: { access: 'review' },
      schema: {
        summary: '撤销一个决定；此前对同一处的决定随之恢复',
        tags: ['复核'],
        params: WhichDecision,
        querystring: OfVersion,
        response: { 200: Decided },
      },
    },
    async (request) => {
      const { sha256, id } = request.params
      await liveDocument(db, sha256)
      return decidedAnswer(await undo(db, sha256, callerOf(request).actor, id, request.query.version))
    },
  )

  const closings: readonly { word: string; to: ReviewStatus; summary: string }[] = [
    { word: 'accept', to: 'accepted', summary: '接受：各项错误均已决定。随即认领下一份' },
    { word: 'reject', to: 'rejected', summary: '退回：不采用这份文件，须说明原因。随即认领下一份' },
    { word: 'reopen', to: 'open', summary: '重开已接受或已退回的报告，并认领' },
  ]
  for (const { word, to, summary } of closings) {
    app.post(
      `/api/v1/review/:sha256/${word}`,
      {
        config: { access: 'review' },
        schema: { summary, tags: ['复核'], params: Which, body: Closing, response: { 200: Closed } },
      },
      async (request) => {
        const { actor } = callerOf(request)
        const { sha256 } = request.params as z.infer<typeof Which>
        const { version, reason = '' } = request.body
        if (to === 'rejected' && reason.trim() === '') {
          throw new Problem(400, 'reason_missing', '退回须说明原因。')
        }
        await liveDocument(db, sha256)
        const answer = await close(db, sha256, actor, { to, version, reason: reason.trim() || null })
        if (answer.kind === 'open_items') {
          const { items } = answer
          throw new Problem(409, 'open_items', `还有 ${items.length} 项未决定，不能接受。`, { items: [...items] })
        }
        if (answer.kind !== 'done') throw problemOf(answer)
        return closedAnswer(answer.state, to === 'open' ? null : await claimNext(db, actor, sha256))
      },
    )
  }
}
