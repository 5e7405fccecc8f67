/** What a batch holds and what is on its way to it → the rows of one table. */
import type { FileAnswer } from './answers.js'
import type { DeliveryPicture } from './delivery.js'
import { type Fate, fateOf, noFates } from './fate.js'
import type { Parcel } from './parcel.js'

/** A file that is in, or one on its way. */
export type BatchRow =
  | { readonly kind: 'in'; readonly fate: Fate; readonly file: FileAnswer }
  | { readonly kind: 'out'; readonly fate: Fate; readonly parcel: Parcel }

export function batchRows(files: readonly FileAnswer[], sending: DeliveryPicture | null): readonly BatchRow[] {
  const out = (fate: Fate) => (parcel: Parcel) => ({ kind: 'out' as const, fate, parcel })
  return [
    ...(sending?.aside ?? []).map(out('refused')),
    ...(sending?.sending ?? []).map(out('sending')),
    ...files.map(rowOf),
    ...(sending?.waiting ?? []).map(out('waiting')),
  ]
}

const rowsOfFiles = new WeakMap<FileAnswer, BatchRow>()

/** The same row for the same file, so that it is drawn once. */
function rowOf(file: FileAnswer): BatchRow {
  const known = rowsOfFiles.get(file)
  if (known !== undefined) return known
  const row: BatchRow = { kind: 'in', fate: fateOf(file), file }
  rowsOfFiles.set(file, row)
  return row
}

export function countFates(rows: readonly BatchRow[]) {
  const counts = noFates()
  for (const { fate } of rows) counts[fate] += 1
  return counts
}

export function nameOf(row: BatchRow): string {
  return row.kind === 'in' ? row.file.fileName : row.parcel.path
}

export function keyOf(row: BatchRow): string {
  return row.kind === 'out' ? `out ${row.parcel.id}` : `in ${row.file.sha256 ?? ''}/${row.file.fileName}`
}
