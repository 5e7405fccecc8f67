/** Batches and their files as the API tells them. */
import { z } from 'zod'
import { REVIEW_STATUSES } from '../../review/api.js'
import { BatchShut } from '../store/arrivals.js'
import { type Batch, type BatchLine, findBatch, type OtherDocument } from '../store/batches.js'
import type { Db } from '../store/schema.js'
import { FirstFlagAnswer } from './documents.js'
import { uploadProblem } from './upload-gate.js'

export const Which = z.object({ id: z.uuid() })

export async function standingBatch(db: Db, id: string): Promise<Batch> {
  const batch = await findBatch(db, id)
  if (batch === null) throw uploadProblem(new BatchShut('batch_not_found'))
  return batch
}

const Instant = z.iso.datetime()
const Count = z.int().min(0)

export const CountsAnswer = z.object({
  received: z
    .object({ new: Count, sameBytes: Count, refused: Count })
    .meta({ description: '收到的文件，按结果：新收、内容与已有文件相同、拒收' }),
  read: z
    .object({ accepted: Count, needsReview: Count, failed: Count })
    .meta({ description: '已读取的文件，按目前状态' }),
  givenUp: Count.meta({ description: '多次使读取程序中止，不再读取' }),
  deleted: Count,
  waiting: Count.meta({ description: '等待读取' }),
})

export const BatchAnswer = z
  .object({
    id: z.uuid(),
    label: z.string(),
    createdBy: z.string(),
    createdAt: Instant,
    closedAt: Instant.nullable().meta({ description: '此后不再接收文件；null：仍可上传' }),
    isFinished: z.boolean().meta({ description: '已关闭，且没有文件等待读取' }),
    counts: CountsAnswer,
  })
  .meta({ id: 'Batch' })

export function batchAnswer(batch: Batch): z.infer<typeof BatchAnswer> {
  return {
    ...batch,
    createdAt: batch.createdAt.toISOString(),
    closedAt: batch.closedAt?.toISOString() ?? null,
    isFinished: isFinished(batch),
  }
}

export function isFinished({ closedAt, counts }: Batch): boolean {
  return closedAt !== null && counts.waiting === 0
}

export const FileAnswer = z
  .object({
    fileName: z.string(),
    sha256: z.string().nullable().meta({ description: 'null：拒收' }),
    byteLength: z.int().nullable(),
    outcome: z.enum(['new', 'same_bytes', 'refused']),
    reason: z.object({ code: z.string(), message: z.string() }).nullable().meta({ description: '拒收的原因' }),
    receivedAt: Instant,
    sameBytesAs: z
      .object({ fileName: z.string(), receivedAt: Instant, batchLabel: z.string().nullable() })
      .nullable()
      .meta({ description: '内容相同的文件首次收到时的名称、时间与批次' }),
    sameReportAs: z
      .array(z.object({ sha256: z.string(), fileName: z.string() }))
      .meta({ description: '同一机关同一年度、内容不同的其他文件，至多十份' }),
    status: z
      .enum(['accepted', 'needs_review', 'failed', 'unread', 'given_up', 'deleted'])
      .nullable()
      .meta({ description: '目前状态；null：拒收' }),
    failureCode: z.string().nullable(),
    givenUp: z.string().nullable().meta({ description: '为何不再读取' }),
    organ: z.string().nullable(),
    year: z.int().nullable(),
    firstFlag: FirstFlagAnswer,
    review: z.enum(REVIEW_STATUSES).nullable().meta({ description: '复核；null：无须复核' }),
  })
  .meta({ id: 'BatchFile' })

export function fileAnswer(line: BatchLine, others: readonly OtherDocument[]): z.infer<typeof FileAnswer> {
  const { fileName, sha256, byteLength, outcome, reason, receivedAt, sameBytesAs, document } = line
  return {
    fileName,
    sha256,
    byteLength,
    outcome,
    reason,
    receivedAt: receivedAt.toISOString(),
    sameBytesAs: sameBytesAs === null ? null : { ...sameBytesAs, receivedAt: sameBytesAs.receivedAt.toISOString() },
    sameReportAs: [...others],
    status: document?.status ?? null,
    failureCode: document?.failureCode ?? null,
    givenUp: document?.givenUp ?? null,
    organ: document?.organ ?? null,
    year: document?.year ?? null,
    firstFlag: document?.firstFlag ?? null,
    review: document?.review ?? null,
  }
}
