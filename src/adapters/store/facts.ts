/**
 * The facts of live documents, by the extraction in force, one row each, in the order in which the documents came and their forms go.
 *
 * Pages follow each other by that order, so that what comes in meanwhile neither repeats nor hides a row. No page of allFacts ends within
 * a document: one that is read again while the pages go out appears with the facts of one reading. Memory is that of a page.
 */
import { sql } from 'kysely'
import type { FactSource } from '../../export/fact-row.js'
import type { Fact, ReportRecord } from '../../record.js'
import type { Db } from './schema.js'

export interface FactFilter {
  readonly organ?: string | undefined
  readonly year?: number | undefined
  /** A key, or the beginning of one and an asterisk: requests.* */
  readonly key?: string | undefined
  /** Of the report. */
  readonly status?: ReportRecord['status'] | undefined
  readonly state?: Fact['state'] | undefined
  readonly vintage?: string | undefined
}

/** The row that was given last. */
export interface FactPlace {
  readonly document_id: number
  readonly ordinal: number
}

export type PlacedFact = FactSource & FactPlace

const BEGINNING: FactPlace = { document_id: 0, ordinal: 0 }
/** No form has as many cells by far. */
const BEYOND_ALL_ORDINALS = 32_767
/** Several documents: some 200 facts each. */
const FACTS_A_PAGE = 4_000

export async function factsAfter(
  db: Db,
  filter: FactFilter,
  after: FactPlace | null,
  limit: number,
): Promise<PlacedFact[]> {
  const { document_id, ordinal } = after ?? BEGINNING
  return db
    .selectFrom('current_facts')
    .select(['document_id', 'ordinal', 'sha256', 'file_name', 'organ', 'year', 'vintage', 'status'])
    .select(['key', 'value', 'state', 'raw', 'unit', 'location'])
    .where((eb) => {
      const { organ, year, key, status, state, vintage } = filter
      return eb.and([
        ...(organ === undefined ? [] : [eb('organ', '=', organ)]),
        ...(year === undefined ? [] : [eb('year', '=', year)]),
        ...(status === undefined ? [] : [eb('status', '=', status)]),
        ...(state === undefined ? [] : [eb('state', '=', state)]),
        ...(vintage === undefined ? [] : [eb('vintage', '=', vintage)]),
        ...(key === undefined
          ? []
          : [key.endsWith('*') ? sql<boolean>`starts_with(key, ${key.slice(0, -1)})` : eb('key', '=', key)]),
        sql<boolean>`(document_id, ordinal) > (${document_id}::integer, ${ordinal}::smallint)`,
      ])
    })
    .orderBy('document_id')
    .orderBy('ordinal')
    .limit(limit)
    .execute()
}

/** All that match, page after page, until nobody asks for more. */
export async function* allFacts(
  db: Db,
  filter: FactFilter,
  pageSize: number = FACTS_A_PAGE,
): AsyncGenerator<readonly PlacedFact[], void, undefined> {
  let after: FactPlace | null = null
  for (;;) {
    const page = await factsAfter(db, filter, after, pageSize)
    const last = page.at(-1)
    if (last === undefined) return
    const isFull = page.length === pageSize
    const whole = isFull ? page.filter(({ document_id }) => document_id !== last.document_id) : page
    const end = whole.at(-1)
    if (end === undefined) throw new Error(`document ${last.document_id} has more facts than a page`)
    yield whole
    if (!isFull) return
    after = { document_id: end.document_id, ordinal: BEYOND_ALL_ORDINALS }
  }
}

export interface OrganCount {
  readonly organ: string
  readonly years: { year: number | null; documents: number }[]
}

/** Of live documents, by the names as printed. */
export async function countOrgans(db: Db): Promise<OrganCount[]> {
  const rows = await db
    .selectFrom('documents as d')
    .innerJoin('extractions as e', 'e.id', 'd.extraction_id')
    .where('d.deleted_at', 'is', null)
    .where('e.organ', 'is not', null)
    .select(['e.organ', 'e.year', sql<number>`count(*)::integer`.as('documents')])
    .groupBy(['e.organ', 'e.year'])
    .orderBy('e.organ')
    .orderBy('e.year')
    .$narrowType<{ organ: string }>()
    .execute()
  const organs = new Map<string, { year: number | null; documents: number }[]>()
  for (const { organ, year, documents } of rows) {
    const years = organs.get(organ) ?? []
    years.push({ year, documents })
    organs.set(organ, years)
  }
  return [...organs].map(([organ, years]) => ({ organ, years }))
}
