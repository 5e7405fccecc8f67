/**
 * Delivery to a running service, over its API.
 *
 * Small files travel many to a request, large ones each in an upload of its own that goes on where it broke off. Memory does not grow
 * with the files: they are streamed. After a request that failed, it is asked again which of its files have arrived, as the
 * connection may have ended between the work and the answer. The service's answers are checked, as they come from elsewhere.
 */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type Arrival, type Delivery, DeliveryBroken, FileUnreadable, type OutgoingFile } from './delivery.js'
import { type Answer, type Call, detailOf, type ExchangeOptions, openExchange } from './exchange.js'
import { formOf } from './multipart.js'
import { takesUploadOfItsOwn } from './parcels.js'
import { upload } from './resumable.js'

const count = z.int().min(0)
const Batch = z.object({
  id: z.string(),
  closedAt: z.string().nullable(),
  counts: z.object({
    received: z.object({ new: count, sameBytes: count, refused: count }),
    read: z.object({ accepted: count, needsReview: count, failed: count }),
    givenUp: count,
    deleted: count,
    waiting: count,
  }),
})
const Known = z.object({ files: z.array(z.object({ decision: z.enum(['same_bytes', 'send']) })) })
const ArrivedFile = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.enum(['new', 'same_bytes']), fileName: z.string() }),
  z.object({ outcome: z.literal('refused'), fileName: z.string(), reason: z.object({ message: z.string() }) }),
])
const Arrived = z.object({ files: z.array(ArrivedFile) })

export function remoteDelivery(
  service: URL,
  apiKey: string | null,
  options: ExchangeOptions,
  notesFolder = join(homedir(), '.cache', 'gouji', 'uploads'),
): Delivery {
  const exchange = openExchange(service, apiKey, options)
  const call = (what: Call) => exchange.persist(() => exchange.try(what))

  const ask: Delivery['ask'] = async (batch, files) => {
    const asked = files.map(({ fileName, sha256, byteLength }) => ({ fileName, sha256, byteLength }))
    const answer = parsed(Known, await call(post(`${pathOf(batch)}/known`, { files: asked })))
    if (answer.files.length !== files.length) throw notUnderstood()
    return new Set(files.filter((_file, index) => answer.files[index]?.decision === 'send'))
  }

  const sendOnce = async (batch: string, files: readonly OutgoingFile[]): Promise<Answer> => {
    const [first] = files
    if (first !== undefined && takesUploadOfItsOwn(first)) return upload(exchange, batch, first, notesFolder)
    const { contentType, body } = formOf(files)
    return exchange.try({
      method: 'POST',
      path: `${pathOf(batch)}/files`,
      headers: { 'content-type': contentType },
      body,
    })
  }

  /** One request, unless it has to be cut. */
  const sendParcel = async (batch: string, parcel: readonly OutgoingFile[]): Promise<Arrival[]> => {
    let left = parcel
    let isFirst = true
    const missing: Arrival[] = []
    const answer = await exchange.persist(async () => {
      for (;;) {
        if (!isFirst) {
          const wanted = await ask(batch, left)
          left = left.filter((file) => wanted.has(file))
        }
        isFirst = false
        if (left.length === 0) return null
        try {
          return await sendOnce(batch, left)
        } catch (error) {
          if (!(error instanceof FileUnreadable)) throw error
          const isUnreadable = ({ path }: OutgoingFile) => path === error.path
          for (const { fileName } of left.filter(isUnreadable)) missing.push(unreadable(fileName, error))
          left = left.filter((file) => !isUnreadable(file))
        }
      }
    })
    if (answer === null) return missing
    if (answer.status === 413) return [...missing, ...(await sendCut(batch, left, answer))]
    return [...missing, ...parsed(Arrived, answer).files.map(asArrival)]
  }

  /** A server in between, or the service itself, takes less at a time. */
  const sendCut = async (batch: string, parcel: readonly OutgoingFile[], answer: Answer): Promise<Arrival[]> => {
    const [first, ...others] = parcel
    if (first === undefined) return []
    if (others.length === 0) {
      return [{ outcome: 'missing', fileName: first.fileName, reason: `太大，服务不收（413${detailOf(answer.text)}）` }]
    }
    const middle = Math.ceil(parcel.length / 2)
    const halves = [await sendParcel(batch, parcel.slice(0, middle)), await sendParcel(batch, parcel.slice(middle))]
    return halves.flat()
  }

  return {
    open: async (label, key) => {
      const answer = await call({
        ...post('/api/v1/batches', { label }),
        headers: { ...JSON_TYPE, 'idempotency-key': key },
      })
      const { id, closedAt } = parsed(Batch, answer)
      return { id, isClosed: closedAt !== null }
    },
    ask,
    send: sendParcel,
    close: async (batch) => {
      expectDone(await call(post(`${pathOf(batch)}/close`, {})))
    },
    state: async (batch) => parsed(Batch, await call({ method: 'GET', path: pathOf(batch) })).counts,
    receipt: (batch) => exchange.persist(() => exchange.stream({ method: 'GET', path: `${pathOf(batch)}/receipt` })),
    receiptPlace: (batch) => new URL(`${pathOf(batch)}/receipt`.slice(1), service).href,
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }

function pathOf(batch: string): string {
  return `/api/v1/batches/${encodeURIComponent(batch)}`
}

function post(path: string, body: unknown): Call {
  return { method: 'POST', path, headers: JSON_TYPE, body: JSON.stringify(body) }
}

function expectDone({ status, text }: Answer): void {
  if (status < 400) return
  if (status === 401)
    throw new DeliveryBroken(`请用 --api-key 或环境变量 GOUJI_KEY 给出有效的密钥（401${detailOf(text)}）`)
  if (status === 403) throw new DeliveryBroken(`密钥须有 upload 和 read 两项权限（403${detailOf(text)}）`)
  throw new DeliveryBroken(`服务拒绝了请求（${status}${detailOf(text)}）`)
}

function parsed<T>(schema: z.ZodType<T>, answer: Answer): T {
  expectDone(answer)
  const result = schema.safeParse(json(answer.text))
  if (result.success) return result.data
  throw notUnderstood()
}

function notUnderstood(): DeliveryBroken {
  return new DeliveryBroken('服务的回应看不懂，地址可能有误，或两边版本不同')
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function unreadable(fileName: string, { message }: FileUnreadable): Arrival {
  return { outcome: 'missing', fileName, reason: `无法读取 (${message})` }
}

function asArrival(file: z.infer<typeof ArrivedFile>): Arrival {
  return file.outcome === 'refused' ? { ...file, reason: file.reason.message } : file
}

/** --to as a person writes it → the root of the service; null: no such address. */
export function serviceAddress(text: string): URL | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}
