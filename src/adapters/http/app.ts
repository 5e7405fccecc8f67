/**
 * The parts of the service → the HTTP server that offers them, ready to listen.
 *
 * Here is what holds for every route: who calls (authorise.ts), how often, how long the connection may idle, how answers are protected,
 * how trouble is told (problem.ts), and that each is in the API's description. What routes there are is told by those who call.
 */
import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import { type FastifyBaseLogger, type FastifyRequest, fastify, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Service } from '../service.js'
import type { App, Routes } from './app-type.js'
import { authoriseRoutes, identifyCallers, isSecure } from './authorise.js'
import { boardRoutes } from './board.js'
import { answerBrokenRequest } from './broken-request.js'
import { healthRoutes } from './health.js'
import { keyRoutes } from './keys.js'
import { measureRequests, metricsRoutes } from './metrics.js'
import { describeRoutes, descriptionRoutes } from './openapi.js'
import { peopleRoutes } from './people.js'
import { handleError, handleNotFound, Problem } from './problem.js'
import { sessionRoutes } from './sessions.js'
import { chineseWording } from './wording.js'

export type { App, Routes }

/** Bytes of a JSON body. Uploads have limits of their own. */
const BODY_LIMIT = 2 ** 20

/** Milliseconds that a slow caller is borne. */
export interface Patience {
  /** From the connection to the last of the headers. */
  readonly headers: number
  /** Without a byte in either direction. There is no limit to a request as a whole: an upload may take hours. */
  readonly idle: number
  /** How often that is looked at. */
  readonly checking: number
}

const PATIENCE: Patience = { headers: 15_000, idle: 120_000, checking: 5_000 }

/** Requests a minute, per caller, or per address where nobody need have signed in. */
const PER_CALLER = 30_000
const PER_ADDRESS = 1_200

export async function buildApp(
  service: Service,
  routes: readonly Routes[],
  patience: Patience = PATIENCE,
): Promise<App> {
  const { settings, db } = service
  z.config({ localeError: chineseWording })
  const app: App = fastify({
    loggerInstance: service.log as FastifyBaseLogger,
    // One line when a request is over (metrics.ts) instead of two.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    // One hop: what the proxy in front added to X-Forwarded-For is believed, what the caller wrote there is not.
    trustProxy: settings.publicUrl === null ? false : (_address: string, hop: number) => hop < 1,
    connectionTimeout: patience.idle,
    requestTimeout: 0,
    keepAliveTimeout: 72_000,
    http: { headersTimeout: patience.headers, connectionsCheckingInterval: patience.checking },
    forceCloseConnections: 'idle',
    frameworkErrors: handleError,
    clientErrorHandler: answerBrokenRequest,
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(handleError)
  app.setNotFoundHandler(handleNotFound)
  // Forms of other sites can send text/plain without asking; nothing here reads it.
  app.removeContentTypeParser('text/plain')
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // The page's PDF viewer compiles WebAssembly and starts its worker from a blob.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        workerSrc: ["'self'", 'blob:'],
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
    // Without https the browser would ignore it, and behind a proxy that has none it would lock people out.
    strictTransportSecurity: isSecure(settings),
    referrerPolicy: { policy: 'same-origin' },
  })
  await app.register(cookie)
  measureRequests(app)
  identifyCallers(app, db, settings)
  await app.register(rateLimit, {
    max: (request: FastifyRequest) => (request.caller === null ? PER_ADDRESS : PER_CALLER),
    timeWindow: '1 minute',
    keyGenerator: (request) => request.caller?.actor ?? request.ip,
    errorResponseBuilder: (_request, { ttl }) => {
      const seconds = Math.ceil(ttl / 1000)
      return new Problem(429, 'too_many_requests', `请求过于频繁，请在 ${seconds} 秒后再试。`, { retryAfter: seconds })
    },
  })
  authoriseRoutes(app, settings)
  await describeRoutes(app)

  const ours: Routes[] = [healthRoutes, sessionRoutes, peopleRoutes, keyRoutes, metricsRoutes, boardRoutes]
  for (const add of [...ours, descriptionRoutes, ...routes]) add(app, service)
  await app.ready()
  return app
}
