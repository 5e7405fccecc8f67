/**
 * Users and the invitations that make them.
 *
 * Whatever changes either is noted in the log of events in the same transaction. Promises that there is always an active administrator
 * once there was one. Names come folded and passwords hashed: both are the caller's.
 */
import { sql, type Transaction } from 'kysely'
import { note } from './events.js'
import type { Db, Role, Tables } from './schema.js'
import { hashOf, newToken } from './secrets.js'

export interface User {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly createdAt: Date
  readonly disabledAt: Date | null
  readonly lockedUntil: Date | null
}

export interface SignInFacts {
  readonly id: string
  readonly role: Role
  readonly passwordHash: string
  readonly disabled: boolean
  readonly lockedUntil: Date | null
}

/** Failures in a row that are borne; the next ones lock for 1, 2, 4 … minutes, an hour at most. */
export const FAILURES_BORNE = 8
const INVITATION_DAYS = 7
/** Whom the invitation of the first start is by; commands that invite later are `system`. */
const FIRST_START = 'first_start'

export async function listUsers(db: Db): Promise<User[]> {
  const rows = await db
    .selectFrom('users')
    .select(['id', 'name', 'role', 'created_at', 'disabled_at', 'locked_until'])
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(({ id, name, role, created_at, disabled_at, locked_until }) => ({
    id,
    name,
    role,
    createdAt: created_at,
    disabledAt: disabled_at,
    lockedUntil: locked_until,
  }))
}

export async function findForSignIn(db: Db, name: string): Promise<SignInFacts | null> {
  const row = await db
    .selectFrom('users')
    .select(['id', 'role', 'password_hash', 'disabled_at', 'locked_until'])
    .where('name', '=', name)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    id: row.id,
    role: row.role,
    passwordHash: row.password_hash,
    disabled: row.disabled_at !== null,
    lockedUntil: row.locked_until,
  }
}

/** Counts one more, and says until when the account is locked now. */
export async function countFailure(db: Db, userId: string): Promise<Date | null> {
  const row = await db
    .updateTable('users')
    .set({
      failed_logins: sql<number>`failed_logins + 1`,
      locked_until: sql<Date>`case when failed_logins + 1 >= ${FAILURES_BORNE}
        then now() + least(power(2, least(failed_logins + 1 - ${FAILURES_BORNE}, 6)), 60) * interval '1 minute' end`,
    })
    .where('id', '=', userId)
    .returning('locked_until')
    .executeTakeFirst()
  return row?.locked_until ?? null
}

export async function forgetFailures(db: Db, userId: string): Promise<void> {
  await db
    .updateTable('users')
    .set({ failed_logins: 0, locked_until: null })
    .where('id', '=', userId)
    .where('failed_logins', '>', 0)
    .execute()
}

export interface UserChange {
  readonly userId: string
  readonly role?: Role | undefined
  readonly disabled?: boolean | undefined
  /** Wrong passwords are forgiven. */
  readonly unlocked?: boolean | undefined
  readonly actor: string
}

/** A disabled user is signed out everywhere; the keys the user made stop working with it (see keys.ts). */
export function changeUser(
  db: Db,
  { userId, role, disabled, unlocked = false, actor }: UserChange,
): Promise<'changed' | 'unknown' | 'last_administrator'> {
  return db.transaction().execute(async (transaction) => {
    // All of them are held, so that two administrators cannot each demote the other at once.
    const administrators = await activeAdministrators(transaction).forUpdate().execute()
    const user = await transaction
      .selectFrom('users')
      .select(['name', 'role', 'disabled_at'])
      .where('id', '=', userId)
      .forUpdate()
      .executeTakeFirst()
    if (user === undefined) return 'unknown'
    const stepsDown = disabled === true || (role !== undefined && role !== 'administrator')
    if (stepsDown && administrators.length === 1 && administrators[0]?.id === userId) return 'last_administrator'

    const newRole = role ?? user.role
    const disabledAt = disabled === undefined ? user.disabled_at : disabled ? (user.disabled_at ?? new Date()) : null
    await transaction
      .updateTable('users')
      .set({ role: newRole, disabled_at: disabledAt, ...(unlocked ? { failed_logins: 0, locked_until: null } : {}) })
      .where('id', '=', userId)
      .execute()
    if (disabledAt !== null) await transaction.deleteFrom('sessions').where('user_id', '=', userId).execute()
    await note(transaction, {
      actor,
      kind: 'user_changed',
      detail: {
        name: user.name,
        role: newRole,
        disabled: disabledAt !== null,
        ...(unlocked ? { unlocked } : {}),
      },
    })
    return 'changed'
  })
}

