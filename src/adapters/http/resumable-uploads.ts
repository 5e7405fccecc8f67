/**
 * /api/v1/uploads: one large file, sent in as many pieces as the line allows, by the tus protocol (tus.io, 1.0.0).
 *
 * Metadata: `batch`, the id of the batch, and `filename` (or `fileName`), its path within the delivery. The answer to the last piece tells what became of
 * the file, as for any other. Pieces lie in the data folder until then, for a day at most. A server that died between the last piece
 * and the commit finds the whole file when it starts again, and takes it in then: its sender may believe that it has arrived. An empty
 * last piece, sent again, gives the answer that was missed.
 */

import { createReadStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { types } from 'node:util'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { checkRoom } from '../disk-room.js'
import { receive } from '../intake.js'
import { stage, stagingFolder } from '../originals/staging.js'
import type { Service } from '../service.js'
import { BatchShut, type ReceivedFile } from '../store/arrivals.js'
import type { App } from './app-type.js'
import { callerOf } from './authorise.js'
import { standingBatch } from './batch-answers.js'
import { Problem, problemOf, problemText } from './problem.js'
import { Bytes } from './query.js'
import { type SenderWatch, type UploadGate, uploadProblem } from './upload-gate.js'
import { receivedAnswer } from './uploads.js'

const PATH = '/api/v1/uploads'
const KEPT_MILLISECONDS = 24 * 3_600_000
const SWEEP_MILLISECONDS = 5 * 60_000

type Uploaded = Awaited<ReturnType<FileStore['getUpload']>>
/** What tus gives to its hooks; the request of Node is in it. */
type TusRequest = Parameters<NonNullable<ConstructorParameters<typeof Server>[0]['onIncomingRequest']>>[0]

interface KnownRequest {
  readonly id: string
  readonly actor: string
  readonly watch: SenderWatch
}

const Metadata = z.object({ batch: z.uuid(), filename: z.string().min(1).max(4_000) })

export function resumableUploadRoutes(app: App, service: Service, gate: UploadGate): void {
  const { db, log, settings } = service
  const folder = join(settings.dataFolder, 'uploads')
  const store = new FileStore({ directory: folder, expirationPeriodInMilliseconds: KEPT_MILLISECONDS })
  const requests = new WeakMap<IncomingMessage, KnownRequest>()
  const taking = new Set<string>()

  const tus = new Server({
    path: PATH,
    datastore: store,
    maxSize: settings.uploadBytes,
    relativeLocation: true,
    // No page of another site has business here.
    allowedOrigins: [],
    onUploadCreate: async (request, upload) => {
      const { actor } = knownRequest(request)
      const { batch, filename } = metadataOf(upload)
      if (upload.size === undefined) throw new Problem(400, 'length_missing', '请以 Upload-Length 给出文件的字节数。')
      if ((await standingBatch(db, batch)).closedAt !== null) throw notAccepted(new BatchShut('batch_closed'))
      // It is copied once, when it is whole.
      await checkRoom(folder, 2 * upload.size)
      return { metadata: { batch, filename, actor } }
    },
    onIncomingRequest: async (request, id) => {
      if (request.method === 'POST') return
      const upload = await store.getUpload(id)
      if (upload.metadata?.actor !== knownRequest(request).actor) {
        throw new Problem(404, 'upload_not_found', '没有这次上传。')
      }
    },
    onUploadFinish: async (request, upload) => {
      knownRequest(request).watch.waitForUs()
      const files = await takeIn(upload)
      return {
        status_code: 200,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ files: files.map(receivedAnswer) }),
      }
    },
    onResponseError: (request, error) => {
      if (!types.isNativeError(error)) return undefined
      const problem = problemOf(uploadProblem(error) as Error)
      if (problem === null) log.error({ err: error }, 'resumable upload failed')
      const told = problem ?? new Problem(500, 'internal', '服务器出现内部错误，请稍后重试。')
      return { status_code: told.status, body: problemText(told, knownRequest(request).id) }
    },
  })

  function knownRequest(request: TusRequest): KnownRequest {
    const node = request.runtime?.node?.req
    const known = node === undefined ? undefined : requests.get(node as IncomingMessage)
    if (known === undefined) throw new Error('a request that did not come by the route')
    return known
  }

  async function takeIn(upload: Uploaded): Promise<readonly ReceivedFile[]> {
    if (taking.has(upload.id)) throw new Problem(423, 'upload_locked', '这次上传正在处理，请稍后再试。')
    const { batch, filename } = metadataOf(upload)
    const actor = upload.metadata?.actor ?? 'system'
    taking.add(upload.id)
    try {
      const pieces = createReadStream(join(folder, upload.id))
      const content = await stage(stagingFolder(settings), pieces, settings.uploadBytes)
      if (content.kind === 'too_large') {
        throw new Problem(413, 'file_too_large', '文件超过上传上限。', { mostBytes: settings.uploadBytes })
      }
      const files = await receive(service, batch, actor, filename, content)
      await store.remove(upload.id)
      return files
    } catch (error) {
      if (!(error instanceof BatchShut)) throw error
      // It will never be taken.
      await store.remove(upload.id)
      throw notAccepted(error)
    } finally {
      taking.delete(upload.id)
    }
  }

  /** What is whole is taken in, what is older than a day removed. */
  async function sweep(): Promise<void> {
    for (const id of (await store.configstore.list?.()) ?? []) {
      if (taking.has(id)) continue
      try {
        const upload = await store.getUpload(id)
        const age = Date.now() - new Date(upload.creation_date ?? 0).getTime()
        if (upload.size === upload.offset) await takeIn(upload)
        else if (age > KEPT_MILLISECONDS) await store.remove(id)
      } catch (error) {
        log.warn({ err: error, upload: id }, 'an upload left behind could not be taken in')
      }
    }
  }

  let sweeping: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  app.addHook('onReady', async () => {
    await mkdir(folder, { recursive: true })
    const begin = () => {
      sweeping = sweep().catch((error: unknown) => log.warn({ err: error }, 'uploads could not be looked through'))
    }
    begin()
    timer = setInterval(begin, SWEEP_MILLISECONDS).unref()
  })
  app.addHook('onClose', async () => {
    clearInterval(timer)
    await sweeping
  })

  app.register(async (plain) => {
    // tus reads the body itself.
    plain.removeAllContentTypeParsers()
    plain.addContentTypeParser('*', (_request, _payload, done) => done(null))
    for (const [method, url, summary] of [
      ['POST', PATH, '建立可续传的上传（tus 1.0.0）'],
      ['OPTIONS', PATH, '可续传上传的能力'],
      ['HEAD', `${PATH}/:upload`, '已收到多少字节'],
      ['PATCH', `${PATH}/:upload`, '续传；传完时告知结果'],
      ['DELETE', `${PATH}/:upload`, '放弃上传'],
    ] as const) {
      plain.withTypeProvider<ZodTypeProvider>().route({
        method,
        url,
        config: { access: 'upload' },
        schema: { summary, tags: ['批次'], response: { 200: Bytes } },
        handler: (request, reply) =>
          gate.admit(request, async (watch) => {
            requests.set(request.raw, { id: request.id, actor: callerOf(request).actor, watch })
            reply.hijack()
            for (const [name, value] of Object.entries(reply.getHeaders())) {
              if (value !== undefined) reply.raw.setHeader(name, value)
            }
            const gone = new Promise<void>((resolve) => reply.raw.once('close', resolve))
            await Promise.race([tus.handle(request.raw, reply.raw), gone])
          }),
      })
    }
  })
}

function metadataOf({ metadata }: Pick<Uploaded, 'metadata'>): z.infer<typeof Metadata> {
  const parsed = Metadata.safeParse({ batch: metadata?.batch, filename: metadata?.filename ?? metadata?.fileName })
  if (parsed.success) return parsed.data
  throw new Problem(400, 'metadata_invalid', '请在 Upload-Metadata 中给出 batch（批次编号）与 filename（文件名）。')
}

/** Not 409, at which clients of tus ask for the offset and try again. */
function notAccepted({ code, message }: BatchShut): Problem {
  return new Problem(422, code, message)
}
