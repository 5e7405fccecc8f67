/**
 * The record of every sample, against the one that a person has checked, in test/golden/.
 *
 * A golden record that is missing fails. `GOUJI_REWRITE_GOLDEN=1 npm run jest -- test/golden.test.ts` writes them all, never in
 * CI; a change then has to be explained in its commit. One line a section, table, fact, check and flag, so that a diff names
 * what changed.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { type ExtractOptions, extract } from '../src/extract.js'
import type { Box, Location, ReportRecord } from '../src/record.js'
import { ReportRecord as RecordSchema } from '../src/record.js'
import { sampleInputs } from './build/samples.js'

const FOLDER = new URL('golden/', import.meta.url)
const REWRITE = process.env.GOUJI_REWRITE_GOLDEN === '1'
const IN_CI = process.env.CI !== undefined
const OPTIONS: ExtractOptions = { engine: 'pdfium', secondReading: 'doubt' }
/** Both engines give boxes of glyphs from the same file, rounded differently. */
const BOX_TOLERANCE = 0.5

const inputs = await sampleInputs()
const pdfs = inputs.filter(({ name }) => name.endsWith('.pdf'))

describe('golden records', () => {
  test('are not rewritten in CI', () => {
    expect(REWRITE && IN_CI).toBe(false)
  })

  test.each(inputs)('$name gives the record that was checked', async ({ name, bytes }) => {
    const text = goldenText(await extract(bytes, name, OPTIONS))
    const golden = new URL(encodeURIComponent(goldenName(name)), FOLDER)
    if (REWRITE && !IN_CI) writeFileSync(golden, text)
    expect(text).toBe(readFileSync(golden, 'utf8'))
  })

  test('are there for samples only, and keep to the schema', () => {
    const files = readdirSync(FOLDER).sort()
    expect(files).toEqual(inputs.map(({ name }) => goldenName(name)).sort())
    for (const file of files)
      RecordSchema.parse(JSON.parse(readFileSync(new URL(encodeURIComponent(file), FOLDER), 'utf8')))
  })

  test.each(inputs)('$name gives the same record twice, byte for byte', async ({ name, bytes }) => {
    const first = JSON.stringify(await extract(bytes, name, OPTIONS))
    expect(JSON.stringify(await extract(bytes, name, OPTIONS))).toBe(first)
  })

  test.each(pdfs)('$name gives the same record with either engine', async ({ name, bytes }) => {
    const one = placesApart(await extract(bytes, name, { ...OPTIONS, engine: 'pdfium' }))
    const other = placesApart(await extract(bytes, name, { ...OPTIONS, engine: 'pdfjs' }))
    expect(one.record).toEqual(other.record)
    const distances = one.boxes.map((box, index) => distance(box, other.boxes[index]))
    expect(distances.filter((value) => !(value <= BOX_TOLERANCE))).toEqual([])
  })
})

function goldenText(record: ReportRecord): string {
  const members = Object.entries(record).map(([key, value]) => {
    const text = Array.isArray(value) ? linesOf(value) : JSON.stringify(value)
    return `  ${JSON.stringify(key)}: ${text}`
  })
  return `{\n${members.join(',\n')}\n}\n`
}

function linesOf(items: readonly unknown[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`
}

function goldenName(name: string): string {
  return `${name.slice(name.lastIndexOf('/') + 1)}.json`
}

/** The record with a page for every place on it, and the boxes that were there. */
function placesApart(record: ReportRecord): { readonly record: unknown; readonly boxes: readonly Box[] } {
  const boxes: Box[] = []
  const text = JSON.stringify(record, (_, value: unknown) => {
    if (!isPlace(value)) return value
    boxes.push(value.box)
    return { page: value.page }
  })
  return { record: JSON.parse(text), boxes }
}

function isPlace(value: unknown): value is Extract<Location, { kind: 'page' }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'page'
}

function distance(one: Box, other: Box | undefined): number {
  return Math.max(...one.map((side, index) => Math.abs(side - (other?.[index] ?? Number.NaN))))
}
