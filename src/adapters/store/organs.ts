/**
 * Organs: under which names they report, where they stand, and what became of them.
 *
 * They come into being with the first report that bears a new name (place_report). Here people say what no name tells: that two are one,
 * that a name was another's, who is above whom, what went on as what. Whatever is said has the checks between the reports concerned
 * made again.
 */
import { type SqlBool, sql, type Transaction } from 'kysely'
import type { Organ, OrganChange, OrganLevel } from '../../review/api.js'
import { endingsLike, isNear } from '../../review/near-names.js'
import { note } from './events.js'
import type { Db, Tables } from './schema.js'

export interface OrganFilter {
  /** Part of one of its names. */
  readonly q?: string | undefined
  readonly level?: OrganLevel | undefined
  /** A region code; what lies in the region counts, too. */
  readonly region?: string | undefined
}

/** Names looked at for each that is asked about. */
const MOST_CANDIDATES = 5_000
const MOST_NEAR = 10
/** Nobody is that far above; a chain that long goes in circles. */
const MOST_ABOVE = 20

const ORGAN = sql`o.id, o.name, o.region_code as region, o.level, o.parent_id as parent, o.successor_id as successor,
  array(select n.name from organ_names n where n.organ_id = o.id and n.name <> o.name order by n.name collate "C") as aliases`

function fits({ q, level, region }: OrganFilter) {
  const anywhere = `%${(q ?? '').replace(/[\\%_]/g, '\\$&')}%`
  return sql.join(
    [
      sql<SqlBool>`true`,
      ...(q === undefined
        ? []
        : [sql`exists (select from organ_names n where n.organ_id = o.id and n.name ilike ${anywhere})`]),
      ...(level === undefined ? [] : [sql`o.level = ${level}`]),
      ...(region === undefined ? [] : [sql`starts_with(o.region_code, ${withinRegion(region)})`]),
    ],
    sql` and `,
  )
}

/** How the codes of all that lies in a region begin: 320800 is all of 3208. */
export function withinRegion(code: string): string {
  return code.replace(/(00)+$/, '')
}

/** By name. */
export async function allOrgans(db: Db, filter: OrganFilter): Promise<Organ[]> {
  const { rows } = await sql<Organ>`
    select ${ORGAN} from organs o where ${fits(filter)} order by o.name collate "C", o.id`.execute(db)
  return rows
}

export interface ListedOrgan extends Organ {
  readonly years: { readonly year: number | null; readonly documents: number }[]
}

/** Those that follow the organ `after` by name, with the years they have reports of. */
export async function organsAfter(
  db: Db,
  filter: OrganFilter,
  after: string | null,
  limit: number,
): Promise<ListedOrgan[]> {
  const { rows } = await sql<ListedOrgan>`
    select ${ORGAN}, coalesce((
      select json_agg(json_build_object('year', year, 'documents', documents) order by year)
      from (select year, count(*) as documents from reports r where r.organ_id = o.id and r.is_live group by year) counted
    ), '[]') as years
    from organs o
    where ${fits(filter)}
      ${after === null ? sql`` : sql`and (o.name collate "C", o.id) > (select name collate "C", id from organs where id = ${after})`}
    order by o.name collate "C", o.id
    limit ${limit}`.execute(db)
  return rows
}

export async function findOrgan(db: Db, id: string): Promise<Organ | undefined> {
  const { rows } = await sql<Organ>`select ${ORGAN} from organs o where o.id = ${id}`.execute(db)
  return rows[0]
}

export async function childrenOf(db: Db, id: string): Promise<Organ[]> {
  const { rows } = await sql<Organ>`
    select ${ORGAN} from organs o where o.parent_id = ${id} order by o.name collate "C", o.id`.execute(db)
  return rows
}

/** Those that went on as it, directly. */
export async function predecessorsOf(db: Db, id: string): Promise<Organ[]> {
  const { rows } = await sql<Organ>`
    select ${ORGAN} from organs o where o.successor_id = ${id} order by o.name collate "C", o.id`.execute(db)
  return rows
}

