/**
 * The line of a record as the store has it, which an earlier version may have made → the record, with what that version did not say yet:
 * no grades and vouchers, nothing derived, no discrepancies. The line itself stays as it is.
 */
import { z } from 'zod'
import { Fact, ReportRecord } from '../record.js'

const { derived, grade, vouchers } = Fact.shape

const StoredRecord = ReportRecord.extend({
  facts: z.array(
    Fact.extend({
      derived: derived.default(null),
      grade: grade.default(null),
      vouchers: vouchers.default({ identities: [], readings: [] }),
    }),
  ),
  discrepancies: ReportRecord.shape.discrepancies.default([]),
})

export function openStored(line: string): ReportRecord {
  return StoredRecord.parse(JSON.parse(line))
}
