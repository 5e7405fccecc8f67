/** /api/v1/fixity: when the originals were last read again, what differed, and a new check, which goes on in the background. */
import { z } from 'zod'
import { openFixityChecks } from '../fixity-check.js'
import type { Service } from '../service.js'
import { type FixityCheck, fixityStanding } from '../store/fixity-checks.js'
import type { Db } from '../store/schema.js'
import type { App } from './app-type.js'
import { callerOf } from './authorise.js'

const count = z.int().min(0)
const Check = z.object({
  askedBy: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  originals: count.meta({ description: '开始时登记的原件' }),
  sound: count.meta({ description: '完好' }),
  changed: count.meta({ description: '已改变' }),
  unreadable: count.meta({ description: '无法读取' }),
  missing: count.meta({ description: '缺失' }),
  untracked: count.meta({ description: '存储中有而未登记的文件' }),
  findings: z
    .array(
      z.object({
        kind: z.enum(['changed', 'unreadable', 'missing', 'untracked']),
        name: z.string(),
        sha256: z.string().nullable(),
        detail: z.string().nullable(),
      }),
    )
    .meta({ description: '有问题的前 100 个' }),
})
const FixityAnswer = z.object({
  running: Check.nullable(),
  last: Check.nullable().meta({ description: '最近一次核对完的' }),
  cutShort: Check.nullable().meta({ description: '此后中断、未核对完的' }),
})

export function fixityRoutes(app: App, service: Service): void {
  const { db } = service
  const tags = ['批次']
  const checks = openFixityChecks(service)
  app.addHook('onClose', () => checks.close())

  app.get(
    '/api/v1/fixity',
    {
      config: { access: 'read' },
      schema: { summary: '原件核对：最近一次的结果与正在进行的', tags, response: { 200: FixityAnswer } },
    },
    () => standing(db),
  )

  app.post(
    '/api/v1/fixity',
    {
      config: { access: 'administer' },
      schema: {
        summary: '核对全部原件：逐份重新计算 SHA-256，在后台进行',
        description: '正在进行时不另开始，告知正在进行的那一次。',
        tags,
        response: { 202: FixityAnswer },
      },
    },
    async (request, reply) => {
      await checks.begin(callerOf(request).actor)
      return reply.code(202).send(await standing(db))
    },
  )
}

async function standing(db: Db): Promise<z.infer<typeof FixityAnswer>> {
  const { running, last, cutShort } = await fixityStanding(db)
  return { running: answerOf(running), last: answerOf(last), cutShort: answerOf(cutShort) }
}

function answerOf(check: FixityCheck | null): z.infer<typeof Check> | null {
  if (check === null) return null
  const { asked_by, started_at, ended_at, originals, sound, changed, unreadable, missing, untracked, findings } = check
  return {
    askedBy: asked_by,
    startedAt: started_at.toISOString(),
    endedAt: ended_at?.toISOString() ?? null,
    originals,
    sound,
    changed,
    unreadable,
    missing,
    untracked,
    findings: [...findings],
  }
}
