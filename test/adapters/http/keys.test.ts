import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type App, buildApp } from '../../../src/adapters/http/app.js'
import { type Call, listen, openServiceForTest, type ServiceForTest, someone } from '../../build/http-service.js'
import { STORES } from '../../build/store.js'

describe.each(STORES)('on %s', (make) => {
  let opened: ServiceForTest
  let app: App
  let call: Call
  let administrator: Record<string, string>
  let archivist: Record<string, string>

  beforeAll(async () => {
    opened = await openServiceForTest(make)
    app = await buildApp(opened.service, [])
    call = await listen(app)
    administrator = await someone(opened.service, call, 'administrator', '管理员')
    archivist = await someone(opened.service, call, 'archivist', '档案员')
  })

  afterAll(async () => {
    await app.close()
    await opened.close()
  })

  const makeKey = (headers: Record<string, string>, body: object) => call('POST /api/v1/keys', { headers, body })
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
  const rowOf = (name: string) =>
    opened.service.db.selectFrom('api_keys').selectAll().where('name', '=', name).executeTakeFirstOrThrow()
  const idOf = async (name: string) => {
    const user = opened.service.db.selectFrom('users').select('id').where('name', '=', name)
    return (await user.executeTakeFirstOrThrow()).id
  }

  describe('API keys', () => {
    test('are shown once, kept as a hash, and say who calls', async () => {
      const { status, json } = await makeKey(archivist, { name: '扫描仪', scopes: ['read', 'upload'] })
      expect([status, json.name]).toEqual([201, '扫描仪'])
      expect(json.key).toMatch(/^gouji_[\w-]{43}$/)
      expect((await call('GET /api/v1/session', { headers: bearer(json.key) })).json).toEqual({
        name: '扫描仪',
        kind: 'key',
        role: null,
        scopes: ['read', 'upload'],
        csrfToken: null,
      })
      const events = await opened.service.db.selectFrom('events').selectAll().execute()
      expect(JSON.stringify([await rowOf('扫描仪'), events, opened.logged])).not.toContain(json.key)
      const detail = { name: '扫描仪', prefix: json.key.slice(0, 12), scopes: ['read', 'upload'] }
      expect(events.at(-1)).toMatchObject({ actor: 'user:档案员', kind: 'key_made', detail })
    })

    test('are listed to their maker, and all of them to an administrator', async () => {
      await makeKey(administrator, { name: '备份', scopes: ['administer'] })
      const namesFor = async (headers: Record<string, string>) => {
        const { json } = await call('GET /api/v1/keys', { headers })
        return json.keys.map(({ name }: { name: string }) => name).sort()
      }
      expect(await namesFor(archivist)).toEqual(['扫描仪'])
      expect(await namesFor(administrator)).toEqual(['备份', '扫描仪'])
      const { text } = await call('GET /api/v1/keys', { headers: administrator })
      expect(text).not.toContain((await rowOf('备份')).key_hash)
    })

    test('allow no more than their maker may do', async () => {
      const { status, json } = await makeKey(archivist, { name: '越权', scopes: ['read', 'administer', 'review'] })
      expect([status, json.code]).toEqual([403, 'scopes_beyond_own'])
      expect(json.detail).toContain('administer、review')
    })

    test('lose what their maker loses, and stop with a maker who is disabled', async () => {
      await someone(opened.service, call, 'administrator', '将离职者')
      const maker = await call('POST /api/v1/session', { body: { name: '将离职者', password: '春眠不觉晓处处闻啼鸟' } })
      const own = { cookie: String(maker.cookie), 'x-csrf-token': String(maker.json.csrfToken) }
      const { json } = await makeKey(own, { name: '离职者的密钥', scopes: ['read', 'administer'] })
      const users = () => call('GET /api/v1/users', { headers: bearer(json.key) })
      expect((await users()).status).toBe(200)
      const change = async (body: object) =>
        call(`PATCH /api/v1/users/${await idOf('将离职者')}`, { headers: administrator, body })
      await change({ role: 'analyst' })
      expect((await users()).status).toBe(403)
      expect((await call('GET /api/v1/session', { headers: bearer(json.key) })).json.scopes).toEqual(['read'])
      await change({ disabled: true })
      expect((await users()).json.code).toBe('key_invalid')
    })

    test('change things without a token of a page', async () => {
      const { json } = await makeKey(administrator, { name: '自动化', scopes: ['administer'] })
      const { status } = await call('POST /api/v1/invitations', {
        headers: bearer(json.key),
        body: { role: 'analyst' },
      })
      expect(status).toBe(201)
    })

    test('beget no keys, sign nobody out and change no password', async () => {
      const { json } = await makeKey(administrator, { name: '繁殖', scopes: ['administer'] })
      const headers = bearer(json.key)
      expect((await makeKey(headers, { name: '后代', scopes: ['administer'] })).json.code).toBe('people_only')
      expect((await call('DELETE /api/v1/session', { headers })).json.code).toBe('people_only')
      const body = { current: 'x', password: 'y' }
      expect((await call('PUT /api/v1/session/password', { headers, body })).json.code).toBe('people_only')
    })

    test('end when they are revoked, by their maker or an administrator and nobody else', async () => {
      const { json } = await makeKey(archivist, { name: '待吊销', scopes: ['read'] })
      const other = await someone(opened.service, call, 'archivist', '另一档案员')
      const revoke = (headers: Record<string, string>) => call(`DELETE /api/v1/keys/${json.id}`, { headers })
      expect((await revoke(other)).json.code).toBe('key_unknown')
      expect((await revoke(administrator)).status).toBe(204)
      expect((await call('GET /api/v1/session', { headers: bearer(json.key) })).json.code).toBe('key_invalid')
      expect((await revoke(archivist)).json.code).toBe('key_unknown')
    })

    test('end when they expire', async () => {
      const expiresAt = new Date(Date.now() + 60_000).toISOString()
      const { json } = await makeKey(archivist, { name: '短期', scopes: ['read'], expiresAt })
      const who = () => call('GET /api/v1/session', { headers: bearer(json.key) })
      expect((await who()).status).toBe(200)
      const past = { expires_at: new Date(Date.now() - 1) }
      await opened.service.db.updateTable('api_keys').set(past).where('name', '=', '短期').execute()
      expect((await who()).status).toBe(401)
      const late = await makeKey(archivist, { name: '过期', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' })
      expect(late.json.code).toBe('expiry_past')
    })

    test('have names that nobody had before', async () => {
      expect((await makeKey(administrator, { name: '待吊销', scopes: ['read'] })).json.code).toBe('name_taken')
      expect((await makeKey(administrator, { name: '#1', scopes: ['read'] })).json.detail).toMatch(/^密钥名称应为/)
    })

    test('say when they were last used, to the minute', async () => {
      const { json } = await makeKey(archivist, { name: '常用', scopes: ['read'] })
      const use = () => call('GET /api/v1/session', { headers: bearer(json.key) })
      const lastUsed = async () => (await rowOf('常用')).last_used_at?.getTime() ?? null
      expect(await lastUsed()).toBeNull()
      await use()
      const first = await lastUsed()
      await use()
      expect(await lastUsed()).toBe(first)
      const longAgo = { last_used_at: new Date(Date.now() - 61_000) }
      await opened.service.db.updateTable('api_keys').set(longAgo).where('name', '=', '常用').execute()
      await use()
      expect(await lastUsed()).toBeGreaterThanOrEqual(first ?? Number.POSITIVE_INFINITY)
    })
  })
})
