/**
 * The servers that tests talk to. Shared ones, started by `npm run services` before the tests, in which every test makes a place of its
 * own; and private ones, which a test may kill.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import {
  BUCKET,
  killServer,
  removeServer,
  runServer,
  type Server,
  type ServerKind,
  servicesFolder,
  startServer,
} from '../../scripts/private-servers.mjs'

export { BUCKET }

function shared(kind: ServerKind): Server {
  const file = join(servicesFolder, 'services.json')
  const servers: Partial<Record<ServerKind, Server>> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const server = servers[kind]
  if (server === undefined)
    throw new Error('The servers for the tests are not running: start them with `npm run services`.')
  return server
}

/** Shared by all tests: use key prefixes and queue names of your own. */
export function redisUrl(): string {
  return shared('redis').url
}

/** A server, with the right to create databases. */
export function databaseUrl(): string {
  return shared('postgres').url
}

/** Has the bucket BUCKET, shared by all tests: use prefixes of your own. Its credentials are S3RVER and S3RVER. */
export function bucketEndpoint(): string {
  return shared('bucket').url
}

/** An empty database of a test's own. */
export async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await administer(`create database ${name}`)
  const url = new URL(databaseUrl())
  url.pathname = `/${name}`
  return { url: url.href, drop: () => administer(`drop database if exists ${name} with (force)`) }
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl() })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** A server of a test's own. */
export interface PrivateServer {
  readonly url: string
  /** Ends it as a failure would. */
  kill(): Promise<void>
  /** Starts it again at the same address: PostgreSQL with all that was committed, Redis with nothing. */
  restart(): Promise<void>
  /** Ends it for good. A test calls it at its end, in any case. */
  remove(): Promise<void>
}

export function startRedis(): Promise<PrivateServer> {
  return startPrivate('redis')
}

export function startPostgres(): Promise<PrivateServer> {
  return startPrivate('postgres')
}

async function startPrivate(kind: ServerKind): Promise<PrivateServer> {
  let server = await startServer(kind)
  return {
    url: server.url,
    kill: () => killServer(server),
    restart: async () => {
      await killServer(server)
      server = await runServer(server)
    },
    remove: () => removeServer(server),
  }
}
