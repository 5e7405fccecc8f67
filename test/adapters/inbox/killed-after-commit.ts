/** Looks after an inbox, and is killed when the first files are committed and not moved yet: `DATABASE DATA_FOLDER INBOX`. */
import { pino } from 'pino'
import { watchInbox } from '../../../src/adapters/inbox.js'
import { openOriginals } from '../../../src/adapters/originals/open.js'
import { readSettings } from '../../../src/adapters/settings.js'
import { openDatabase } from '../../../src/adapters/store/database.js'
import { notingQueue } from '../../build/intake.js'

const [databaseUrl, dataFolder, inbox = ''] = process.argv.slice(2)
const settings = readSettings({ DATABASE_URL: databaseUrl, GOUJI_DATA: dataFolder })
if (!settings.ok) throw new Error(settings.message)
const { db } = await openDatabase(settings.value)

/** Documents are queued as soon as they are committed. */
async function dieHere(): Promise<void> {
  process.kill(process.pid, 'SIGKILL')
  await new Promise(() => undefined)
}

watchInbox(
  {
    settings: settings.value,
    log: pino({ level: 'silent' }),
    db,
    originals: openOriginals(settings.value),
    queue: Object.assign(notingQueue([]), { add: dieHere }),
  },
  inbox,
  { lookEvery: 10, settledAfter: 50, quietAfter: 60_000 },
)
