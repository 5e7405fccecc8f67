/**
 * Tokens: what is handed out once, and what is kept of it.
 *
 * 256 random bits need no slow hash: nobody guesses them, and who reads the database cannot turn the hash back.
 */
import { createHash, randomBytes } from 'node:crypto'

export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