/** Known organs that are perhaps the same, and of which nobody has said that they are not. */
export async function organsNear(db: Db, { id, name, aliases }: Organ): Promise<Organ[]> {
  const own = [name, ...aliases]
  const { rows: candidates } = await sql<{ name: string; organ_id: string }>`
    select name, organ_id from organ_names
    where right(name, 2) = any(${[...new Set(own.flatMap(endingsLike))]}::text[]) and organ_id <> ${id}
      and not exists (select from other_organs
        where one = least(organ_id, ${id}::uuid) and other = greatest(organ_id, ${id}::uuid))
    limit ${MOST_CANDIDATES}`.execute(db)
  const near = candidates.filter((one) => own.some((known) => isNear(known, one.name)))
  const ids = [...new Set(near.map(({ organ_id }) => organ_id))].slice(0, MOST_NEAR)
  if (ids.length === 0) return []
  const { rows } = await sql<Organ>`
    select ${ORGAN} from organs o where o.id = any(${ids}::uuid[]) order by o.name collate "C", o.id`.execute(db)
  return rows
}

export type OrganRefusal =
  | { readonly kind: 'unknown' }
  /** Another organ bears that name. */
  | { readonly kind: 'name_taken'; readonly by: string }
  /** It would come to be above itself, or its own successor. */
  | { readonly kind: 'in_circles' }
  /** The name is none of its aliases. */
  | { readonly kind: 'no_alias' }

/** Takes back what the transaction has done so far. */
class Refused extends Error {
  constructor(readonly refusal: OrganRefusal) {
    super(refusal.kind)
  }
}

type Answer = { readonly kind: 'done'; readonly id: string } | OrganRefusal
type Store = Transaction<Tables>

