/** Takes batches in until it is killed, and reads none: `DATAFOLDER [DATABASE_URL]`. Says `{ address, key }` when it listens. */
import { buildApp } from '../../src/adapters/http/app.js'
import { batchRoutes } from '../../src/adapters/http/batches.js'
import { openLog } from '../../src/adapters/log.js'
import { openOriginals } from '../../src/adapters/originals/open.js'
import { clearStaging, stagingFolder } from '../../src/adapters/originals/staging.js'
import { readSettings } from '../../src/adapters/settings.js'
import { openDatabase } from '../../src/adapters/store/database.js'
import { migrate } from '../../src/adapters/store/migrate.js'
import { keyFor } from './batch-server.js'
import { notingQueue } from './intake.js'

const [GOUJI_DATA, DATABASE_URL] = process.argv.slice(2)
const settings = readSettings({ GOUJI_DATA, DATABASE_URL, GOUJI_LOG: 'error' })
if (!settings.ok) throw new Error(settings.message)
const { db } = await openDatabase(settings.value)
await migrate(db)
await clearStaging(stagingFolder(settings.value))
const app = await buildApp(
  {
    settings: settings.value,
    log: openLog(settings.value),
    db,
    originals: openOriginals(settings.value),
    queue: notingQueue([]),
  },
  [batchRoutes],
)
const address = await app.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`${JSON.stringify({ address, key: await keyFor(db) })}\n`)
