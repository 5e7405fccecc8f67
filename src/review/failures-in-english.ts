/** Why nothing could be read, and what one can do, in a few words. */
import type { FailureCode } from '../record.js'

export const FAILURES_IN_ENGLISH: Readonly<Record<FailureCode, string>> = {
  empty: 'Empty file; download it again',
  unsupported: 'Not a kind we read; convert to PDF or DOCX',
  encrypted: 'Password needed; ask for an open copy',
  corrupt: 'Damaged; download again',
  not_a_report: 'Not an annual report, or a blank form',
  too_large: 'Over the size limit, not kept; split it',
  timeout: 'Reading took too long; try again',
  out_of_memory: 'Ran out of memory; try again',
  unreadable: 'A report by its title, but no text could be read',
}
