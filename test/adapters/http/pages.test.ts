import { createContext, runInContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type App, buildApp } from '../../../src/adapters/http/app.js'
import { firstAdministratorLink } from '../../../src/adapters/store/accounts.js'
import { type Call, listen, openServiceForTest, PASSWORD, type ServiceForTest } from '../../build/http-service.js'

let opened: ServiceForTest
let app: App
let call: Call

beforeAll(async () => {
  opened = await openServiceForTest()
  app = await buildApp(opened.service, [])
  call = await listen(app)
})

afterAll(async () => {
  await app.close()
  await opened.close()
})

/** As much of a browser as the script of the pages uses: elements by id, forms, the address and one cookie. */
class Browser {
  readonly elements = new Map<string, Record<string, unknown>>()
  readonly visited: string[] = []
  address = ''
  #cookie: string | null = null

  async open(page: string, hash: string): Promise<void> {
    const { text } = await call(`GET ${page}`)
    this.elements.clear()
    this.address = `${page}${hash}`
    for (const [tag, id] of text.matchAll(/<\w+[^>]* id="([^"]+)"[^>]*>/g)) {
      const button = { disabled: false }
      const listeners: Record<string, unknown> = {}
      const element = {
        hidden: tag.includes(' hidden'),
        textContent: '',
        listeners,
        querySelector: () => button,
        addEventListener: (name: string, listener: unknown) => {
          listeners[name] = listener
        },
      }
      this.elements.set(id ?? '', element)
    }
    const [, script = ''] = /<script src="([^"]+)" defer>/.exec(text) ?? []
    const context = createContext({
      document: { getElementById: (id: string) => this.elements.get(id) ?? null },
      location: { hash, pathname: page, assign: (to: string) => this.visited.push(to), reload: () => undefined },
      history: { replaceState: (_: unknown, __: string, to: string) => (this.address = to) },
      fetch: (path: string, options: RequestInit) => this.#fetch(path, options),
      FormData: class {
        constructor(readonly form: { values: object }) {}
        [Symbol.iterator]() {
          return Object.entries(this.form.values)[Symbol.iterator]()
        }
      },
    })
    runInContext((await call(`GET ${script}`)).text, context)
    await this.#settle()
  }

  async submit(id: string, values: object): Promise<void> {
    const form = this.elements.get(id) as { listeners: { submit: (event: object) => Promise<void> } }
    const { submit } = form.listeners
    Object.assign(form, { values })
    await submit({ preventDefault: () => undefined })
  }

  async click(id: string): Promise<void> {
    const { onclick } = this.elements.get(id) as { onclick: () => Promise<void> }
    await onclick()
  }

  text(id: string): unknown {
    return this.elements.get(id)?.textContent
  }

  isShown(id: string): boolean {
    return this.elements.get(id)?.hidden === false
  }

  #asked: Promise<unknown> = Promise.resolve()

  #fetch(path: string, { method, headers, body }: RequestInit) {
    const asked = call(`${method} ${path}`, {
      headers: { ...(headers as Record<string, string>), cookie: this.#cookie },
      body: body ?? undefined,
    }).then(({ status, json, cookie }) => {
      this.#cookie = cookie ?? this.#cookie
      return { status, ok: status < 300, json: async () => json }
    })
    this.#asked = asked
    return asked
  }

  /** What the script does with the last answer comes in the turns after it. */
  async #settle(): Promise<void> {
    await this.#asked
    await new Promise(setImmediate)
  }
}

test('the first administrator follows the link, chooses name and password, and is signed in', async () => {
  const browser = new Browser()
  const link = new URL((await firstAdministratorLink(opened.service.db, 'http://x')) ?? '')
  await browser.open(link.pathname, link.hash)
  expect(browser.address).toBe('/join')
  expect(browser.isShown('join')).toBe(true)

  await browser.submit('join', { name: '王管理', password: PASSWORD, again: '别的' })
  expect(browser.text('message')).toBe('两次输入的密码不一致。')
  await browser.submit('join', { name: '王管理', password: '1234567890', again: '1234567890' })
  expect(browser.text('message')).toBe('这个密码过于常见，容易被猜中，请换一个。')
  await browser.submit('join', { name: '王管理', password: PASSWORD, again: PASSWORD })
  expect(browser.visited).toEqual(['/'])

  await browser.open('/', '')
  expect(browser.text('greeting')).toBe('王管理，您已登录（管理员）。')
  expect(browser.isShown('sign-in')).toBe(false)

  await browser.click('sign-out')
  await browser.open('/', '')
  expect(browser.isShown('sign-in')).toBe(true)
  await browser.submit('sign-in', { name: '王管理', password: '不是这个' })
  expect(browser.text('message')).toBe('用户名或密码不正确。')
  await browser.submit('sign-in', { name: '王管理', password: PASSWORD })
  expect(browser.isShown('who')).toBe(true)
})

test('a link without its token says so', async () => {
  const browser = new Browser()
  await browser.open('/join', '')
  expect(browser.text('message')).toBe('邀请链接不完整，请从收到的链接重新打开本页。')
  expect(browser.isShown('join')).toBe(false)
})

test('the pages bring nothing inline, which their policy forbids', async () => {
  for (const page of ['/', '/join', '/api/v1/docs']) {
    const { text } = await call(`GET ${page}`)
    expect(text).not.toMatch(/<style|<script(?! src="\/)| style=| on\w+=/)
  }
})
