/**
 * API keys: a secret in a header → what its bearer may do.
 *
 * A key never allows more than its maker may do now: it loses what its maker loses, and stops with a maker who is disabled. Keys made
 * on the command line have no maker and keep what they were made with.
 */
import { sql } from 'kysely'
import { SCOPES, SCOPES_OF_ROLE, type Scope } from '../http/access.js'
import { note } from './events.js'
import type { Db } from './schema.js'
import { hashOf, newToken } from './secrets.js'

const BEGINNING = 'gouji_'
const PREFIX_LENGTH = BEGINNING.length + 6

export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly scopes: readonly Scope[]
  readonly createdBy: string
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  readonly lastUsedAt: Date | null
}

export interface NewKey {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly expiresAt: Date | null
  readonly actor: string
}

/** The key itself is in this answer and nowhere else; null when another key has or had that name, which events go by. */
export function makeKey(
  db: Db,
  { name, scopes, expiresAt, actor }: NewKey,
): Promise<{ id: string; key: string } | null> {
  return db.transaction().execute(async (transaction) => {
    const namesake = await transaction.selectFrom('api_keys').select('id').where('name', '=', name).executeTakeFirst()
    if (namesake !== undefined) return null
    const key = `${BEGINNING}${newToken()}`
    const prefix = key.slice(0, PREFIX_LENGTH)
    const { id } = await transaction
      .insertInto('api_keys')
      .values({
        name,
        key_hash: hashOf(key),
        prefix,
        scopes: [...scopes],
        created_by: actor,
        expires_at: expiresAt,
        revoked_at: null,
        last_used_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await note(transaction, { actor, kind: 'key_made', detail: { name, prefix, scopes } })
    return { id, key }
  })
}

/** `maker` null: everybody's. */
export async function listKeys(db: Db, maker: string | null): Promise<ApiKey[]> {
  const rows = await db
    .selectFrom('api_keys')
    .selectAll()
    .$if(maker !== null, (query) => query.where('created_by', '=', maker ?? ''))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: knownScopes(row.scopes),
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  }))
}

/** `maker` null: whosever it is. False: there is no such key that is in force. */
export function revokeKey(db: Db, id: string, maker: string | null, actor: string): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const revoked = await transaction
      .updateTable('api_keys')
      .set({ revoked_at: new Date() })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .$if(maker !== null, (query) => query.where('created_by', '=', maker ?? ''))
      .returning(['name', 'prefix'])
      .executeTakeFirst()
    if (revoked === undefined) return false
    await note(transaction, { actor, kind: 'key_revoked', detail: { name: revoked.name, prefix: revoked.prefix } })
    return true
  })
}

/** Who bears the key, when it is in force. */
export async function findKey(db: Db, key: string): Promise<{ name: string; scopes: readonly Scope[] } | null> {
  if (!key.startsWith(BEGINNING)) return null
  const now = new Date()
  const row = await db
    .selectFrom('api_keys')
    .leftJoin('users', (join) => join.on(sql`'user:' || users.name`, '=', (on) => on.ref('api_keys.created_by')))
    .select([
      'api_keys.id',
      'api_keys.name',
      'api_keys.scopes',
      'api_keys.created_by',
      'api_keys.last_used_at',
      'users.role',
      'users.disabled_at',
    ])
    .where('api_keys.key_hash', '=', hashOf(key))
    .where('api_keys.revoked_at', 'is', null)
    .where((where) => where.or([where('api_keys.expires_at', 'is', null), where('api_keys.expires_at', '>', now)]))
    .executeTakeFirst()
  if (row === undefined || row.disabled_at !== null) return null

  // Once a minute is enough to tell keys in use from forgotten ones.
  if (row.last_used_at === null || now.getTime() - row.last_used_at.getTime() > 60_000) {
    await db.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', row.id).execute()
  }
  const ofMaker = row.role === null ? SCOPES : SCOPES_OF_ROLE[row.role]
  return { name: row.name, scopes: knownScopes(row.scopes).filter((scope) => ofMaker.includes(scope)) }
}

/** A scope that a later version dropped allows nothing. */
function knownScopes(scopes: readonly string[]): Scope[] {
  return SCOPES.filter((scope) => scopes.includes(scope))
}