/** Signs the user out everywhere but where the password was changed. */
export async function setPassword(
  db: Db,
  change: { readonly userId: string; readonly passwordHash: string; readonly session: string; readonly actor: string },
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('users')
      .set({ password_hash: change.passwordHash })
      .where('id', '=', change.userId)
      .execute()
    await transaction
      .deleteFrom('sessions')
      .where('user_id', '=', change.userId)
      .where('token_hash', '!=', hashOf(change.session))
      .execute()
    await note(transaction, { actor: change.actor, kind: 'user_changed', detail: { password: 'changed' } })
  })
}

export interface Invitation {
  /** Shown once, kept nowhere. */
  readonly token: string
  readonly expiresAt: Date
}

export function invite(db: Db, role: Role, actor: string): Promise<Invitation> {
  return db.transaction().execute((transaction) => addInvitation(transaction, role, actor, actor))
}

/** What an invitation makes of one; null when it is unknown, used or expired. */
export async function invitedRole(db: Db, token: string): Promise<Role | null> {
  const row = await db
    .selectFrom('invitations')
    .select('role')
    .where('token_hash', '=', hashOf(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', new Date())
    .executeTakeFirst()
  return row?.role ?? null
}

export type Joined =
  | { readonly kind: 'joined'; readonly userId: string; readonly role: Role }
  | { readonly kind: 'no_invitation' }
  | { readonly kind: 'name_taken' }

/** Uses up the invitation and makes the user, or neither. */
export function acceptInvitation(db: Db, token: string, name: string, passwordHash: string): Promise<Joined> {
  return db.transaction().execute(async (transaction): Promise<Joined> => {
    // Holds the invitation until the end: a second one that accepts it at the same time waits here, and then finds it used.
    const invitation = await transaction
      .selectFrom('invitations')
      .select('role')
      .where('token_hash', '=', hashOf(token))
      .where('used_at', 'is', null)
      .where('expires_at', '>', new Date())
      .forUpdate()
      .executeTakeFirst()
    if (invitation === undefined) return { kind: 'no_invitation' }

    // Names that differ by case alone would be taken for one another in the log of events.
    const alike = await transaction
      .selectFrom('users')
      .select('id')
      .where(sql`lower(name)`, '=', name.toLowerCase())
      .executeTakeFirst()
    if (alike !== undefined) return { kind: 'name_taken' }
    const user = await transaction
      .insertInto('users')
      .values({ name, password_hash: passwordHash, role: invitation.role, disabled_at: null, locked_until: null })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (user === undefined) return { kind: 'name_taken' }
    await transaction
      .updateTable('invitations')
      .set({ used_at: new Date() })
      .where('token_hash', '=', hashOf(token))
      .execute()
    await note(transaction, { actor: `user:${name}`, kind: 'user_joined', detail: { role: invitation.role } })
    return { kind: 'joined', userId: user.id, role: invitation.role }
  })
}

/**
 * The link that makes the first administrator; null when there is one. A link that an earlier start printed and nobody used is void
 * from then on.
 */
export function firstAdministratorLink(db: Db, baseUrl: string): Promise<string | null> {
  return db.transaction().execute(async (transaction) => {
    if ((await activeAdministrators(transaction).execute()).length > 0) return null
    await transaction
      .updateTable('invitations')
      .set({ expires_at: new Date() })
      .where('created_by', '=', FIRST_START)
      .where('used_at', 'is', null)
      .where('expires_at', '>', new Date())
      .execute()
    const { token } = await addInvitation(transaction, 'administrator', FIRST_START, 'system')
    return joinLink(baseUrl, token)
  })
}

/** After the #, which browsers do not send: the token stands in nobody's log. */
export function joinLink(baseUrl: string, token: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/join#${token}`
}

function activeAdministrators(transaction: Transaction<Tables>) {
  return transaction
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'administrator')
    .where('disabled_at', 'is', null)
    .orderBy('id')
}

async function addInvitation(
  transaction: Transaction<Tables>,
  role: Role,
  createdBy: string,
  actor: string,
): Promise<Invitation> {
  const token = newToken()
  const expiresAt = new Date(Date.now() + INVITATION_DAYS * 86_400_000)
  await transaction
    .insertInto('invitations')
    .values({ token_hash: hashOf(token), role, created_by: createdBy, expires_at: expiresAt, used_at: null })
    .execute()
  await note(transaction, { actor, kind: 'invited', detail: { role } })
  return { token, expiresAt }
}
