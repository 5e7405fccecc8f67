/**
 * GET /api/v1/review/queue/events: the queue as it changes, as server-sent events.
 *
 *   figures   how many of each class, how many were settled today, the share drawn for audit: at the beginning and when they change
 *   claims    all claims of now: at the beginning and when they change
 *   entries   reports that came into the queue or stand in it otherwise, and those that left it
 *   stale     more has changed than is told one by one: the list should be asked for anew
 *
 * What was before, the pages of the queue tell; who lost the connection asks for them anew.
 */
import type { QueueEvents } from '../../review/api.js'
import { QueueWatch } from '../queue-watch.js'
import type { Service } from '../service.js'
import type { App } from './app-type.js'
import { callerOf } from './authorise.js'
import { EventStreams } from './event-stream.js'
import { Bytes } from './query.js'
import { claimAnswer, entryAnswer } from './review-answers.js'

export function queueEventRoutes(app: App, { db, log }: Service): void {
  const watch = new QueueWatch(db)
  const streams = new EventStreams(app)

  app.get(
    '/api/v1/review/queue/events',
    {
      config: { access: 'review' },
      exposeHeadRoute: false,
      schema: {
        summary: '复核队列的变化，实时（server-sent events）',
        description:
          '事件：figures（各类数目、今日已决、抽查比例，连接时及变化时）、claims（当前全部认领，连接时及变化时）、entries（进入队列或有变动的报告，及离开队列的报告）、stale（变动过多，请重新取队列）。',
        tags: ['复核'],
        response: { 200: Bytes },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request)
      streams.checkRoom()
      const stream = streams.begin(reply)
      const tell = <Event extends keyof QueueEvents>(event: Event, data: QueueEvents[Event]) => stream.tell(event, data)
      const end = watch.listen({
        heard({ figures, claims, touched }) {
          if (figures !== null) tell('figures', figures)
          if (claims !== null) {
            const told = claims.map((claim) => ({ sha256: claim.sha256, claim: claimAnswer(claim, actor) }))
            tell('claims', told)
          }
          if (touched === null) return
          if (touched.isMore) tell('stale', {})
          else tell('entries', { changed: touched.rows.map((row) => entryAnswer(row, actor)), gone: [...touched.gone] })
        },
        lost(error) {
          log.warn({ err: error }, 'the queue could not be followed')
          stream.end()
        },
      })
      stream.whenOver(end)
    },
  )
}
