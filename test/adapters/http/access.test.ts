import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { SCOPES, type Scope } from '../../../src/adapters/http/access.js'
import { type App, buildApp } from '../../../src/adapters/http/app.js'
import { documentPageRoutes } from '../../../src/adapters/http/document-pages.js'
import { reviewAssigningRoutes } from '../../../src/adapters/http/review-assigning.js'
import { ROUTES } from '../../../src/adapters/http/routes.js'
import { makeKey } from '../../../src/adapters/store/keys.js'
import { type Call, listen, openServiceForTest, type ServiceForTest } from '../../build/http-service.js'

/** No page is to be made for those who are refused. */
const nobody = () => Promise.reject(new Error('a page was asked for'))

let opened: ServiceForTest
let app: App
let call: Call

beforeAll(async () => {
  opened = await openServiceForTest()
  app = await buildApp(opened.service, [
    ...ROUTES,
    documentPageRoutes({ picture: nobody, text: nobody, blocks: nobody }),
    reviewAssigningRoutes({ blocks: nobody }),
  ])
  call = await listen(app)
})

afterAll(async () => {
  await app.close()
  await opened.close()
})

let keys = 0

async function keyFor(scopes: readonly Scope[]): Promise<Record<string, string>> {
  keys += 1
  const name = `key ${keys}`
  const made = await makeKey(opened.service.db, { name, scopes, expiresAt: null, actor: 'system' })
  if (made === null) throw new Error('there is a key of that name')
  return { authorization: `Bearer ${made.key}` }
}

/** What a pattern of ours lets in. */
const addressOf = (url: string) =>
  url
    .replace(/:\w+\(\^\[a-z_\]\+\)/, 'requests')
    .replace(/:\w+\(\^\\d\+\)/, '1')
    .replace(/:\w+/g, '00000000-0000-4000-8000-000000000000')
    .replace('*', 'main.js')

