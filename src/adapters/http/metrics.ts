/**
 * What the service counts and measures, for Prometheus.
 *
 * What this process did (requests, readings) is counted as it happens; how things stand (queue, documents) is asked of queue and store
 * when Prometheus asks. Readings done by worker processes elsewhere are not among the first, but their documents are among the second.
 *
 * A scraper is given an API key with the scope `monitor`, which allows nothing else.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { z } from 'zod'
import type { ReportRecord } from '../../record.js'
import type { Service } from '../service.js'
import { countDocuments } from '../store/census.js'
import type { App } from './app-type.js'

const ofProcess = new Registry()
let watchesProcess = false

const readings = new Counter({
  name: 'gouji_extractions_total',
  help: 'Documents read by this process, by what came of it',
  labelNames: ['status'],
  registers: [ofProcess],
})

const readingSeconds = new Histogram({
  name: 'gouji_extraction_seconds',
  help: 'What the reading of a document took',
  labelNames: ['status'],
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
  registers: [ofProcess],
})

const requestSeconds = new Histogram({
  name: 'gouji_http_request_seconds',
  help: 'From the last of the headers to the last byte of the answer',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
  registers: [ofProcess],
})

/** For whoever reads documents in this process. */
export const metrics = {
  observeExtraction(status: ReportRecord['status'], milliseconds: number): void {
    readings.inc({ status })
    readingSeconds.observe({ status }, milliseconds / 1000)
  },
}

/** Also writes the one line that the log has of a request. */
export function measureRequests(app: App): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, caller } = request
    // Its pattern: addresses as they come are without number.
    const route = routeOptions.url ?? 'none'
    const milliseconds = reply.elapsedTime
    requestSeconds.observe({ method, route, status: `${Math.trunc(reply.statusCode / 100)}xx` }, milliseconds / 1000)
    request.log.info(
      { req: request, res: reply, caller: caller?.actor, milliseconds: Math.round(milliseconds) },
      'request answered',
    )
  })
}

export function metricsRoutes(app: App, service: Service): void {
  if (!watchesProcess) collectDefaultMetrics({ register: ofProcess })
  watchesProcess = true
  const standing = standingOf(service)
  const all = Registry.merge([ofProcess, standing])

  app.route({
    method: 'GET',
    url: '/metrics',
    config: { access: 'monitor' },
    logLevel: 'warn',
    schema: {
      summary: '运行指标（Prometheus 文本格式）',
      description: '请为采集程序创建一个只有 monitor 权限的 API 密钥。',
      tags: ['运行状态'],
      response: { 200: { content: { 'text/plain': { schema: z.string() } } } },
    },
    handler: async (_request, reply) =>
      reply
        .type(all.contentType)
        .serializer(String)
        .send(await all.metrics()),
  })
}

function standingOf({ db, queue }: Service): Registry {
  const registry = new Registry()
  const registers = [registry]
  new Gauge({
    name: 'gouji_queue_documents',
    help: 'Documents in the queue, by state',
    labelNames: ['state'],
    registers,
    async collect() {
      const counts = await queue.counts()
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count)
    },
  })
  new Gauge({
    name: 'gouji_queue_oldest_seconds',
    help: 'How long the oldest waiting document has waited',
    registers,
    async collect() {
      this.set((await queue.oldestAge()) / 1000)
    },
  })
  new Gauge({
    name: 'gouji_documents',
    help: 'Documents in the store, by status of their record; given_up and unread have none in force',
    labelNames: ['status'],
    registers,
    async collect() {
      const counts = await countDocuments(db)
      for (const [status, count] of Object.entries(counts)) this.set({ status }, count)
    },
  })
  return registry
}
