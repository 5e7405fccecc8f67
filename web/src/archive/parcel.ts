/** A file on its way, and what can be found out about it on this side. */
import type { Words } from '../wording/language.js'
import type { GatheredFile } from './gathered.js'

export interface Parcel extends GatheredFile {
  readonly id: number
  readonly sentBytes: number
  readonly tries: number
  /** Why it is put aside, for the person. */
  readonly trouble: Words<string> | null
}

export const UNREADABLE_HERE: Words<string> = {
  zh: '这个文件读不出来，可能已移动或改动；请重新选取',
  en: 'Cannot be read here, perhaps moved or changed; choose it again',
}

let lastId = 0

export function parcelOf({ path, file }: GatheredFile): Parcel {
  lastId += 1
  return { id: lastId, path, file, sentBytes: 0, tries: 0, trouble: null }
}

/** A file that was moved since it was chosen looks like a broken line from here. */
export async function canBeRead(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer()
    return true
  } catch {
    return false
  }
}

export async function sha256Of(file: File): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
