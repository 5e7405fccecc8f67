/**
 * Works off the tasks that place_report leaves: the checks of a report against others are made again, and take the place of those before.
 *
 * One transaction a report: who is killed in it leaves the task where it was. Several may do this at once; a report is in one hand at a time.
 * What changes meanwhile leaves a task of its own, so that what stands here is in the end what the last change says.
 */
import { sql, type Transaction } from 'kysely'
import { z } from 'zod'
import { Check, Section, Vintage } from '../../record.js'
import type { Figures } from '../../review/form-facts.js'
import { checkNeighbours, type StandingReport } from '../../review/neighbours.js'
import type { Db, Tables } from './schema.js'

/** Of PostgreSQL's advisory locks, one number among all that use the database; with the document's it is a pair. */
const LOCK = 0x676f756b
const LOOKED_AT = 20
/** A sum over more organs than any has below it is asked of nobody. */
const MOST_CHILDREN = 500
const TRIED_AGAIN_AFTER = '10 minutes'

type Store = Transaction<Tables>

/** Says false where nothing is due. Throws what the database does; then the task is put off. */
export async function checkNext(db: Db): Promise<boolean> {
  let taken: number | null = null
  try {
    return await db.transaction().execute(async (store) => {
      taken = await takeTask(store)
      if (taken === null) return false
      await checkAgain(store, taken)
      return true
    })
  } catch (error) {
    // Where the database is away, the task is as it was.
    if (taken !== null) await putOff(db, taken).catch(() => undefined)
    throw error
  }
}

async function takeTask(store: Store): Promise<number | null> {
  const { rows } = await sql<{ document_id: number }>`
    select document_id
    from (select document_id from neighbour_tasks where due_at <= now() order by due_at, id limit ${LOOKED_AT}) due
    where pg_try_advisory_xact_lock(${LOCK}, document_id) limit 1`.execute(store)
  const documentId = rows[0]?.document_id
  if (documentId === undefined) return null
  await store.deleteFrom('neighbour_tasks').where('document_id', '=', documentId).execute()
  return documentId
}

async function putOff(db: Db, documentId: number): Promise<void> {
  await db
    .updateTable('neighbour_tasks')
    .set({ due_at: sql`now() + ${TRIED_AGAIN_AFTER}::interval` })
    .where('document_id', '=', documentId)
    .execute()
}

async function checkAgain(store: Store, documentId: number): Promise<void> {
  await store.deleteFrom('neighbour_checks').where('document_id', '=', documentId).execute()
  const record = await openRecord(store, documentId)
  if (record === null) return
  await noteFailedRules(store, documentId, record.checks)
  const place = await store
    .selectFrom('reports as r')
    .innerJoin('organs as o', 'o.id', 'r.organ_id')
    .where('r.document_id', '=', documentId)
    .where('r.is_live', '=', true)
    .where('r.review', '<>', 'rejected')
    .where('r.year', 'is not', null)
    .select(['o.id as organ', 'o.name', 'r.year'])
    .$narrowType<{ year: number }>()
    .executeTakeFirst()
  if (place === undefined) return
  const previous = await reportBefore(store, place.organ, place.year)
  const children = await reportsBelow(store, place.organ, place.year)
  if (previous === null && children === null) return

  const figures = await figuresOf(store, [documentId, ...(previous === null ? [] : [previous]), ...(children ?? [])])
  const own = figures.get(documentId)
  if (own === undefined) return
  const known = (ids: readonly number[]) => ids.flatMap((id) => figures.get(id) ?? [])
  const report: StandingReport = {
    ...own,
    organ: place.name,
    year: place.year,
    sections: record.sections,
  }
  const checks = checkNeighbours(report, {
    previous: previous === null ? null : (figures.get(previous) ?? null),
    children: children === null ? null : known(children),
  })
  const against = (rule: string) => (rule.startsWith('AGG-') ? (children ?? []) : previous === null ? [] : [previous])
  await sql`
    insert into neighbour_checks (document_id, ordinal, rule, subject, level, outcome, expected, actual, facts, message, against)
    select ${documentId}::integer, row_number() over () - 1, rule, subject, level, outcome, expected, actual, facts, message, against
    from json_to_recordset(${JSON.stringify(checks.map((check) => ({ ...check, against: against(check.rule) })))}::json)
      as made (rule text, subject text, level text, outcome text, expected numeric, actual numeric, facts text[], message text,
        against integer[])`.execute(store)
}

