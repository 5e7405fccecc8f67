/**
 * What the server and the page say to each other about review, organs and coverage: the shapes of the answers, in one place for both.
 */
import { z } from 'zod'
import { Check, Fact, ReportRecord, VERDICTS } from '../record.js'
import { Decision, Laying } from './decisions.js'
import { LEVELS, QUEUE_CLAIMS, QUEUE_CLASSES } from './vocabulary.js'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Instant = z.iso.datetime()

export const QueueClass = z.enum(QUEUE_CLASSES)
export type QueueClass = z.infer<typeof QueueClass>

export const Claim = z.object({ by: z.string(), until: Instant, isMine: z.boolean() })
export type Claim = z.infer<typeof Claim>

export const QueueEntry = z.object({
  sha256: Sha256,
  fileName: z.string(),
  organ: z.string().nullable(),
  year: z.int().nullable(),
  vintage: z.string().nullable(),
  /** Of its organ, GB/T 2260, as far as known. */
  region: z.string().nullable(),
  class: QueueClass,
  openItems: z.int().min(0),
  /** The first open item: why it is in the queue, in words. */
  message: z.string(),
  /** null: it is not worded. */
  messageInEnglish: z.string().nullable(),
  verdict: z.enum(VERDICTS).nullable(),
  /** null: arithmetic proposes nothing. */
  proposal: z
    .object({ label: z.string(), printed: z.number().nullable(), derived: z.number(), closes: z.int() })
    .nullable(),
  claim: Claim.nullable(),
})
export type QueueEntry = z.infer<typeof QueueEntry>

export const QueueClaim = z.enum(QUEUE_CLAIMS)
export type QueueClaim = z.infer<typeof QueueClaim>

/** GET /review/queue?class=&year=&region=&claim=&q=&cursor=&limit= */
export const QueueAnswer = z.object({
  entries: z.array(QueueEntry),
  counts: z.record(QueueClass, z.int().min(0)),
  settledToday: z.int().min(0),
  /** Of accepted reports, per cent. */
  auditShare: z.number().min(0).max(100),
  /** Seconds from claiming to settling, of the latest reports: of a report, and of an item by class; where there were too few, nothing. */
  pace: z.object({
    median: z.number().min(0).nullable(),
    perItem: z.partialRecord(QueueClass, z.number().min(0)),
  }),
  next: z.string().nullable(),
})
export type QueueAnswer = z.infer<typeof QueueAnswer>

/** GET /review/queue/choices: the years and regions of what is in the queue; the regions above them, where an organ bears their code. */
export const QueueChoices = z.object({
  years: z.array(z.int()),
  regions: z.array(z.object({ code: z.string(), name: z.string().nullable() })),
})
export type QueueChoices = z.infer<typeof QueueChoices>

/** GET /review/queue/events: what is told with each server-sent event, by its name. */
export interface QueueEvents {
  figures: Pick<QueueAnswer, 'counts' | 'settledToday' | 'auditShare' | 'pace'>
  /** All there are. */
  claims: readonly { readonly sha256: string; readonly claim: Claim }[]
  /** `gone`: not in the queue, or not any more. */
  entries: { readonly changed: readonly QueueEntry[]; readonly gone: readonly string[] }
  /** The list should be asked for anew. */
  stale: Readonly<Record<string, never>>
}

export const MadeDecision = z.object({
  id: z.int(),
  decision: Decision,
  evidence: z.string(),
  by: z.string(),
  at: Instant,
  /** Of an assignment whose grid reads otherwise in the extraction in force: how. */
  reads: z.string().optional(),
})

export const REVIEW_STATUSES = ['open', 'accepted', 'rejected'] as const
/** `version` grows with each decision and each change of status: what was decided on another version is refused (409). */
export const ReviewState = z.object({
  status: z.enum(REVIEW_STATUSES),
  version: z.int().min(0),
  by: z.string().nullable(),
  at: Instant.nullable(),
})
export type ReviewState = z.infer<typeof ReviewState>

/** The same organ's report of another year. */
export const Neighbour = z.object({
  year: z.int(),
  sha256: Sha256,
  status: z.enum(['accepted', 'needs_review', 'failed']),
  /** As it now stands, corrections included; blanks are null. */
  values: z.record(z.string(), z.number().nullable()),
})
export type Neighbour = z.infer<typeof Neighbour>

