/**
 * The record of one report: the contract between gouji and everything downstream of it.
 *
 * The schemas are the one source. Types are inferred from them, the published JSON Schema is made from them, and whatever
 * comes in over an edge (a worker's answer, a stored record) is validated with them. Inside the edge only the types are
 * imported, so that reading one file does not pay for loading the validator.
 *
 * A record holds no time, no host name and no random id: the same bytes give the same record, byte for byte.
 */
import { z } from 'zod'

export const VINTAGES = ['2014', '2019', '2021'] as const
export const Vintage = z.enum(VINTAGES)
export type Vintage = z.infer<typeof Vintage>

/** left, top, right, bottom in points from the top-left corner of the page, as displayed. */
export const Box = z.tuple([z.number(), z.number(), z.number(), z.number()])
export type Box = z.infer<typeof Box>

export const Location = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('page'), page: z.int().min(1), box: Box }).meta({ description: 'page counts from 1' }),
  z
    .object({
      kind: z.literal('cell'),
      table: z.int().min(0),
      row: z.int().min(0),
      column: z.int().min(0),
    })
    .meta({ description: 'counted from 0, in document order (DOCX, HTML)' }),
  z
    .object({ kind: z.literal('line'), line: z.int().min(1) })
    .meta({ description: 'counted from 1: the line of a text, the paragraph of a DOCX or HTML' }),
])
export type Location = z.infer<typeof Location>

export const FAILURE_CODES = [
  'empty',
  'unsupported',
  'encrypted',
  'corrupt',
  'not_a_report',
  'too_large',
  'timeout',
  'out_of_memory',
  'unreadable',
] as const
export const FailureCode = z.enum(FAILURE_CODES)
export type FailureCode = z.infer<typeof FailureCode>

/** Why nothing could be read, and in one sentence what the person can do. */
export const Failure = z.object({ code: FailureCode, message: z.string() })
export type Failure = z.infer<typeof Failure>

export interface Section {
  key: string | null
  ordinal: string | null
  title: string
  text: string
  children: Section[]
  location: Location | null
}
export const Section: z.ZodType<Section> = z
  .object({
    key: z
      .string()
      .nullable()
      .meta({ description: 'overview, proactive, requests, review_litigation, problems, other; null when unknown' }),
    ordinal: z.string().nullable().meta({ description: 'as printed, without the punctuation around it' }),
    title: z.string(),
    text: z.string().meta({ description: 'paragraphs joined by \\n, without tables and without the text of children' }),
    get children() {
      return z.array(Section)
    },
    location: Location.nullable(),
  })
  .meta({ id: 'Section' })

export const Table = z.object({
  key: z.string().meta({ description: 'proactive, requests, review_litigation, statistics' }),
  rows: z
    .array(z.array(z.string()))
    .meta({ description: 'the grid as printed; a merged cell stands in its first cell' }),
  location: Location.nullable(),
})
export type Table = z.infer<typeof Table>

/** From the strongest to the weakest. */
export const GRADES = ['proven', 'summed', 'read_twice', 'read_once', 'contested'] as const
export const Grade = z.enum(GRADES)
export type Grade = z.infer<typeof Grade>

export const READINGS = ['layout', 'order', 'second_program'] as const

export const Vouchers = z.object({
  identities: z.array(z.string()).meta({ description: 'rules of level error whose sum over this cell holds' }),
  readings: z.array(z.enum(READINGS)).meta({
    description:
      'readings that see the same in the cell: by its borders or mark-up and the labels; by the order and alignment of the figures; by a second program',
  }),
})
export type Vouchers = z.infer<typeof Vouchers>

export const Fact = z.object({
  key: z.string(),
  value: z.number().nullable().meta({ description: 'null: blank, a dash, or not found' }),
  state: z.enum(['number', 'zero', 'blank', 'dash', 'absent', 'unreadable']).meta({
    description: 'how the cell reads; absent: no such cell was found; unreadable: it holds something that is no number',
  }),
  raw: z.string().nullable().meta({ description: 'as printed; null when the cell was not found' }),
  unit: z.string(),
  location: Location.nullable(),
  derived: z.number().nullable().meta({
    description:
      'what the identities say must stand here, where they say it and the page does not; never put in the place of value',
  }),
  grade: Grade.nullable().meta({
    description:
      'proven: two identities and the readings vouch for it; summed: one identity does; read_twice: the readings alone; read_once: one reading alone; contested: something speaks against it; null: absent',
  }),
  vouchers: Vouchers,
})
export type Fact = z.infer<typeof Fact>

export const Check = z.object({
  rule: z.string(),
  subject: z.string(),
  level: z.enum(['error', 'warning', 'info']),
  outcome: z.enum(['pass', 'fail', 'skipped']),
  expected: z.number().nullable(),
  actual: z.number().nullable(),
  facts: z.array(z.string()),
  message: z.string(),
})
export type Check = z.infer<typeof Check>

export const Flag = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  facts: z.array(z.string()),
  location: Location.nullable(),
  counterpart: Location.optional().meta({ description: 'the other place, where two places contradict each other' }),
})
export type Flag = z.infer<typeof Flag>

const CheckName = z.object({ rule: z.string(), subject: z.string() })

export const VERDICTS = ['misread', 'published', 'undecided'] as const

export const Evidence = z.object({
  code: z.string(),
  bearing: z
    .enum(['misread', 'published', 'for_proposal', 'against_proposal'])
    .meta({ description: 'what it speaks for' }),
  message: z.string(),
  facts: z.array(z.string()),
  location: Location.nullable(),
})
export type Evidence = z.infer<typeof Evidence>

/** The changes that make every identity hold: the only smallest ones, or the only single slip that explains all. */
export const Proposal = z.object({
  changes: z.array(z.object({ fact: z.string(), printed: z.number().nullable(), derived: z.number() })),
  slip: z.string().nullable().meta({ description: 'the error of typing or reading that explains all changes' }),
  closes: z.array(CheckName).meta({ description: 'the checks that fail, or could not be made, and then hold' }),
  message: z.string(),
})
export type Proposal = z.infer<typeof Proposal>

/** Failed checks that belong together, whose error it is, and what arithmetic says of the cell at fault. */
export const Discrepancy = z.object({
  checks: z.array(CheckName),
  verdict: z.enum(VERDICTS),
  evidence: z.array(Evidence),
  suspects: z.array(z.string()).meta({ description: 'cells that may be at fault, as far as arithmetic can tell' }),
  proposal: Proposal.nullable().meta({ description: 'null: arithmetic cannot decide' }),
  message: z.string(),
})
export type Discrepancy = z.infer<typeof Discrepancy>

export const ReportRecord = z
  .object({
    schema: z.literal('gouji/report@1'),
    document: z.object({
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      fileName: z.string(),
      mediaType: z.string(),
      byteLength: z.int().min(0),
      pageCount: z.int().min(0).nullable(),
    }),
    extractor: z.object({ version: z.string() }),
    status: z.enum(['accepted', 'needs_review', 'failed']),
    failure: Failure.nullable(),
    report: z.object({
      title: z.string().nullable(),
      organ: z.string().nullable(),
      year: z.int().nullable(),
      vintage: Vintage.nullable(),
      period: z.object({ start: z.iso.date(), end: z.iso.date() }).nullable(),
    }),
    sections: z.array(Section),
    tables: z.array(Table),
    facts: z.array(Fact),
    checks: z.array(Check),
    flags: z.array(Flag),
    discrepancies: z.array(Discrepancy),
  })
  .meta({ id: 'ReportRecord', title: 'gouji/report@1' })
export type ReportRecord = z.infer<typeof ReportRecord>
