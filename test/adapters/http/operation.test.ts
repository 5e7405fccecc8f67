import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { type App, buildApp } from '../../../src/adapters/http/app.js'
import { metrics } from '../../../src/adapters/http/metrics.js'
import { ROUTES } from '../../../src/adapters/http/routes.js'
import { type Call, listen, openServiceForTest, type ServiceForTest, someone } from '../../build/http-service.js'

let opened: ServiceForTest
let app: App
let call: Call
let headers: Record<string, string>

beforeAll(async () => {
  opened = await openServiceForTest()
  app = await buildApp(opened.service, ROUTES)
  call = await listen(app)
  headers = await someone(opened.service, call, 'administrator', '管理员')
})

afterAll(async () => {
  await app.close()
  await opened.close()
})

describe('health', () => {
  test('is well when every part answers', async () => {
    expect((await call('GET /health/live')).json).toEqual({ status: 'ok' })
    const { status, json } = await call('GET /health/ready')
    expect([status, json]).toEqual([200, { database: 'ok', originals: 'ok', queue: 'ok' }])
  })

  test('says which part is away, and why only in the log', async () => {
    const other = await openServiceForTest()
    const server = await buildApp(other.service, [])
    try {
      const callOther = await listen(server)
      other.away.add('originals').add('queue')
      const { status, json, text, headers: answered } = await callOther('GET /health/ready')
      expect([status, json.code, answered.get('retry-after')]).toEqual([503, 'not_ready', '5'])
      expect(json.detail).toBe('原件存储、任务队列暂时不可用。')
      expect(json.parts).toEqual({ database: 'ok', originals: 'away', queue: 'away' })
      expect(text).not.toContain('secret-name')
      expect(JSON.stringify(other.logged)).toContain('secret-name')
      expect((await callOther('GET /health/live')).status).toBe(200)
    } finally {
      await server.close()
      await other.close()
    }
  })

  test('a database that is away is told as such by every route that needs it', async () => {
    const other = await openServiceForTest()
    const server = await buildApp(other.service, [])
    const callOther = await listen(server)
    await other.close()
    try {
      expect((await callOther('GET /health/live')).status).toBe(200)
      expect((await callOther('GET /health/ready')).json.parts.database).toBe('away')
      const { status } = await callOther('GET /api/v1/session', { headers: { cookie: 'gouji=x' } })
      expect(status).toBeGreaterThanOrEqual(500)
    } finally {
      await server.close()
    }
  })
})

describe('metrics', () => {
  test('tell how things stand', async () => {
    const { db } = opened.service
    const sha256 = (digit: string) => digit.repeat(64)
    for (const [digit, state] of [
      ['1', {}],
      ['2', {}],
      ['3', { given_up: '读取时进程多次异常退出' }],
      ['4', { deleted_at: new Date(), deleted_reason: '误传' }],
    ] as const) {
      const common = { sha256: sha256(digit), byte_length: 1, file_name: '报告.pdf' }
      const none = { extraction_id: null, given_up: null, deleted_at: null, deleted_reason: null }
      await db
        .insertInto('documents')
        .values({ ...common, ...none, ...state })
        .execute()
    }
    await sql`with made as (
      insert into extractions (document_id, extractor_version, status, media_type, record, milliseconds)
        select id, '1', 'accepted', 'application/pdf', '{}', 5 from documents where sha256 = ${sha256('1')} returning id, document_id
    ) update documents set extraction_id = made.id from made where documents.id = made.document_id`.execute(db)

    const { text } = await call('GET /metrics', { headers })
    expect(text).toContain('gouji_documents{status="accepted"} 1\n')
    expect(text).toContain('gouji_documents{status="unread"} 1\n')
    expect(text).toContain('gouji_documents{status="given_up"} 1\n')
    expect(text).toContain('gouji_documents{status="failed"} 0\n')
    expect(text).toContain('gouji_queue_documents{state="waiting"} 3\n')
    expect(text).toContain('gouji_queue_documents{state="active"} 2\n')
    expect(text).toContain('gouji_queue_documents{state="delayed"} 1\n')
    expect(text).toContain('gouji_queue_oldest_seconds 4.5\n')
    expect(text).toMatch(/\nprocess_resident_memory_bytes \d+\n/)
  })

  test('count readings and requests, by pattern and never by address', async () => {
    metrics.observeExtraction('needs_review', 300)
    await call('GET /no/such/place')
    await call('DELETE /api/v1/keys/00000000-0000-4000-8000-000000000000', { headers })
    const { text } = await call('GET /metrics', { headers })
    expect(text).toContain('gouji_extractions_total{status="needs_review"} 1\n')
    expect(text).toContain('gouji_extraction_seconds_bucket{le="0.5",status="needs_review"} 1\n')
    expect(text).toContain(
      'gouji_http_request_seconds_count{method="DELETE",route="/api/v1/keys/:id",status="4xx"} 1\n',
    )
    expect(text).toContain('gouji_http_request_seconds_count{method="GET",route="none",status="4xx"} 1\n')
    expect(text).not.toContain('/no/such/place')
  })
})

