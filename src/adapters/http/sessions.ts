/**
 * Signing in and out, who one is, and one's password.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Service } from '../service.js'
import type { Settings } from '../settings.js'
import { setPassword } from '../store/accounts.js'
import { ROLES } from '../store/schema.js'
import { closeSession, LONGEST_DAYS, openSession } from '../store/sessions.js'
import { type Caller, SCOPES, SCOPES_OF_ROLE } from './access.js'
import type { App } from './app-type.js'
import { limitAttempts } from './attempts.js'
import { callerOf, cookieName, csrfTokenOf, isSecure } from './authorise.js'
import { foldName, hashPassword, MOST, PASSWORD_FAULTS, passwordFault } from './passwords.js'
import { Problem } from './problem.js'
import { makeSignIn, type SignIn } from './sign-in.js'

const Credentials = z.object({
  name: z.string().max(64).transform(foldName).meta({ description: '用户名' }),
  password: z.string().min(1).max(MOST).meta({ description: '密码' }),
})

export const Who = z
  .object({
    name: z.string(),
    kind: z.enum(['user', 'key']).meta({ description: '用户，或 API 密钥' }),
    role: z.enum(ROLES).nullable().meta({ description: '角色；API 密钥没有角色' }),
    scopes: z.array(z.enum(SCOPES)).meta({ description: '可以做的事' }),
    csrfToken: z
      .string()
      .nullable()
      .meta({ description: '修改数据时须放入请求头 x-csrf-token；使用 API 密钥时不需要' }),
  })
  .meta({ id: 'Who' })

export function sessionRoutes(app: App, { db, settings }: Service): void {
  const tryToSignIn = makeSignIn(db)
  const limitByName = limitAttempts(app, ({ body }) => Credentials.safeParse(body).data?.name ?? '')
  const limitByCaller = limitAttempts(app, (request) => callerOf(request).actor)
  const tags = ['登录与账户']

  app.route({
    method: 'POST',
    url: '/api/v1/session',
    config: { access: 'public' },
    schema: {
      summary: '登录',
      description: '成功后，会话写入 Cookie。密码连续输错 8 次后暂停登录，暂停时间逐次加长。',
      tags,
      body: Credentials,
      response: { 201: Who },
    },
    handler: async (request, reply) => {
      await limitByName(request)
      const { name, password } = request.body
      const user = admitted(await tryToSignIn({ name, password, address: request.ip }))
      const session = await openSession(db, { id: user.userId, name, address: request.ip })
      sendSession(reply, settings, session)
      const scopes = SCOPES_OF_ROLE[user.role]
      return reply.code(201).send(whoIs({ ...user, scopes, actor: `user:${name}` }, session))
    },
  })

  app.route({
    method: 'GET',
    url: '/api/v1/session',
    config: { access: 'self' },
    schema: { summary: '当前身份与权限', tags, response: { 200: Who } },
    handler: async (request) => whoIs(callerOf(request), request.sessionToken),
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/session',
    config: { access: 'self' },
    schema: { summary: '退出登录', tags, response: { 204: z.null() } },
    handler: async (request, reply) => {
      const { token, actor } = signedIn(request)
      await closeSession(db, token, actor)
      return reply.clearCookie(cookieName(settings), cookieOptions(settings)).code(204).send(null)
    },
  })

  app.route({
    method: 'PUT',
    url: '/api/v1/session/password',
    config: { access: 'self' },
    schema: {
      summary: '修改自己的密码',
      description: '修改后，在其他设备上的登录即告失效。',
      tags,
      body: z.object({
        current: z.string().min(1).max(MOST).meta({ description: '现用密码' }),
        password: z.string().max(MOST).meta({ description: '新密码，至少 10 个字符' }),
      }),
      response: { 204: z.null() },
    },
    handler: async (request, reply) => {
      await limitByCaller(request)
      const { token, actor, name } = signedIn(request)
      const { current, password } = request.body
      const { userId } = admitted(await tryToSignIn({ name, password: current, address: request.ip }))
      const fault = passwordFault(password, name)
      if (fault !== null) throw new Problem(400, 'password_refused', PASSWORD_FAULTS[fault], { fault })
      await setPassword(db, { userId, passwordHash: await hashPassword(password), session: token, actor })
      return reply.code(204).send(null)
    },
  })
}

export function sendSession(reply: FastifyReply, settings: Settings, token: string): void {
  // The server decides when a session ends; the cookie only has to outlive it.
  reply.setCookie(cookieName(settings), token, { ...cookieOptions(settings), maxAge: LONGEST_DAYS * 86_400 })
}

export function whoIs({ actor, scopes, role, userId }: Caller, session: string | null): z.infer<typeof Who> {
  return {
    name: actor.slice(actor.indexOf(':') + 1),
    kind: userId === null ? 'key' : 'user',
    role,
    scopes: [...scopes],
    csrfToken: session === null ? null : csrfTokenOf(session),
  }
}

/** For what only a person does: an API key cannot sign out or beget keys. */
export function signedIn(request: FastifyRequest): { token: string; actor: string; name: string } {
  const { actor } = callerOf(request)
  if (request.sessionToken === null) {
    throw new Problem(403, 'people_only', '此操作须由用户登录后进行，不能使用 API 密钥。')
  }
  return { token: request.sessionToken, actor, name: actor.slice(actor.indexOf(':') + 1) }
}

function admitted(outcome: SignIn): Extract<SignIn, { kind: 'known' }> {
  if (outcome.kind === 'known') return outcome
  if (outcome.kind === 'wrong') throw new Problem(401, 'wrong_credentials', '用户名或密码不正确。')
  const seconds = Math.max(1, Math.ceil((outcome.until.getTime() - Date.now()) / 1000))
  throw new Problem(
    429,
    'locked',
    `密码多次输错，为保护账户已暂停登录，请在 ${Math.ceil(seconds / 60)} 分钟后再试。如忘记密码，请联系管理员。`,
    { retryAfter: seconds },
  )
}

function cookieOptions(settings: Settings) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(settings) } as const
}