/** GET /review/:sha256 */
export const ReviewOpened = z.object({
  sha256: Sha256,
  fileName: z.string(),
  receivedAt: Instant,
  record: ReportRecord,
  decisions: z.array(MadeDecision),
  state: ReviewState,
  claim: Claim.nullable(),
  neighbours: z.array(Neighbour),
  /** Checks against the reports of other years and of other organs. */
  neighbourChecks: z.array(Check),
  left: z.int().min(0),
})
export type ReviewOpened = z.infer<typeof ReviewOpened>

/** POST /review/:sha256/decisions. The same key twice is one decision. */
export const Deciding = z.object({ decision: Decision, version: z.int().min(0), key: z.uuid() })
export type Deciding = z.infer<typeof Deciding>

/**
 * POST /review/:sha256/assignments: which grid is which table. The server reads the cells itself; `printed` is what the person saw, and where the
 * document does not read so, it is refused (422, grid_differs). Answered as decisions are.
 */
export const Assigning = z.object({
  laying: Laying,
  printed: z.string().max(400_000),
  version: z.int().min(0),
  key: z.uuid(),
})
export type Assigning = z.infer<typeof Assigning>

/** Its answer, and that of DELETE /review/:sha256/decisions/:id?version= */
export const Decided = z.object({ made: MadeDecision.nullable(), version: z.int().min(0) })
export type Decided = z.infer<typeof Decided>

/** POST /review/:sha256/{accept,reject,reopen}: body. `reason` with reject only. */
export const Closing = z.object({ version: z.int().min(0), reason: z.string().max(2_000).optional() })
export type Closing = z.infer<typeof Closing>

/** `next`: the report to open next, claimed for the caller already; null: the queue is empty. */
export const Closed = z.object({ state: ReviewState, next: Sha256.nullable() })
export type Closed = z.infer<typeof Closed>

/**
 * With a 409 of code `changed` from any of these, beside the sentence: the version now, what was decided since the version that was sent,
 * the ids of what was undone since, and how the review stands. `version` may have grown without either, by another extraction: open again.
 * Other codes: `claimed` (by, until), `not_open` (status), `open_items` (items: those that keep the report from being accepted).
 */
export const Changed = z.object({
  version: z.int().min(0),
  state: ReviewState,
  decisions: z.array(MadeDecision),
  undone: z.array(z.int()),
})
export type Changed = z.infer<typeof Changed>

/** `id`: of an item, or the name of a check (rule/subject) that held as read and fails by what was corrected. */
export const OpenItems = z.object({ items: z.array(z.object({ id: z.string(), message: z.string() })) })
export type OpenItems = z.infer<typeof OpenItems>

/** POST and PUT /review/:sha256/claim take it and keep it for longer; DELETE gives it back (204). */
export const Claimed = z.object({ claim: Claim })
export type Claimed = z.infer<typeof Claimed>

/**
 * POST /review/next: the next report that nobody else has, claimed for the caller. `after`: one to be skipped; a claim of the caller's on it is
 * given back, and the next is the one behind it in the queue, or from its start.
 */
export const AskingNext = z.object({ after: Sha256.optional() })
export type AskingNext = z.infer<typeof AskingNext>
export const NextAnswer = z.object({ next: Sha256.nullable() })
export type NextAnswer = z.infer<typeof NextAnswer>

/** GET and PUT /review/settings: of accepted reports in which there is nothing to see, how many per cent are drawn for audit. */
export const ReviewSettings = z.object({ auditShare: z.number().min(0).max(100) })
export type ReviewSettings = z.infer<typeof ReviewSettings>

/** GET /review/:sha256/history: latest first. */
export const HistoryEntry = z.object({
  id: z.int(),
  at: Instant,
  by: z.string(),
  kind: z.string(),
  detail: z.record(z.string(), z.unknown()),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

/** GET /review/:sha256/history?cursor=&limit= */
export const HistoryAnswer = z.object({ entries: z.array(HistoryEntry), next: z.string().nullable() })
export type HistoryAnswer = z.infer<typeof HistoryAnswer>

export const OrganLevel = z.enum(LEVELS)
export type OrganLevel = z.infer<typeof OrganLevel>

export const Organ = z.object({
  id: z.uuid(),
  name: z.string(),
  aliases: z.array(z.string()),
  /** GB/T 2260, as far as known: 320813. */
  region: z.string().nullable(),
  level: OrganLevel.nullable(),
  parent: z.uuid().nullable(),
  /** What it went on as, where it was merged into another. */
  successor: z.uuid().nullable(),
})
export type Organ = z.infer<typeof Organ>

/** GET /organs?q=&level=&region=&cursor=&limit= */
export const OrgansAnswer = z.object({
  organs: z.array(Organ.extend({ years: z.array(z.object({ year: z.int().nullable(), documents: z.int() })) })),
  next: z.string().nullable(),
})
export type OrgansAnswer = z.infer<typeof OrgansAnswer>

const OrganName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\0]*$/)

