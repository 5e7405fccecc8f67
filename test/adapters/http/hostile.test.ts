import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { type App, buildApp } from '../../../src/adapters/http/app.js'
import { type Call, listen, openServiceForTest, type ServiceForTest } from '../../build/http-service.js'

let opened: ServiceForTest
let app: App
let call: Call

const config = { access: 'public' } as const

/** Takes what is sent to it, and fails in the ways that routes fail. */
function sampleRoutes(to: App): void {
  to.route({
    method: 'POST',
    url: '/api/v1/sample/:id',
    config,
    schema: {
      params: z.object({ id: z.coerce.number().int() }),
      querystring: z.object({ limit: z.coerce.number().int().max(100).optional() }),
      body: z.object({ names: z.array(z.string().min(2)).max(2), at: z.iso.datetime().optional() }),
      response: { 200: z.object({ seen: z.number() }) },
    },
    handler: async (request) => ({ seen: request.body.names.length }),
  })
  to.get('/api/v1/broken', { config }, async () => {
    throw new Error('password=hunter2 in /srv/secret/place')
  })
  to.get('/api/v1/mistaken', { config, schema: { response: { 200: z.object({ seen: z.number() }) } } }, async () => {
    return JSON.parse('{"seen": "secret"}')
  })
  to.get('/api/v1/full', { config }, async () => {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' })
  })
  to.get('/api/v1/away', { config }, async () => {
    throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' })
  })
}

beforeAll(async () => {
  opened = await openServiceForTest()
  app = await buildApp(opened.service, [sampleRoutes])
  call = await listen(app)
})

afterAll(async () => {
  await app.close()
  await opened.close()
})

async function openSocket(to: App = app): Promise<Socket> {
  const { port } = to.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

/** What the server says on the socket until it closes it. */
async function lastWords(socket: Socket): Promise<string> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.on('error', () => undefined)
  if (!socket.closed) await once(socket, 'close')
  return Buffer.concat(chunks).toString()
}

describe('slow callers', () => {
  let impatient: App
  let ask: Call

  beforeAll(async () => {
    impatient = await buildApp(opened.service, [sampleRoutes], { headers: 1500, idle: 3000, checking: 100 })
    ask = await listen(impatient)
  })

  afterAll(() => impatient.close())

  test('who never finishes the headers is cut off, while others are served', async () => {
    const sockets = await Promise.all(Array.from({ length: 50 }, () => openSocket(impatient)))
    for (const socket of sockets) socket.write('GET /health/live HTTP/1.1\r\nhost: x\r\nx-slow: ')
    const drip = setInterval(() => {
      for (const socket of sockets) if (socket.writable) socket.write('a')
    }, 20)
    const ends = sockets.map(lastWords)
    try {
      expect((await ask('GET /health/live')).status).toBe(200)
      for (const words of await Promise.all(ends)) {
        expect(words).toMatch(/^HTTP\/1\.1 408 /)
        expect(words).toContain('"code":"request_timeout"')
      }
    } finally {
      clearInterval(drip)
    }
  })

  test('who says nothing at all is cut off', async () => {
    expect(await lastWords(await openSocket(impatient))).toMatch(/^(HTTP\/1\.1 408 |$)/)
  })

  test('who stops in the middle of a body is cut off', async () => {
    const socket = await openSocket(impatient)
    socket.write(
      'POST /api/v1/sample/1 HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{',
    )
    await lastWords(socket)
    expect((await ask('GET /health/live')).status).toBe(200)
  })
})

