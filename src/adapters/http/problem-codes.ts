/**
 * Each code with which the server refuses → what it says besides the Chinese sentence. The page says the same in English from these alone, so
 * that every figure and every name of a sentence stands here too.
 */
import type { FailureCode } from '../../record.js'
import type { Changed, OpenItems } from '../../review/api.js'
import type { LayingFault } from '../../review/assigning.js'
import type { PasswordFault } from './passwords.js'

type Nothing = Readonly<Record<never, unknown>>

interface Later {
  /** Seconds. Sent as a header too. */
  readonly retryAfter: number
}

/** `rule`: which of zod's rules is broken; `limit`: of those that have one. */
export interface FieldFault {
  readonly field: string
  readonly message: string
  readonly rule: string
  readonly limit?: string
}

export interface Problems extends Readonly<Record<FailureCode | LayingFault, Nothing>> {
  // Of any request.
  body_too_large: Nothing
  csrf_token: Nothing
  forbidden: Nothing
  foreign_origin: Nothing
  headers_too_large: Nothing
  internal: Nothing
  invalid_address: Nothing
  invalid_field: Nothing
  invalid_json: Nothing
  invalid_request: { readonly errors: readonly FieldFault[] }
  key_invalid: Nothing
  length_mismatch: Nothing
  malformed_request: Nothing
  not_found: Nothing
  not_ready: Later & { readonly parts: Readonly<Record<string, 'ok' | 'away'>> }
  not_signed_in: Nothing
  refused: Nothing
  request_timeout: Nothing
  too_many_listeners: Later
  too_many_requests: Later
  unavailable: Later
  unsupported_media_type: Nothing

  // Of people and keys.
  account_refused: { readonly fault: 'name' | PasswordFault }
  expiry_past: Nothing
  invitation_void: Nothing
  key_unknown: Nothing
  last_administrator: Nothing
  locked: Later
  name_refused: Nothing
  name_taken: { readonly of: 'user' | 'key' } | { readonly of: 'organ'; readonly organ: string }
  password_refused: { readonly fault: PasswordFault }
  people_only: Nothing
  scopes_beyond_own: { readonly scopes: readonly string[] }
  too_many_attempts: Later
  user_unknown: Nothing
  wrong_credentials: Nothing

  // Of batches and uploads.
  batch_closed: Nothing
  batch_not_found: Nothing
  content_encoding: Nothing
  file_missing: Nothing
  file_name_missing: Nothing
  file_too_large: { readonly mostBytes?: number }
  idempotency_key_reused: Nothing
  length_missing: Nothing
  metadata_invalid: Nothing
  storage_full: Nothing
  too_many_fields: Nothing
  too_many_files: Nothing
  too_many_parts: Nothing
  too_many_uploads: Later
  upload_interrupted: Nothing
  upload_locked: Nothing
  upload_not_found: Nothing

  // Of documents and organs.
  deleted: { readonly reason: string }
  document_not_found: Nothing
  given_up: Nothing
  in_circles: Nothing
  no_alias: Nothing
  no_pages: Nothing
  not_read_yet: Nothing
  organ_unknown: Nothing
  original_damaged: Nothing
  page_not_found: Nothing
  table_not_found: Nothing
  too_many_pages: Later
  version_not_found: Nothing

  // Of the review.
  assigned_elsewhere: Nothing
  changed: Changed
  claimed: { readonly by: string; readonly until: string }
  decision_not_found: Nothing
  grid_differs: Nothing
  key_taken: Nothing
  must_be_settled: Nothing
  no_such_fact: Nothing
  no_such_item: Nothing
  no_such_reviewer: Nothing
  no_such_section: Nothing
  not_open: { readonly status: 'open' | 'accepted' | 'rejected' }
  open_items: OpenItems
  reason_missing: Nothing
  sum_not_confirmed: Nothing
}

export type ProblemCode = keyof Problems

/** Those whose sentence is always the same. */
export type PlainCode = { [Code in ProblemCode]: Nothing extends Problems[Code] ? Code : never }[ProblemCode]