const BEST = sql`(r.status = 'accepted' or r.review = 'accepted') desc, r.document_id desc`
const USABLE = sql`r.is_live and r.review <> 'rejected' and r.status <> 'failed'`

/** Its own of the year before; where it has none and went on from one organ alone, that one's. */
async function reportBefore(store: Store, organ: string, year: number): Promise<number | null> {
  const { rows } = await sql<{ document_id: number }>`
    select r.document_id from reports r
    where ${USABLE} and r.year = ${year - 1} and (r.organ_id = ${organ} or r.organ_id = (
      select (array_agg(id))[1] from organs where successor_id = ${organ} having count(*) = 1))
    order by (r.organ_id = ${organ}) desc, ${BEST} limit 1`.execute(store)
  return rows[0]?.document_id ?? null
}

/** Of each organ below; null: there are none, or one of them has not reported, so that no sum is the whole. */
async function reportsBelow(store: Store, organ: string, year: number): Promise<number[] | null> {
  const { rows } = await sql<{ document_id: number | null }>`
    select (
      select r.document_id from reports r where ${USABLE} and r.organ_id = o.id and r.year = ${year} order by ${BEST} limit 1
    ) as document_id
    from organs o
    where o.parent_id = ${organ} and (o.successor_id is null or o.succeeded_in > ${year})
    limit ${MOST_CHILDREN + 1}`.execute(store)
  const ids = rows.flatMap(({ document_id }) => document_id ?? [])
  return ids.length === 0 || ids.length < rows.length || ids.length > MOST_CHILDREN ? null : ids
}

type StoredFigure = Figures['facts'][number] & { readonly document_id: number; readonly corrected: boolean }

async function figuresOf(store: Store, ids: readonly number[]): Promise<Map<number, Figures>> {
  const { rows: reports } = await sql<{ document_id: number; vintage: string | null; gaps: string[] }>`
    select document_id, vintage, array(
      select unnest(f.facts) from flags f where f.document_id = r.document_id and f.code = 'cell_missing') as gaps
    from reports r where document_id = any(${ids}::integer[])`.execute(store)
  const { rows } = await sql<StoredFigure>`
    select f.document_id, f.key, f.raw, f.state, f.unit, null as location,
      coalesce(c.decision in ('corrected', 'assigned'), false) as corrected,
      (case when c.decision in ('corrected', 'assigned') then c.corrected else f.value end)::double precision as value
    from known_facts f left join decided_facts c on c.document_id = f.document_id and c.key = f.key
    where f.document_id = any(${ids}::integer[]) order by f.document_id, f.ordinal`.execute(store)
  const facts = new Map<number, StoredFigure[]>()
  for (const row of rows) {
    const own = facts.get(row.document_id) ?? []
    own.push(row)
    facts.set(row.document_id, own)
  }
  return new Map(
    reports.map(({ document_id, vintage, gaps }) => {
      const own = facts.get(document_id) ?? []
      const corrections = new Map(own.filter(({ corrected }) => corrected).map(({ key, value }) => [key, value]))
      return [document_id, { vintage: Vintage.nullable().parse(vintage), facts: own, gaps: new Set(gaps), corrections }]
    }),
  )
}

const Needed = z.object({
  sections: z.array(Section),
  checks: z.array(Check.pick({ rule: true, level: true, outcome: true })),
})

async function openRecord(store: Store, documentId: number): Promise<z.infer<typeof Needed> | null> {
  const found = await store
    .selectFrom('documents as d')
    .innerJoin('extractions as e', 'e.id', 'd.extraction_id')
    .where('d.id', '=', documentId)
    .select('e.record')
    .executeTakeFirst()
  return found === undefined ? null : Needed.parse(JSON.parse(found.record))
}

async function noteFailedRules(
  store: Store,
  documentId: number,
  checks: z.infer<typeof Needed>['checks'],
): Promise<void> {
  const failed = checks.filter(({ outcome, level }) => outcome === 'fail' && level !== 'info')
  const rules = [...new Set(failed.map(({ rule }) => rule))]
  await store.deleteFrom('failed_rules').where('document_id', '=', documentId).execute()
  if (rules.length === 0) return
  await store
    .insertInto('failed_rules')
    .values(rules.map((rule) => ({ document_id: documentId, rule })))
    .execute()
}
