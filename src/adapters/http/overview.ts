/** /api/v1/coverage, /overview: which reports are there, and how the archive stands. */
import { z } from 'zod'
import { RULES } from '../../reconcile/rules.js'
import { CoverageAnswer, OverviewAnswer } from '../../review/api.js'
import type { Service } from '../service.js'
import { coverage } from '../store/coverage.js'
import { overview } from '../store/overview.js'
import type { App } from './app-type.js'
import { OrganFilterQuery } from './organs.js'
import { Year } from './query.js'

const rules = new Map(RULES.map((rule) => [rule.id, rule]))

export function overviewRoutes(app: App, { db, queue }: Service): void {
  app.get(
    '/api/v1/coverage',
    {
      config: { access: 'read' },
      schema: {
        summary: '各机关各年度的报告：已接受的一份，没有则最近收到的一份；以及缺报的年度',
        description: '给出 from 或 to 时，同级机关有报告的年度也算应报。',
        tags: ['机关'],
        querystring: OrganFilterQuery.extend({ from: Year.optional(), to: Year.optional() }),
        response: { 200: CoverageAnswer },
      },
    },
    (request) => coverage(db, request.query),
  )

  app.get(
    '/api/v1/overview',
    {
      config: { access: 'read' },
      schema: {
        summary: '总览：近 60 天的进度、队列、各状态的份数、最常不符的规则、各年度',
        tags: ['机关'],
        querystring: z.object({ organ: z.uuid().optional().meta({ description: '只看一个机关的' }) }),
        response: { 200: OverviewAnswer },
      },
    },
    async (request) => {
      const [stored, waiting] = await Promise.all([overview(db, request.query.organ ?? null), queue.counts()])
      return {
        ...stored,
        queue: waiting,
        // A rule of an earlier version may be none of today's.
        rules: stored.rules.map(({ rule, reports }) => {
          const { title = rule, level = 'error' } = rules.get(rule) ?? {}
          return { rule, title, level, reports }
        }),
      }
    },
  )
}
