/**
 * A page of an original → its picture, or its text with boxes; an original → its blocks, where it has no pages to be drawn. For the page on
 * which people look at reports.
 *
 * Made by killable workers, as reading is, but by lanes of their own: somebody waits for the answer, and a queue of ten thousand reports
 * is not to stand before it. What a file refuses comes back as a refusal with a sentence for that person; trouble with the workers
 * themselves is thrown.
 */
import { failure } from '../document/failure.js'
import { LIMITS } from '../document/limits.js'
import type { FailureCode } from '../document/model.js'
import type { PageText } from '../document/pdf/page-text.js'
import type { Picture } from '../document/pdf/picture.js'
import type { FontFile } from './fonts.js'
import { type Ending, openLane } from './lane.js'
import { joinLanes, type Lanes } from './lanes.js'
import { reasonOf } from './records.js'
import type { Source } from './task.js'
import { inProcess } from './vessel.js'

export type { PageText } from '../document/pdf/page-text.js'
export type { Picture } from '../document/pdf/picture.js'

export interface Refusal {
  /** page_not_found: no page of this number; no_pages: a kind of file that has none. */
  readonly code: FailureCode | 'page_not_found' | 'no_pages'
  readonly message: string
}

export type OfPage<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal }

/** Pages count from 1. */
export interface Pictures {
  draw(source: Source, page: number, dpi: number): Promise<OfPage<Picture>>
  text(source: Source, page: number): Promise<OfPage<PageText>>
  /** One line of JSON: the Document, as it was read before any meaning was given to it. */
  blocks(source: Source): Promise<OfPage<Uint8Array>>
  close(): void
}

/** `worker`: the script of a reading process, as cli.ts knows it. Processes start when a first page is asked for. */
export function openPictures(worker: URL, laneCount: number, font: FontFile | null): Pictures {
  const limits = { fileMilliseconds: LIMITS.pageMilliseconds, workerBytes: LIMITS.workerBytes }
  const lanes = joinLanes(
    Array.from({ length: laneCount }, () => openLane(inProcess(worker, limits.workerBytes), limits)),
  )
  return {
    draw: (source, page, dpi) => drawPage(lanes, source, page, dpi, font),
    text: (source, page) => pageText(lanes, source, page),
    blocks: (source) => blocksOf(lanes, source),
    close: () => lanes.close(),
  }
}

export async function drawPage(
  lanes: Pick<Lanes, 'run'>,
  source: Source,
  page: number,
  dpi: number,
  font: FontFile | null,
): Promise<OfPage<Picture>> {
  const { ending } = await lanes.run({ work: 'picture', source, page, dpi, font })
  return ending.kind === 'answer' && ending.answer.kind === 'picture'
    ? { ok: true, value: ending.answer.picture }
    : { ok: false, refusal: refusalOf(ending, page) }
}

export async function pageText(lanes: Pick<Lanes, 'run'>, source: Source, page: number): Promise<OfPage<PageText>> {
  const { ending } = await lanes.run({ work: 'text', source, page })
  return ending.kind === 'answer' && ending.answer.kind === 'text'
    ? { ok: true, value: JSON.parse(Buffer.from(ending.answer.line).toString()) }
    : { ok: false, refusal: refusalOf(ending, page) }
}

/** No report comes near it; nobody could look through more. */
const MOST_BYTES = 8 * 2 ** 20

export async function blocksOf(lanes: Pick<Lanes, 'run'>, source: Source): Promise<OfPage<Uint8Array>> {
  const options = { engine: 'pdfium', secondReading: 'doubt' } as const
  const { ending } = await lanes.run({ work: 'read', source, fileName: '', options })
  if (ending.kind !== 'answer' || ending.answer.kind !== 'document') return { ok: false, refusal: refusalOf(ending, 1) }
  const { line } = ending.answer
  return line.byteLength > MOST_BYTES
    ? { ok: false, refusal: failure('too_large', '内容过多，无法在页面中显示') }
    : { ok: true, value: line }
}

function refusalOf(ending: Ending, page: number): Refusal {
  if (ending.kind !== 'answer') return reasonOf(ending)
  const { answer } = ending
  switch (answer.kind) {
    case 'no_page':
      return answer.isPaged
        ? { code: 'page_not_found', message: `这份文件没有第 ${page} 页。` }
        : { code: 'no_pages', message: '这种格式的文件不分页，没有页面图像。请下载原件查看。' }
    case 'unreachable':
      throw new Error(answer.reason)
    case 'threw':
      throw new Error(`the worker threw: ${answer.stack}`)
    default:
      return reasonOf(ending)
  }
}