async function wholly(db: Db, work: (store: Store) => Promise<string>): Promise<Answer> {
  try {
    return { kind: 'done', id: await db.transaction().execute(work) }
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

export function changeOrgan(db: Db, id: string, change: OrganChange, actor: string): Promise<Answer> {
  const { name, addAlias, region, level, parent, successor, succeededIn } = change
  return wholly(db, async (store) => {
    const before = await hold(store, id)
    if (before === undefined) throw new Refused({ kind: 'unknown' })
    for (const wanted of [name, addAlias]) {
      if (wanted !== undefined) await giveName(store, id, wanted)
    }
    for (const [column, above] of [
      ['parent_id', parent],
      ['successor_id', successor],
    ] as const) {
      if (typeof above === 'string') await checkAbove(store, id, column, above)
    }
    await store
      .updateTable('organs')
      .set({
        name: name ?? before.name,
        ...(region !== undefined && { region_code: region }),
        ...(level !== undefined && { level }),
        ...(parent !== undefined && { parent_id: parent }),
        ...(successor !== undefined && { successor_id: successor }),
        ...(successor === null ? { succeeded_in: null } : succeededIn !== undefined && { succeeded_in: succeededIn }),
      })
      .where('id', '=', id)
      .execute()
    if (parent !== undefined || successor !== undefined) {
      await askReportsOf(store, [id, before.parent_id, before.successor_id, parent, successor])
    }
    await note(store, { actor, kind: 'organ_changed', detail: { organ: id, ...change } })
    return id
  })
}

/** `id` is the same organ as `into`, which has its names and reports from now on; what is not known of `into` is taken from it. */
export function mergeOrgans(db: Db, id: string, into: string, actor: string): Promise<Answer> {
  return wholly(db, async (store) => {
    if (id === into) throw new Refused({ kind: 'in_circles' })
    await holdNames(store, [id, into])
    const [first, second] = [id, into].sort() as [string, string]
    const held = [await hold(store, first), await hold(store, second)]
    const gone = held.find((organ) => organ?.id === id)
    const kept = held.find((organ) => organ?.id === into)
    if (gone === undefined || kept === undefined) throw new Refused({ kind: 'unknown' })
    const names = await store
      .updateTable('organ_names')
      .set({ organ_id: into })
      .where('organ_id', '=', id)
      .returning('name')
      .execute()
    await store.updateTable('reports').set({ organ_id: into }).where('organ_id', '=', id).execute()
    const above = [kept.parent_id, gone.parent_id].find((one) => one !== null && one !== id && one !== into) ?? null
    const after =
      [kept.successor_id, gone.successor_id].find((one) => one !== null && one !== id && one !== into) ?? null
    await store
      .updateTable('organs')
      .set({
        region_code: kept.region_code ?? gone.region_code,
        level: kept.level ?? gone.level,
        parent_id: above,
        successor_id: after,
        succeeded_in: after === null ? null : (kept.succeeded_in ?? gone.succeeded_in),
      })
      .where('id', '=', into)
      .execute()
    await store.updateTable('organs').set({ parent_id: into }).where('parent_id', '=', id).execute()
    await store.updateTable('organs').set({ successor_id: into }).where('successor_id', '=', id).execute()
    await sql`
      insert into other_organs
      select least(third, ${into}::uuid), greatest(third, ${into}::uuid)
      from (select case when one = ${id} then other else one end as third from other_organs where ${id}::uuid in (one, other)) known
      where third <> ${into}
      on conflict do nothing`.execute(store)
    await store.deleteFrom('organs').where('id', '=', id).execute()
    await askReportsOf(store, [into, above, after])
    const detail = { organ: id, into, name: gone.name, names: names.map(({ name }) => name) }
    await note(store, { actor, kind: 'organs_merged', detail })
    return into
  })
}

/** However near their names: the one is no longer suggested for the other. */
export function tellApart(db: Db, id: string, other: string, actor: string): Promise<Answer> {
  return wholly(db, async (store) => {
    if (id === other) throw new Refused({ kind: 'in_circles' })
    const held = await store.selectFrom('organs').select('id').where('id', 'in', [id, other]).forKeyShare().execute()
    if (held.length < 2) throw new Refused({ kind: 'unknown' })
    await sql`
      insert into other_organs values (least(${id}::uuid, ${other}::uuid), greatest(${id}::uuid, ${other}::uuid))
      on conflict do nothing`.execute(store)
    await note(store, { actor, kind: 'organs_told_apart', detail: { organ: id, other } })
    return id
  })
}

/** The alias was another organ's all along: that organ has it, and the reports under it, from now on. */
export function splitOrgan(db: Db, id: string, alias: string, actor: string): Promise<Answer> {
  return wholly(db, async (store) => {
    const organ = await hold(store, id)
    if (organ === undefined) throw new Refused({ kind: 'unknown' })
    if (organ.name === alias) throw new Refused({ kind: 'no_alias' })
    const freed = await store
      .deleteFrom('organ_names')
      .where('name', '=', alias)
      .where('organ_id', '=', id)
      .returning('name')
      .executeTakeFirst()
    if (freed === undefined) throw new Refused({ kind: 'no_alias' })
    const { rows } = await sql<{ id: string }>`select organ_named(${alias}) as id`.execute(store)
    const made = rows[0]?.id ?? id
    await store
      .updateTable('organs')
      .set({ parent_id: organ.parent_id, region_code: organ.region_code })
      .where('id', '=', made)
      .execute()
    await sql`select place_report(document_id) from reports where organ_id = ${id} order by document_id`.execute(store)
    await note(store, { actor, kind: 'organ_split', detail: { organ: id, alias, made } })
    return made
  })
}

/** Reports that are just coming in may still refer to it. */
function hold(store: Store, id: string) {
  return store.selectFrom('organs').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
}

/** Before the organs: a report that comes in holds its name, and then needs the organ. */
async function holdNames(store: Store, organs: readonly string[]): Promise<void> {
  await sql`
    select name from organ_names where organ_id = any(${organs}::uuid[]) order by name collate "C" for update`.execute(
    store,
  )
}

async function giveName(store: Store, id: string, name: string): Promise<void> {
  await store
    .insertInto('organ_names')
    .values({ name, organ_id: id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { organ_id } = await store
    .selectFrom('organ_names')
    .select('organ_id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  if (organ_id !== id) throw new Refused({ kind: 'name_taken', by: organ_id })
}

async function checkAbove(
  store: Store,
  id: string,
  column: 'parent_id' | 'successor_id',
  above: string,
): Promise<void> {
  let next: string | null = above
  for (let steps = 0; next !== null; steps++) {
    if (next === id || steps > MOST_ABOVE) throw new Refused({ kind: 'in_circles' })
    const found: { up: string | null } | undefined = await store
      .selectFrom('organs')
      .select(`${column} as up`)
      .where('id', '=', next)
      .executeTakeFirst()
    if (found === undefined) throw new Refused({ kind: 'unknown' })
    next = found.up
  }
}

async function askReportsOf(store: Store, organs: readonly (string | null | undefined)[]): Promise<void> {
  const ids = organs.filter((id) => typeof id === 'string')
  await sql`
    insert into neighbour_tasks (document_id)
    select document_id from reports where organ_id = any(${ids}::uuid[]) and is_live order by document_id`.execute(
    store,
  )
}
