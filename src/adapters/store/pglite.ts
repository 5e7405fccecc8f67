/**
 * A folder → the embedded PostgreSQL in it, for one process at a time.
 *
 * What was committed outlives the process, also when it is killed. It does not outlive the machine's losing power: PGlite does not wait for
 * the disk. A first start is made beside the folder and moved there when it is whole, so that a start that is cut short is made again.
 */
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { lockFolder } from './folder-lock.js'
import { StoreRefused } from './refused.js'
import { SharedSession } from './wire.js'

/** Of the PGlite in package.json; another one does not read its folder. */
export const POSTGRES_MAJOR = '18'

export interface EmbeddedDatabase {
  readonly session: SharedSession
  close(): Promise<void>
}

/** Throws StoreRefused when another process has the folder, or another version of PostgreSQL made it. */
export async function openEmbedded(dataFolder: string): Promise<EmbeddedDatabase> {
  await mkdir(dataFolder, { recursive: true })
  const folder = join(dataFolder, 'store')
  const lock = await lockFolder(join(dataFolder, 'store.lock'))
  try {
    if (existsSync(folder)) checkMajor(folder)
    else await create(folder)
    const database = await start(folder)
    return {
      session: new SharedSession((messages) => talk(database, messages)),
      close: async () => {
        await database.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** 30 MB of code, which a service with a PostgreSQL of its own does not need. */
async function start(folder: string): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite')
  return await PGlite.create({ dataDir: folder })
}

async function create(folder: string): Promise<void> {
  const unfinished = `${folder}.new`
  await rm(unfinished, { recursive: true, force: true })
  const database = await start(unfinished)
  await database.close()
  await rename(unfinished, folder)
}

function checkMajor(folder: string): void {
  const file = join(folder, 'PG_VERSION')
  const major = existsSync(file) ? readFileSync(file, 'utf8').trim() : '?'
  if (major === POSTGRES_MAJOR) return
  throw new StoreRefused(
    `数据文件夹中的数据库是 PostgreSQL ${major} 的格式，本版本只能打开 ${POSTGRES_MAJOR}：请用建立它的版本导出，再由本版本重新导入。` +
      `\nThe database in ${folder} was made by PostgreSQL ${major}, this version opens ${POSTGRES_MAJOR} only: see "Upgrade" in docs/operation.md.`,
  )
}

async function talk(database: PGlite, messages: Uint8Array): Promise<Buffer> {
  const answers: Buffer[] = []
  await database.execProtocolRawStream(messages, {
    syncToFs: false,
    // What is given is a view of the memory of the database, which goes on to write there.
    onRawData: (bytes) => answers.push(Buffer.from(bytes)),
  })
  return Buffer.concat(answers)
}
