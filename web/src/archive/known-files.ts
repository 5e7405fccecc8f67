/**
 * Files → which of them the server has already, by their sha256. Those are lines of the batch by having been asked for, and need not be sent.
 */
import { send } from '../api/call.js'
import type { ReceivedAnswer } from './answers.js'
import { type Parcel, sha256Of } from './parcel.js'

/** To be known by its sha256 a file must be in memory. */
const HASHED_BYTES = 64 * 2 ** 20

interface Asked {
  readonly parcel: Parcel
  readonly sha256: string
}

export interface Sorted {
  readonly toSend: readonly Parcel[]
  readonly known: readonly ReceivedAnswer[]
}

export async function askForKnown(batchId: string, parcels: readonly Parcel[]): Promise<Sorted> {
  // Only over https, or from this machine, does a browser compute it.
  if (!isSecureContext) return { toSend: parcels, known: [] }
  try {
    const asked: Asked[] = []
    for (const parcel of parcels) {
      const { size } = parcel.file
      if (size > 0 && size <= HASHED_BYTES) asked.push({ parcel, sha256: await sha256Of(parcel.file) })
    }
    if (asked.length === 0) return { toSend: parcels, known: [] }
    const { files } = await send<{ files: { decision: 'same_bytes' | 'send' }[] }>(
      'POST',
      `/batches/${batchId}/known`,
      {
        files: asked.map(({ parcel: { path, file }, sha256 }) => ({ fileName: path, sha256, byteLength: file.size })),
      },
    )
    const known = asked.filter((_, index) => files[index]?.decision === 'same_bytes')
    const theirs = new Set(known.map(({ parcel }) => parcel))
    return { toSend: parcels.filter((parcel) => !theirs.has(parcel)), known: known.map(lineOf) }
  } catch {
    // Sent as they are; what is wrong with them, or with the line, is seen there.
    return { toSend: parcels, known: [] }
  }
}

function lineOf({ parcel: { path, file }, sha256 }: Asked): ReceivedAnswer {
  return { fileName: path, sha256, byteLength: file.size, outcome: 'same_bytes', reason: null, sameBytesAs: null }
}
