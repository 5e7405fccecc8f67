/**
 * Whose turn a report is: one person's at a time, for half an hour from the last thing done to it.
 *
 * One statement decides who gets it, so that of two who ask at once one is refused. A claim that has run out is nobody's, and stays until
 * somebody takes it over. It keeps others from working on the report meanwhile, and protects nothing: that is the version's part.
 */
import { expressionBuilder, sql } from 'kysely'
import type { Db, Tables } from './schema.js'

export interface HeldClaim {
  readonly actor: string
  readonly expiresAt: Date
}

export const CLAIM_MINUTES = 30
/** A colleague who was handed a report need not be at the desk. */
const HANDED_OVER_MINUTES = 24 * 60

/** Those that have not run out. */
export const liveClaims = expressionBuilder<Tables>()
  .selectFrom('claims')
  .selectAll()
  .where('expires_at', '>', sql<Date>`now()`)
  .as('c')

/** Takes it or, where it is the actor's, keeps it for longer. Refused is told by whose it is. */
export async function claim(
  db: Db,
  documentId: number,
  actor: string,
): Promise<{ readonly isTaken: boolean; readonly claim: HeldClaim }> {
  for (;;) {
    const { rows } = await sql<HeldClaim>`
      with taken as (
        insert into claims (document_id, actor, expires_at)
        values (${documentId}, ${actor}, ${minutesFromNow(CLAIM_MINUTES)})
        on conflict (document_id) do update set actor = excluded.actor,
          expires_at = case when claims.actor = excluded.actor then greatest(claims.expires_at, excluded.expires_at)
            else excluded.expires_at end,
          taken_at = case when claims.actor = excluded.actor and claims.expires_at > now() then claims.taken_at else now() end
        where claims.actor = excluded.actor or claims.expires_at <= now()
        returning actor, expires_at, taken_at
      ), noted as (
        insert into events (actor, kind, document_id, detail)
        select actor, 'claimed', ${documentId}::integer, coalesce(
          (select jsonb_build_object('class', coalesce(class, 'audit'), 'items', open_items) from review_queue where document_id = ${documentId}),
          '{}')
        from taken where taken_at = now()
      )
      select actor, expires_at as "expiresAt" from taken`.execute(db)
    const [taken] = rows
    if (taken !== undefined) return { isTaken: true, claim: taken }
    const held = await claimOn(db, documentId)
    // Else it was given back in between.
    if (held !== null) return { isTaken: false, claim: held }
  }
}

async function claimOn(db: Db, documentId: number): Promise<HeldClaim | null> {
  const held = await db
    .selectFrom(liveClaims)
    .where('document_id', '=', documentId)
    .select(['actor', 'expires_at as expiresAt'])
    .executeTakeFirst()
  return held ?? null
}

/** Work on it keeps it; nothing where it is not the actor's. */
export async function renew(db: Db, documentId: number, actor: string): Promise<void> {
  await sql`
    update claims set expires_at = greatest(expires_at, ${minutesFromNow(CLAIM_MINUTES)})
    where document_id = ${documentId} and actor = ${actor} and expires_at > now()`.execute(db)
}

/** Says false where it was not the actor's. */
export async function release(db: Db, documentId: number, actor: string): Promise<boolean> {
  const { rows } = await sql`
    with released as (
      delete from claims where document_id = ${documentId} and actor = ${actor} returning expires_at > now() as was_live
    ), noted as (
      insert into events (actor, kind, document_id) select ${actor}, 'released', ${documentId}::integer from released where was_live
    )
    select from released`.execute(db)
  return rows.length > 0
}

/** Whoever had it; who is handed over to has it for a day. */
export async function handOver(db: Db, documentId: number, to: string | null): Promise<void> {
  if (to === null) await endClaim(db, documentId)
  else {
    await sql`
      insert into claims (document_id, actor, expires_at)
      values (${documentId}, ${to}, ${minutesFromNow(HANDED_OVER_MINUTES)})
      on conflict (document_id) do update set actor = excluded.actor, expires_at = excluded.expires_at, taken_at = now()`.execute(
      db,
    )
  }
}

/** As there is nothing left to do. */
export async function endClaim(db: Db, documentId: number): Promise<void> {
  await db.deleteFrom('claims').where('document_id', '=', documentId).execute()
}

const minutesFromNow = (minutes: number) => sql`now() + ${minutes} * interval '1 minute'`
