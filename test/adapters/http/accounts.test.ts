import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type App, buildApp } from '../../../src/adapters/http/app.js'
import { changeUser, firstAdministratorLink, invite } from '../../../src/adapters/store/accounts.js'
import type { Role } from '../../../src/adapters/store/schema.js'
import {
  type Call,
  listen,
  openServiceForTest,
  PASSWORD,
  type ServiceForTest,
  someone,
} from '../../build/http-service.js'
import { STORES } from '../../build/store.js'

describe.each(STORES)('on %s', (make) => {
  let opened: ServiceForTest
  let app: App
  let call: Call

  beforeAll(async () => {
    opened = await openServiceForTest(make)
  })

  // Each test has a server of its own, as attempts are counted by address and all come from one.
  beforeEach(async () => {
    await app?.close()
    app = await buildApp(opened.service, [])
    call = await listen(app)
  })

  afterAll(async () => {
    await app.close()
    await opened.close()
  })

  const db = () => opened.service.db
  const join = (role: Role, name: string) => someone(opened.service, call, role, name)
  const signIn = (name: string, password: string = PASSWORD) =>
    call('POST /api/v1/session', { body: { name, password } })
  const eventsOf = async (kind: string) => {
    const rows = await db().selectFrom('events').select(['actor', 'kind', 'detail']).orderBy('id').execute()
    return rows.filter((row) => row.kind === kind)
  }
  const idOf = async (name: string) => {
    const { id } = await db().selectFrom('users').select('id').where('name', '=', name).executeTakeFirstOrThrow()
    return id
  }

  describe('the first administrator', () => {
    test('comes by a link that works once, and there is no other link afterwards', async () => {
      const link = await firstAdministratorLink(db(), 'http://127.0.0.1:4180/')
      expect(link).toMatch(/^http:\/\/127\.0\.0\.1:4180\/join#[\w-]{43}$/)
      const accept = (name: string) =>
        call('POST /api/v1/invitations/accept', { body: { token: link?.split('#')[1], name, password: PASSWORD } })
      const first = await accept('首任管理员')
      expect([first.status, first.json.role, first.json.name]).toEqual([201, 'administrator', '首任管理员'])
      const second = await accept('后来的人')
      expect([second.status, second.json.code]).toEqual([410, 'invitation_void'])
      expect(await firstAdministratorLink(db(), 'http://127.0.0.1:4180')).toBeNull()
    })

    test('cannot come by a link of an earlier start', async () => {
      const other = await openServiceForTest(make)
      try {
        const earlier = await firstAdministratorLink(other.service.db, 'http://a')
        const later = await firstAdministratorLink(other.service.db, 'http://a')
        expect(later).not.toBe(earlier)
        const voids = await other.service.db.selectFrom('invitations').select('expires_at').execute()
        expect(voids.filter(({ expires_at }) => expires_at > new Date())).toHaveLength(1)
      } finally {
        await other.close()
      }
    })
  })

  describe('invitations', () => {
    test('are made by administrators and say what the invited will be', async () => {
      const headers = await join('administrator', '邀请者')
      const made = await call('POST /api/v1/invitations', { headers, body: { role: 'reviewer' } })
      expect(made.status).toBe(201)
      expect(made.json.link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/join#/)
      const body = { token: made.json.token, name: ' 李　审核 ', password: PASSWORD }
      const { status, json, cookie } = await call('POST /api/v1/invitations/accept', { body })
      expect([status, json.name, json.role, json.scopes]).toEqual([
        201,
        '李 审核',
        'reviewer',
        ['read', 'review', 'reextract'],
      ])
      expect((await call('GET /api/v1/session', { headers: { cookie } })).json.name).toBe('李 审核')
      expect((await eventsOf('user_joined')).at(-1)).toMatchObject({
        actor: 'user:李 审核',
        detail: { role: 'reviewer' },
      })
    })

    test('keep no token', async () => {
      const { token } = await invite(db(), 'analyst', 'system')
      const rows = await db().selectFrom('invitations').selectAll().execute()
      const events = await db().selectFrom('events').selectAll().execute()
      expect(JSON.stringify([rows, events, opened.logged])).not.toContain(token)
    })

    test('expire', async () => {
      const { token } = await invite(db(), 'analyst', 'system')
      await db()
        .updateTable('invitations')
        .set({ expires_at: new Date(Date.now() - 1) })
        .execute()
      const body = { token, name: '迟到者', password: PASSWORD }
      expect((await call('POST /api/v1/invitations/accept', { body })).status).toBe(410)
    })

    test('make one user when two accept at once', async () => {
      const { token } = await invite(db(), 'analyst', 'system')
      const answers = await Promise.all(
        ['同时甲', '同时乙'].map((name) =>
          call('POST /api/v1/invitations/accept', { body: { token, name, password: PASSWORD } }),
        ),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 410])
    })

    test.each([
      ['短密码', 'account_refused', { password: '123456789' }],
      ['常见密码', 'account_refused', { password: 'Password123' }],
      ['重复密码', 'account_refused', { password: 'abcabcabcabc' }],
      ['abcdefghijklm', 'account_refused', { password: 'ABCDEFGHIJKLM' }],
      ['<script>', 'account_refused', {}],
      ['', 'account_refused', {}],
      ['\u202e反写', 'account_refused', {}],
      ['名'.repeat(33), 'account_refused', {}],
    ])('refuse the name %j where name or password will not do', async (name, code, other) => {
      const { token } = await invite(db(), 'analyst', 'system')
      const body = { token, name, password: PASSWORD, ...other }
      const { status, json } = await call('POST /api/v1/invitations/accept', { body })
      expect([status, json.code]).toEqual([400, code])
      expect(json.detail).toMatch(/[\u4e00-\u9fff]+。$/)
    })

    test('refuse a name that somebody has, in whatever case, and can then be used with another', async () => {
      await join('analyst', 'Wang')
      const { token } = await invite(db(), 'analyst', 'system')
      const accept = (name: string) =>
        call('POST /api/v1/invitations/accept', { body: { token, name, password: PASSWORD } })
      expect((await accept('wang')).json.code).toBe('name_taken')
      expect((await accept('Ｗang')).json.code).toBe('name_taken')
      expect((await accept('Wang 2')).status).toBe(201)
    })
  })

  describe('signing in', () => {
    test('gives a cookie that scripts cannot read, and who one is', async () => {
      await join('archivist', '登录者')
      const { status, headers, json, cookie } = await signIn('登录者')
      expect(status).toBe(201)
      expect(headers.get('set-cookie')).toMatch(/^gouji=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/)
      expect(json).toMatchObject({ name: '登录者', kind: 'user', role: 'archivist' })
      expect((await call('GET /api/v1/session', { headers: { cookie } })).json).toEqual(json)
    })

    test('keeps neither token nor password anywhere', async () => {
      const { cookie } = await signIn('登录者')
      const tables = await Promise.all([
        db().selectFrom('sessions').selectAll().execute(),
        db().selectFrom('events').selectAll().execute(),
        db().selectFrom('users').selectAll().execute(),
      ])
      const kept = JSON.stringify([tables, opened.logged])
      expect(kept).not.toContain(cookie?.split('=')[1])
      expect(kept).not.toContain(PASSWORD)
      expect(kept).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
    })

    test('says the same of a wrong name as of a wrong password', async () => {
      const unknown = await signIn('从无此人')
      const wrong = await signIn('登录者', '错误的密码错误的密码')
      const told = ({ status, json: { code, detail } }: typeof wrong) => ({ status, code, detail })
      expect(told(unknown)).toEqual({ status: 401, code: 'wrong_credentials', detail: '用户名或密码不正确。' })
      expect(told(wrong)).toEqual(told(unknown))
      const [anonymous, named] = (await eventsOf('sign_in_failed')).slice(-2)
      expect(anonymous).toMatchObject({ actor: 'system', detail: { reason: 'unknown_name' } })
      expect(JSON.stringify(anonymous)).not.toContain('从无此人')
      expect(named).toMatchObject({ actor: 'user:登录者', detail: { reason: 'wrong_password' } })
    })

    test.each(['忘记密码者', '无名氏'])(
      'locks after eight wrong passwords, whether or not there is a %s',
      async (name) => {
        if (name === '忘记密码者') await join('analyst', name)
        for (let failure = 1; failure <= 7; failure += 1) expect((await signIn(name, '不对')).status).toBe(401)
        const eighth = await signIn(name, '不对')
        expect([eighth.status, eighth.json.code, eighth.headers.get('retry-after')]).toEqual([429, 'locked', '60'])
        expect(eighth.json.detail).toContain('1 分钟后再试')
        expect((await signIn(name)).json.code).toBe('locked')
      },
    )

    test('is open again when the lock is over, and locks for longer the next time', async () => {
      const past = { locked_until: new Date(Date.now() - 1) }
      await db().updateTable('users').set(past).where('name', '=', '忘记密码者').execute()
      const ninth = await signIn('忘记密码者', '不对')
      expect([ninth.status, ninth.headers.get('retry-after')]).toEqual([429, '120'])
      await db().updateTable('users').set(past).where('name', '=', '忘记密码者').execute()
      expect((await signIn('忘记密码者')).status).toBe(201)
      expect((await signIn('忘记密码者', '不对')).json.code).toBe('wrong_credentials')
    })

    test('never locks for more than an hour', async () => {
      await db()
        .updateTable('users')
        .set({ failed_logins: 100_000, locked_until: null })
        .where('name', '=', '忘记密码者')
        .execute()
      expect((await signIn('忘记密码者', '不对')).headers.get('retry-after')).toBe('3600')
    })

    test('is tried ten times a minute by one name and no more', async () => {
      const statuses = []
      for (let attempt = 1; attempt <= 12; attempt += 1) statuses.push((await signIn('登录者')).status)
      expect(statuses).toEqual([...Array(10).fill(201), 429, 429])
    })

    test('ends where one signs out, and only there', async () => {
      const here = await signIn('登录者')
      const there = await signIn('登录者')
      const headers = { cookie: here.cookie, 'x-csrf-token': here.json.csrfToken }
      expect((await call('DELETE /api/v1/session', { headers })).status).toBe(204)
      expect((await call('GET /api/v1/session', { headers })).status).toBe(401)
      expect((await call('GET /api/v1/session', { headers: { cookie: there.cookie } })).status).toBe(200)
      expect((await eventsOf('signed_out')).at(-1)).toMatchObject({ actor: 'user:登录者' })
    })

    test('lasts while it is used, and a fortnight at most', async () => {
      const { cookie } = await signIn('登录者')
      const hour = 3_600_000
      const only = async (changes: { created_at?: Date; expires_at: Date }) => {
        await db().updateTable('sessions').set(changes).execute()
        const { status } = await call('GET /api/v1/session', { headers: { cookie } })
        const rows = await db().selectFrom('sessions').select('expires_at').execute()
        return { status, left: Math.max(...rows.map(({ expires_at }) => expires_at.getTime() - Date.now())) / hour }
      }
      const soon = new Date(Date.now() + hour)
      expect((await only({ expires_at: soon })).left).toBeGreaterThan(11.9)
      const later = await only({ expires_at: new Date(Date.now() + 8 * hour) })
      expect(later.left).toBeLessThan(8)
      const old = await only({ expires_at: soon, created_at: new Date(Date.now() - (14 * 24 - 2) * hour) })
      expect(old.left).toBeLessThan(2.1)
      expect((await only({ expires_at: new Date(Date.now() - 1) })).status).toBe(401)
    })
  })

  describe('what a browser sends by itself', () => {
    test('changes nothing without the token of the page', async () => {
      const { cookie, 'x-csrf-token': token } = await join('administrator', '页面用户')
      const invitation = (headers: Record<string, string>) =>
        call('POST /api/v1/invitations', { headers: { cookie, ...headers }, body: { role: 'analyst' } })
      expect((await invitation({})).json.code).toBe('csrf_token')
      expect((await invitation({ 'x-csrf-token': `${token.slice(1)}A` })).json.code).toBe('csrf_token')
      expect((await invitation({ 'x-csrf-token': token })).status).toBe(201)
    })

    test('changes nothing from the page of another site, even with the token', async () => {
      const own = await join('administrator', '被冒用者')
      const invitation = (headers: Record<string, string>) =>
        call('POST /api/v1/invitations', { headers: { ...own, ...headers }, body: { role: 'analyst' } })
      expect((await invitation({ origin: 'https://evil.example' })).json.code).toBe('foreign_origin')
      expect((await invitation({ origin: 'null' })).json.code).toBe('foreign_origin')
      expect((await invitation({ 'sec-fetch-site': 'cross-site' })).json.code).toBe('foreign_origin')
      expect((await invitation({ 'sec-fetch-site': 'same-site' })).json.code).toBe('foreign_origin')
      expect((await invitation({ 'sec-fetch-site': 'same-origin' })).status).toBe(201)
    })

    test('does not sign anybody in from another site', async () => {
      const headers = { origin: 'https://evil.example' }
      const body = { name: '登录者', password: PASSWORD }
      expect((await call('POST /api/v1/session', { headers, body })).json.code).toBe('foreign_origin')
    })

    test('behind https is a cookie of this host alone, and the address is the public one', async () => {
      const other = await openServiceForTest(make, { GOUJI_PUBLIC_URL: 'https://gouji.example' })
      const behind = await buildApp(other.service, [])
      try {
        const callBehind = await listen(behind)
        const { token } = await invite(other.service.db, 'administrator', 'system')
        const body = { token, name: '代理后', password: PASSWORD }
        const headers = { origin: 'https://gouji.example', 'x-forwarded-for': '1.2.3.4, 203.0.113.9' }
        const joined = await callBehind('POST /api/v1/invitations/accept', { headers, body })
        expect(joined.headers.get('set-cookie')).toMatch(/^__Host-gouji=.*; Secure; SameSite=Lax$/)
        expect(joined.headers.get('strict-transport-security')).toMatch(/^max-age=/)
        const own = { cookie: joined.cookie, 'x-csrf-token': joined.json.csrfToken }
        const made = await callBehind('POST /api/v1/invitations', { headers: own, body: { role: 'analyst' } })
        expect(made.json.link).toMatch(/^https:\/\/gouji\.example\/join#/)
        const { detail } = await other.service.db
          .selectFrom('events')
          .select('detail')
          .where('kind', '=', 'signed_in')
          .executeTakeFirstOrThrow()
        expect(detail).toEqual({ address: '203.0.113.9' })
      } finally {
        await behind.close()
        await other.close()
      }
    })
  })

  describe('users', () => {
    test('are listed without anything secret', async () => {
      const { json, text } = await call('GET /api/v1/users', { headers: await join('administrator', '查看者') })
      expect(json.users.at(-1)).toEqual({
        id: expect.any(String),
        name: '查看者',
        role: 'administrator',
        createdAt: expect.stringMatching(/Z$/),
        disabledAt: null,
        lockedUntil: null,
      })
      expect(text).not.toContain('argon2')
    })

    test('who is disabled is out at once, and in again when enabled', async () => {
      const headers = await join('administrator', '管理者')
      const clerk = await join('archivist', '离职者')
      const change = async (body: object) => call(`PATCH /api/v1/users/${await idOf('离职者')}`, { headers, body })
      expect((await change({ disabled: true })).status).toBe(204)
      expect((await call('GET /api/v1/session', { headers: clerk })).status).toBe(401)
      expect((await signIn('离职者')).json.code).toBe('wrong_credentials')
      expect((await change({ disabled: false })).status).toBe(204)
      expect((await signIn('离职者')).status).toBe(201)
      const detail = { name: '离职者', role: 'archivist', disabled: false }
      expect((await eventsOf('user_changed')).at(-1)).toMatchObject({ actor: 'user:管理者', detail })
    })

    test('who was locked out is let in again by an administrator', async () => {
      const headers = await join('administrator', '解锁者')
      await join('analyst', '输错者')
      const locked = { failed_logins: 9, locked_until: new Date(Date.now() + 3_600_000) }
      await db().updateTable('users').set(locked).where('name', '=', '输错者').execute()
      expect((await signIn('输错者')).json.code).toBe('locked')
      const path = `PATCH /api/v1/users/${await idOf('输错者')}` as const
      expect((await call(path, { headers, body: { unlocked: true } })).status).toBe(204)
      expect((await signIn('输错者')).status).toBe(201)
      const detail = { name: '输错者', role: 'analyst', disabled: false, unlocked: true }
      expect((await eventsOf('user_changed')).at(-1)).toMatchObject({ actor: 'user:解锁者', detail })
    })

    test('whose role changes may do other things at once', async () => {
      const headers = await join('administrator', '调岗者')
      const clerk = await join('analyst', '升任者')
      await call(`PATCH /api/v1/users/${await idOf('升任者')}`, { headers, body: { role: 'administrator' } })
      expect((await call('GET /api/v1/users', { headers: clerk })).status).toBe(200)
    })

    test('an unknown one, an unknown role and an unknown field are told', async () => {
      const headers = await join('administrator', '试错者')
      const change = (body: object, id = '00000000-0000-4000-8000-000000000000') =>
        call(`PATCH /api/v1/users/${id}`, { headers, body })
      expect((await change({ disabled: true })).json.code).toBe('user_unknown')
      expect((await change({ role: 'king' })).json.errors).toEqual([
        { field: 'role', message: '应为 archivist、reviewer、analyst、administrator 之一', rule: 'invalid_value' },
      ])
      expect((await change({ name: '新名' })).json.detail).toBe('请求正文有误。含有未知字段 name。')
      expect((await change({}, 'x')).json.detail).toBe('路径参数有误。id：应为 UUID。')
    })

    test('keep one administrator, also when two step down at once', async () => {
      const other = await openServiceForTest(make)
      const server = await buildApp(other.service, [])
      try {
        const callOther = await listen(server)
        const headers = await someone(other.service, callOther, 'administrator', '甲')
        await someone(other.service, callOther, 'administrator', '乙')
        const { users } = (await callOther('GET /api/v1/users', { headers })).json
        const actor = 'system'
        const outcomes = await Promise.all([
          changeUser(other.service.db, { userId: users[0].id, role: 'analyst', actor }),
          changeUser(other.service.db, { userId: users[1].id, disabled: true, actor }),
        ])
        expect(outcomes.sort()).toEqual(['changed', 'last_administrator'])
      } finally {
        await server.close()
        await other.close()
      }
    })

    test('the only administrator is told why stepping down is refused', async () => {
      const other = await openServiceForTest(make)
      const server = await buildApp(other.service, [])
      try {
        const callOther = await listen(server)
        const headers = await someone(other.service, callOther, 'administrator', '唯一')
        const { users } = (await callOther('GET /api/v1/users', { headers })).json
        const { status, json } = await callOther(`PATCH /api/v1/users/${users[0].id}`, {
          headers,
          body: { role: 'analyst' },
        })
        expect([status, json.code]).toEqual([409, 'last_administrator'])
      } finally {
        await server.close()
        await other.close()
      }
    })
  })

  describe('one’s own password', () => {
    test('is changed by who knows it, and other devices are signed out', async () => {
      const headers = await join('reviewer', '改密者')
      const elsewhere = await signIn('改密者')
      const change = (current: string, password: string) =>
        call('PUT /api/v1/session/password', { headers, body: { current, password } })
      expect((await change('不是这个', '另一个足够长的密码')).json.code).toBe('wrong_credentials')
      expect((await change(PASSWORD, '短')).json.detail).toBe('密码至少需要 10 个字符。')
      expect((await change(PASSWORD, '另一个足够长的新密码')).status).toBe(204)
      expect((await call('GET /api/v1/session', { headers })).status).toBe(200)
      expect((await call('GET /api/v1/session', { headers: { cookie: elsewhere.cookie } })).status).toBe(401)
      expect((await signIn('改密者')).status).toBe(401)
      expect((await signIn('改密者', '另一个足够长的新密码')).status).toBe(201)
    })
  })
})
