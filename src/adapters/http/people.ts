/**
 * Users, and the invitations that make them. Passwords are chosen by those they belong to and seen by nobody else.
 */
import { z } from 'zod'
import type { Service } from '../service.js'
import { acceptInvitation, changeUser, invite, invitedRole, joinLink, listUsers } from '../store/accounts.js'
import { ROLES } from '../store/schema.js'
import { openSession } from '../store/sessions.js'
import { SCOPES_OF_ROLE } from './access.js'
import type { App } from './app-type.js'
import { limitAttempts } from './attempts.js'
import { callerOf } from './authorise.js'
import { foldName, hashPassword, isName, MOST, NAME_RULE, PASSWORD_FAULTS, passwordFault } from './passwords.js'
import { Problem } from './problem.js'
import { sendSession, Who, whoIs } from './sessions.js'

const RoleName = z.enum(ROLES).meta({
  description: 'archivist 档案员；reviewer 审核员；analyst 分析员；administrator 管理员',
})

const UserBody = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role: RoleName,
    createdAt: z.iso.datetime(),
    disabledAt: z.iso.datetime().nullable().meta({ description: '停用时间；null 表示在用' }),
    lockedUntil: z.iso.datetime().nullable().meta({ description: '因密码多次输错暂停登录至此时' }),
  })
  .meta({ id: 'User' })

const Acceptance = z.object({
  token: z.string().min(1).max(128).meta({ description: '邀请链接中 # 之后的部分' }),
  name: z.string().max(64).transform(foldName).meta({ description: '用户名' }),
  password: z.string().max(MOST).meta({ description: '密码' }),
})

export function peopleRoutes(app: App, { db, settings }: Service): void {
  const limit = limitAttempts(app, ({ body }) => Acceptance.safeParse(body).data?.token ?? '')
  const tags = ['用户管理']

  app.route({
    method: 'GET',
    url: '/api/v1/users',
    config: { access: 'administer' },
    schema: { summary: '用户列表', tags, response: { 200: z.object({ users: z.array(UserBody) }) } },
    handler: async () => ({
      users: (await listUsers(db)).map((user) => ({
        ...user,
        createdAt: user.createdAt.toISOString(),
        disabledAt: user.disabledAt?.toISOString() ?? null,
        lockedUntil: user.lockedUntil?.toISOString() ?? null,
      })),
    }),
  })

  app.route({
    method: 'PATCH',
    url: '/api/v1/users/:id',
    config: { access: 'administer' },
    schema: {
      summary: '调整角色、停用或恢复用户、解除登录暂停',
      description: '停用后，该用户立即退出登录，其创建的 API 密钥同时停止使用。至少保留一名在用的管理员。',
      tags,
      params: z.object({ id: z.uuid() }),
      body: z.strictObject({
        role: RoleName.optional(),
        disabled: z.boolean().optional(),
        unlocked: z.literal(true).optional().meta({ description: '解除因密码多次输错而暂停的登录' }),
      }),
      response: { 204: z.null() },
    },
    handler: async (request, reply) => {
      const change = { userId: request.params.id, ...request.body, actor: callerOf(request).actor }
      const outcome = await changeUser(db, change)
      if (outcome === 'unknown') throw new Problem(404, 'user_unknown', '没有这个用户。')
      if (outcome === 'last_administrator') {
        throw new Problem(
          409,
          'last_administrator',
          '这是唯一在用的管理员，不能停用或改为其他角色。请先指定另一名管理员。',
        )
      }
      return reply.code(204).send(null)
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/invitations',
    config: { access: 'administer' },
    schema: {
      summary: '邀请新用户',
      description: '生成一次性链接，7 天内有效。链接只显示这一次，请直接交给受邀人。',
      tags,
      body: z.object({ role: RoleName }),
      response: {
        201: z.object({ link: z.string(), token: z.string(), role: RoleName, expiresAt: z.iso.datetime() }),
      },
    },
    handler: async (request, reply) => {
      const { role } = request.body
      const { token, expiresAt } = await invite(db, role, callerOf(request).actor)
      const baseUrl = settings.publicUrl ?? `${request.protocol}://${request.host}`
      return reply.code(201).send({ link: joinLink(baseUrl, token), token, role, expiresAt: expiresAt.toISOString() })
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/invitations/accept',
    config: { access: 'public' },
    schema: {
      summary: '接受邀请并设置密码',
      description: '成功后即已登录。用户名可以是中文；密码至少 10 个字符。',
      tags,
      body: Acceptance,
      response: { 201: Who },
    },
    handler: async (request, reply) => {
      await limit(request)
      const { token, name, password } = request.body
      // Asked before the password is hashed, which is work that only the invited may cause.
      if ((await invitedRole(db, token)) === null) throw noInvitation()
      if (!isName(name)) throw new Problem(400, 'account_refused', `用户名${NAME_RULE}`, { fault: 'name' })
      const fault = passwordFault(password, name)
      if (fault !== null) throw new Problem(400, 'account_refused', PASSWORD_FAULTS[fault], { fault })

      const joined = await acceptInvitation(db, token, name, await hashPassword(password))
      if (joined.kind === 'no_invitation') throw noInvitation()
      if (joined.kind === 'name_taken')
        throw new Problem(409, 'name_taken', '这个用户名已有人使用，请换一个。', { of: 'user' })
      const { userId, role } = joined
      const session = await openSession(db, { id: userId, name, address: request.ip })
      sendSession(reply, settings, session)
      const scopes = SCOPES_OF_ROLE[role]
      return reply.code(201).send(whoIs({ actor: `user:${name}`, scopes, userId, role }, session))
    },
  })
}

function noInvitation(): Problem {
  return new Problem(410, 'invitation_void', '邀请链接无效、已使用或已过期，请向管理员索取新的链接。')
}
