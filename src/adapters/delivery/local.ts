/**
 * Delivery into the store that this process has opened, embedded or not.
 *
 * Files are copied on disk while they are hashed, never held in memory; what each means for the batch is intake.ts's to say. Who reads
 * the documents is not decided here: the queue has them, and the workers may be of this process or of others.
 */
import { Readable } from 'node:stream'
import { receiveAll, takeKnown, type Upload } from '../intake.js'
import { stage, stagingFolder } from '../originals/staging.js'
import { receiptJson } from '../receipt.js'
import type { Service } from '../service.js'
import { type Batch, closeBatch, findBatch, openBatch } from '../store/batches.js'
import { type Arrival, type Delivery, DeliveryBroken, FileUnreadable, type OutgoingFile } from './delivery.js'
import { piecesOf } from './multipart.js'

/** Who runs the command on the machine of the store needs no account. */
const ACTOR = 'system'

export function localDelivery(service: Service): Delivery {
  const { db, settings } = service
  const find = async (id: string): Promise<Batch> => {
    const found = await findBatch(db, id)
    if (found === null) throw new DeliveryBroken('这批文件的登记已不在库中')
    return found
  }
  return {
    open: async (label, key) => {
      const opened = await openBatch(db, label, key, ACTOR)
      if (opened === null) throw new DeliveryBroken('另一批文件已用了同一标识')
      return { id: opened.batch.id, isClosed: opened.batch.closedAt !== null }
    },
    ask: async (batch, files) => {
      const known = await takeKnown(service, batch, ACTOR, files)
      return new Set(files.filter((_file, index) => known[index] !== true))
    },
    send: async (batch, files) => {
      const arrivals: Arrival[] = []
      const uploads = staged(files, stagingFolder(settings), settings.uploadBytes, arrivals)
      for await (const { fileName, outcome, reason } of receiveAll(service, batch, ACTOR, uploads)) {
        arrivals.push(
          outcome === 'refused' ? { outcome, fileName, reason: reason?.message ?? '' } : { outcome, fileName },
        )
      }
      return arrivals
    },
    close: async (batch) => {
      await closeBatch(db, batch, ACTOR)
    },
    state: async (batch) => (await find(batch)).counts,
    receipt: async (batch) => Readable.from(receiptJson(db, await find(batch))),
    receiptPlace: (batch) => `gouji serve → /api/v1/batches/${batch}/receipt`,
  }
}

async function* staged(
  files: readonly OutgoingFile[],
  folder: string,
  mostBytes: number,
  arrivals: Arrival[],
): AsyncGenerator<Upload, void, undefined> {
  for (const file of files) {
    try {
      yield { fileName: file.fileName, content: await stage(folder, piecesOf(file), mostBytes) }
    } catch (error) {
      if (!(error instanceof FileUnreadable)) throw error
      arrivals.push({ outcome: 'missing', fileName: file.fileName, reason: `无法读取 (${error.message})` })
    }
  }
}