/** PATCH /organs/:id: body. An alias that another organ bears is refused (409): the two are one, or one of them has it wrongly. */
export const OrganChange = z.strictObject({
  name: OrganName.optional(),
  addAlias: OrganName.optional(),
  region: z
    .string()
    .regex(/^\d{6}$/)
    .nullable()
    .optional(),
  level: OrganLevel.nullable().optional(),
  parent: z.uuid().nullable().optional(),
  successor: z.uuid().nullable().optional(),
  /** The year since when there is only the successor. */
  succeededIn: z.int().min(1900).max(2200).nullable().optional(),
})
export type OrganChange = z.infer<typeof OrganChange>

/** POST /organs/:id/merge: it is the same as `into`, which takes over its names and reports. The answer is that of GET /organs/:into. */
export const OrganMerge = z.strictObject({ into: z.uuid() })

/** POST /organs/:id/other: it is not the same as that one, however near their names. The answer is that of GET /organs/:id. */
export const OrganOther = z.strictObject({ than: z.uuid() })

/** POST /organs/:id/split: the alias, with the reports that bear it, is an organ of its own. The answer is the new organ's. */
export const OrganSplit = z.strictObject({ alias: OrganName })

export const COVERAGE_STATES = ['accepted', 'reviewed', 'needs_review', 'failed', 'missing'] as const
/** GET /coverage?q=&region=&level=&from=&to= */
export const CoverageAnswer = z.object({
  years: z.array(z.int()),
  rows: z.array(
    z.object({
      organ: Organ,
      cells: z.array(
        z.object({
          year: z.int(),
          state: z.enum(COVERAGE_STATES),
          sha256: Sha256.nullable(),
          vintage: z.string().nullable(),
          openItems: z.int().min(0),
        }),
      ),
    }),
  ),
})
export type CoverageAnswer = z.infer<typeof CoverageAnswer>
export type CoverageState = (typeof COVERAGE_STATES)[number]

export const OrganYear = Neighbour.extend({
  vintage: z.string().nullable(),
  reviewed: z.boolean(),
  /** Of the cells whose value alone does not tell how it came about, by key. `derived` never stands in `values`. */
  remarks: z.record(
    z.string(),
    z.object({
      state: Fact.shape.state,
      decision: z.enum(['corrected', 'as_published']).nullable(),
      derived: z.number().nullable(),
    }),
  ),
})
export type OrganYear = z.infer<typeof OrganYear>

/** GET /organs/:id */
export const OrganAnswer = z.object({
  organ: Organ,
  /** Known organs whose name is near: perhaps the same. */
  near: z.array(Organ),
  /** The organs directly below it. */
  children: z.array(Organ),
  /** Those that went on as this one. */
  predecessors: z.array(Organ),
  /** Its reports, and in years without one those of the organs that were merged into it: one a year, oldest first. */
  years: z.array(OrganYear),
  /** Against the reports of other years, whatever came of it but skipped; against those of the organs below, failed ones. By year. */
  checks: z.array(Check.extend({ year: z.int() })),
})
export type OrganAnswer = z.infer<typeof OrganAnswer>

/** GET /overview?organ= */
export const OverviewAnswer = z.object({
  days: z.array(z.object({ day: z.iso.date(), received: z.int(), read: z.int(), settled: z.int() })),
  queue: z.object({ waiting: z.int(), active: z.int(), delayed: z.int() }),
  reports: z.object({
    accepted: z.int(),
    reviewed: z.int(),
    needsReview: z.int(),
    failed: z.int(),
    unread: z.int(),
  }),
  /** The rules that fail most often. */
  rules: z.array(z.object({ rule: z.string(), title: z.string(), level: z.string(), reports: z.int() })),
  years: z.array(
    z.object({ year: z.int(), accepted: z.int(), reviewed: z.int(), needsReview: z.int(), failed: z.int() }),
  ),
})
export type OverviewAnswer = z.infer<typeof OverviewAnswer>
