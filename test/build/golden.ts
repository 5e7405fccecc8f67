/** test/golden/ → the records in it, in the order of their names. */
import { readdirSync, readFileSync } from 'node:fs'
import type { ReportRecord } from '../../src/record.js'

const FOLDER = new URL('../golden/', import.meta.url)

export function goldenRecords(): ReportRecord[] {
  return readdirSync(FOLDER)
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(encodeURIComponent(name), FOLDER), 'utf8')) as ReportRecord)
}
