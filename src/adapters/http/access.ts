/**
 * Who may do what. Every route declares one of these; a route that does not is refused when the server starts.
 *
 * A scope is something one can be allowed to do. A person has those of the role, an API key those it was made with, which are
 * never more than its maker's.
 */
import type {} from 'fastify'
import type { Role } from '../store/schema.js'

export const SCOPES = ['read', 'upload', 'reextract', 'delete', 'review', 'monitor', 'administer'] as const
export type Scope = (typeof SCOPES)[number]

/** public: no one need have signed in; self: whoever has. */
export type Access = 'public' | 'self' | Scope

export const SCOPES_OF_ROLE: Readonly<Record<Role, readonly Scope[]>> = {
  analyst: ['read'],
  reviewer: ['read', 'review', 'reextract'],
  archivist: ['read', 'upload', 'reextract', 'delete'],
  administrator: SCOPES,
}

export interface Caller {
  /** As events name it: user:NAME, key:NAME. */
  readonly actor: string
  readonly scopes: readonly Scope[]
  /** null: an API key. */
  readonly userId: string | null
  readonly role: Role | null
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    /** null on public routes that were called by nobody known. */
    caller: Caller | null
  }
}
