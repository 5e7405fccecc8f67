/**
 * A store with nothing in it yet, on either make of database, for tests that hold for both:
 *
 *     describe.each(STORES)('on %s', (make) => { … const store = await openStore(make) … await store.close() })
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { servicesFolder } from '../../scripts/private-servers.mjs'
import { type Database, openDatabase } from '../../src/adapters/store/database.js'
import { migrate } from '../../src/adapters/store/migrate.js'
import { POSTGRES_MAJOR } from '../../src/adapters/store/pglite.js'
import { freshDatabase } from './services.js'

export const STORES = ['PostgreSQL', 'the embedded database'] as const
export type StoreMake = (typeof STORES)[number]

export interface TestStore extends Database {
  /** For a process that opens it, too. */
  readonly databaseUrl: string | null
  /** A folder of the test's own; the embedded database lies in it. */
  readonly dataFolder: string
  /** Closes it, and removes it with its folder. */
  close(): Promise<void>
}

/** Migrated. */
export async function openStore(make: StoreMake): Promise<TestStore> {
  const store = await openEmptyStore(make)
  await migrate(store.db)
  return store
}

/** Without tables. */
export async function openEmptyStore(make: StoreMake): Promise<TestStore> {
  const server = make === 'PostgreSQL' ? await freshDatabase() : null
  const dataFolder = server === null ? await freshDataFolder() : mkdtempSync(join(tmpdir(), 'gouji-test-'))
  const databaseUrl = server?.url ?? null
  const database = await openDatabase({ databaseUrl, dataFolder })
  return {
    ...database,
    databaseUrl,
    dataFolder,
    close: async () => {
      await database.close()
      await server?.drop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

/** A data folder with an embedded database that was made and not yet migrated: copied, as making one takes seconds. */
export async function freshDataFolder(): Promise<string> {
  const template = join(servicesFolder, `embedded-${POSTGRES_MAJOR}`)
  if (!existsSync(template)) {
    mkdirSync(servicesFolder, { recursive: true })
    const first = mkdtempSync(join(servicesFolder, 'embedded-new-'))
    const { close } = await openDatabase({ databaseUrl: null, dataFolder: first })
    await close()
    // Another test may have been faster.
    if (existsSync(template)) rmSync(first, { recursive: true })
    else renameSync(first, template)
  }
  const folder = mkdtempSync(join(tmpdir(), 'gouji-test-'))
  cpSync(template, folder, { recursive: true })
  return folder
}
