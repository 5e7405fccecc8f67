/**
 * The lines of a batch → its receipt, and a receipt → what still agrees with it.
 *
 * What a line says of a file's arrival (name, bytes, sha256, outcome) never changes, and over exactly that goes `manifestSha256`: whoever
 * holds the receipt can recompute it with nothing but this file's `manifestLine`. How the document stands now is told beside it and
 * is not part of it. A receipt of a batch that is not closed may grow; its lines stay.
 *
 * It is written and checked a page at a time: a batch may have a hundred thousand lines.
 */
import { createHash } from 'node:crypto'
import { CSV_HEAD, type CsvCell, toCsvLine } from '../export/csv.js'
import type { Originals } from './service.js'
import { type Batch, type BatchLine, findBatch, linesAfter } from './store/batches.js'
import type { Db } from './store/schema.js'

export const RECEIPT_SCHEMA = 'gouji/receipt@1'

/** What a receipt promises of a file. */
export interface ManifestEntry {
  readonly fileName: string
  readonly sha256: string | null
  readonly byteLength: number | null
  readonly outcome: string
}

/** One line of the text that `manifestSha256` is made of; the first line of it is ["gouji/receipt@1", the id of the batch]. */
export function manifestLine({ fileName, sha256, byteLength, outcome }: ManifestEntry): string {
  return `${JSON.stringify([fileName, sha256, byteLength, outcome])}\n`
}

export function manifestSha256(batchId: string, entries: Iterable<ManifestEntry>): string {
  const manifest = beginManifest(batchId)
  for (const entry of entries) manifest.update(manifestLine(entry))
  return manifest.digest('hex')
}

function beginManifest(batchId: string) {
  return createHash('sha256').update(`${JSON.stringify([RECEIPT_SCHEMA, batchId])}\n`)
}

const PAGE = 500

async function* pagesOf(db: Db, batchId: string): AsyncGenerator<readonly BatchLine[], void, undefined> {
  let after = 0
  while (true) {
    const page = await linesAfter(db, batchId, after, PAGE)
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.id
  }
}

/** JSON, one file a line. */
export async function* receiptJson(db: Db, batch: Batch): AsyncGenerator<string, void, undefined> {
  const { id, label, createdBy, createdAt, closedAt } = batch
  const manifest = beginManifest(id)
  const head = { schema: RECEIPT_SCHEMA, batch: { id, label, createdBy, createdAt, closedAt } }
  yield `${JSON.stringify(head).slice(0, -1)},"files":[`
  let separator = '\n'
  for await (const page of pagesOf(db, id)) {
    let text = ''
    for (const line of page) {
      manifest.update(manifestLine(line))
      text += `${separator}${JSON.stringify(entryOf(line))}`
      separator = ',\n'
    }
    yield text
  }
  yield `\n],"manifestSha256":"${manifest.digest('hex')}"}\n`
}

function entryOf({ fileName, sha256, byteLength, outcome, reason, receivedAt, sameBytesAs, document }: BatchLine) {
  return {
    fileName,
    sha256,
    byteLength,
    outcome,
    reason,
    receivedAt,
    sameBytesAs,
    statusNow: document?.status ?? null,
  }
}

const OUTCOMES: Readonly<Record<BatchLine['outcome'], string>> = {
  new: '新收',
  same_bytes: '内容相同，已有',
  refused: '拒收',
}
const STATUSES: Readonly<Record<NonNullable<BatchLine['document']>['status'], string>> = {
  accepted: '通过',
  needs_review: '待复核',
  failed: '未能读取',
  unread: '等待读取',
  given_up: '已放弃读取',
  deleted: '已删除',
}

