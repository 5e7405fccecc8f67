/**
 * Which reports there are: of each organ and year one, the accepted one, else the newest.
 *
 * One that a person rejected is none. An organ's report is missing in the years between its first and its last, and, where the years
 * are given, in those in which others of its level have reported; not after it went on as another organ.
 */
import { sql } from 'kysely'
import type { CoverageAnswer, CoverageState, Organ, OrganLevel } from '../../review/api.js'
import { allOrgans, type OrganFilter } from './organs.js'
import type { Db } from './schema.js'

/** There were no such reports before: a year before that is a slip, and makes no row of gaps. */
const FIRST_YEAR = 2008

export interface Years {
  readonly from?: number | undefined
  readonly to?: number | undefined
}

type Row = CoverageAnswer['rows'][number]
type Cell = Row['cells'][number]

export async function coverage(db: Db, filter: OrganFilter & Years): Promise<CoverageAnswer> {
  const { from, to, ...which } = filter
  const organs = await allOrgans(db, which)
  const isAll = Object.values(which).every((value) => value === undefined)
  const [reports, succeeded] = await Promise.all([
    reportsOf(db, isAll ? null : organs.map(({ id }) => id)),
    successions(db),
  ])
  const cells = new Map<string, Cell[]>()
  for (const { organ, ...cell } of reports) {
    if (cell.year < (from ?? 0) || cell.year > (to ?? Number.POSITIVE_INFINITY)) continue
    const own = cells.get(organ) ?? []
    own.push(cell)
    cells.set(organ, own)
  }
  const known = new Set([...cells.values()].flat().map(({ year }) => year))
  const years = yearsBetween(known, from, to)
  const isBounded = from !== undefined || to !== undefined
  const reporting = isBounded ? yearsByLevel(organs, cells) : new Map<OrganLevel | null, Set<number>>()
  const rows = organs.flatMap((organ): Row[] => {
    const own = new Map((cells.get(organ.id) ?? []).map((cell) => [cell.year, cell]))
    if (own.size === 0 && (organ.successor !== null || !isBounded)) return []
    const last = succeeded.get(organ.id) ?? Number.POSITIVE_INFINITY
    const first = Math.min(...own.keys())
    const latest = Math.max(...own.keys())
    const lacks = (year: number) =>
      (year > first && year < latest) || (year < last && reporting.get(organ.level)?.has(year) === true)
    return [
      {
        organ,
        cells: years.flatMap((year): Cell[] => {
          const cell = own.get(year)
          if (cell !== undefined) return [cell]
          return lacks(year) ? [{ year, state: 'missing', sha256: null, vintage: null, openItems: 0 }] : []
        }),
      },
    ]
  })
  return { years, rows: rows.filter((row) => row.cells.length > 0) }
}

function yearsBetween(known: ReadonlySet<number>, from: number | undefined, to: number | undefined): number[] {
  const usual = [...known].filter((year) => year >= FIRST_YEAR)
  const first = from ?? (usual.length === 0 ? (to ?? 0) : Math.min(...usual))
  const last = to ?? (usual.length === 0 ? first : Math.max(...usual))
  const all = new Set(known)
  for (let year = Math.max(first, FIRST_YEAR); year <= last; year++) all.add(year)
  return [...all].sort((a, b) => a - b)
}

function yearsByLevel(
  organs: readonly Organ[],
  cells: ReadonlyMap<string, readonly { readonly year: number }[]>,
): Map<OrganLevel | null, Set<number>> {
  const years = new Map<OrganLevel | null, Set<number>>()
  for (const { id, level } of organs) {
    const reported = years.get(level) ?? new Set()
    years.set(level, reported)
    for (const { year } of cells.get(id) ?? []) reported.add(year)
  }
  return years
}

/** `organs` null: of all. */
async function reportsOf(db: Db, organs: readonly string[] | null): Promise<(Cell & { readonly organ: string })[]> {
  const { rows } = await sql<{
    organ: string
    year: number
    sha256: string
    vintage: string | null
    state: CoverageState
    openItems: number
  }>`
    select r.organ_id as organ, r.year, d.sha256, r.vintage, coalesce(q.open_items, 0) as "openItems",
      case when r.review = 'accepted' then 'reviewed' else r.status end as state
    from (
      select distinct on (organ_id, year) document_id, organ_id, year, vintage, status, review
      from reports
      where is_live and review <> 'rejected' and organ_id is not null and year is not null
        ${organs === null ? sql`` : sql`and organ_id = any(${organs}::uuid[])`}
      order by organ_id, year, (status = 'accepted' or review = 'accepted') desc, (status = 'failed'), document_id desc
    ) r
      join documents d on d.id = r.document_id
      left join review_queue q on q.document_id = r.document_id and not q.settled
    order by r.organ_id, r.year`.execute(db)
  return rows
}

/** By organ, the year since when there is only what it went on as. */
async function successions(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('organs')
    .select(['id', 'succeeded_in'])
    .where('succeeded_in', 'is not', null)
    .$narrowType<{ succeeded_in: number }>()
    .execute()
  return new Map(rows.map(({ id, succeeded_in }) => [id, succeeded_in]))
}
