/** Started plainly: forks itself and waits. Forked: starts the watch, tells its number, and is then too busy to hear anything. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

if (process.send) {
  const watch = new Worker(new URL('../../../dist/orphan-watch.cjs', import.meta.url), {
    workerData: { residentLimit: 2 ** 40 },
  })
  watch.once('online', () =>
    setTimeout(() => process.stdout.write(`${process.pid}\n`, () => setTimeout(spin, 100)), 500),
  )
} else {
  fork(fileURLToPath(import.meta.url)).on('exit', (code) => process.exit(code ?? 1))
}

function spin() {
  for (;;);
}
