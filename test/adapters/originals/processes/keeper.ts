/** Stages and keeps so many files, one after the other; a line for each that was kept. The same seed makes the same files. */
import { createHash } from 'node:crypto'
import { openOriginals } from '../../../../src/adapters/originals/open.js'
import { stage } from '../../../../src/adapters/originals/staging.js'

const [settings = '', staging = '', seed = '', count = ''] = process.argv.slice(2)
const originals = openOriginals(JSON.parse(settings))

async function* file(number: number) {
  for (let part = 0; part < 32; part += 1) {
    yield Buffer.alloc(32_768, createHash('sha256').update(`${seed} ${number} ${part}`).digest())
  }
}

for (let number = 0; number < Number(count); number += 1) {
  const result = await stage(staging, file(number), 2 ** 30)
  if (result.kind === 'too_large') throw new Error('too large')
  await originals.keep(result.sha256, result.path)
  process.stdout.write(`${result.sha256}\n`)
}
