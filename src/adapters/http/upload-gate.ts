/**
 * How many uploads at once, how much room there must be for them, and how long a sender may dawdle.
 *
 * An upload costs a file on disk, and in the end a place in the store, so those that would be too many are asked to come back rather
 * than taken half. The connection's own idle limit is lifted while an upload is under way, as the members of a large archive may be
 * worked through for minutes without a byte on the line; instead the sender is watched while it is the sender's turn.
 */
import type { FastifyRequest } from 'fastify'
import { checkRoom, isNoRoom, SPARE_BYTES } from '../disk-room.js'
import { BatchShut } from '../store/arrivals.js'
import { Problem } from './problem.js'

export interface UploadLimits {
  /** Uploads under way; further ones are told to come back. */
  readonly atOnce: number
  /** Bytes that stay free in the data folder. */
  readonly freeBytes: number
  /** Over so many milliseconds a sender whose turn it is sends at least so many bytes. */
  readonly patience: { readonly milliseconds: number; readonly bytes: number }
}

export const UPLOAD_LIMITS: UploadLimits = {
  atOnce: 16,
  freeBytes: SPARE_BYTES,
  patience: { milliseconds: 60_000, bytes: 16 * 2 ** 10 },
}

const COME_BACK_SECONDS = 5

/** Says whose turn it is. */
export interface SenderWatch {
  waitForSender(): void
  waitForUs(): void
}

export class UploadGate {
  private underWay = 0

  constructor(
    private readonly folder: string,
    private readonly limits: UploadLimits,
  ) {}

  /** Throws Problem: 503, 507. What the work throws comes out as a Problem, where it is one that the sender should know. */
  async admit<T>(request: FastifyRequest, work: (watch: SenderWatch) => Promise<T>): Promise<T> {
    if (this.underWay >= this.limits.atOnce) {
      throw new Problem(503, 'too_many_uploads', '同时进行的上传过多，请稍后重试。', { retryAfter: COME_BACK_SECONDS })
    }
    this.underWay += 1
    const { watch, stop } = watchSender(request, this.limits.patience)
    try {
      await checkRoom(this.folder, announcedBytes(request), this.limits.freeBytes)
      return await work(watch)
    } catch (error) {
      throw uploadProblem(error)
    } finally {
      stop()
      this.underWay -= 1
    }
  }
}

function announcedBytes({ headers }: FastifyRequest): number {
  return Number(headers['content-length'] ?? 0) || 0
}

export function uploadProblem(error: unknown): unknown {
  if (error instanceof BatchShut) {
    return new Problem(error.code === 'batch_closed' ? 409 : 404, error.code, error.message)
  }
  return isNoRoom(error)
    ? new Problem(507, 'storage_full', '服务器存储空间不足，暂时不能接收文件，请联系管理员。')
    : error
}

function watchSender(
  { raw }: FastifyRequest,
  { milliseconds, bytes }: UploadLimits['patience'],
): { watch: SenderWatch; stop: () => void } {
  const { socket } = raw
  const usual = socket.timeout ?? 0
  socket.setTimeout(0)
  let isSendersTurn = true
  let before = socket.bytesRead
  const timer = setInterval(() => {
    if (isSendersTurn && socket.bytesRead - before < bytes) raw.destroy(new Error('the sender is too slow'))
    before = socket.bytesRead
  }, milliseconds)
  return {
    watch: {
      waitForSender: () => {
        // Counts from here: what came in before was not this turn's.
        timer.refresh()
        before = socket.bytesRead
        isSendersTurn = true
      },
      waitForUs: () => {
        isSendersTurn = false
      },
    },
    stop: () => {
      clearInterval(timer)
      socket.setTimeout(usual)
    },
  }
}
