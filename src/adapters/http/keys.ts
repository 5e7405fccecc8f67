/**
 * API keys, for programs. A person makes and revokes one's own; an administrator sees and revokes everybody's.
 */
import { z } from 'zod'
import type { Service } from '../service.js'
import { listKeys, makeKey, revokeKey } from '../store/keys.js'
import { SCOPES } from './access.js'
import type { App } from './app-type.js'
import { callerOf } from './authorise.js'
import { foldName, isName, NAME_RULE } from './passwords.js'
import { Problem } from './problem.js'
import { signedIn } from './sessions.js'

const instant = z.iso.datetime().nullable()

const KeyBody = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string().meta({ description: '密钥开头的几个字符，用以辨认' }),
    scopes: z.array(z.enum(SCOPES)),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: instant.meta({ description: 'null 表示不过期' }),
    revokedAt: instant.meta({ description: 'null 表示未吊销' }),
    lastUsedAt: instant.meta({ description: '最近使用时间，精确到分钟；null 表示从未使用' }),
  })
  .meta({ id: 'ApiKey' })

export function keyRoutes(app: App, { db }: Service): void {
  const tags = ['API 密钥']

  app.route({
    method: 'GET',
    url: '/api/v1/keys',
    config: { access: 'self' },
    schema: {
      summary: 'API 密钥列表',
      description: '管理员可见全部，其他人只见自己创建的。',
      tags,
      response: { 200: z.object({ keys: z.array(KeyBody) }) },
    },
    handler: async (request) => {
      const { actor, scopes } = callerOf(request)
      const keys = await listKeys(db, scopes.includes('administer') ? null : actor)
      return {
        keys: keys.map((key) => ({
          ...key,
          scopes: [...key.scopes],
          createdAt: key.createdAt.toISOString(),
          expiresAt: key.expiresAt?.toISOString() ?? null,
          revokedAt: key.revokedAt?.toISOString() ?? null,
          lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
        })),
      }
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/keys',
    config: { access: 'self' },
    schema: {
      summary: '创建 API 密钥',
      description:
        '密钥只显示这一次。调用时放入请求头 Authorization: Bearer gouji_…。密钥的权限不超过创建者，创建者失去的权限，密钥同时失去。',
      tags,
      body: z.object({
        name: z.string().max(64).transform(foldName).meta({ description: '名称，不得与已有密钥（含已吊销的）重复' }),
        scopes: z.array(z.enum(SCOPES)).min(1),
        expiresAt: instant.default(null).meta({ description: '过期时间；null 表示不过期' }),
      }),
      response: { 201: z.object({ id: z.uuid(), name: z.string(), key: z.string() }) },
    },
    handler: async (request, reply) => {
      const { actor } = signedIn(request)
      const { name, scopes, expiresAt } = request.body
      if (!isName(name)) throw new Problem(400, 'name_refused', `密钥名称${NAME_RULE}`)
      const beyond = scopes.filter((scope) => !callerOf(request).scopes.includes(scope))
      if (beyond.length > 0) {
        throw new Problem(403, 'scopes_beyond_own', `密钥的权限不能超过您自己的权限，您没有：${beyond.join('、')}。`, {
          scopes: beyond,
        })
      }
      const end = expiresAt === null ? null : new Date(expiresAt)
      if (end !== null && end <= new Date()) throw new Problem(400, 'expiry_past', '过期时间应晚于现在。')
      const made = await makeKey(db, { name, scopes: [...new Set(scopes)], expiresAt: end, actor })
      if (made === null)
        throw new Problem(409, 'name_taken', '已有同名的密钥（含已吊销的），请换一个名称。', { of: 'key' })
      return reply.code(201).send({ ...made, name })
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/keys/:id',
    config: { access: 'self' },
    schema: {
      summary: '吊销 API 密钥',
      description: '立即生效，不可恢复。',
      tags,
      params: z.object({ id: z.uuid() }),
      response: { 204: z.null() },
    },
    handler: async (request, reply) => {
      const { actor } = signedIn(request)
      const maker = callerOf(request).scopes.includes('administer') ? null : actor
      if (!(await revokeKey(db, request.params.id, maker, actor))) {
        throw new Problem(404, 'key_unknown', '没有这个密钥，或它已被吊销。')
      }
      return reply.code(204).send(null)
    },
  })
}