describe('what is no request', () => {
  test.each([
    ['other protocols', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', 400, 'malformed_request'],
    [
      'headers that are too large',
      `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
    [
      'two lengths of one body',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'malformed_request',
    ],
  ])('%s are refused', async (_, sent, status, code) => {
    const socket = await openSocket()
    socket.write(sent)
    const words = await lastWords(socket)
    expect(words).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(words).toContain(`"code":"${code}"`)
  })
})

describe('bodies', () => {
  const send = (body: string, type = 'application/json') =>
    call('POST /api/v1/sample/1', { body, headers: { 'content-type': type } })

  test('larger than a megabyte are refused before they are read', async () => {
    const { status, json } = await send(JSON.stringify({ names: ['x'.repeat(2 ** 20)] }))
    expect([status, json.code, json.title]).toEqual([413, 'body_too_large', '内容过大'])
  })

  test('larger than announced are refused too', async () => {
    const socket = await openSocket()
    socket.write(
      'POST /api/v1/sample/1 HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
    )
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
    for (let sent = 0; sent < 20; sent += 1) socket.write(chunk)
    expect(await lastWords(socket)).toMatch(/^HTTP\/1\.1 413 /)
  })

  test.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'nonsense',
  ])('of the type %s are refused', async (type) => {
    const { status, json, headers } = await send('{"names":[]}', type)
    expect([status, json.code]).toEqual([415, 'unsupported_media_type'])
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  })

  test.each(['', '{', '{"names":[]', '\u0000', '[1,]', '{"__proto__":{"admin":true},"names":[]}'])(
    'that are no JSON are refused: %j',
    async (body) => {
      const { status, json } = await send(body)
      expect([status, json.code]).toEqual([400, 'invalid_json'])
    },
  )

  test('that say something else are refused, field by field and in Chinese', async () => {
    const body = { names: ['x', 'xx'], at: 'yesterday' }
    const { status, json } = await call('POST /api/v1/sample/1', { body })
    expect([status, json.code]).toEqual([400, 'invalid_request'])
    expect(json.errors).toEqual([
      { field: 'names.0', message: '至少需要 2 个字符', rule: 'too_small', limit: '2' },
      { field: 'at', message: '应为 ISO 8601 日期时间（如 2024-03-01T08:00:00Z）', rule: 'invalid_format' },
    ])
    const three = { names: ['xx', 'xx', 'xx'] }
    expect((await call('POST /api/v1/sample/1', { body: three })).json.detail).toBe(
      '请求正文有误。names：最多允许 2 项。',
    )
    expect((await call('POST /api/v1/sample/1', { body: {} })).json.detail).toBe('请求正文有误。names：不能缺少。')
    expect((await call('POST /api/v1/sample/x', { body: { names: [] } })).json.detail).toBe(
      '路径参数有误。id：应为数字。',
    )
    expect((await call('POST /api/v1/sample/1?limit=101', { body: { names: [] } })).json.detail).toBe(
      '查询参数有误。limit：不能大于 100。',
    )
    expect((await call('POST /api/v1/sample/1', { body: [] })).json.detail).toBe('请求正文有误。应为对象。')
  })
})

describe('paths', () => {
  test.each([
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/pages/..%2f..%2fpackage.json',
    '/pages/%5c..%5cpackage.json',
    '/admin/queue/static/..%2f..%2f..%2fpackage.json',
    '/admin/queue/static/%2e%2e/%2e%2e/package.json',
    '/api/v1/users%00',
    '//evil.example/api/v1/users',
    '/api/v1/../../health/live/..;/',
    '/%ff%fe',
    '/%',
  ])('%s leads nowhere', async (path) => {
    const socket = await openSocket()
    socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
    const words = await lastWords(socket)
    expect(words).toMatch(/^HTTP\/1\.1 (400|401|403|404) /)
    expect(words).toContain('application/problem+json')
    expect(words).not.toMatch(/root:|"dependencies"/)
  })

  test('a method that a route does not have is not found', async () => {
    expect((await call('PUT /api/v1/session', { body: {} })).status).toBe(404)
    expect((await call('OPTIONS /api/v1/session', { headers: { origin: 'https://evil.example' } })).status).toBe(404)
  })
})

describe('trouble of ours', () => {
  test('is told by a number and nothing else, and logged with its stack', async () => {
    const { status, json, text } = await call('GET /api/v1/broken')
    expect([status, json.code, json.title]).toEqual([500, 'internal', '服务器内部错误'])
    expect(text).not.toMatch(/hunter2|secret|Error/)
    expect(json.detail).toContain(json.requestId)
    const line = opened.logged.find(({ requestId, level }) => requestId === json.requestId && level === 'error')
    expect(line).toMatchObject({ err: { type: 'Error', stack: expect.stringContaining('hostile.test') } })
  })

  test('an answer that is not what was promised is not sent', async () => {
    const { status, text } = await call('GET /api/v1/mistaken')
    expect(status).toBe(500)
    expect(text).not.toContain('secret')
  })

  test('a full disk and a part that is away are told as such', async () => {
    const full = await call('GET /api/v1/full')
    expect([full.status, full.json.code]).toEqual([507, 'storage_full'])
    const away = await call('GET /api/v1/away')
    expect([away.status, away.json.code, away.headers.get('retry-after')]).toEqual([503, 'unavailable', '5'])
    expect(away.text).not.toContain('10.0.0.7')
  })
})

describe('every answer', () => {
  test.each(['GET /', 'GET /health/live', 'GET /api/v1/session', 'GET /no/such/place', 'GET /api/v1/broken'] as const)(
    'to %s is protected by its headers',
    async (request) => {
      const { headers } = await call(request)
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'self';script-src 'self' 'wasm-unsafe-eval';"),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'x-request-id': expect.stringMatching(/^[\da-f-]{36}$/),
      })
      // Browsers would never come back by http to a service that has nothing else.
      expect(headers.has('strict-transport-security')).toBe(false)
      expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests')
      expect(headers.has('access-control-allow-origin')).toBe(false)
      expect(headers.has('x-powered-by')).toBe(false)
    },
  )

  test('says when to come back to who asks too often', async () => {
    const other = await openServiceForTest()
    const server = await buildApp(other.service, [])
    try {
      const callOther = await listen(server)
      const answers = []
      for (let round = 0; round < 26; round += 1) {
        answers.push(...(await Promise.all(Array.from({ length: 50 }, () => callOther('GET /api/v1/docs.css')))))
      }
      expect([...new Set(answers.map(({ status }) => status))]).toEqual([200, 429])
      const last = answers.at(-1)
      expect(last?.json.code).toBe('too_many_requests')
      expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
      expect((await callOther('GET /health/live')).status).toBe(200)
    } finally {
      await server.close()
      await other.close()
    }
  })
})
