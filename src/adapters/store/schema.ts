/**
 * The tables of the store, as Kysely sees them; migrations.ts makes them.
 *
 * A document is the bytes, known by their sha256. An extraction is what one version of gouji made of them, and never changes. Facts, flags
 * and discrepancies are those of the extraction in force, spread out to be asked for. What people did stands in the log of events, which
 * only grows.
 */
import type { ColumnType, Generated, GeneratedAlways, Kysely } from 'kysely'
import type { Check, Discrepancy, Fact, Flag, ReportRecord } from '../../record.js'
import type { OrganLevel } from '../../review/api.js'
import type { Decision } from '../../review/decisions.js'
import type { Urgency } from '../../review/items.js'
import type { StandingProposal } from '../../review/standing.js'

export interface Tables {
  documents: DocumentTable
  extractions: ExtractionTable
  facts: FactTable
  flags: FlagTable
  discrepancies: DiscrepancyTable
  reviews: ReviewTable
  decisions: DecisionTable
  undone_decisions: UndoneDecisionTable
  claims: ClaimTable
  review_queue: ReviewQueueTable
  decided_facts: DecidedFactTable
  read_again: ReadAgainTable
  review_settings: ReviewSettingsTable
  organs: OrganTable
  organ_names: OrganNameTable
  other_organs: OtherOrganTable
  reports: ReportTable
  neighbour_tasks: NeighbourTaskTable
  neighbour_checks: NeighbourCheckTable
  failed_rules: FailedRuleTable
  batches: BatchTable
  batch_files: BatchFileTable
  events: EventTable
  fixity_checks: FixityCheckTable
  users: UserTable
  invitations: InvitationTable
  sessions: SessionTable
  api_keys: ApiKeyTable
}

export type Db = Kysely<Tables>

/** Read as Date, written as Date. */
type Instant = ColumnType<Date, Date, Date>
type InstantByDefault = ColumnType<Date, Date | undefined, Date>
/** Read as what the JSON says, written as JSON text. */
type Json<T> = ColumnType<T, string, string>
/** Read as text: numeric and bigint do not fit the numbers of JavaScript. */
type Exact = ColumnType<string, string | number, string | number>

export interface DocumentTable {
  id: GeneratedAlways<number>
  /** 64 digits, lower case. */
  sha256: string
  byte_length: Exact
  /** As first received. */
  file_name: string
  received_at: InstantByDefault
  /** The extraction in force; null until there is one. */
  extraction_id: number | null
  /** How often a worker began to read it and neither finished nor said why: each of these killed its worker. */
  tries: Generated<number>
  /** A person wants it read once more, which nobody has done yet. */
  asked_again: Generated<boolean>
  /** Why no worker tries it any more; null: none has reason to stop. */
  given_up: string | null
  deleted_at: Instant | null
  deleted_reason: string | null
}

export interface ExtractionTable {
  id: GeneratedAlways<number>
  document_id: number
  extractor_version: string
  status: ReportRecord['status']
  failure_code: string | null
  media_type: string
  page_count: number | null
  title: string | null
  organ: string | null
  year: number | null
  vintage: string | null
  /** One line of JSON, byte for byte as the core gave it. */
  record: string
  /** What the reading took. */
  milliseconds: number
  extracted_at: InstantByDefault
}

export interface FactTable {
  document_id: number
  /** Its place in the record, from 0. */
  ordinal: number
  key: string
  value: Exact | null
  raw: string | null
  state: Fact['state']
  unit: string
  location: Json<Fact['location']> | null
  derived: Exact | null
  /** null: absent, or read by a version that did not grade. */
  grade: Fact['grade']
}

export interface FlagTable {
  document_id: number
  ordinal: number
  code: string
  severity: Flag['severity']
  message: string
  facts: string[]
  location: Json<Flag['location']> | null
  counterpart: Json<Flag['location']> | null
}

