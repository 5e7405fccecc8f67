/** `gouji ingest`, told by its surroundings where to deliver: `SERVICE KEY FOLDER`. SIGINT stops it. */
import { remoteDelivery } from '../../../src/adapters/delivery/remote.js'
import { openScreen } from '../../../src/adapters/delivery/screen.js'
import { ingest } from '../../../src/adapters/ingest.js'

const [service = '', key = '', folder = ''] = process.argv.slice(2)
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
const delivery = remoteDelivery(new URL(service), key, { signal: stop.signal, onPause: () => undefined })
const result = await ingest([folder], delivery, {
  label: null,
  receipt: null,
  output: null,
  wait: false,
  signal: stop.signal,
  screen: openScreen(),
})
process.exitCode = 'exitCode' in result ? result.exitCode : 2
