/**
 * /api/v1/documents/SHA256/…: the record as the core gave it, its discrepancies and the tables of the form as TSV, and the bytes as they came.
 *
 * Bytes that anybody may have sent are never shown in place: they are saved, under the name they came with, and no browser guesses at what
 * they are. Of a deleted document nothing is given out.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { toTsv } from '../../export/tsv.js'
import { Discrepancy } from '../../record.js'
import { OriginalDamaged, OriginalMissing } from '../originals/errors.js'
import type { Service } from '../service.js'
import { type DocumentRow, findDocument, recordOf } from '../store/documents.js'
import type { Db } from '../store/schema.js'
import { openStored } from '../stored-record.js'
import type { App } from './app-type.js'
import { Problem } from './problem.js'
import { attachment, Bytes, isKnownToCaller, Sha256, Words } from './query.js'

/** What no browser runs, whatever it holds. All else is bytes. */
const HARMLESS = new Set([
  'application/pdf',
  'application/msword',
  'application/zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
])
const TABLES = ['proactive', 'requests', 'review_litigation', 'statistics'] as const
const BYTES = 'application/octet-stream'
const CACHED = 'private, no-cache'

const Which = z.object({ sha256: Sha256 })
const Version = z.object({ version: Words.optional().meta({ description: '由哪个版本的程序读出；默认为现行记录' }) })

/** Of any version: earlier ones did not judge. */
const Judged = z.object({ discrepancies: z.array(Discrepancy).optional() })

export function documentFileRoutes(app: App, { db, originals }: Service): void {
  app.get(
    '/api/v1/documents/:sha256/record',
    {
      config: { access: 'read' },
      schema: {
        summary: '记录，与读出时逐字节相同',
        tags: ['文件'],
        params: Which,
        querystring: Version,
        response: { 200: Bytes },
      },
    },
    async (request, reply) => {
      const document = await liveDocument(db, request.params.sha256)
      const stored = await storedRecord(db, document, request.query.version)
      const etag = etagOf(stored)
      reply.header('cache-control', CACHED)
      if (isKnownToCaller(request, reply, etag)) return reply.send('')
      return reply
        .header('etag', etag)
        .header('content-type', 'application/json; charset=utf-8')
        .send(Buffer.from(stored))
    },
  )

  app.get(
    '/api/v1/documents/:sha256/discrepancies',
    {
      config: { access: 'read' },
      schema: {
        summary: '不符之处：判断、依据、可疑的栏与改正建议',
        tags: ['文件'],
        params: Which,
        querystring: Version,
        response: {
          200: z.object({
            discrepancies: z
              .array(Discrepancy)
              .nullable()
              .meta({ description: 'null：由较早版本读出，未作判断，请再读一遍' }),
          }),
        },
      },
    },
    async (request, reply) => {
      const document = await liveDocument(db, request.params.sha256)
      const stored = await storedRecord(db, document, request.query.version)
      reply.header('cache-control', CACHED)
      return { discrepancies: Judged.parse(JSON.parse(stored)).discrepancies ?? null }
    },
  )

  app.get(
    '/api/v1/documents/:sha256/tables/:key(^[a-z_]+).tsv',
    {
      config: { access: 'read' },
      schema: {
        summary: '一张法定表格，制表符分隔',
        produces: ['text/tab-separated-values'],
        tags: ['文件'],
        params: Which.extend({ key: z.enum(TABLES) }),
        querystring: Version,
        response: { 200: Bytes },
      },
    },
    async (request, reply) => {
      const document = await liveDocument(db, request.params.sha256)
      const stored = await storedRecord(db, document, request.query.version)
      const { key } = request.params
      const { tables } = openStored(stored)
      const [first, ...others] = tables.filter((table) => table.key === key)
      if (first === undefined) throw new Problem(404, 'table_not_found', '这份报告的记录中没有这张表格。')
      // Printed in several parts, it has an empty line between them.
      const rows = [first.rows, ...others.map((table) => [[], ...table.rows])].flat()
      const etag = etagOf(stored)
      reply.header('cache-control', CACHED)
      if (isKnownToCaller(request, reply, etag)) return reply.send('')
      return reply
        .header('etag', etag)
        .header('content-type', 'text/tab-separated-values; charset=utf-8')
        .header('content-disposition', attachment(`${stemOf(document)}.${key}.tsv`, `${document.sha256}.${key}.tsv`))
        .send(Buffer.from(toTsv({ ...first, rows })))
    },
  )

  app.get(
    '/api/v1/documents/:sha256/original',
    {
      config: { access: 'read' },
      schema: {
        produces: [BYTES],
        summary: '原件，与收到时逐字节相同',
        tags: ['文件'],
        params: Which,
        response: { 200: Bytes },
      },
    },
    async (request, reply) => {
      const { sha256 } = request.params
      const document = await liveDocument(db, sha256)
      reply.header('cache-control', CACHED).header('x-content-type-options', 'nosniff')
      const etag = `"${sha256}"`
      if (isKnownToCaller(request, reply, etag)) return reply.send('')
      const bytes = await originals.stream(sha256).catch((error: unknown) => {
        throw isAboutOriginal(error) ? damaged() : error
      })
      const { media_type } = document
      const name = nameOf(document)
      return reply
        .header('etag', etag)
        .header('content-type', media_type !== null && HARMLESS.has(media_type) ? media_type : BYTES)
        .header('content-length', document.byte_length)
        .header('content-disposition', attachment(name, `${sha256}${plainExtension(name)}`))
        .send(bytes)
    },
  )
}

export async function liveDocument(db: Db, sha256: string): Promise<DocumentRow> {
  const document = await findDocument(db, sha256)
  if (document === undefined) throw unknown()
  if (document.deleted_at !== null) {
    const reason = document.deleted_reason ?? ''
    throw new Problem(410, 'deleted', `该文件已删除，原因：${reason}。重新上传即可恢复。`, { reason })
  }
  return document
}

export function unknown(): Problem {
  return new Problem(404, 'document_not_found', '没有这份文件。')
}

export function damaged(): Problem {
  return new Problem(500, 'original_damaged', '原件缺失或已损坏，请管理员运行 gouji fixity 核查。')
}

export function isAboutOriginal(error: unknown): boolean {
  return error instanceof OriginalMissing || error instanceof OriginalDamaged
}

async function storedRecord(db: Db, document: DocumentRow, version: string | undefined): Promise<string> {
  const stored = await recordOf(db, document, version)
  if (stored !== null) return stored
  if (version !== undefined) throw new Problem(404, 'version_not_found', '这份文件没有由该版本读出的记录。')
  throw notReadYet(document)
}

export function notReadYet({ given_up }: DocumentRow): Problem {
  return given_up === null
    ? new Problem(409, 'not_read_yet', '这份文件尚未读取完成，请稍后再试。')
    : new Problem(409, 'given_up', `这份文件多次使读取程序中止，已不再读取：${given_up}`)
}

function etagOf(record: string): string {
  return `"${createHash('sha256').update(record).digest('base64url')}"`
}

/** Without the folders of a delivery. */
function nameOf({ file_name }: DocumentRow): string {
  return file_name.slice(file_name.lastIndexOf('/') + 1)
}

function stemOf(document: DocumentRow): string {
  return nameOf(document).replace(/\.[^.]{1,10}$/, '')
}

function plainExtension(name: string): string {
  return /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? ''
}
