/**
 * Connections that look into BullMQ's schema → the pool that its PostgreSQL backend takes, with its tables made.
 *
 * BullMQ waits a while after a lost connection when it is told of one in Redis's words; other errors it takes for mistakes, and tries again
 * at once and for as long as the server is away. So a lost connection is told in these words.
 */
import { type PgPool, runMigrations } from 'bullmq'
import type pg from 'pg'

/** `pool` stays its owner's, to be ended after the queue was closed. */
export async function bullmqPool(pool: pg.Pool): Promise<PgPool> {
  const client = await pool.connect()
  try {
    await runMigrations(client)
  } finally {
    client.release()
  }
  return new Proxy(pool, {
    get(target, name) {
      if (name === 'query') return (text: string, values: unknown[]) => target.query(text, values).catch(inWordsOfRedis)
      if (name === 'connect') return () => target.connect().catch(inWordsOfRedis)
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  }) as unknown as PgPool
}

function inWordsOfRedis(error: Error): never {
  throw isLostConnection(error) ? new Error('Connection is closed.', { cause: error }) : error
}

/** Classes 08 and 57P, and 53300: the server is not there, says goodbye, or has no room; E…: the system; no code: the driver. */
function isLostConnection(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined
  return typeof code === 'string'
    ? /^(08...|57P..|53300|E[A-Z]+)$/.test(code)
    : /terminat|timeout|connection/i.test(error.message)
}
