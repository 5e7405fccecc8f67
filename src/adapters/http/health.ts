/**
 * Is the process alive, and can it work: for orchestrators, load balancers and people who wonder.
 *
 * Which part is away is told by name; why is in the log. Everybody may ask, so that one round of checks answers all who ask within a
 * second.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Service } from '../service.js'
import type { App } from './app-type.js'
import { Problem } from './problem.js'

const PATIENCE = 3_000
const FRESH = 1_000

const PARTS = { database: '数据库', originals: '原件存储', queue: '任务队列' } as const
type Part = keyof typeof PARTS
type Report = Readonly<Record<Part, 'ok' | 'away'>>

export function healthRoutes(app: App, service: Service): void {
  const tags = ['运行状态']
  const config = { access: 'public', rateLimit: false } as const
  const check = checkParts(service)

  app.route({
    method: 'GET',
    url: '/health/live',
    config,
    logLevel: 'warn',
    schema: {
      summary: '进程在运行',
      tags,
      response: { 200: z.object({ status: z.literal('ok') }) },
    },
    handler: async () => ({ status: 'ok' as const }),
  })

  const state = z.enum(['ok', 'away'])
  app.route({
    method: 'GET',
    url: '/health/ready',
    config,
    logLevel: 'warn',
    schema: {
      summary: '可以提供服务',
      description: '数据库、原件存储、任务队列有一项不可用时为 503，并说明是哪一项。',
      tags,
      response: { 200: z.object({ database: state, originals: state, queue: state }) },
    },
    handler: async () => {
      const report = await check()
      const away = partNames.filter((part) => report[part] === 'away')
      if (away.length === 0) return report
      const names = away.map((part) => PARTS[part]).join('、')
      throw new Problem(503, 'not_ready', `${names}暂时不可用。`, { parts: report, retryAfter: 5 })
    },
  })
}

const partNames: readonly Part[] = ['database', 'originals', 'queue']

function checkParts({ db, originals, queue, log }: Service): () => Promise<Report> {
  const checks: Readonly<Record<Part, () => Promise<unknown>>> = {
    database: () => sql`select 1`.execute(db),
    originals: () => originals.check(),
    queue: () => queue.check(),
  }
  const checkAll = async (): Promise<Report> => {
    const states = await Promise.all(
      partNames.map(async (part) => {
        try {
          await within(PATIENCE, checks[part]())
          return [part, 'ok'] as const
        } catch (error) {
          log.warn({ err: error, part }, 'part is away')
          return [part, 'away'] as const
        }
      }),
    )
    return Object.fromEntries(states) as Report
  }
  let last: { readonly at: number; readonly report: Promise<Report> } | null = null
  return () => {
    if (last === null || Date.now() - last.at > FRESH) last = { at: Date.now(), report: checkAll() }
    return last.report
  }
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const over = new AbortController()
  try {
    await Promise.race([
      work,
      pause(milliseconds, null, { signal: over.signal }).then(() => {
        throw new Error(`no answer within ${milliseconds} ms`)
      }),
    ])
  } finally {
    over.abort()
  }
}
