/**
 * What people decided about a report: data laid over its record, never written into it.
 *
 * A decision names what it is about in the terms of the record (a cell by its key, an item by its id) and carries the evidence it was
 * made on, so that it survives another extraction of the same document and lapses visibly where the page is now read differently.
 */
import { z } from 'zod'
import { Fact, Location, Vintage } from '../record.js'
import { REASONS } from './vocabulary.js'

export const Reason = z.enum(REASONS)
export type Reason = z.infer<typeof Reason>

const Note = z.string().max(2_000)

/** A cell of a document that a person says is a cell of the form, as the reader of cells reads it: nobody types what stands here. */
export const AssignedCell = z.object({
  fact: z.string().max(200),
  raw: z.string().max(20_000),
  state: Fact.shape.state.exclude(['absent']),
  value: z.number().nullable(),
  location: Location,
})
export type AssignedCell = z.infer<typeof AssignedCell>

const Numbered = z.int().min(0).max(20_000)

/** Which rows and columns of a grid are which of a table of a form. Grids count from 0, as do their rows and columns. */
export const Laying = z.object({
  grid: Numbered,
  vintage: Vintage,
  table: z.string().max(200),
  rows: z.array(z.object({ row: Numbered, form: z.string().max(200) })).max(500),
  columns: z.array(z.object({ column: Numbered, form: z.string().max(200) })).max(100),
})
export type Laying = z.infer<typeof Laying>

export const Decision = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('correct'), fact: z.string().max(200), value: z.number().nullable() })
    .meta({ description: 'the page shows another figure than was read; null: the cell is blank' }),
  z
    .object({ kind: z.literal('as_published'), item: z.string().max(20_000), reason: Reason, note: Note.optional() })
    .meta({ description: 'the page says so: the error is the publisher’s and stays' }),
  z
    .object({ kind: z.literal('confirm'), item: z.string().max(20_000) })
    .meta({ description: 'what was read with doubt is what the page shows' }),
  z
    .object({ kind: z.literal('seen'), item: z.string().max(20_000) })
    .meta({ description: 'a remark was taken note of' }),
  z.object({ kind: z.literal('set_organ'), organ: z.string().trim().min(1).max(200) }),
  z.object({ kind: z.literal('set_year'), year: z.int().min(1990).max(2100) }),
  z.object({ kind: z.literal('set_vintage'), vintage: Vintage }),
  z
    .object({ kind: z.literal('correct_section'), section: z.string().max(2_000), text: z.string().max(200_000) })
    .meta({ description: 'section: its path, see section-paths.ts' }),
  Laying.extend({
    kind: z.literal('assign'),
    printed: z.string().max(400_000),
    cells: z.array(AssignedCell).max(5_000),
  }).meta({
    description:
      'a grid, or rows of it, is a table of the form; printed and cells are made from the document, never taken on trust',
  }),
  z.object({ kind: z.literal('comment'), text: Note.min(1) }),
  z.object({ kind: z.literal('hand_over'), to: z.string().max(200).nullable(), note: Note.optional() }),
])
export type Decision = z.infer<typeof Decision>
export type DecisionKind = Decision['kind']
export type Assignment = Decision & { readonly kind: 'assign' }

/** A decision as it is kept. */
export interface Made<Of extends Decision = Decision> {
  readonly id: number
  readonly decision: Of
  /** How what it is about was printed and judged when it was made. */
  readonly evidence: string
  readonly by: string
  readonly at: string
  /** Of an assignment: how its grid reads in the extraction in force, where that is another than it was made on. */
  readonly reads?: string | undefined
}
