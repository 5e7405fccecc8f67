/**
 * Sessions: a token in a cookie → the user who signed in, while the session lasts.
 *
 * A session ends after half a day without a request, and after a fortnight in any case.
 */
import { note } from './events.js'
import type { Db, Role } from './schema.js'
import { hashOf, newToken } from './secrets.js'

export const IDLE_HOURS = 12
export const LONGEST_DAYS = 14
const HOUR = 3_600_000

export interface Session {
  readonly userId: string
  readonly name: string
  readonly role: Role
  readonly expiresAt: Date
}

export function openSession(
  db: Db,
  user: { readonly id: string; readonly name: string; readonly address: string },
): Promise<string> {
  return db.transaction().execute(async (transaction) => {
    // Signing in is rare enough to tidy up.
    await transaction.deleteFrom('sessions').where('expires_at', '<=', new Date()).execute()
    const token = newToken()
    await transaction
      .insertInto('sessions')
      .values({
        token_hash: hashOf(token),
        user_id: user.id,
        expires_at: new Date(Date.now() + IDLE_HOURS * HOUR),
      })
      .execute()
    await note(transaction, { actor: `user:${user.name}`, kind: 'signed_in', detail: { address: user.address } })
    return token
  })
}

/** Prolongs a session that is half over: a write every few hours, not one a request. */
export async function findSession(db: Db, token: string): Promise<Session | null> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['users.id', 'users.name', 'users.role', 'sessions.created_at', 'sessions.expires_at'])
    .where('sessions.token_hash', '=', hashOf(token))
    .where('sessions.expires_at', '>', new Date())
    .where('users.disabled_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return null

  const latest = row.created_at.getTime() + LONGEST_DAYS * 24 * HOUR
  const prolonged = new Date(Math.min(Date.now() + IDLE_HOURS * HOUR, latest))
  const isHalfOver = prolonged.getTime() - row.expires_at.getTime() > (IDLE_HOURS * HOUR) / 2
  if (isHalfOver) {
    await db.updateTable('sessions').set({ expires_at: prolonged }).where('token_hash', '=', hashOf(token)).execute()
  }
  return { userId: row.id, name: row.name, role: row.role, expiresAt: isHalfOver ? prolonged : row.expires_at }
}

export async function closeSession(db: Db, token: string, actor: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('sessions').where('token_hash', '=', hashOf(token)).execute()
    await note(transaction, { actor, kind: 'signed_out', detail: {} })
  })
}

/** `name` null: there is no such user, and the name that was tried is kept nowhere, as it may be a password. */
export async function noteFailedSignIn(
  db: Db,
  attempt: { readonly name: string | null; readonly address: string; readonly reason: string },
): Promise<void> {
  await note(db, {
    actor: attempt.name === null ? 'system' : `user:${attempt.name}`,
    kind: 'sign_in_failed',
    detail: { address: attempt.address, reason: attempt.reason },
  })
}
