/** Files → what travels in one request: many small ones, or one large. */
import type { OutgoingFile } from './delivery.js'

const PARCEL_FILES = 100
/** So that a request which has to be sent again costs little. */
const PARCEL_BYTES = 32 * 2 ** 20
const RESUMABLE_BYTES = 64 * 2 ** 20

/** Large enough to be worth going on with where it broke off. */
export function takesUploadOfItsOwn(file: OutgoingFile): boolean {
  return file.byteLength > RESUMABLE_BYTES
}

export function* parcelsOf(files: readonly OutgoingFile[]): Generator<OutgoingFile[], void, undefined> {
  let parcel: OutgoingFile[] = []
  let bytes = 0
  for (const file of files) {
    if (takesUploadOfItsOwn(file)) {
      yield [file]
      continue
    }
    if (parcel.length === PARCEL_FILES || (parcel.length > 0 && bytes + file.byteLength > PARCEL_BYTES)) {
      yield parcel
      parcel = []
      bytes = 0
    }
    parcel.push(file)
    bytes += file.byteLength
  }
  if (parcel.length > 0) yield parcel
}
