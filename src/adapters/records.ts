/**
 * Inputs → their records, in order: the inputs are spread over lanes, and what did not come back is made into a failed record.
 *
 * Promises one outcome an input. A record that comes from another process is validated before anybody relies on it; the JSON
 * text is passed on as the worker wrote it, so that it does not depend on how the work was spread.
 */
import { failure } from '../document/failure.js'
import type { Failure } from '../document/model.js'
import type { ExtractOptions } from '../extract.js'
import type { ReportRecord } from '../record.js'
import type { Input } from './inputs.js'
import type { Ending, Lane } from './lane.js'
import { inOrder } from './pool.js'

export type Outcome =
  | { readonly kind: 'record'; readonly record: ReportRecord; readonly json: string; readonly trouble: string | null }
  /** The file system refused, so that there are no bytes to make a record of. */
  | { readonly kind: 'unreachable'; readonly fileName: string; readonly reason: string }

/** Rejects when the value is not a record. */
export type Validate = (value: unknown) => Promise<void>

interface Read {
  readonly input: Input
  readonly ending: Ending | null
}

export async function* recordsOf(
  inputs: AsyncIterable<Input>,
  lanes: readonly Lane[],
  options: ExtractOptions,
  validate: Validate,
): AsyncGenerator<Outcome, void, undefined> {
  const read = async (input: Input, index: number): Promise<Read> => {
    const lane = lanes[index]
    if (input.kind === 'refused' || lane === undefined) return { input, ending: null }
    return {
      input,
      ending: await lane.run({ work: 'extract', options, fileName: input.fileName, source: input.source }),
    }
  }
  for await (const { input, ending } of inOrder(inputs, lanes.length, read))
    yield await outcomeOf(input, ending, validate)
}

async function outcomeOf(input: Input, ending: Ending | null, validate: Validate): Promise<Outcome> {
  if (input.kind === 'refused') return failed(input, input.failure, null)
  if (ending?.kind !== 'answer') return failed(input, reasonOf(ending), ending?.kind === 'crash' ? ending.detail : null)
  const { answer } = ending
  switch (answer.kind) {
    case 'done':
      return checked(input, answer.json, validate)
    case 'unreachable':
      return { kind: 'unreachable', fileName: input.fileName, reason: answer.reason }
    case 'refused':
      return failed(input, answer.failure, null)
    case 'threw':
      return failed(input, CRASHED, answer.stack)
  }
}

const CRASHED: Failure = failure('corrupt', '读取程序在这份文件上异常中止')

/** Why an ending gave nothing that could be read. */
export function reasonOf(ending: Ending | null): Failure {
  if (ending?.kind === 'timeout' || ending?.kind === 'out_of_memory') return failure(ending.kind)
  return ending?.kind === 'answer' && ending.answer.kind === 'refused' ? ending.answer.failure : CRASHED
}

async function checked(input: Input, json: string, validate: Validate): Promise<Outcome> {
  try {
    const record: ReportRecord = JSON.parse(json)
    await validate(record)
    return { kind: 'record', record, json, trouble: null }
  } catch (error) {
    return failed(input, CRASHED, String(error))
  }
}

/** `trouble` is for the developer, on stderr. */
async function failed(input: Input, reason: Failure, trouble: string | null): Promise<Outcome> {
  const { failedRecordOf } = await import('./reading.js')
  try {
    const record = await failedRecordOf(input.source, input.fileName, reason)
    return { kind: 'record', record, json: JSON.stringify(record), trouble }
  } catch (error) {
    return { kind: 'unreachable', fileName: input.fileName, reason: String(error) }
  }
}
