/** What the file system or another process throws (ENOENT, EACCES, ENOSPC …), told from a mistake of ours. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}
