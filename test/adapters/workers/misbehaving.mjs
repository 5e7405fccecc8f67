/** A worker that does what the name of the file says: answers, hangs, eats memory, dies. Runs as a process or as a thread. */
import { appendFileSync, existsSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'

const hoard = []
let answered = 0

function obey({ fileName, source }) {
  const [deed] = fileName.split(':')
  if (deed === 'hang') for (;;);
  if (deed === 'eat') for (;;) hoard.push(Buffer.alloc(2 ** 24, 1))
  if (deed === 'eat-unless-fresh' && answered > 0) for (;;) hoard.push(Buffer.alloc(2 ** 24, 1))
  if (deed === 'crash') process.kill(process.pid, 'SIGSEGV')
  if (deed === 'crash-once' && !existsSync(source.path)) {
    appendFileSync(source.path, 'x')
    process.kill(process.pid, 'SIGSEGV')
  }
  if (deed === 'babble') return 'nothing that anybody asked for'
  answered += 1
  const line = Buffer.from(JSON.stringify({ fileName, pid: process.pid, answered }))
  return { kind: 'record', status: 'accepted', line }
}

if (parentPort) parentPort.on('message', (task) => parentPort.postMessage(obey(task)))
else process.on('message', (task) => process.send(obey(task)))
