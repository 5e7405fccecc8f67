import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import type { Input } from '../../src/adapters/inputs.js'
import type { Ending, Lane } from '../../src/adapters/lane.js'
import { type Open, type Outcome, recordsOf } from '../../src/adapters/records.js'
import { ReportRecord } from '../../src/record.js'
import { record } from '../build/record.js'

const BYTES = new TextEncoder().encode('一份文件')
const OPTIONS = { engine: 'pdfium', secondReading: 'doubt' } as const
const member = (fileName: string): Input => ({ kind: 'file', fileName, source: { kind: 'bytes', bytes: BYTES } })

/** A lane that ends every task in the same way. */
const endsIn = (ending: Ending): Lane => ({
  start: () => undefined,
  run: async () => ending,
  close: () => undefined,
})
const answers = (text: string): Lane =>
  endsIn({ kind: 'answer', answer: { kind: 'record', status: 'accepted', line: Buffer.from(text) } })

async function outcomes(lane: Lane, ...inputs: Input[]): Promise<Outcome[]> {
  async function* given() {
    yield* inputs
  }
  const open: Open = async (line) => ReportRecord.parse(JSON.parse(Buffer.from(line).toString()))
  const all: Outcome[] = []
  for await (const outcome of recordsOf(given(), [lane], OPTIONS, open)) all.push(outcome)
  return all
}

const failed = (code: string) => ({
  kind: 'record',
  record: {
    status: 'failed',
    failure: { code },
    document: { fileName: 'a.pdf', byteLength: BYTES.length, sha256: createHash('sha256').update(BYTES).digest('hex') },
  },
})

describe('what came back from a worker', () => {
  test('is passed on as the worker wrote it', async () => {
    const text = JSON.stringify(record())
    expect(await outcomes(answers(text), member('a.pdf'))).toEqual([
      {
        kind: 'record',
        fileName: 'a.pdf',
        status: 'accepted',
        line: Buffer.from(text),
        record: record(),
        trouble: null,
      },
    ])
  })

  test.each(['timeout', 'out_of_memory'] as const)('a %s is a failed record of the file', async (kind) => {
    expect(await outcomes(endsIn({ kind }), member('a.pdf'))).toMatchObject([{ ...failed(kind), trouble: null }])
  })

  test('a crash is a failed record of the file, and the developer is told', async () => {
    const crash = endsIn({ kind: 'crash', detail: 'exit SIGSEGV' })
    expect(await outcomes(crash, member('a.pdf'))).toMatchObject([{ ...failed('corrupt'), trouble: 'exit SIGSEGV' }])
  })

  test('a mistake of ours is a failed record of the file, and the developer sees where', async () => {
    const threw = endsIn({ kind: 'answer', answer: { kind: 'threw', stack: 'Error at x.ts:1' } })
    expect(await outcomes(threw, member('a.pdf'))).toMatchObject([{ ...failed('corrupt'), trouble: 'Error at x.ts:1' }])
  })

  test.each(['not JSON', '{}', JSON.stringify({ ...record(), status: 'fine' })])(
    'what is no record is a failed record: %s',
    async (json) => {
      expect(await outcomes(answers(json), member('a.pdf'))).toMatchObject([failed('corrupt')])
    },
  )

  test('a file that the system does not hand out is reported without a record', async () => {
    const gone = endsIn({ kind: 'answer', answer: { kind: 'unreachable', reason: 'EACCES' } })
    expect(await outcomes(gone, member('a.pdf'))).toEqual([
      { kind: 'unreachable', fileName: 'a.pdf', reason: 'EACCES' },
    ])
  })

  test('an input that did not open is a failed record, and its neighbours are read', async () => {
    const refused: Input = {
      kind: 'refused',
      fileName: 'a.pdf',
      source: { kind: 'bytes', bytes: BYTES },
      failure: { code: 'encrypted', message: '设有密码。' },
    }
    expect(await outcomes(answers(JSON.stringify(record())), refused, member('b.pdf'))).toMatchObject([
      failed('encrypted'),
      { kind: 'record', record: { status: 'accepted' } },
    ])
  })
})
