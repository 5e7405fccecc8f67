/**
 * /api/v1/batches: what is sent together, from the first file to the receipt.
 *
 * A batch is opened, files are sent to it (uploads.ts, resumable-uploads.ts) or named as known, it is closed, and when all of it is
 * read it is finished. Each of these may be done again without harm, so that a sender that was interrupted begins at the front. What a
 * batch has come to is told in pages, as it happens (batch-events.ts), and in the end by its receipt (receipts.ts).
 */
import { z } from 'zod'
import { takeKnown } from '../intake.js'
import type { Service } from '../service.js'
import { batchesBefore, closeBatch, linesAfter, openBatch, sameReports } from '../store/batches.js'
import type { App } from './app-type.js'
import { callerOf } from './authorise.js'
import { BatchAnswer, batchAnswer, FileAnswer, fileAnswer, standingBatch, Which } from './batch-answers.js'
import { batchEventRoutes } from './batch-events.js'
import { Problem } from './problem.js'
import { pageLimit, Sha256, Words } from './query.js'
import { receiptRoutes } from './receipts.js'
import { resumableUploadRoutes } from './resumable-uploads.js'
import { UPLOAD_LIMITS, UploadGate, type UploadLimits, uploadProblem } from './upload-gate.js'
import { uploadRoutes } from './uploads.js'

const ASKED_AT_ONCE = 1_000
const NAME_LENGTH = 4_000
/** As many names of that length, in JSON. */
const ASKED_BYTES = 16 * 2 ** 20

export function batchRoutes(app: App, service: Service, limits: UploadLimits = UPLOAD_LIMITS): void {
  const { db, settings } = service
  const gate = new UploadGate(settings.dataFolder, limits)
  uploadRoutes(app, service, gate)
  resumableUploadRoutes(app, service, gate)
  receiptRoutes(app, service)
  batchEventRoutes(app, service)

  app.post(
    '/api/v1/batches',
    {
      config: { access: 'upload' },
      schema: {
        summary: '建立批次',
        description: '带上 Idempotency-Key 重复请求，得到的是同一批次（200）。',
        tags: ['批次'],
        headers: z.object({
          'idempotency-key': Words.optional().meta({ description: '由提交者选定，每批一个' }),
        }),
        body: z.object({ label: Words.meta({ description: '给人看的名称，如“2023年度 市直部门”' }) }),
        response: { 200: BatchAnswer, 201: BatchAnswer },
      },
    },
    async (request, reply) => {
      const { label } = request.body
      const key = request.headers['idempotency-key'] ?? null
      const opened = await openBatch(db, label, key, callerOf(request).actor)
      if (opened === null) {
        throw new Problem(409, 'idempotency_key_reused', '这个 Idempotency-Key 已用于名称不同的另一批次，请换一个。')
      }
      return reply.code(opened.isNew ? 201 : 200).send(batchAnswer(opened.batch))
    },
  )

  app.get(
    '/api/v1/batches',
    {
      config: { access: 'read' },
      schema: {
        summary: '批次，最近建立的在前',
        tags: ['批次'],
        querystring: z.object({
          cursor: z.uuid().optional().meta({ description: '上一页的 next' }),
          limit: pageLimit(20, 100),
        }),
        response: { 200: z.object({ batches: z.array(BatchAnswer), next: z.uuid().nullable() }) },
      },
    },
    async (request) => {
      const { cursor, limit } = request.query
      const batches = await batchesBefore(db, cursor ?? null, limit)
      const next = batches.length < limit ? null : (batches.at(-1)?.id ?? null)
      return { batches: batches.map(batchAnswer), next }
    },
  )

  app.get(
    '/api/v1/batches/:id',
    {
      config: { access: 'read' },
      schema: { summary: '批次的进展', tags: ['批次'], params: Which, response: { 200: BatchAnswer } },
    },
    async (request) => batchAnswer(await standingBatch(db, request.params.id)),
  )

  app.get(
    '/api/v1/batches/:id/files',
    {
      config: { access: 'read' },
      schema: {
        summary: '批次的文件，按收到的先后',
        tags: ['批次'],
        params: Which,
        querystring: z.object({
          cursor: z
            .string()
            .regex(/^\d{1,9}$/)
            .optional()
            .meta({ description: '上一页的 next' }),
          limit: pageLimit(100, 1_000),
        }),
        response: { 200: z.object({ files: z.array(FileAnswer), next: z.string().nullable() }) },
      },
    },
    async (request) => {
      const { id } = request.params
      const { cursor, limit } = request.query
      await standingBatch(db, id)
      const lines = await linesAfter(db, id, Number(cursor ?? 0), limit)
      const documents = lines.flatMap(({ document }) => (document === null ? [] : [document.id]))
      const others = await sameReports(db, documents)
      return {
        files: lines.map((line) => fileAnswer(line, others.get(line.document?.id ?? 0) ?? [])),
        next: lines.length < limit ? null : String(lines.at(-1)?.id),
      }
    },
  )

  app.post(
    '/api/v1/batches/:id/known',
    {
      config: { access: 'upload' },
      bodyLimit: ASKED_BYTES,
      schema: {
        summary: '上传之前询问：哪些文件已有，不必再传',
        description: '已有的文件就此列入批次。',
        tags: ['批次'],
        params: Which,
        body: z.object({
          files: z
            .array(z.object({ fileName: z.string().max(NAME_LENGTH), sha256: Sha256, byteLength: z.int().min(0) }))
            .max(ASKED_AT_ONCE),
        }),
        response: {
          200: z.object({
            files: z.array(
              z.object({
                fileName: z.string().meta({ description: '与所问相同' }),
                sha256: z.string(),
                decision: z.enum(['same_bytes', 'send']).meta({ description: 'send：须上传' }),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { files } = request.body
      const known = await takeKnown(service, request.params.id, callerOf(request).actor, files).catch(rethrown)
      return {
        files: files.map(({ fileName, sha256 }, index) => ({
          fileName,
          sha256,
          decision: known[index] === true ? ('same_bytes' as const) : ('send' as const),
        })),
      }
    },
  )

  app.post(
    '/api/v1/batches/:id/close',
    {
      config: { access: 'upload' },
      schema: {
        summary: '关闭批次：不再接收文件，回执就此确定',
        tags: ['批次'],
        params: Which,
        response: { 200: BatchAnswer },
      },
    },
    async (request) => batchAnswer(await closeBatch(db, request.params.id, callerOf(request).actor).catch(rethrown)),
  )
}

function rethrown(error: unknown): never {
  throw uploadProblem(error)
}
