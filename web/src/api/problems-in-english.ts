/** What the server refuses, in English: by its code and by what it says besides. Its own sentence is Chinese. */
import type { FieldFault, ProblemCode, Problems } from '../../../src/adapters/http/problem-codes.js'
import { FAILURES_IN_ENGLISH } from '../../../src/review/failures-in-english.js'

type Sayings = { readonly [Code in ProblemCode]: string | ((more: Problems[Code]) => string) }

const NAME_RULE = 'has 1 to 32 characters, begins with a letter or figure, and may hold spaces, dots, _ and -.'

const PASSWORD_FAULTS = {
  too_short: 'A password has at least 10 characters.',
  too_long: 'A password has at most 256 characters.',
  same_as_name: 'The password must not be the user name.',
  too_common: 'This password is among the most common and easily guessed; choose another.',
}

const TAKEN = {
  user: 'This user name is taken; choose another.',
  key: 'There is a key of this name, perhaps a revoked one; choose another.',
  organ: 'Another organ has this name. If they are the same organ, merge them.',
}

const CLOSED = {
  open: 'This report is not settled; there is nothing to reopen.',
  accepted: 'This report was accepted; reopen it to change it.',
  rejected: 'This report was returned; reopen it to change it.',
}

const later = (what: string) => (more: { readonly retryAfter: number }) => `${what} Try again in ${more.retryAfter} s.`

const RULES: Readonly<Record<string, (limit: string) => string>> = {
  invalid_type: () => 'missing, or of the wrong kind',
  invalid_value: () => 'not one of the allowed values',
  invalid_format: () => 'not in the expected form',
  too_small: (limit) => `below the least allowed, ${limit}`,
  too_big: (limit) => `above the most allowed, ${limit}`,
  unrecognized_keys: () => 'has fields that are not known',
}

function faultOf({ field, rule, limit = '' }: FieldFault): string {
  const said = RULES[rule]?.(limit) ?? 'not valid'
  return field === '' ? said : `${field}: ${said}`
}

