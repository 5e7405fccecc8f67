/**
 * The reports of the same organ for other years, with their figures as they now stand, nearest years first: what a reviewer holds a jump
 * against.
 */
import { sql } from 'kysely'
import type { Neighbour } from '../../review/api.js'
import type { Db } from './schema.js'

/** On either side together. */
const MOST = 8

export interface Whose {
  readonly documentId: number
  /** As people say, or as read. */
  readonly organ: string | null
  readonly year: number | null
}

/** One report a year: accepted by a person before accepted before others, and of these the one that came last. */
export async function neighboursOf(db: Db, { documentId, organ, year }: Whose): Promise<Neighbour[]> {
  if (organ === null) return []
  const { rows } = await sql<Neighbour>`
    select n.year, n.sha256, n.status, (
      select coalesce(json_object_agg(f.key, case when c.decision = 'corrected' then c.corrected else f.value end), '{}'::json)
      from facts f left join decided_facts c on c.document_id = f.document_id and c.key = f.key
      where f.document_id = n.document_id
    ) as values
    from (
      select distinct on (q.year) q.year, q.document_id, d.sha256, e.status
      from review_queue q
        join documents d on d.id = q.document_id
        join extractions e on e.id = d.extraction_id
        left join reviews r on r.document_id = d.id
      where q.organ = ${organ} and q.year is not null and q.year is distinct from ${year}::integer and d.id <> ${documentId}
        and d.deleted_at is null and r.status is distinct from 'rejected'
      order by q.year, (r.status = 'accepted') desc nulls last, (e.status = 'accepted') desc, d.id desc
    ) n
    order by abs(n.year - ${year ?? 0}::integer)
    limit ${MOST}`.execute(db)
  return [...rows].sort((a, b) => b.year - a.year)
}
