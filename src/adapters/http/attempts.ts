/**
 * How often an address may try to get in: ten times a minute by one name (or invitation), sixty times in all.
 *
 * The second bounds how many names can be tried, and how much hashing one address can ask of us.
 */
import type { FastifyRequest } from 'fastify'
import type { App } from './app-type.js'
import { Problem } from './problem.js'

export type LimitAttempts = (request: FastifyRequest) => Promise<void>

export function limitAttempts(app: App, nameOf: (request: FastifyRequest) => string): LimitAttempts {
  const timeWindow = '1 minute'
  const byName = app.createRateLimit({
    max: 10,
    timeWindow,
    keyGenerator: (request) => `${request.ip} ${nameOf(request)}`,
  })
  const byAddress = app.createRateLimit({ max: 60, timeWindow, keyGenerator: (request) => request.ip })
  return async (request) => {
    for (const count of [byAddress, byName]) {
      const counted = await count(request)
      if (!counted.isAllowed && counted.isExceeded) {
        throw new Problem(429, 'too_many_attempts', `尝试过于频繁，请在 ${counted.ttlInSeconds} 秒后再试。`, {
          retryAfter: counted.ttlInSeconds,
        })
      }
    }
  }
}
