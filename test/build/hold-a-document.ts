/** A worker that takes a document and never ends: `MAKE ADDRESS SHA256`. Says so when it has it. */
import { openQueueAt, type QueueKind } from './queue-place.js'

const [kind, address, sha256] = process.argv.slice(2) as [QueueKind, string, string]
const { queue } = await openQueueAt(kind, address)
await queue.add([sha256], 'bulk')
const read = () => {
  process.stdout.write('taken\n')
  return new Promise<void>(() => undefined)
}
await queue.work(read, async () => undefined, 1)
