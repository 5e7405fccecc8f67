/**
 * /api/v1/documents: to list, look up, read again and delete what has come in.
 *
 * What was received under one sha256 is one document, under whatever names and in whatever batches it came. Other documents of the same
 * organ and year are named beside it, never merged with it. To be read again is asked of the store before the queue, as the queue may
 * be lost.
 */
import { z } from 'zod'
import { explain, GRADE_WORDS, REVIEW_WORDS, VERDICT_WORDS } from '../../export/wording.js'
import { Discrepancy, Flag, ReportRecord, Vintage } from '../../record.js'
import { VERSION } from '../../version.js'
import type { Service } from '../service.js'
import {
  arrivalsOf,
  askAllAgain,
  countGrades,
  type DocumentFilter,
  type DocumentRow,
  deleteDocument,
  discrepanciesOf,
  documentsBefore,
  extractionsOf,
  findDocument,
  flagsOf,
  sameReportAs,
  statusOf,
} from '../store/documents.js'
import { eventsOf } from '../store/events.js'
import { askAgain } from '../store/extractions.js'
import type { Db } from '../store/schema.js'
import type { App } from './app-type.js'
import { callerOf } from './authorise.js'
import { documentFileRoutes, liveDocument, unknown } from './document-files.js'
import { pageLimit, Sha256, Words, Year, YesOrNo } from './query.js'

const Status = z.enum(['accepted', 'needs_review', 'failed', 'unread', 'given_up'])
const Which = z.object({ sha256: Sha256 })
const Instant = z.iso.datetime()

const DocumentFilterQuery = z.object({
  organ: Words.optional().meta({ description: '机关名称，与报告所载完全一致' }),
  organId: z.uuid().optional().meta({ description: '机关的编号：报告所载是它的正式名称或任一别名' }),
  year: Year.optional(),
  status: Status.optional().meta({ description: 'unread：尚未读取；given_up：多次使读取程序中止，不再读取' }),
  flag: Words.optional().meta({ description: '标记的代码，如 check_failed' }),
  rule: Words.optional().meta({ description: '有一处不符此规则，如 T4-REVIEW；含与其他报告的核对' }),
  verdict: Discrepancy.shape.verdict.optional().meta({ description: `有一处不符作此判断：${explain(VERDICT_WORDS)}` }),
  proposal: YesOrNo.optional().meta({
    description: '有一处不符带有（true）或没有（false）改正建议；与 verdict 同时给出时指同一处',
  }),
  vintage: Vintage.optional(),
  review: z
    .enum(['open', 'accepted', 'rejected', 'none'])
    .optional()
    .meta({ description: `${explain(REVIEW_WORDS)}，none 无须复核` }),
  q: Words.optional().meta({ description: '标题、机关、文件名的一部分，或 sha256 的开头' }),
})

/** Of JSON, which has numbers and truth. */
const DocumentFilterBody = z.strictObject({
  ...DocumentFilterQuery.shape,
  year: z.int().min(1900).max(2200).optional(),
  proposal: z.boolean().optional(),
})

const QUEUED_AT_ONCE = 500

const DocumentQuery = DocumentFilterQuery.extend({
  deleted: YesOrNo.optional().meta({ description: 'true：只列已删除的' }),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional()
    .meta({ description: '上一页的 next' }),
  limit: pageLimit(50, 500),
})

export const FirstFlagAnswer = Flag.pick({ code: true, severity: true, message: true })
  .nullable()
  .meta({ description: '最要紧的一条标记；null：没有' })

const DocumentAnswer = z.object({
  sha256: z.string(),
  fileName: z.string().meta({ description: '首次收到时的名称' }),
  byteLength: z.int(),
  receivedAt: Instant,
  status: Status,
  failureCode: z.string().nullable(),
  title: z.string().nullable(),
  organ: z.string().nullable(),
  organId: z.string().nullable().meta({ description: '所属机关的编号' }),
  year: z.int().nullable(),
  vintage: z.string().nullable(),
  review: z
    .enum(['open', 'accepted', 'rejected'])
    .nullable()
    .meta({ description: `复核：${explain(REVIEW_WORDS)}；null：无须复核` }),
  mediaType: z.string().nullable(),
  pageCount: z.int().nullable(),
  version: z.string().nullable().meta({ description: '现行记录由哪个版本的程序读出' }),
  givenUp: z.string().nullable().meta({ description: '为何不再读取' }),
  deletedAt: Instant.nullable(),
  deletedReason: z.string().nullable(),
  firstFlag: FirstFlagAnswer,
})

