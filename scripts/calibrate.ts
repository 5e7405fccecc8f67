/** npx tsx scripts/calibrate.ts [COUNT]: measures how well errors are localised, and writes docs/calibration.md. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { trials } from './calibration/measure.js'
import { calibrationPage } from './calibration/page.js'

const count = Number(process.argv[2] ?? 10_000)
if (!Number.isSafeInteger(count) || count < 1)
  throw new Error(`COUNT must be a number of reports, not ${process.argv[2]}`)
const page = fileURLToPath(new URL('../docs/calibration.md', import.meta.url))
writeFileSync(page, calibrationPage([...trials(count)], [...trials(Math.ceil(count / 2), 'tables')]))
process.stdout.write(`${page}\n`)
