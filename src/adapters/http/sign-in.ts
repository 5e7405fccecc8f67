/**
 * Name and password → the user, or why not.
 *
 * Promises that the answer and the time it takes do not tell whether there is such a user: names nobody has are checked against a
 * hash and locked like the others, by a count kept here in memory. Wrong passwords lock a name for longer and longer; while it is locked
 * not even the right one is tried, so that guessing goes no faster for it.
 */
import { countFailure, FAILURES_BORNE, findForSignIn, forgetFailures } from '../store/accounts.js'
import type { Db, Role } from '../store/schema.js'
import { noteFailedSignIn } from '../store/sessions.js'
import { isPassword } from './passwords.js'

export type SignIn =
  | { readonly kind: 'known'; readonly userId: string; readonly role: Role }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'locked'; readonly until: Date }

export interface Attempt {
  readonly name: string
  readonly password: string
  readonly address: string
}

const STRANGERS_REMEMBERED = 1000
const MINUTE = 60_000

export function makeSignIn(db: Db): (attempt: Attempt) => Promise<SignIn> {
  const strangers = new Strangers()
  return async ({ name, password, address }) => {
    const user = await findForSignIn(db, name)
    const locked = user === null ? strangers.lockedUntil(name) : user.lockedUntil
    if (locked !== null && locked > new Date()) return { kind: 'locked', until: locked }

    const matches = await isPassword(user?.passwordHash ?? null, password)
    if (user !== null && matches && !user.disabled) {
      await forgetFailures(db, user.id)
      return { kind: 'known', userId: user.id, role: user.role }
    }
    const until = user === null ? strangers.countFailure(name) : await countFailure(db, user.id)
    const reason = user === null ? 'unknown_name' : matches ? 'disabled' : 'wrong_password'
    await noteFailedSignIn(db, { name: user === null ? null : name, address, reason })
    return until === null ? { kind: 'wrong' } : { kind: 'locked', until }
  }
}

/** Counts for names nobody has what the table of users counts for the others; the longest forgotten go first. */
class Strangers {
  readonly #failures = new Map<string, { count: number; until: Date | null }>()

  lockedUntil(name: string): Date | null {
    return this.#failures.get(name)?.until ?? null
  }

  countFailure(name: string): Date | null {
    const count = (this.#failures.get(name)?.count ?? 0) + 1
    const minutes = Math.min(2 ** (count - FAILURES_BORNE), 60)
    const until = count < FAILURES_BORNE ? null : new Date(Date.now() + minutes * MINUTE)
    this.#failures.delete(name)
    this.#failures.set(name, { count, until })
    for (const oldest of this.#failures.keys()) {
      if (this.#failures.size <= STRANGERS_REMEMBERED) break
      this.#failures.delete(oldest)
    }
    return until
  }
}
