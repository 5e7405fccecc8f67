/** `gouji worker`, with obedient readers: `{ place, atOnce }` as JSON. Says so when it takes documents. */
import { startExtracting } from '../../src/adapters/extraction.js'
import { keepQueued } from '../../src/adapters/requeue.js'
import { OBEDIENT, openParts, type Place } from './extracting-service.js'

const { place, atOnce } = JSON.parse(process.argv[2] ?? '') as { place: Place; atOnce: number }
const parts = await openParts(place)
const extracting = await startExtracting(parts, { atOnce, worker: OBEDIENT, onRead: () => undefined })
const requeuing = keepQueued(parts, 2_000)
process.stdout.write('ready\n')
process.once('SIGTERM', async () => {
  await Promise.all([extracting.close(), requeuing.close()])
  await parts.close()
})