/** Without its evidence, which nobody searches: the record has it. */
export interface DiscrepancyTable {
  document_id: number
  ordinal: number
  verdict: Discrepancy['verdict']
  /** Of its checks: rules[n] and subjects[n] name one. */
  rules: string[]
  subjects: string[]
  /** Keys of facts. */
  suspects: string[]
  proposal: Json<Discrepancy['proposal']> | null
  message: string
}

export type ReviewStatus = 'open' | 'accepted' | 'rejected'

/** Of documents about which a person did something, or which were read once more. */
export interface ReviewTable {
  document_id: number
  status: Generated<ReviewStatus>
  /** Grows with each decision, each change of status and each extraction after the first. */
  version: Generated<number>
  /** Who changed the status last, and when; null: nobody has. */
  changed_by: string | null
  changed_at: Instant | null
  reason: string | null
  /** What a person says instead of what was read. */
  organ: string | null
  year: number | null
  vintage: string | null
}

/** Only grows. */
export interface DecisionTable {
  id: GeneratedAlways<number>
  document_id: number
  /** What it is about: subjectOf. */
  subject: string
  decision: Json<Decision>
  evidence: Json<string>
  made_by: string
  made_at: InstantByDefault
  /** Given by the sender, so that a decision sent twice is one. */
  key: string
  /** Of the review, once it was made. */
  version: number
}

/** Only grows. */
export interface UndoneDecisionTable {
  decision_id: number
  undone_by: string
  undone_at: InstantByDefault
  version: number
}

/** Whose turn a report is, until when. */
export interface ClaimTable {
  document_id: number
  actor: string
  taken_at: InstantByDefault
  expires_at: Instant
}

/** Of each document of which something could be read: how it stands in the queue. See standing.ts. */
export interface ReviewQueueTable {
  document_id: number
  /** null: nothing to see. */
  class: Urgency | null
  /** Of the class; those of nothing to see come last. */
  rank: GeneratedAlways<number>
  open_items: number
  message: string
  /** null: not made yet; empty: it is not worded. */
  message_in_english: string | null
  verdict: Discrepancy['verdict'] | null
  proposal: Json<StandingProposal> | null
  organ: string | null
  year: number | null
  vintage: string | null
  /** From 0 up to 100. */
  draw: number
  /** Accepted or rejected. */
  settled: boolean
}

/** What the decisions in force say of single facts. */
export interface DecidedFactTable {
  document_id: number
  key: string
  decision: 'corrected' | 'as_published' | 'assigned'
  /** null: blank, or nothing was corrected. */
  corrected: Exact | null
  /** Of a cell that the extraction has no row for; null: it has one. */
  ordinal: number | null
  unit: string | null
}

/** Of an assignment whose grid reads otherwise in the extraction in force. */
export interface ReadAgainTable {
  decision_id: number
  reads: Json<string>
}

export interface ReviewSettingsTable {
  is_the_one: Generated<boolean>
  /** Of accepted reports with nothing to see, per cent. */
  audit_share: number
}

export interface OrganTable {
  id: Generated<string>
  /** Stands among its names, too. */
  name: string
  region_code: string | null
  /** Guessed from the name, until told otherwise. */
  level: OrganLevel | null
  parent_id: string | null
  /** What it went on as; and in which year that was, as far as known. */
  successor_id: string | null
  succeeded_in: number | null
  created_at: InstantByDefault
}

export interface OrganNameTable {
  name: string
  organ_id: string
}

/** Two that are not the same, whatever their names: `one` is the lesser id. */
export interface OtherOrganTable {
  one: string
  other: string
}

/** Of each document that was read: the report it holds, as it now stands. place_report keeps it. */
export interface ReportTable {
  document_id: number
  organ_id: string | null
  year: number | null
  vintage: string | null
  status: ReportRecord['status']
  review: 'open' | 'accepted' | 'rejected'
  is_live: boolean
}

/** The checks of this document against other reports are to be made again. Rows are only added, and removed by who does so. */
export interface NeighbourTaskTable {
  id: GeneratedAlways<string>
  document_id: number
  due_at: InstantByDefault
}

