/**
 * Who calls, and may they: a session's cookie or an API key → request.caller, or 401, or 403.
 *
 * Every route must declare its access; the server does not start with one that forgot. A route that nobody need have signed in for is
 * not asked for a caller at all, so that it answers while the database is away.
 *
 * What a browser sends by itself (the cookie) is not enough to change anything: the page must also send the session's CSRF token, and
 * must be ours by Origin or Sec-Fetch-Site. A key is never sent by itself and needs neither.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest, RouteOptions } from 'fastify'
import type { Settings } from '../settings.js'
import { findKey } from '../store/keys.js'
import type { Db } from '../store/schema.js'
import { findSession } from '../store/sessions.js'
import { type Access, type Caller, SCOPES_OF_ROLE } from './access.js'
import type { App } from './app-type.js'
import { Problem } from './problem.js'

export interface DeclaredRoute {
  readonly method: string
  readonly url: string
  readonly access: Access
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route, when the server is ready. */
    declaredRoutes: readonly DeclaredRoute[]
  }
  interface FastifyRequest {
    /** The token of the cookie the caller is known by; null: by a key, or not at all. */
    sessionToken: string | null
  }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** To be called before the rate limit is set up, which counts by caller. */
export function identifyCallers(app: App, db: Db, settings: Settings): void {
  const cookie = cookieName(settings)
  app.decorateRequest('caller', null)
  app.decorateRequest('sessionToken', null)
  app.addHook('onRequest', async (request, reply) => {
    const { access } = request.routeOptions.config
    if (access === undefined || access === 'public') return
    // What is for one caller is in nobody's cache, unless the route knows better.
    reply.header('cache-control', 'private, no-store')
    const key = bearerOf(request)
    if (key !== null) {
      request.caller = await callerByKey(db, key)
      return
    }
    const token = request.cookies[cookie]
    if (token === undefined) return
    const session = await findSession(db, token)
    if (session === null) return
    request.sessionToken = token
    request.caller = {
      actor: `user:${session.name}`,
      scopes: SCOPES_OF_ROLE[session.role],
      userId: session.userId,
      role: session.role,
    }
  })
}

/** To be called after the rate limit is set up, so that what is refused here is counted there. */
export function authoriseRoutes(app: App, settings: Settings): void {
  const routes: RouteOptions[] = []
  const declared: DeclaredRoute[] = []
  app.decorate('declaredRoutes', declared)
  app.addHook('onRoute', (route) => {
    routes.push(route)
    route.onRequest = [
      ...[route.onRequest ?? []].flat(),
      async (request) => {
        authorise(request, settings)
      },
    ]
  })
  // Not in onRoute: a plugin's routes are given their access by a hook of the scope it is in, which comes after ours.
  app.addHook('onReady', async () => {
    for (const { method, url, config } of routes) {
      for (const one of [method].flat()) {
        if (config?.access === undefined) throw new Error(`the route ${one} ${url} does not declare its access`)
        declared.push({ method: one, url, access: config.access })
      }
    }
  })
}

function authorise(request: FastifyRequest, settings: Settings): void {
  const { caller, method } = request
  const { access } = request.routeOptions.config
  const changes = !SAFE_METHODS.has(method)
  if (changes && bearerOf(request) === null && isFromElsewhere(request, settings)) {
    throw new Problem(403, 'foreign_origin', '请求来自其他网站，已拒绝。请在本系统的页面中操作。')
  }
  if (access === 'public') return
  if (caller === null) {
    throw bearerOf(request) === null
      ? new Problem(401, 'not_signed_in', '尚未登录，或登录已过期，请重新登录。')
      : new Problem(401, 'key_invalid', 'API 密钥无效、已过期或已吊销。')
  }
  if (changes && request.sessionToken !== null && !hasCsrfToken(request, request.sessionToken)) {
    throw new Problem(403, 'csrf_token', '页面已失效，请刷新后重试（请求头 x-csrf-token 缺失或不符）。')
  }
  if (access === undefined || (access !== 'self' && !caller.scopes.includes(access))) {
    throw new Problem(403, 'forbidden', '您没有进行此项操作的权限，如有需要请联系管理员。')
  }
}

/** On every route that is not public there is one. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error('a public route asked who calls')
  return request.caller
}

/** Tied to the session, so that there is nothing to keep; useless to who does not have the cookie. */
export function csrfTokenOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('csrf').digest('base64url')
}

/** With https browsers keep a __Host- cookie from being set by neighbours. */
export function cookieName(settings: Settings): string {
  return isSecure(settings) ? '__Host-gouji' : 'gouji'
}

export function isSecure({ publicUrl }: Settings): boolean {
  return publicUrl?.startsWith('https:') ?? false
}

function bearerOf({ headers }: FastifyRequest): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null
}

async function callerByKey(db: Db, key: string): Promise<Caller | null> {
  const found = await findKey(db, key)
  return found === null ? null : { actor: `key:${found.name}`, scopes: found.scopes, userId: null, role: null }
}

function hasCsrfToken({ headers }: FastifyRequest, sessionToken: string): boolean {
  const given = headers['x-csrf-token']
  const expected = Buffer.from(csrfTokenOf(sessionToken))
  const presented = Buffer.from(typeof given === 'string' ? given : '')
  return presented.length === expected.length && timingSafeEqual(presented, expected)
}

/**
 * Sec-Fetch-Site is believed first, as it is right behind any proxy. Neither header: no browser, or one so old that the CSRF token has
 * to do alone.
 */
function isFromElsewhere({ headers, protocol, host }: FastifyRequest, { publicUrl }: Settings): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin'
  const { origin } = headers
  if (origin === undefined) return false
  const ours = publicUrl === null ? `${protocol}://${host}` : new URL(publicUrl).origin
  return origin !== ours
}
