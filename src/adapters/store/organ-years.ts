/** An organ's reports side by side, one a year, each with its figures as they now stand. */
import { sql } from 'kysely'
import type { OrganYear } from '../../review/api.js'
import type { Db } from './schema.js'

export interface OrganReport extends OrganYear {
  readonly documentId: number
}

/** Mergers are followed that far back, should they go in circles. */
const MOST_BEFORE = 20

/**
 * Oldest first. Of each year its own report, accepted before newest; where it has none, that of an organ that went on as it, the nearest.
 */
export async function yearsOf(db: Db, organ: string): Promise<OrganReport[]> {
  const { rows } = await sql<OrganReport>`
    with recursive line (id, away) as (
      select ${organ}::uuid, 0
      union
      select o.id, line.away + 1 from organs o join line on o.successor_id = line.id where line.away < ${MOST_BEFORE}
    ), chosen as (
      select distinct on (r.year) r.*
      from line join reports r on r.organ_id = line.id
      where r.is_live and r.review <> 'rejected' and r.year is not null
      order by r.year, line.away, (r.status = 'accepted' or r.review = 'accepted') desc, (r.status = 'failed'), r.document_id desc
    )
    select c.document_id as "documentId", c.year, d.sha256, c.status, c.vintage, c.review = 'accepted' as reviewed,
      coalesce((
        select json_object_agg(f.key, case when g.decision in ('corrected', 'assigned') then g.corrected else f.value end order by f.ordinal)
        from known_facts f left join decided_facts g on g.document_id = f.document_id and g.key = f.key
        where f.document_id = c.document_id
      ), '{}') as values,
      coalesce((
        select json_object_agg(f.key, json_build_object('state', f.state, 'decision', case g.decision when 'assigned' then 'corrected' else g.decision end, 'derived', f.derived) order by f.ordinal)
        from known_facts f left join decided_facts g on g.document_id = f.document_id and g.key = f.key
        where f.document_id = c.document_id and (f.state not in ('number', 'zero') or f.derived is not null or g.decision is not null)
      ), '{}') as remarks
    from chosen c join documents d on d.id = c.document_id
    order by c.year`.execute(db)
  return rows
}