const SAYINGS: Sayings = {
  ...FAILURES_IN_ENGLISH,

  body_too_large: 'The request is larger than allowed.',
  csrf_token: 'This page is no longer valid; load it again and retry.',
  forbidden: 'You are not allowed to do this; ask an administrator if you need to.',
  foreign_origin: 'Refused, as the request came from another site. Use the pages of this system.',
  headers_too_large: 'The header of the request is too large.',
  internal: 'Something went wrong on the server; try again later, and tell an administrator if it goes on.',
  invalid_address: 'The address of the request is not valid.',
  invalid_field: 'The form has a field of a name that is not allowed.',
  invalid_json: 'The request holds no valid JSON.',
  invalid_request: ({ errors }) => `The request is not valid. ${errors.map(faultOf).join('; ')}.`,
  key_invalid: 'The API key is not valid, has expired or was revoked.',
  length_mismatch: 'The length of the request is not as announced; the upload may have broken off. Retry.',
  malformed_request: 'This is no valid HTTP request.',
  not_found: 'There is no such address, or not for this method.',
  not_ready: ({ parts }) => {
    const away = Object.keys(parts).filter((part) => parts[part] === 'away')
    return `Not available at the moment: ${away.join(', ')}.`
  },
  not_signed_in: 'You are not signed in, or the session has expired; sign in again.',
  refused: 'The server refused the request.',
  request_timeout: 'The header of the request did not arrive in time.',
  too_many_listeners: later('Too many pages are following the progress.'),
  too_many_requests: later('Too many requests.'),
  unavailable: later('The database or the storage cannot be reached.'),
  unsupported_media_type: 'The server does not take this type of content.',

  account_refused: ({ fault }) => (fault === 'name' ? `A user name ${NAME_RULE}` : PASSWORD_FAULTS[fault]),
  expiry_past: 'The day of expiry must be later than now.',
  invitation_void: 'This link is not valid, was used or has expired; ask an administrator for a new one.',
  key_unknown: 'There is no such key, or it was revoked.',
  last_administrator: 'This is the only active administrator; name another one first.',
  locked: ({ retryAfter }) =>
    `Too many wrong passwords: signing in is paused for ${Math.ceil(retryAfter / 60)} min. ` +
    'If you forgot the password, ask an administrator.',
  name_refused: `The name of a key ${NAME_RULE}`,
  name_taken: ({ of }) => TAKEN[of],
  password_refused: ({ fault }) => PASSWORD_FAULTS[fault],
  people_only: 'Only a person who is signed in can do this, no API key.',
  scopes_beyond_own: ({ scopes }) => `A key may do no more than you may. You may not: ${scopes.join(', ')}.`,
  too_many_attempts: later('Too many attempts.'),
  user_unknown: 'There is no such user.',
  wrong_credentials: 'Wrong user name or password.',

  batch_closed: 'The batch is closed and takes no more files.',
  batch_not_found: 'There is no such batch.',
  content_encoding: 'Send the request without compression (Content-Encoding).',
  file_missing: 'The request holds no file.',
  file_name_missing: 'Send multipart/form-data, or the name of the file as fileName.',
  file_too_large: ({ mostBytes }) =>
    mostBytes === undefined ? 'The file is too large.' : `The file is larger than the ${mostBytes} bytes allowed.`,
  idempotency_key_reused: 'This Idempotency-Key was used for a batch of another name; choose another.',
  length_missing: 'Announce the bytes of the file in Upload-Length.',
  metadata_invalid: 'Give batch and filename in Upload-Metadata.',
  storage_full: 'The server has no room left; tell an administrator.',
  too_many_fields: 'Too many fields in one upload.',
  too_many_files: 'Too many files in one upload; split it.',
  too_many_parts: 'Too many parts in one upload; split it.',
  too_many_uploads: later('Too many uploads at once.'),
  upload_interrupted: 'The upload broke off, or its content is malformed; retry.',
  upload_locked: 'This upload is being taken in; try again later.',
  upload_not_found: 'There is no such upload.',

  deleted: ({ reason }) =>
    `This file was deleted${reason === '' ? '' : `, for this reason: ${reason}`}. Upload it again to restore it.`,
  document_not_found: 'There is no such file.',
  given_up: 'This file brought the reader down repeatedly and is not read any more.',
  in_circles: 'An organ cannot be above itself, be its own successor, or be merged with itself.',
  no_alias: 'This organ has no such alias; its own name cannot be split off, rename the organ first.',
  no_pages: 'Files of this kind have no pages to show; download the original.',
  not_read_yet: 'This file is not read yet; try again later.',
  organ_unknown: 'There is no such organ. It may have been merged; look for it again.',
  original_damaged: 'The original is missing or damaged; an administrator can run gouji fixity.',
  page_not_found: 'The file has no such page.',
  table_not_found: 'The record of this report has no such table.',
  too_many_pages: later('Too many pages are waiting to be shown.'),
  version_not_found: 'This file was not read by that version.',

  assigned_elsewhere: 'Tables are assigned at /assignments: the server reads the cells from the file.',
  changed: 'This report has just changed; look at it again before deciding.',
  claimed: ({ by, until }) => {
    const minutes = Math.max(1, Math.ceil((Date.parse(until) - Date.now()) / 60_000))
    return `${by} has this report, ${minutes} min left.`
  },
  decision_not_found: 'There is no such decision.',
  grid_differs: 'This table is not as you saw it; load the page again.',
  key_taken: 'This key was used for a decision about another report.',
  laid_twice: 'A row or column can be assigned only once.',
  must_be_settled: 'Correct this or confirm it as published; having seen it does not settle it.',
  no_such_fact: 'The form of this report has no such figure.',
  no_such_grid: 'The file has no such table.',
  no_such_item: 'This report does not have this item any more; load the page again.',
  no_such_place: 'A row or column meant is not in the table or not in the form.',
  no_such_reviewer: 'There is no such reviewer, or the account is disabled.',
  no_such_section: 'This part was not found in the report.',
  no_such_table: 'The form has no such table.',
  not_open: ({ status }) => CLOSED[status],
  nothing_laid: 'No cell was assigned.',
  open_items: ({ items }) => `${items.length} items are undecided; the report cannot be accepted yet.`,
  reason_missing: 'Give a reason for returning the report.',
  sum_not_confirmed: 'The sum does not hold: correct the cell that was misread, or confirm it as published.',
}

/** A code that the table does not have is of a later server, or of what stands in between. */
export function problemInEnglish(code: string, more: Readonly<Record<string, unknown>>): string {
  const saying = Object.hasOwn(SAYINGS, code) ? SAYINGS[code as ProblemCode] : undefined
  if (saying === undefined) return `The server refused the request (${code}).`
  return typeof saying === 'string' ? saying : (saying as (more: unknown) => string)(more)
}
