/** Stages the first half of a file and waits for the rest, which never comes. */
import { setTimeout as wait } from 'node:timers/promises'
import { stage } from '../../../../src/adapters/originals/staging.js'

async function* half() {
  yield Buffer.from('half')
  // Asked for the next chunk: the first one is written.
  process.stdout.write('half\n')
  await wait(600_000)
}

await stage(process.argv[2] ?? '', half(), 1_000)
