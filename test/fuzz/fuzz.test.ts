/**
 * Spoilt files of every kind end in a record or in a failed record with a code, and never in anything else.
 *
 * GOUJI_FUZZ sets how many files of each kind are spoilt in each way; every run spoils the same files in the same way.
 */
import { describe, expect, test } from '@jest/globals'
import { extract } from '../../src/extract.js'
import { ReportRecord } from '../../src/record.js'
import { sampleInputs } from '../build/samples.js'
import { seeded } from '../build/seeded.js'
import { inPart, MUTATIONS, type Mutation } from './mutations.js'

const ROUNDS = Number(process.env.GOUJI_FUZZ ?? 5)
const inputs = await sampleInputs()

async function endOf(bytes: Uint8Array): Promise<ReportRecord> {
  return ReportRecord.parse(await extract(bytes, 'spoilt', { engine: 'pdfium', secondReading: 'doubt' }))
}

function spoil(kind: RegExp, mutations: Readonly<Record<string, Mutation>>): void {
  const files = inputs.filter(({ name }) => kind.test(name))
  test.each(Object.entries(mutations))('%s', async (_, mutation) => {
    const sound = { accepted: 0, needs_review: 0, failed: 0 }
    for (let round = 0; round < ROUNDS; round++) {
      const random = seeded(round + 1)
      const { name, bytes } = random.pick(files)
      const spoilt = mutation(bytes, random)
      const record = await endOf(spoilt).catch((error: unknown) => {
        throw new Error(`round ${round} of ${name}: ${String(error)}`)
      })
      expect(record.status === 'failed').toBe(record.failure !== null)
      sound[record.status]++
    }
    expect(sound.accepted + sound.needs_review + sound.failed).toBe(ROUNDS)
  })
}

describe('a spoilt PDF', () => spoil(/\.pdf$/, MUTATIONS))
describe('a spoilt DOCX', () => spoil(/\.docx$/, MUTATIONS))
describe('a DOCX with a spoilt part', () =>
  spoil(/\.docx$/, Object.fromEntries(Object.entries(MUTATIONS).map(([name, mutation]) => [name, inPart(mutation)]))))
describe('a spoilt HTML page', () => spoil(/\.html$/, MUTATIONS))
describe('a spoilt text', () => spoil(/\.(?:txt|md)$/, MUTATIONS))
