/**
 * The facts of live documents, by the extraction in force, one row each, in the order in which the documents came and their forms go.
 *
 * Pages follow each other by that order, so that what comes in meanwhile neither repeats nor hides a row. No page of allFacts ends within
 * a document: one that is read again while the pages go out appears with the facts of one reading. Memory is that of a page.
 */
import { sql } from 'kysely'
import type { FactSource } from '../../export/fact-row.js'
import type { Fact, Grade, ReportRecord } from '../../record.js'
import { REVIEW } from './review-state.js'
import type { Db, ReviewStatus } from './schema.js'

export interface FactFilter {
  readonly organ?: string | undefined
  readonly year?: number | undefined
  /** A key, or the beginning of one and an asterisk: requests.* */
  readonly key?: string | undefined
  /** Of the report. */
  readonly status?: ReportRecord['status'] | undefined
  readonly state?: Fact['state'] | undefined
  /** Any of these. */
  readonly grade?: readonly Grade[] | undefined
  readonly vintage?: string | undefined
  /** What a person decided about the cell; none: nothing. */
  readonly decision?: 'corrected' | 'as_published' | 'assigned' | 'none' | undefined
  /** Of the report; none: nobody has to look at it, and nobody has. */
  readonly review?: ReviewStatus | 'none' | undefined
}

/** The row that was given last. */
export interface FactPlace {
  readonly document_id: number
  readonly ordinal: number
}

export type PlacedFact = FactSource & FactPlace

/** Documents asked for at once: some 200 facts each, fewer where only some of them are wanted. */
const DOCUMENTS_A_PAGE = { whole: 10, sifted: 100 }
const FACTS_A_DOCUMENT = 200

/** A page that may end within a document. */
export async function factsAfter(
  db: Db,
  filter: FactFilter,
  after: FactPlace | null,
  limit: number,
): Promise<PlacedFact[]> {
  const found: PlacedFact[] = []
  const enough = Math.ceil(limit / FACTS_A_DOCUMENT) + 1
  const atOnce = isSifted(filter) ? DOCUMENTS_A_PAGE.sifted : Math.min(enough, DOCUMENTS_A_PAGE.whole)
  for await (const page of pagesFrom(db, filter, after?.document_id ?? 0, atOnce)) {
    found.push(...page.filter((fact) => after === null || isBehind(fact, after)))
    if (found.length >= limit) break
  }
  return found.slice(0, limit)
}

/** All that match, page after page, until nobody asks for more. */
export async function* allFacts(
  db: Db,
  filter: FactFilter,
  documentsAtOnce: number = isSifted(filter) ? DOCUMENTS_A_PAGE.sifted : DOCUMENTS_A_PAGE.whole,
): AsyncGenerator<readonly PlacedFact[], void, undefined> {
  for await (const page of pagesFrom(db, filter, 0, documentsAtOnce)) if (page.length > 0) yield page
}

function isSifted({ key, state, grade, decision }: FactFilter): boolean {
  return (
    key !== undefined || state !== undefined || grade !== undefined || (decision !== undefined && decision !== 'none')
  )
}

function isBehind(fact: FactPlace, place: FactPlace): boolean {
  return (
    fact.document_id > place.document_id || (fact.document_id === place.document_id && fact.ordinal > place.ordinal)
  )
}

async function* pagesFrom(
  db: Db,
  filter: FactFilter,
  first: number,
  atOnce: number,
): AsyncGenerator<PlacedFact[], void, undefined> {
  for (let next = first; ; ) {
    const rows = await factsOfNext(db, filter, next, atOnce)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.filter((row): row is PlacedFact => row.ordinal !== null)
    next = last.document_id + 1
  }
}

/** A document none of whose facts are wanted has a row all the same: the last row says how far it went. */
type Row = Omit<PlacedFact, 'ordinal'> & { readonly ordinal: number | null }

/**
 * One statement, so that the facts are those of the extraction they are shown with. `offset 0` keeps each join to a look into an index a
 * row: on a database without statistics, which the embedded one is, the planner would pair all documents with all extractions instead.
 */
async function factsOfNext(db: Db, filter: FactFilter, first: number, atOnce: number): Promise<Row[]> {
  const { organ, year, key, status, state, grade, vintage, decision, review } = filter
  const prefix = key?.endsWith('*') ? key.slice(0, -1) : undefined
  const { rows } = await sql<Row>`
    select report.*, fact.*
    from (
      select d.id as document_id, d.sha256, d.file_name, e.organ, e.year, e.vintage, e.status, e.review
      from documents d
        cross join lateral (
          select coalesce(r.organ, x.organ) as organ, coalesce(r.year, x.year) as year, coalesce(r.vintage, x.vintage) as vintage,
            x.status, ${REVIEW} as review
          from extractions x
            left join reviews r on r.document_id = d.id
            left join review_queue q on q.document_id = d.id
          where x.id = d.extraction_id offset 0
        ) e
      where d.id >= ${first} and d.deleted_at is null
        ${organ === undefined ? ALL : sql`and e.organ = ${organ}`}
        ${year === undefined ? ALL : sql`and e.year = ${year}`}
        ${status === undefined ? ALL : sql`and e.status = ${status}`}
        ${vintage === undefined ? ALL : sql`and e.vintage = ${vintage}`}
        ${review === undefined ? ALL : review === 'none' ? sql`and e.review is null` : sql`and e.review = ${review}`}
      order by d.id
      limit ${atOnce}
    ) report
      left join lateral (
        select facts.ordinal, facts.key, value, state, raw, facts.unit, location, derived, grade, decision, corrected
        from known_facts as facts
          left join decided_facts c on c.document_id = facts.document_id and c.key = facts.key
        where facts.document_id = report.document_id
          ${key === undefined ? ALL : prefix === undefined ? sql`and facts.key = ${key}` : sql`and starts_with(facts.key, ${prefix})`}
          ${decision === undefined ? ALL : decision === 'none' ? sql`and decision is null` : sql`and decision = ${decision}`}
          ${state === undefined ? ALL : sql`and state = ${state}`}
          ${grade === undefined ? ALL : sql`and grade = any(${grade}::text[])`}
        offset 0
      ) fact on true
    order by report.document_id, fact.ordinal`.execute(db)
  return rows
}

const ALL = sql``
