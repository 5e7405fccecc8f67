/**
 * A thread inside a worker process that ends the process when its parent is gone or its memory is over the limit.
 *
 * A busy worker hears neither its channel closing nor a timer of its own; this thread does. The parent watches memory too and
 * more often, where the system tells it about other processes; where it does not, this is the watch.
 */
import { workerData } from 'node:worker_threads'

const WATCH_MILLISECONDS = 250

const parent = process.ppid
const { residentLimit } = workerData as { residentLimit: number }

setInterval(() => {
  if (process.ppid !== parent || process.memoryUsage.rss() > residentLimit) process.kill(process.pid, 'SIGKILL')
}, WATCH_MILLISECONDS)
