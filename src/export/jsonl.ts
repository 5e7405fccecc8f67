/** A record → its line. The keys stand in the order in which the record was made, so that equal records are equal texts. */
import type { ReportRecord } from '../record.js'

export function toJsonLine(record: ReportRecord): string {
  return `${JSON.stringify(record)}\n`
}