describe('the dashboard of the queue', () => {
  test('is shown to administrators, without a script of others', async () => {
    const { status, text, headers: answered } = await call('GET /admin/queue', { headers })
    expect([status, answered.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(text).toContain('<title>勾稽任务队列</title>')
    expect(text).not.toContain('<%')
    const script = /static\/js\/main\.\w+\.js/.exec(text)?.[0]
    expect((await call(`GET /admin/queue/${script}`, { headers })).status).toBe(200)
    expect(answered.get('content-security-policy')).toMatch(/^default-src 'self';/)
  })

  test('only looks', async () => {
    for (const { method, url } of app.declaredRoutes) {
      if (url.startsWith('/admin/')) expect(['GET', 'HEAD']).toContain(method)
    }
    expect((await call('PUT /admin/queue/api/queues/extraction/pause', { headers })).status).toBe(404)
  })
})

describe('the description of the API', () => {
  test('has every route, who may call it, and how trouble is told', async () => {
    const { json } = await call('GET /api/v1/openapi.json')
    expect(json.openapi).toBe('3.1.0')
    const described = Object.entries<Record<string, { 'x-access': string }>>(json.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => `${method.toUpperCase()} ${path} ${operation['x-access']}`),
    )
    const hidden = /^(HEAD |GET \/admin\/|GET \/api\/v1\/docs(\.css)? )/
    const declared = app.declaredRoutes
      .map(({ method, url, access }) => `${method} ${url.replace(/:(\w+)(?:\([^)]*\))?/g, '{$1}')} ${access}`)
      .filter((route) => !hidden.test(route))
    expect(described.sort()).toEqual(declared.sort())
    const { post } = json.paths['/api/v1/session']
    expect(post.responses.default.content['application/problem+json'].schema).toEqual({
      $ref: '#/components/schemas/Problem',
    })
    expect(json.components.schemas.Problem.required).toContain('requestId')
    expect(post.security).toEqual([])
    expect(post.responses['201']).toMatchObject({ description: '成功' })
  })

  test('points to nothing that it does not have', async () => {
    const { text, json } = await call('GET /api/v1/openapi.json')
    const named = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '')
    expect(named.length).toBeGreaterThan(0)
    for (const name of named) expect(Object.keys(json.components.schemas)).toContain(name)
  })

  test('is a page that can be read without a script', async () => {
    const { text, headers: answered } = await call('GET /api/v1/docs')
    expect(answered.get('content-type')).toBe('text/html; charset=utf-8')
    expect(text).toContain('<span class="method">PATCH</span> <code>/api/v1/users/{id}</code>')
    expect(text).toContain('权限：管理（administer）')
    expect(text).toContain('现用密码')
    expect(text).not.toMatch(/<script|https?:\/\//)
    const anchors = [...text.matchAll(/href="#([^"]+)"/g)].map(([, anchor]) => anchor)
    for (const anchor of anchors) expect(text).toContain(`id="${anchor}"`)
  })
})

describe('the log', () => {
  test('has one line a request, with its number, and no secret', async () => {
    opened.logged.length = 0
    const secret = 'do-not-write-this-down'
    const { headers: answered } = await call(`GET /api/v1/users?name=${secret}`, {
      headers: { ...headers, 'x-csrf-token': secret },
    })
    expect(opened.logged).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        requestId: answered.get('x-request-id'),
        req: { method: 'GET', path: '/api/v1/users', address: '127.0.0.1' },
        res: { statusCode: 200 },
        caller: 'user:管理员',
        milliseconds: expect.any(Number),
        msg: 'request answered',
      },
    ])
  })
})
