/** How the archive stands and how it came to: by day, by state, by year, and which rules fail most. Of live documents. */
import { sql } from 'kysely'
import type { OverviewAnswer } from '../../review/api.js'
import type { Db } from './schema.js'

export type StoredOverview = Omit<OverviewAnswer, 'queue' | 'rules'> & {
  readonly rules: readonly { readonly rule: string; readonly reports: number }[]
}

const DAYS = 60
/** Where the reports are written and read: all of China has one time. */
const ZONE = 'Asia/Shanghai'
const MOST_RULES = 20

/** `organ` null: of all. */
export async function overview(db: Db, organ: string | null): Promise<StoredOverview> {
  const [days, reports, rules, years] = await Promise.all([
    countDays(db, organ),
    countReports(db, organ),
    countRules(db, organ),
    countYears(db, organ),
  ])
  return { days, reports, rules, years }
}

const ofOrgan = (organ: string | null) => (organ === null ? sql`` : sql`and r.organ_id = ${organ}`)

async function countDays(db: Db, organ: string | null): Promise<StoredOverview['days']> {
  const dayOf = (column: string) => sql`(${sql.ref(column)} at time zone ${ZONE})::date`
  const since = sql`now() - ${DAYS} * interval '1 day'`
  const { rows } = await sql<StoredOverview['days'][number]>`
    with happened (day, what) as (
      select ${dayOf('d.received_at')}, 'received' from documents d ${organ === null ? sql`` : sql`join reports r on r.document_id = d.id`}
      where d.received_at > ${since} and d.deleted_at is null ${ofOrgan(organ)}
      union all
      select ${dayOf('e.extracted_at')}, 'read' from extractions e ${organ === null ? sql`` : sql`join reports r on r.document_id = e.document_id`}
      where e.extracted_at > ${since} ${ofOrgan(organ)}
      union all
      select ${dayOf('v.changed_at')}, 'settled' from reviews v ${organ === null ? sql`` : sql`join reports r on r.document_id = v.document_id`}
      where v.status <> 'open' and v.changed_at > ${since} ${ofOrgan(organ)}
    )
    select to_char(day, 'YYYY-MM-DD') as day, (count(*) filter (where what = 'received'))::integer as received,
      (count(*) filter (where what = 'read'))::integer as read, (count(*) filter (where what = 'settled'))::integer as settled
    from (
      select day, what from happened
      union all
      select generate_series((now() at time zone ${ZONE})::date - ${DAYS - 1}::integer, (now() at time zone ${ZONE})::date,
        interval '1 day')::date, null
    ) days
    where day > (now() at time zone ${ZONE})::date - ${DAYS}::integer
    group by day order by day`.execute(db)
  return rows
}

const BY_STATE = sql`
  (count(*) filter (where r.review <> 'accepted' and r.status = 'accepted'))::integer as accepted,
  (count(*) filter (where r.review = 'accepted'))::integer as reviewed,
  (count(*) filter (where r.review <> 'accepted' and r.status = 'needs_review'))::integer as "needsReview",
  (count(*) filter (where r.review <> 'accepted' and r.status = 'failed'))::integer as failed`

async function countReports(db: Db, organ: string | null): Promise<StoredOverview['reports']> {
  const { rows } = await sql<StoredOverview['reports']>`
    select ${BY_STATE}, ${
      organ === null
        ? sql`(select count(*) from documents where extraction_id is null and deleted_at is null)::integer`
        : sql`0`
    } as unread
    from reports r where r.is_live and r.review <> 'rejected' ${ofOrgan(organ)}`.execute(db)
  return rows[0] ?? { accepted: 0, reviewed: 0, needsReview: 0, failed: 0, unread: 0 }
}

async function countYears(db: Db, organ: string | null): Promise<StoredOverview['years']> {
  const { rows } = await sql<StoredOverview['years'][number]>`
    select r.year, ${BY_STATE} from reports r
    where r.is_live and r.review <> 'rejected' and r.year is not null ${ofOrgan(organ)}
    group by r.year order by r.year`.execute(db)
  return rows
}

/** What fails as read, and what reports of other years and organs say. */
async function countRules(db: Db, organ: string | null): Promise<StoredOverview['rules']> {
  const { rows } = await sql<StoredOverview['rules'][number]>`
    select rule, count(distinct document_id)::integer as reports
    from (
      select rule, document_id from failed_rules
      union all
      select rule, document_id from neighbour_checks where outcome = 'fail' and level <> 'info'
    ) failed
    where exists (select from reports r where r.document_id = failed.document_id and r.is_live and r.review <> 'rejected' ${ofOrgan(organ)})
    group by rule order by reports desc, rule limit ${MOST_RULES}`.execute(db)
  return rows
}
