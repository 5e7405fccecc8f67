/**
 * /api/v1/facts, /fact-keys: what was read, one row a fact, as JSON pages or as NDJSON without end.
 *
 * Memory does not grow with what is asked for: the stream is made of pages of the database, asked for as the caller takes them in, and ends
 * with the caller.
 */
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { toFactRow, toJsonLine } from '../../export/fact-row.js'
import { DECISION_WORDS, explain, GRADE_WORDS, REVIEW_WORDS } from '../../export/wording.js'
import { Box, Fact, GRADES, Grade, Location, ReportRecord, VINTAGES, Vintage } from '../../record.js'
import { keysOf, labelOf } from '../../report/fact-labels.js'
import type { Service } from '../service.js'
import { allFacts, type FactFilter, type FactPlace, factsAfter } from '../store/facts.js'
import type { Db } from '../store/schema.js'
import type { App } from './app-type.js'
import { pageLimit, Words, Year } from './query.js'

const NDJSON = 'application/x-ndjson'

const FactQuery = z.object({
  organ: Words.optional().meta({ description: '机关名称，与报告所载完全一致' }),
  year: Year.optional(),
  key: z
    .string()
    .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)*(\.\*)?$/)
    .optional()
    .meta({ description: '指标，或以 .* 结尾的前缀，如 requests.*' }),
  status: ReportRecord.shape.status.optional().meta({ description: '报告状态' }),
  state: Fact.shape.state.optional(),
  grade: z
    .union([Grade, z.array(Grade)], { error: `应为 ${GRADES.join('、')} 之一` })
    .transform((given) => [given].flat())
    .optional()
    .meta({ description: `${explain(GRADE_WORDS)}；可重复给出，符合其一即可` }),
  vintage: Vintage.optional(),
  decision: z
    .enum(['corrected', 'assigned', 'as_published', 'none'])
    .optional()
    .meta({ description: `复核中对此栏的决定：${explain(DECISION_WORDS)}，none 无` }),
  review: z
    .enum(['open', 'accepted', 'rejected', 'none'])
    .optional()
    .meta({ description: `报告的复核：${explain(REVIEW_WORDS)}，none 无须复核` }),
  cursor: z
    .string()
    .regex(/^\d{1,9}\.\d{1,4}$/)
    .optional()
    .meta({ description: '上一页的 next' }),
  limit: pageLimit(200, 2_000),
  format: z
    .enum(['json', 'ndjson'])
    .optional()
    .meta({ description: `ndjson：不分页，逐行给出全部；亦可用 Accept: ${NDJSON}` }),
})

const FactAnswer = z.object({
  sha256: z.string(),
  fileName: z.string(),
  organ: z.string().nullable(),
  year: z.int().nullable(),
  vintage: z.string().nullable(),
  status: ReportRecord.shape.status,
  key: z.string(),
  label: z.string().nullable(),
  value: z.number().nullable(),
  state: Fact.shape.state,
  raw: z.string().nullable(),
  unit: z.string(),
  derived: Fact.shape.derived.meta({
    description: '按勾稽关系推算此处应为多少，只在页上并非如此时给出；绝不取代 value',
  }),
  grade: Fact.shape.grade.meta({
    description: `${explain(GRADE_WORDS)}；null：未见，或由较早版本读出、未评等级`,
  }),
  decision: z
    .enum(['corrected', 'assigned', 'as_published'])
    .nullable()
    .meta({ description: `${explain(DECISION_WORDS)}；null：未作决定` }),
  corrected: z.number().nullable().meta({
    description: '复核人改正的数值，decision 为 corrected 或 assigned 时有效，此时 null 表示页上为空白；绝不取代 value',
  }),
  review: z
    .enum(['open', 'accepted', 'rejected'])
    .nullable()
    .meta({ description: `报告的复核：${explain(REVIEW_WORDS)}；null：无须复核` }),
  page: z.int().nullable(),
  box: Box.nullable(),
  location: Location.nullable(),
})

const KeyAnswer = z.object({
  key: z.string(),
  label: z.string(),
  unit: z.string(),
  vintage: Vintage,
  table: z.string(),
})

export function factRoutes(app: App, { db }: Service): void {
  app.get(
    '/api/v1/facts',
    {
      config: { access: 'read' },
      schema: {
        summary: '数据项，每项一行',
        description: `默认分页给出 JSON；Accept: ${NDJSON} 或 format=ndjson 时逐行给出全部，不分页。六种状态分开：空白不是零，短横不是空白。`,
        tags: ['数据'],
        querystring: FactQuery,
        response: { 200: z.object({ facts: z.array(FactAnswer), next: z.string().nullable() }) },
      },
    },
    async (request, reply) => {
      const { cursor, limit, format, ...filter } = request.query
      const asksForLines = format === 'ndjson' || (format === undefined && accepts(request.headers.accept, NDJSON))
      reply.header('vary', 'accept').header('cache-control', 'private, no-cache')
      if (asksForLines) {
        const lines: FastifyReply = reply.header('content-type', NDJSON)
        return lines.send(Readable.from(linesOf(db, filter), { objectMode: false }))
      }
      const rows = await factsAfter(db, filter, cursor === undefined ? null : placeOf(cursor), limit)
      const last = rows.at(-1)
      return {
        facts: rows.map((row) => toFactRow(row, labelOf)),
        next: last === undefined || rows.length < limit ? null : `${last.document_id}.${last.ordinal}`,
      }
    },
  )

  app.get(
    '/api/v1/fact-keys',
    {
      config: { access: 'read' },
      schema: {
        summary: '各版式的全部指标、名称与单位',
        tags: ['数据'],
        querystring: z.object({ vintage: Vintage.optional() }),
        response: { 200: z.object({ keys: z.array(KeyAnswer) }) },
      },
    },
    async (request) => {
      const { vintage } = request.query
      return { keys: (vintage === undefined ? VINTAGES : [vintage]).flatMap((each) => [...keysOf(each)]) }
    },
  )
}

async function* linesOf(db: Db, filter: FactFilter): AsyncGenerator<Buffer, void, undefined> {
  for await (const page of allFacts(db, filter)) {
    yield Buffer.from(page.map((row) => toJsonLine(toFactRow(row, labelOf))).join(''))
  }
}

function accepts(header: string | undefined, mediaType: string): boolean {
  return header?.split(',').some((range) => range.split(';')[0]?.trim().toLowerCase() === mediaType) ?? false
}

function placeOf(cursor: string): FactPlace {
  const [document_id, ordinal] = cursor.split('.').map(Number)
  return { document_id: document_id ?? 0, ordinal: ordinal ?? 0 }
}
