/** What came of checking the originals, kept for those who were not there. A check that stops telling of itself was cut short. */
import { type Selectable, sql } from 'kysely'
import type { Db, FixityCheckTable, FixityFinding } from './schema.js'

const SILENT_MILLISECONDS = 60_000

export type FixityCheck = Selectable<FixityCheckTable>

export interface FixityCounts {
  readonly sound: number
  readonly changed: number
  readonly unreadable: number
  readonly missing: number
  readonly untracked: number
}

export interface FixityStanding {
  readonly running: FixityCheck | null
  /** The last one that came to its end. */
  readonly last: FixityCheck | null
  /** After that one. */
  readonly cutShort: FixityCheck | null
}

/** null: one is running. */
export function beginCheckAlone(db: Db, askedBy: string): Promise<number | null> {
  return db.transaction().execute(async (transaction) => {
    // Two who ask at once come one after the other.
    await sql`lock table fixity_checks in share row exclusive mode`.execute(transaction)
    const { running } = await fixityStanding(transaction)
    return running === null ? beginCheck(transaction, askedBy) : null
  })
}

export async function beginCheck(db: Db, askedBy: string): Promise<number> {
  const { id } = await db
    .insertInto('fixity_checks')
    .values((eb) => ({
      asked_by: askedBy,
      originals: eb.selectFrom('documents').select(({ fn }) => fn.countAll<number>().as('count')),
    }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function tellCheck(
  db: Db,
  id: number,
  counts: FixityCounts,
  findings: readonly FixityFinding[],
  isOver: boolean,
): Promise<void> {
  const now = new Date()
  await db
    .updateTable('fixity_checks')
    .set({ ...counts, findings: JSON.stringify(findings), touched_at: now, ended_at: isOver ? now : null })
    .where('id', '=', id)
    .execute()
}

export async function fixityStanding(db: Db): Promise<FixityStanding> {
  const latest = await db.selectFrom('fixity_checks').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst()
  const last = await db
    .selectFrom('fixity_checks')
    .selectAll()
    .where('ended_at', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const open = latest === undefined || latest.ended_at !== null ? null : latest
  const isRunning = open !== null && Date.now() - open.touched_at.getTime() < SILENT_MILLISECONDS
  return { running: isRunning ? open : null, last: last ?? null, cutShort: isRunning ? null : open }
}