export interface NeighbourCheckTable {
  document_id: number
  ordinal: number
  rule: string
  subject: string
  level: Check['level']
  outcome: Check['outcome']
  expected: Exact | null
  actual: Exact | null
  facts: string[]
  message: string
  /** Ids of the documents it was made against. */
  against: number[]
}

/** By itself, as read; not those of level info. */
export interface FailedRuleTable {
  document_id: number
  rule: string
}

export interface BatchTable {
  id: Generated<string>
  label: string
  /** Given by the sender, so that a batch begun twice is one. */
  idempotency_key: string | null
  created_by: string
  created_at: InstantByDefault
  /** No more files after that: its receipt is final but for what is still being read. */
  closed_at: Instant | null
}

/** What is decided when a file arrives; what came of reading it stands with its document. */
export type BatchOutcome = 'new' | 'same_bytes' | 'refused'

export interface BatchFileTable {
  id: GeneratedAlways<number>
  batch_id: string
  file_name: string
  byte_length: Exact | null
  /** null: refused. */
  document_id: number | null
  outcome: BatchOutcome
  /** Why it was refused: a code, and a sentence in Chinese. */
  reason_code: string | null
  reason: string | null
  received_at: InstantByDefault
}

export type EventKind =
  | 'received'
  | 'extracted'
  | 'given_up'
  | 'reextraction_requested'
  | 'deleted'
  | 'batch_opened'
  | 'batch_closed'
  | 'signed_in'
  | 'sign_in_failed'
  | 'signed_out'
  | 'invited'
  | 'user_joined'
  | 'user_changed'
  | 'key_made'
  | 'key_revoked'
  | 'claimed'
  | 'released'
  | 'handed_over'
  | 'decided'
  | 'undone'
  | 'accepted'
  | 'rejected'
  | 'reopened'
  | 'audit_share_changed'
  | 'organ_changed'
  | 'organs_merged'
  | 'organs_told_apart'
  | 'organ_split'

export interface EventTable {
  id: GeneratedAlways<number>
  at: InstantByDefault
  /** user:NAME, key:NAME, or system. */
  actor: string
  kind: EventKind
  document_id: number | null
  batch_id: string | null
  detail: Json<Readonly<Record<string, unknown>>>
}

/** Of originals, as last told by the check that runs, or ran. */
export interface FixityCheckTable {
  id: GeneratedAlways<number>
  /** As events name it. */
  asked_by: string
  started_at: InstantByDefault
  /** A check that has not ended and does not touch this any more was cut short. */
  touched_at: InstantByDefault
  ended_at: Instant | null
  /** How many there were to read. */
  originals: number
  sound: Generated<number>
  changed: Generated<number>
  unreadable: Generated<number>
  missing: Generated<number>
  untracked: Generated<number>
  /** The first of what is wrong. */
  findings: ColumnType<readonly FixityFinding[], string | undefined, string>
}

export interface FixityFinding {
  readonly kind: 'changed' | 'unreadable' | 'missing' | 'untracked'
  /** The file as first received, or as it lies there. */
  readonly name: string
  readonly sha256: string | null
  readonly detail: string | null
}

export const ROLES = ['archivist', 'reviewer', 'analyst', 'administrator'] as const
export type Role = (typeof ROLES)[number]

export interface UserTable {
  id: Generated<string>
  name: string
  password_hash: string
  role: Role
  created_at: InstantByDefault
  disabled_at: Instant | null
  failed_logins: Generated<number>
  locked_until: Instant | null
}

/** A link that makes a user, once. */
export interface InvitationTable {
  /** sha256 of the token, which is kept nowhere. */
  token_hash: string
  role: Role
  created_by: string
  created_at: InstantByDefault
  expires_at: Instant
  used_at: Instant | null
}

export interface SessionTable {
  token_hash: string
  user_id: string
  created_at: InstantByDefault
  expires_at: Instant
}

export interface ApiKeyTable {
  id: Generated<string>
  name: string
  key_hash: string
  /** Its first characters, to tell keys apart. */
  prefix: string
  scopes: string[]
  created_by: string
  created_at: InstantByDefault
  expires_at: Instant | null
  revoked_at: Instant | null
  last_used_at: Instant | null
}