const GradeCounts = z
  .object({
    proven: z.int(),
    summed: z.int(),
    read_twice: z.int(),
    read_once: z.int(),
    contested: z.int(),
    none: z.int().meta({ description: '未见的栏，或由较早版本读出、未评等级' }),
  })
  .meta({ description: `各等级的指标个数：${explain(GRADE_WORDS)}` })

const DetailAnswer = DocumentAnswer.extend({
  names: z.array(z.string()).meta({ description: '收到过的全部名称' }),
  arrivals: z.array(
    z.object({
      batchId: z.uuid(),
      label: z.string(),
      fileName: z.string(),
      outcome: z.enum(['new', 'same_bytes', 'refused']),
      receivedAt: Instant,
    }),
  ),
  extractions: z.array(
    z.object({
      version: z.string(),
      status: ReportRecord.shape.status,
      failureCode: z.string().nullable(),
      extractedAt: Instant,
      milliseconds: z.int(),
      inForce: z.boolean(),
    }),
  ),
  flags: z.array(Flag),
  grades: GradeCounts,
  discrepancies: z
    .array(Discrepancy.omit({ evidence: true }))
    .meta({ description: '不符之处；依据见 /api/v1/documents/{sha256}/discrepancies' }),
  sameReport: z
    .array(z.object({ sha256: z.string(), fileName: z.string(), status: Status, receivedAt: Instant }))
    .meta({ description: '同一机关同一年度的其他文件' }),
})

const QueuedAnswer = z.object({ queued: z.int().meta({ description: '排队待读的份数' }) })

const EventAnswer = z.object({
  at: Instant,
  actor: z.string(),
  kind: z.string(),
  detail: z.record(z.string(), z.unknown()),
})

