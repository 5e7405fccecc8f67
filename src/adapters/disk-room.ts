/**
 * Whether a disk has room for what is to come, asked before anything of it is written.
 *
 * As a rule the database lies on the same disk, and a disk that is filled to the last byte stops it. A disk may fill up all the same, as
 * others write to it too; the system then says so itself (ENOSPC).
 */
import { statfs } from 'node:fs/promises'
import { isSystemError } from './system-error.js'

/** What stays free. */
export const SPARE_BYTES = 512 * 2 ** 20

export class NoRoom extends Error {
  override readonly name = 'NoRoom'
}

/** Throws NoRoom. */
export async function checkRoom(folder: string, bytes: number, spareBytes: number = SPARE_BYTES): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < bytes + spareBytes) throw new NoRoom(`no room for ${bytes} bytes in ${folder}`)
}

/** Whether that is what is wrong, whoever found it out. */
export function isNoRoom(error: unknown): boolean {
  return error instanceof NoRoom || (isSystemError(error) && (error.code === 'ENOSPC' || error.code === 'EDQUOT'))
}
