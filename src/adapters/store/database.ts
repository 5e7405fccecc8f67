/**
 * The settings → the store's database: a PostgreSQL by its address, or the embedded one in the data folder. Both speak through node-postgres
 * and behave alike; migrate.ts makes the tables.
 *
 * Connections are made at need and a lost one is replaced at the next query, which is where its loss is noticed. numeric and bigint come as
 * text. The embedded database has one session: within a transaction, ask through the transaction and through nothing else.
 */
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Settings } from '../settings.js'
import { openEmbedded } from './pglite.js'
import type { Db, Tables } from './schema.js'

/** Its tables lie in a schema of their own, which the connections of the store do not look into. */
const QUEUE_SEARCH_PATH = 'bullmq,public'
const CONNECTIONS = 10
const CONNECT_MILLISECONDS = 10_000

export interface Database {
  readonly db: Db
  /** Connections for BullMQ's backend on PostgreSQL, once its migrations were run through one of them. */
  readonly pool: pg.Pool
  close(): Promise<void>
}

export async function openDatabase(settings: Pick<Settings, 'databaseUrl' | 'dataFolder'>): Promise<Database> {
  const { databaseUrl, dataFolder } = settings
  return databaseUrl === null ? await openFolder(dataFolder) : openServer(databaseUrl)
}

function openServer(databaseUrl: string): Database {
  const common = {
    connectionString: databaseUrl,
    max: CONNECTIONS,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
  }
  const store = new pg.Pool({ ...common, application_name: 'gouji' })
  const queue = new pg.Pool({
    ...common,
    application_name: 'gouji queue',
    options: `-c search_path=${QUEUE_SEARCH_PATH}`,
  })
  return fromPools(store, queue, async () => undefined)
}

async function openFolder(dataFolder: string): Promise<Database> {
  const { session, close } = await openEmbedded(dataFolder)
  const store = new pg.Pool({ max: CONNECTIONS, stream: () => session.wire('public') })
  const queue = new pg.Pool({ max: CONNECTIONS, stream: () => session.wire(QUEUE_SEARCH_PATH) })
  return fromPools(store, queue, close)
}

function fromPools(store: pg.Pool, queue: pg.Pool, closeRest: () => Promise<void>): Database {
  for (const pool of [store, queue]) {
    // A connection that is lost says so twice, to the query that waits and as an event. Who waits is told; the event would end the process.
    pool.on('error', () => undefined)
    pool.on('connect', (client) => client.on('error', () => undefined))
  }
  return {
    db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool: store }) }),
    pool: queue,
    close: async () => {
      await Promise.all([store.end(), queue.end()])
      await closeRest()
    },
  }
}
