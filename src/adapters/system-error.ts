/**
 * What the file system or another process throws (ENOENT, EACCES, ENOSPC …), told from a mistake of ours.
 *
 * By what it is and not by `instanceof`: such an error is made outside the context that tests run in.
 */
import { types } from 'node:util'

export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return types.isNativeError(error) && 'syscall' in error
}
