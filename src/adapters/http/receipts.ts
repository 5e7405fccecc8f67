/** /api/v1/batches/ID/receipt and /api/v1/receipts/check: what a sender takes away, and may bring back years later. */
import { Readable } from 'node:stream'
import { z } from 'zod'
import { checkReceipt, type Difference, receiptCsv, receiptJson } from '../receipt.js'
import type { Service } from '../service.js'
import type { App } from './app-type.js'
import { standingBatch, Which } from './batch-answers.js'
import { attachment, Bytes } from './query.js'

/** Of some two hundred thousand lines. */
const RECEIPT_BYTES = 64 * 2 ** 20
const MOST_TOLD = 1_000

const Entry = z.object({
  fileName: z.string(),
  sha256: z.string().nullable(),
  byteLength: z.int().nullable(),
  outcome: z.string(),
})

const DIFFERENCES: Readonly<Record<Difference, string>> = {
  not_in_batch: '批次中没有这份文件。',
  other_outcome: '批次中这份文件的结果与回执不同。',
  other_length: '批次中这份文件的字节数与回执不同。',
  original_missing: '原件不在存储中，请联系管理员。',
}

export function receiptRoutes(app: App, { db, originals }: Service): void {
  app.get(
    '/api/v1/batches/:id/receipt',
    {
      config: { access: 'read' },
      schema: {
        summary: '批次的回执',
        description:
          'manifestSha256 由固定不变的部分算出：首行为 ["gouji/receipt@1",批次编号]，其后按顺序每份文件一行 [fileName,sha256,byteLength,outcome]，均为无空格的 JSON，各行以换行符结束，UTF-8 编码，取 SHA-256。',
        tags: ['批次'],
        params: Which,
        querystring: z.object({ format: z.enum(['json', 'csv']).default('json') }),
        response: { 200: Bytes },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { format } = request.query
      const batch = await standingBatch(db, id)
      const [text, type] =
        format === 'json' ? [receiptJson(db, batch), 'application/json'] : [receiptCsv(db, batch), 'text/csv']
      return reply
        .header('content-type', `${type}; charset=utf-8`)
        .header('content-disposition', attachment(`回执 ${batch.label}.${format}`, `receipt-${id}.${format}`))
        .send(Readable.from(text, { objectMode: false }))
    },
  )

  app.post(
    '/api/v1/receipts/check',
    {
      config: { access: 'read' },
      bodyLimit: RECEIPT_BYTES,
      schema: {
        summary: '核对回执（JSON）与现存的批次和原件',
        description: '只看原件是否存在；逐份重新计算原件的 SHA-256 由管理员以 gouji fixity 进行。',
        tags: ['批次'],
        body: z.object({
          batch: z.object({ id: z.uuid() }),
          files: z.array(Entry),
          manifestSha256: z.string(),
        }),
        response: {
          200: z.object({
            agrees: z.boolean().meta({ description: '回执未经改动，每份文件都与现存的一致，且没有未列入的文件' }),
            batchFound: z.boolean(),
            isIntact: z.boolean().meta({ description: '回执的内容与其 manifestSha256 相符' }),
            files: z.int(),
            agreeing: z.int(),
            differing: z
              .array(Entry.extend({ code: z.string(), message: z.string() }))
              .meta({ description: `至多列出 ${MOST_TOLD} 份` }),
            unlistedFiles: z.int().meta({ description: '批次中有而回执未列的文件数' }),
            unlisted: z.array(Entry).meta({ description: `至多列出 ${MOST_TOLD} 份` }),
          }),
        },
      },
    },
    async (request) => {
      const { batch, files, manifestSha256 } = request.body
      const check = await checkReceipt(db, originals, { batchId: batch.id, files, manifestSha256 })
      const { batchFound, isIntact, agreeing, differing, unlisted } = check
      return {
        agrees: batchFound && isIntact && differing.length === 0 && unlisted.length === 0,
        batchFound,
        isIntact,
        files: files.length,
        agreeing,
        differing: differing
          .slice(0, MOST_TOLD)
          .map(({ entry, difference }) => ({ ...entry, code: difference, message: DIFFERENCES[difference] })),
        unlistedFiles: unlisted.length,
        unlisted: unlisted.slice(0, MOST_TOLD).map(({ fileName, sha256, byteLength, outcome }) => ({
          fileName,
          sha256,
          byteLength,
          outcome,
        })),
      }
    },
  )
}
