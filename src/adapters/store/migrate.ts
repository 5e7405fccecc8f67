/**
 * A database, empty or of an earlier version → the tables of this version, by the steps it does not have yet.
 *
 * Each step is done whole or not at all, and once, also when several processes start together.
 */
import { sql, type Transaction } from 'kysely'
import { STEPS } from './migrations.js'
import { StoreRefused } from './refused.js'
import type { Db, Tables } from './schema.js'
import type { Step } from './step.js'

/** Of PostgreSQL's advisory locks, one number among all that use the database. */
const LOCK = 0x676f756a

/** Gives the names of the steps it did. Throws StoreRefused where a newer version was at work. */
export async function migrate(db: Db, steps: readonly Step[] = STEPS): Promise<readonly string[]> {
  const missing = await alone(db, async (transaction) => {
    await sql`create table if not exists schema_steps (name text primary key, at timestamptz not null default now())`.execute(
      transaction,
    )
    const done = await doneSteps(transaction)
    const known = new Set(steps.map(({ name }) => name))
    const unknown = [...done].filter((name) => !known.has(name))
    if (unknown.length > 0) throw newerStore(unknown)
    return steps.filter(({ name }) => !done.has(name))
  })
  const made: string[] = []
  for (const step of missing) if (await alone(db, (transaction) => make(step, transaction))) made.push(step.name)
  return made
}

async function make({ name, statements }: Step, transaction: Transaction<Tables>): Promise<boolean> {
  if ((await doneSteps(transaction)).has(name)) return false
  for (const statement of statements) await sql.raw(statement).execute(transaction)
  await sql`insert into schema_steps (name) values (${name})`.execute(transaction)
  return true
}

function alone<T>(db: Db, work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(transaction)
    return await work(transaction)
  })
}

async function doneSteps(transaction: Transaction<Tables>): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`select name from schema_steps`.execute(transaction)
  return new Set(rows.map(({ name }) => name))
}

function newerStore(unknown: readonly string[]): StoreRefused {
  const names = unknown.join('、')
  return new StoreRefused(
    `数据库已由更新版本的 gouji 升级（${names}），请使用该版本或更新的版本。` +
      `\nA newer gouji has upgraded this database (${unknown.join(', ')}): use that version, or a later one.`,
  )
}
