/**
 * POST /api/v1/batches/ID/files: any number of files in one request, as a form or one as it is → what became of each.
 *
 * Streamed to disk as it arrives and no faster; no file and no archive is ever held in memory. The name of a file is its path within the
 * delivery, a label only. Every file that is told of in the answer is committed. When the connection breaks, or the form is cut
 * short, what was committed by then stands (sent again it is the same line of the batch) and of the rest nothing stays.
 */

import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { types } from 'node:util'
import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { receiveAll, type Upload } from '../intake.js'
import { type Staged, stage, stagingFolder, type TooLarge } from '../originals/staging.js'
import type { Service } from '../service.js'
import { BatchShut, type ReceivedFile } from '../store/arrivals.js'
import type { App } from './app-type.js'
import { callerOf } from './authorise.js'
import { standingBatch, Which } from './batch-answers.js'
import { Problem } from './problem.js'
import type { SenderWatch, UploadGate } from './upload-gate.js'

const Outcome = z.enum(['new', 'same_bytes', 'refused'])

export const ReceivedAnswer = z.object({
  fileName: z.string(),
  sha256: z.string().nullable(),
  byteLength: z.int().nullable(),
  outcome: Outcome,
  reason: z.object({ code: z.string(), message: z.string() }).nullable().meta({ description: '拒收的原因' }),
  sameBytesAs: z
    .object({ fileName: z.string(), receivedAt: z.iso.datetime() })
    .nullable()
    .meta({ description: '内容相同的文件首次收到时的名称与时间' }),
})

export function receivedAnswer(file: ReceivedFile): z.infer<typeof ReceivedAnswer> {
  const { sameBytesAs } = file
  return {
    ...file,
    sameBytesAs: sameBytesAs === null ? null : { ...sameBytesAs, receivedAt: sameBytesAs.receivedAt.toISOString() },
  }
}

/** Further ones belong in a further request. */
const MOST_PARTS = 20_000

export function uploadRoutes(app: App, service: Service, gate: UploadGate): void {
  const { db, settings } = service
  const folder = stagingFolder(settings)

  app.register(async (plain) => {
    // Only here: everywhere else a body is JSON, and small.
    plain.removeAllContentTypeParsers()
    await plain.register(multipart, {
      limits: { fileSize: settings.uploadBytes, parts: MOST_PARTS, fieldSize: 2 ** 16, headerPairs: 100 },
      throwFileSizeLimit: false,
      preservePath: true,
    })
    plain.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

    plain.withTypeProvider<ZodTypeProvider>().post(
      '/api/v1/batches/:id/files',
      {
        config: { access: 'upload' },
        schema: {
          summary: '向批次上传文件，可多份，可为 zip',
          description:
            'multipart/form-data，每项一份文件，文件名为其在这批材料中的路径；或将一份文件原样作为请求正文，以 fileName 参数给出名称。zip 逐份接收其中的文件。',
          tags: ['批次'],
          params: Which,
          querystring: z.object({
            fileName: z.string().max(4_000).optional().meta({ description: '正文即文件时的名称' }),
          }),
          response: { 200: z.object({ files: z.array(ReceivedAnswer) }) },
        },
      },
      (request) =>
        gate.admit(request, async (watch) => {
          const encoding = request.headers['content-encoding'] ?? 'identity'
          // It would be kept as it is, and its sha256 be that of the packed bytes.
          if (encoding !== 'identity')
            throw new Problem(415, 'content_encoding', '请勿压缩请求正文（Content-Encoding）。')
          const { id } = request.params
          const { actor } = callerOf(request)
          // Before gigabytes are taken; that it stays open until they are committed is seen to there.
          if ((await standingBatch(db, id)).closedAt !== null) throw new BatchShut('batch_closed')
          const files: z.infer<typeof ReceivedAnswer>[] = []
          for await (const file of receiveAll(service, id, actor, uploadsOf(request, request.query.fileName, watch))) {
            files.push(receivedAnswer(file))
          }
          return { files }
        }),
    )
  })

  async function* uploadsOf(
    request: FastifyRequest,
    fileName: string | undefined,
    watch: SenderWatch,
  ): AsyncGenerator<Upload, void, undefined> {
    const uploads = request.isMultipart() ? filesOfForm(request) : fileOfBody(request, fileName)
    watch.waitForSender()
    for await (const upload of uploads) {
      watch.waitForUs()
      yield upload
      watch.waitForSender()
    }
    watch.waitForUs()
  }

  async function* filesOfForm(request: FastifyRequest): AsyncGenerator<Upload, void, undefined> {
    for await (const { file, filename } of fromSender(request.files())) {
      const content = await stage(folder, fromSender(file), settings.uploadBytes)
      // The parser ends a file at the limit, and passes over the rest of it.
      yield { fileName: unescaped(filename), content: file.truncated ? await tooLarge(content) : content }
    }
  }

  async function* fileOfBody(
    request: FastifyRequest,
    fileName: string | undefined,
  ): AsyncGenerator<Upload, void, undefined> {
    const body = request.body as Readable | undefined
    if (fileName === undefined) {
      throw new Problem(400, 'file_name_missing', '请以 multipart/form-data 上传，或以 fileName 参数给出文件名。')
    }
    if (body === undefined) throw new Problem(400, 'file_missing', '请求没有正文，应为一份文件。')
    const content = await stage(folder, fromSender(body), settings.uploadBytes)
    if (content.kind === 'too_large') {
      throw new Problem(413, 'file_too_large', `文件超过上传上限（${settings.uploadBytes} 字节）。`, {
        mostBytes: settings.uploadBytes,
      })
    }
    yield { fileName, content }
  }
}

/** Browsers write what would end the name, and nothing else, as a percent code (HTML, multipart/form-data encoding algorithm). */
function unescaped(name: string): string {
  return name.replace(/%(22|0D|0A)/g, (code) => decodeURIComponent(code))
}

async function tooLarge(content: Staged | TooLarge): Promise<TooLarge> {
  if (content.kind === 'staged') await rm(content.path, { force: true })
  return { kind: 'too_large' }
}

/** What goes wrong on the way is the sender's or the line's, not ours: only what comes out of `source` is caught. */
async function* fromSender<T>(source: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  const items = source[Symbol.asyncIterator]()
  let isOver = false
  try {
    while (true) {
      const next = await items.next().catch((error: unknown) => {
        isOver = true
        throw interrupted(error)
      })
      if (next.done === true) {
        isOver = true
        return
      }
      yield next.value
    }
  } finally {
    if (!isOver) await items.return?.()
  }
}

/** Those with a code of Fastify's are told by problem.ts. */
function interrupted(error: unknown): unknown {
  if (types.isNativeError(error) && 'code' in error && String(error.code).startsWith('FST_')) return error
  return new Problem(400, 'upload_interrupted', '上传未完成即已中断，或内容格式有误，请重试。')
}
