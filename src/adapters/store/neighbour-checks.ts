/** What reports of other years and other organs say of a report: kept beside its record, which nothing changes. */
import { sql } from 'kysely'
import type { Check } from '../../record.js'
import type { Db } from './schema.js'

const CHECK = sql`c.rule, c.subject, c.level, c.outcome, c.expected::double precision as expected, c.actual::double precision as actual,
  c.facts, c.message`

/** What a reviewer is to know of: failed ones that a person should look at. */
export async function neighbourChecksOf(db: Db, documentId: number): Promise<Check[]> {
  const { rows } = await sql<Check>`
    select ${CHECK} from neighbour_checks c
    where c.document_id = ${documentId} and c.outcome = 'fail' and c.level <> 'info'
    order by c.ordinal`.execute(db)
  return rows
}

/** Of several reports, by year: those against other years, held or failed; those against the organs below, failed only. */
export async function neighbourChecksOfAll(
  db: Db,
  documentIds: readonly number[],
): Promise<(Check & { year: number })[]> {
  const { rows } = await sql<Check & { year: number }>`
    select ${CHECK}, r.year from neighbour_checks c join reports r on r.document_id = c.document_id
    where c.document_id = any(${documentIds}::integer[]) and (c.outcome = 'fail' or (c.outcome = 'pass' and not starts_with(c.rule, 'AGG-')))
    order by r.year, c.ordinal`.execute(db)
  return rows
}