/** For people: what a spreadsheet shows of it. */
export async function* receiptCsv(db: Db, batch: Batch): AsyncGenerator<string, void, undefined> {
  const manifest = beginManifest(batch.id)
  yield CSV_HEAD
  yield toCsvLine(['文件', '字节数', 'SHA-256', '结果', '说明', '收到时间', '目前状态'])
  for await (const page of pagesOf(db, batch.id)) {
    for (const line of page) manifest.update(manifestLine(line))
    yield page.map((line) => toCsvLine(cellsOf(line))).join('')
  }
  const facts: readonly (readonly [string, string])[] = [
    ['批次', batch.label],
    ['批次编号', batch.id],
    ['提交者', batch.createdBy],
    ['建立时间', batch.createdAt.toISOString()],
    ['关闭时间', batch.closedAt?.toISOString() ?? '尚未关闭'],
    ['清单 SHA-256', manifest.digest('hex')],
  ]
  yield toCsvLine([])
  for (const [name, value] of facts) yield toCsvLine([name, value])
}

function cellsOf({
  fileName,
  byteLength,
  sha256,
  outcome,
  reason,
  receivedAt,
  sameBytesAs,
  document,
}: BatchLine): CsvCell[] {
  const same =
    sameBytesAs === null ? null : `与 ${sameBytesAs.fileName} 相同（${sameBytesAs.receivedAt.toISOString()} 收到）`
  const status = document === null ? null : STATUSES[document.status]
  return [fileName, byteLength, sha256, OUTCOMES[outcome], reason?.message ?? same, receivedAt.toISOString(), status]
}

/** A receipt as somebody hands it in. */
export interface GivenReceipt {
  readonly batchId: string
  readonly files: readonly ManifestEntry[]
  readonly manifestSha256: string
}

export type Difference = 'not_in_batch' | 'other_outcome' | 'other_length' | 'original_missing'

export interface ReceiptCheck {
  readonly batchFound: boolean
  /** The receipt's files are those that its own sum was made of: nobody changed it. */
  readonly isIntact: boolean
  readonly agreeing: number
  readonly differing: readonly { readonly entry: ManifestEntry; readonly difference: Difference }[]
  /** Files of the batch that the receipt does not name: they came after it, or were left out. */
  readonly unlisted: readonly ManifestEntry[]
}

const ASKED_AT_ONCE = 16

/** Whether originals are there, not whether their bytes are still the same: that is for `gouji fixity`, which reads them all. */
export async function checkReceipt(db: Db, originals: Originals, receipt: GivenReceipt): Promise<ReceiptCheck> {
  const { batchId, files } = receipt
  const isIntact = manifestSha256(batchId, files) === receipt.manifestSha256
  const batchFound = (await findBatch(db, batchId)) !== null
  const standing = new Map<string, BatchLine>()
  for await (const page of pagesOf(db, batchId)) for (const line of page) standing.set(keyOf(line), line)

  const listed = new Set(files.map(keyOf))
  const differing: { readonly entry: ManifestEntry; readonly difference: Difference }[] = []
  for (let from = 0; from < files.length; from += ASKED_AT_ONCE) {
    const some = files.slice(from, from + ASKED_AT_ONCE)
    const differences = await Promise.all(
      some.map((entry) => differenceOf(entry, standing.get(keyOf(entry)), originals)),
    )
    for (const [index, entry] of some.entries()) {
      const difference = differences[index] ?? null
      if (difference !== null) differing.push({ entry, difference })
    }
  }
  const unlisted = [...standing].filter(([key]) => !listed.has(key)).map(([, line]) => line)
  return { batchFound, isIntact, agreeing: files.length - differing.length, differing, unlisted }
}

async function differenceOf(
  entry: ManifestEntry,
  line: BatchLine | undefined,
  originals: Originals,
): Promise<Difference | null> {
  if (line === undefined) return 'not_in_batch'
  if (line.outcome !== entry.outcome) return 'other_outcome'
  if (line.byteLength !== entry.byteLength) return 'other_length'
  return line.sha256 === null || (await originals.has(line.sha256)) ? null : 'original_missing'
}

function keyOf({ fileName, sha256 }: Pick<ManifestEntry, 'fileName' | 'sha256'>): string {
  return `${sha256 ?? ''} ${fileName}`
}