export function documentRoutes(app: App, service: Service): void {
  const { db, queue } = service
  documentFileRoutes(app, service)

  app.get(
    '/api/v1/documents',
    {
      config: { access: 'read' },
      schema: {
        summary: '收到的文件，最近收到的在前',
        tags: ['文件'],
        querystring: DocumentQuery,
        response: { 200: z.object({ documents: z.array(DocumentAnswer), next: z.string().nullable() }) },
      },
    },
    async (request) => {
      const { cursor, limit, ...filter } = request.query
      const rows = await documentsBefore(db, filter, cursor === undefined ? null : Number(cursor), limit)
      const last = rows.at(-1)
      return {
        documents: rows.map(summaryOf),
        next: last === undefined || rows.length < limit ? null : String(last.id),
      }
    },
  )

  app.get(
    '/api/v1/documents/:sha256',
    {
      config: { access: 'read' },
      schema: { summary: '一份文件的概况', tags: ['文件'], params: Which, response: { 200: DetailAnswer } },
    },
    async (request) => {
      const document = await findDocument(db, request.params.sha256)
      if (document === undefined) throw unknown()
      const [arrivals, extractions, flags, grades, discrepancies, same] = await Promise.all([
        arrivalsOf(db, document.id),
        extractionsOf(db, document.id),
        flagsOf(db, document.id),
        countGrades(db, document.id),
        discrepanciesOf(db, document.id),
        sameReportAs(db, document),
      ])
      return {
        ...summaryOf(document),
        names: [...new Set([document.file_name, ...arrivals.map(({ file_name }) => file_name)])],
        arrivals: arrivals.map(({ batch_id, label, file_name, outcome, received_at }) => ({
          batchId: batch_id,
          label,
          fileName: file_name,
          outcome,
          receivedAt: received_at.toISOString(),
        })),
        extractions: extractions.map(({ id, extractor_version, status, failure_code, extracted_at, milliseconds }) => ({
          version: extractor_version,
          status,
          failureCode: failure_code,
          extractedAt: extracted_at.toISOString(),
          milliseconds,
          inForce: id === document.extraction_id,
        })),
        flags: flags.map(({ counterpart, ...flag }) => (counterpart === null ? flag : { ...flag, counterpart })),
        grades,
        discrepancies,
        sameReport: same.map((other) => ({
          sha256: other.sha256,
          fileName: other.file_name,
          status: statusOf(other),
          receivedAt: other.received_at.toISOString(),
        })),
      }
    },
  )

  app.get(
    '/api/v1/documents/:sha256/events',
    {
      config: { access: 'read' },
      schema: {
        summary: '一份文件的经过，从收到起',
        tags: ['文件'],
        params: Which,
        response: { 200: z.object({ events: z.array(EventAnswer) }) },
      },
    },
    async (request) => {
      const { sha256 } = request.params
      if ((await findDocument(db, sha256)) === undefined) throw unknown()
      const events = await eventsOf(db, sha256)
      return {
        events: events.map(({ at, actor, kind, detail }) => ({
          at: at.toISOString(),
          actor,
          kind,
          detail: { ...detail },
        })),
      }
    },
  )

  app.post(
    '/api/v1/documents/:sha256/reextract',
    {
      config: { access: 'reextract' },
      schema: {
        summary: '再读一遍，排在成批任务之前；在此之前现行记录不变',
        tags: ['文件'],
        params: Which,
        response: { 202: QueuedAnswer },
      },
    },
    async (request, reply) => {
      const { sha256 } = request.params
      await liveDocument(db, sha256)
      await askAgain(db, sha256, callerOf(request).actor)
      await queue.add([sha256], 'review')
      return reply.code(202).send({ queued: 1 })
    },
  )

  app.post(
    '/api/v1/documents/reextract',
    {
      config: { access: 'reextract' },
      schema: {
        summary: '程序升级后成批重读：给出 sha256s，或给出 filter，其中现行记录不出自本版本的都再读一遍',
        tags: ['文件'],
        body: z.union([
          z.strictObject({ sha256s: z.array(Sha256).min(1).max(10_000) }),
          z.strictObject({ filter: DocumentFilterBody }),
        ]),
        response: { 202: QueuedAnswer },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request)
      const wanted = 'sha256s' in request.body ? [request.body.sha256s] : outdated(db, request.body.filter)
      let queued = 0
      for await (const sha256s of wanted) {
        const asked = await askAllAgain(db, sha256s, actor)
        await queue.add(asked, 'bulk')
        queued += asked.length
      }
      return reply.code(202).send({ queued })
    },
  )

  app.delete(
    '/api/v1/documents/:sha256',
    {
      config: { access: 'delete' },
      schema: {
        summary: '删除一份文件，须说明原因；原件与记录留存，重新上传即恢复',
        tags: ['文件'],
        params: Which,
        body: z.object({
          reason: z
            .string()
            .trim()
            .min(1)
            .max(500)
            .regex(/^[^\0]*$/),
        }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { sha256 } = request.params
      if (!(await deleteDocument(db, sha256, request.body.reason, callerOf(request).actor))) {
        // Says whether it was never there, or is gone already.
        await liveDocument(db, sha256)
      }
      return reply.code(204).send(null)
    },
  )
}

/** What no record of this version is in force of: page after page, from the newest on. */
async function* outdated(db: Db, filter: DocumentFilter): AsyncGenerator<string[], void, undefined> {
  let before: number | null = null
  for (;;) {
    const page: DocumentRow[] = await documentsBefore(db, { ...filter, notOfVersion: VERSION }, before, QUEUED_AT_ONCE)
    const last = page.at(-1)
    if (last === undefined) return
    yield page.map(({ sha256 }) => sha256)
    before = last.id
  }
}

function summaryOf(row: DocumentRow): z.infer<typeof DocumentAnswer> {
  return {
    sha256: row.sha256,
    fileName: row.file_name,
    byteLength: Number(row.byte_length),
    receivedAt: row.received_at.toISOString(),
    status: statusOf(row),
    failureCode: row.failure_code,
    title: row.title,
    organ: row.organ,
    organId: row.organ_id,
    year: row.year,
    vintage: row.vintage,
    review: row.review,
    mediaType: row.media_type,
    pageCount: row.page_count,
    version: row.extractor_version,
    givenUp: row.given_up,
    deletedAt: row.deleted_at?.toISOString() ?? null,
    deletedReason: row.deleted_reason,
    firstFlag: row.first_flag,
  }
}
