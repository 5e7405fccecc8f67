/**
 * Inputs → their records, in order: the inputs are spread over lanes, and what did not come back is made into a failed record.
 *
 * Promises one outcome an input. The line of a record is passed on as the worker wrote it, so that it does not depend on how
 * the work was spread; where somebody looks into the record, it is opened first, and what does not open as a record is a failed
 * one. Where nobody does, it is not: whatever this process does for a file, all workers wait for.
 */
import { failure } from '../document/failure.js'
import type { Failure } from '../document/model.js'
import type { ExtractOptions } from '../extract.js'
import type { ReportRecord } from '../record.js'
import type { Input } from './inputs.js'
import type { Ending, Lane } from './lane.js'
import { inOrder } from './pool.js'
import { isSystemError } from './system-error.js'
import { type Answer, type Status, toLine } from './task.js'

export type Outcome =
  | {
      readonly kind: 'record'
      readonly fileName: string
      readonly status: Status
      readonly line: Uint8Array
      /** null: nobody asked to look into it. */
      readonly record: ReportRecord | null
      /** For the developer, on stderr. */
      readonly trouble: string | null
    }
  /** The file system refused, so that there are no bytes to make a record of. */
  | { readonly kind: 'unreachable'; readonly fileName: string; readonly reason: string }

/** The line of a record → the record. Rejects when it is none. */
export type Open = (line: Uint8Array) => Promise<ReportRecord>

/** For the line of another process. The validator is loaded while the workers read. */
export const parseAndCheck: Open = async (line) => {
  const { ReportRecord } = await import('../record.js')
  return ReportRecord.parse(JSON.parse(Buffer.from(line).toString()))
}

interface Read {
  readonly input: Input
  readonly ending: Ending | null
}

export async function* recordsOf(
  inputs: AsyncIterable<Input>,
  lanes: readonly Lane[],
  options: ExtractOptions,
  open: Open | null,
): AsyncGenerator<Outcome, void, undefined> {
  const read = async (input: Input, index: number): Promise<Read> => {
    const lane = lanes[index]
    if (input.kind === 'refused' || lane === undefined) return { input, ending: null }
    return {
      input,
      ending: await lane.run({ work: 'extract', options, fileName: input.fileName, source: input.source }),
    }
  }
  for await (const { input, ending } of inOrder(inputs, lanes.length, read)) yield await outcomeOf(input, ending, open)
}

/** `ending`: null of an input that no lane was given. */
export async function outcomeOf(input: Input, ending: Ending | null, open: Open | null): Promise<Outcome> {
  if (input.kind === 'refused') return failed(input, input.failure, null)
  if (ending?.kind !== 'answer') return failed(input, reasonOf(ending), ending?.kind === 'crash' ? ending.detail : null)
  const { answer } = ending
  switch (answer.kind) {
    case 'record':
      return opened(input, answer, open)
    case 'unreachable':
      return { kind: 'unreachable', fileName: input.fileName, reason: answer.reason }
    case 'refused':
    case 'document':
    case 'picture':
    case 'text':
    case 'no_page':
      return failed(input, reasonOf(ending), null)
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

async function opened(
  input: Input,
  { status, line }: Answer & { readonly kind: 'record' },
  open: Open | null,
): Promise<Outcome> {
  try {
    const record = open === null ? null : await open(line)
    return { kind: 'record', fileName: input.fileName, status, line, record, trouble: null }
  } catch (error) {
    return failed(input, CRASHED, String(error))
  }
}

async function failed({ source, fileName }: Input, reason: Failure, trouble: string | null): Promise<Outcome> {
  const { failedRecordOf } = await import('./reading.js')
  try {
    const record = await failedRecordOf(source, fileName, reason)
    return { kind: 'record', fileName, status: record.status, line: toLine(record), record, trouble }
  } catch (error) {
    if (!isSystemError(error)) throw error
    return { kind: 'unreachable', fileName, reason: error.message }
  }
}