describe('access', () => {
  test('each route says who may call it', () => {
    const routes = app.declaredRoutes.map(({ method, url, access }) => `${method} ${url} ${access}`)
    // HEAD goes with GET, and those of the dashboard are all alike.
    const unlisted = /^HEAD | \/admin\//
    expect(routes.filter((route) => !unlisted.test(route)).sort()).toEqual([
      'DELETE /api/v1/documents/:sha256 delete',
      'DELETE /api/v1/keys/:id self',
      'DELETE /api/v1/review/:sha256/claim review',
      'DELETE /api/v1/review/:sha256/decisions/:id review',
      'DELETE /api/v1/session self',
      'DELETE /api/v1/uploads/:upload upload',
      'GET /api/v1/batches read',
      'GET /api/v1/batches/:id read',
      'GET /api/v1/batches/:id/events read',
      'GET /api/v1/batches/:id/files read',
      'GET /api/v1/batches/:id/receipt read',
      'GET /api/v1/coverage read',
      'GET /api/v1/docs public',
      'GET /api/v1/docs.css public',
      'GET /api/v1/documents read',
      'GET /api/v1/documents/:sha256 read',
      'GET /api/v1/documents/:sha256/blocks read',
      'GET /api/v1/documents/:sha256/discrepancies read',
      'GET /api/v1/documents/:sha256/events read',
      'GET /api/v1/documents/:sha256/original read',
      'GET /api/v1/documents/:sha256/pages/:page(^\\d+).png read',
      'GET /api/v1/documents/:sha256/pages/:page(^\\d+)/text read',
      'GET /api/v1/documents/:sha256/record read',
      'GET /api/v1/documents/:sha256/tables/:key(^[a-z_]+).tsv read',
      'GET /api/v1/fact-keys read',
      'GET /api/v1/facts read',
      'GET /api/v1/fixity read',
      'GET /api/v1/keys self',
      'GET /api/v1/openapi.json public',
      'GET /api/v1/organs read',
      'GET /api/v1/organs/:id read',
      'GET /api/v1/overview read',
      'GET /api/v1/review/:sha256 review',
      'GET /api/v1/review/:sha256/history read',
      'GET /api/v1/review/queue read',
      'GET /api/v1/review/queue/choices read',
      'GET /api/v1/review/queue/events review',
      'GET /api/v1/review/settings read',
      'GET /api/v1/session self',
      'GET /api/v1/users administer',
      'GET /health/live public',
      'GET /health/ready public',
      'GET /metrics monitor',
      'OPTIONS /api/v1/uploads upload',
      'PATCH /api/v1/organs/:id review',
      'PATCH /api/v1/uploads/:upload upload',
      'PATCH /api/v1/users/:id administer',
      'POST /api/v1/batches upload',
      'POST /api/v1/batches/:id/close upload',
      'POST /api/v1/batches/:id/files upload',
      'POST /api/v1/batches/:id/known upload',
      'POST /api/v1/documents/:sha256/reextract reextract',
      'POST /api/v1/documents/reextract reextract',
      'POST /api/v1/fixity administer',
      'POST /api/v1/invitations administer',
      'POST /api/v1/invitations/accept public',
      'POST /api/v1/keys self',
      'POST /api/v1/organs/:id/merge review',
      'POST /api/v1/organs/:id/other review',
      'POST /api/v1/organs/:id/split review',
      'POST /api/v1/receipts/check read',
      'POST /api/v1/review/:sha256/accept review',
      'POST /api/v1/review/:sha256/assignments review',
      'POST /api/v1/review/:sha256/claim review',
      'POST /api/v1/review/:sha256/decisions review',
      'POST /api/v1/review/:sha256/reject review',
      'POST /api/v1/review/:sha256/reopen review',
      'POST /api/v1/review/next review',
      'POST /api/v1/session public',
      'POST /api/v1/uploads upload',
      'PUT /api/v1/review/:sha256/claim review',
      'PUT /api/v1/review/settings administer',
      'PUT /api/v1/session/password self',
    ])
    expect(app.declaredRoutes.filter(({ url }) => url.startsWith('/admin/')).length).toBeGreaterThan(10)
    for (const { url, access } of app.declaredRoutes) if (url.startsWith('/admin/')) expect(access).toBe('administer')
  })

  test('a route that forgot keeps the server from starting', async () => {
    const forgetful = (to: App) => void to.get('/api/v1/forgotten', async () => 'all of it')
    await expect(buildApp(opened.service, [forgetful])).rejects.toThrow(
      'GET /api/v1/forgotten does not declare its access',
    )
  })

  test('a plugin that adds routes of its own cannot forget either', async () => {
    const plugin = (to: App) =>
      void to.register(async (scope) => void scope.options('/deep', async () => 'all of it'), { prefix: '/api' })
    await expect(buildApp(opened.service, [plugin])).rejects.toThrow('OPTIONS /api/deep does not declare its access')
  })

  test('who is unknown gets into no route that is not public', async () => {
    for (const { method, url, access } of app.declaredRoutes) {
      if (access === 'public') continue
      const { status } = await call(`${method} ${addressOf(url)}`)
      expect(`${method} ${url} ${status}`).toBe(`${method} ${url} 401`)
    }
  })

  test('a key that is not ours gets nowhere', async () => {
    for (const authorization of ['Bearer gouji_x', 'Bearer something', 'bearer  gouji_']) {
      const { status, json } = await call('GET /api/v1/session', { headers: { authorization } })
      expect([status, ['key_invalid', 'not_signed_in'].includes(json.code)]).toEqual([401, true])
    }
  })

  test('who has every scope but the one that is asked for is refused', async () => {
    const lacking = new Map<string, Record<string, string>>()
    for (const scope of SCOPES) lacking.set(scope, await keyFor(SCOPES.filter((other) => other !== scope)))
    for (const { method, url, access } of app.declaredRoutes) {
      const headers = lacking.get(access)
      if (headers === undefined) continue
      const { status } = await call(`${method} ${addressOf(url)}`, { headers })
      expect(`${method} ${url} ${status}`).toBe(`${method} ${url} 403`)
    }
  })

  test('who has the scope gets in', async () => {
    const headers = await keyFor(['monitor'])
    expect((await call('GET /metrics', { headers })).status).toBe(200)
    expect((await call('HEAD /metrics', { headers })).status).toBe(200)
  })

  test('an answer for one caller is in nobody else’s cache', async () => {
    const headers = await keyFor(['read'])
    expect((await call('GET /api/v1/session', { headers })).headers.get('cache-control')).toBe('private, no-store')
  })
})
