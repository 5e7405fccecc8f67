/**
 * The queue's dashboard, for administrators.
 *
 * It only looks: of its routes those that change anything are left out. What is done to a document is done through the API, where it is
 * checked and noted in the log of events; and nothing is lost by that, since the queue is not the truth and the service mends it by itself.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import type {
  AppControllerRoute,
  AppViewRoute,
  BullBoardQueues,
  IServerAdapter,
  UIConfig,
} from '@bull-board/api/typings/app'
import fastifyStatic from '@fastify/static'
import type { Service } from '../service.js'
import type { App } from './app-type.js'

const PLACE = '/admin/queue'

/** Its page brings styles of its own in the markup, and asks another site for a font, which it does without. */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "frame-ancestors 'self'",
].join('; ')

export function boardRoutes(app: App, { queue }: Service): void {
  const board = new Board()
  createBullBoard({
    queues: [new BullMQAdapter(queue.board, { readOnlyMode: true })],
    serverAdapter: board,
    options: { uiConfig: { boardTitle: '勾稽任务队列' } },
  })
  app.register(
    async (scope) => {
      scope.addHook('onRoute', (route) => {
        route.config = { ...route.config, access: 'administer' }
        route.schema = { ...route.schema, hide: true }
      })
      scope.addHook('onRequest', async (_request, reply) => {
        reply.header('content-security-policy', POLICY)
      })
      await board.addTo(scope)
    },
    { prefix: PLACE },
  )
}

/** What the dashboard asks of a server. */
class Board implements IServerAdapter {
  #queues: BullBoardQueues = new Map()
  #views = ''
  #files = { route: '', path: '' }
  #page: AppViewRoute | null = null
  #routes: readonly AppControllerRoute[] = []
  #uiConfig: UIConfig = {}

  setQueues(queues: BullBoardQueues): this {
    this.#queues = queues
    return this
  }
  setViewsPath(path: string): this {
    this.#views = path
    return this
  }
  setStaticPath(route: string, path: string): this {
    this.#files = { route, path }
    return this
  }
  setEntryRoute(page: AppViewRoute): this {
    this.#page = page
    return this
  }
  setApiRoutes(routes: AppControllerRoute[]): this {
    this.#routes = routes
    return this
  }
  setUIConfig(uiConfig: UIConfig): this {
    this.#uiConfig = uiConfig
    return this
  }
  /** Its own handler shows stacks; trouble is told by problem.ts. */
  setErrorHandler(): this {
    return this
  }

  async addTo(scope: Pick<App, 'get' | 'register'>): Promise<void> {
    await scope.register(fastifyStatic, { root: this.#files.path, prefix: this.#files.route, decorateReply: false })

    const page = await this.#readPage()
    for (const url of [this.#page?.route ?? []].flat()) {
      scope.get(url, async (_request, reply) => reply.type('text/html; charset=utf-8').send(page))
    }
    for (const { method, route, handler } of this.#routes) {
      if (![method].flat().includes('get')) continue
      for (const url of [route].flat()) {
        scope.get(url, async (request, reply) => {
          const { status, body } = await handler({
            queues: this.#queues,
            uiConfig: this.#uiConfig,
            params: request.params as Record<string, unknown>,
            query: request.query as Record<string, unknown>,
            body: {},
            headers: {},
          })
          return reply.code(status ?? 200).send(body)
        })
      }
    }
  }

  /** The page is a template with nothing in it but names of values, escaped or (<%-) as they are. */
  async #readPage(): Promise<string> {
    if (this.#page === null) return ''
    const { name, params } = this.#page.handler({ basePath: PLACE, uiConfig: this.#uiConfig })
    const template = await readFile(join(this.#views, name), 'utf8')
    const values = new Map(Object.entries(params))
    return template.replace(/<%([=-])\s*(\w+)\s*%>/g, (_, sign, key) => {
      const value = String(values.get(key) ?? '')
      return sign === '-' ? value : value.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
    })
  }
}
