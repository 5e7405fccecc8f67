/** An author, a form and a seed → a whole report: six sections with their tables, or the free prose and one table of 2014. */
import type { Form } from '../../src/report/form.js'
import { type Seeded, seeded } from '../../test/build/seeded.js'
import { balancedFigures, type Figures, figureOf, type Layout, type Size } from './figures.js'
import type { Block, Printed, SampleReport } from './model.js'
import {
  type Author,
  introduction,
  otherMatters,
  overviewPassages,
  type Passage,
  problems,
  statisticsPassages,
} from './prose.js'
import { proactiveTable, proactiveTables, requestsTable, reviewTable, statisticsTable } from './tables.js'

export interface Draft extends Author {
  readonly form: Form
  readonly seed: number
  readonly size: Size
  readonly layout?: Layout
  /** 信息处理费 in 元; null: the report says nothing about it. */
  readonly fee?: number | null
  /** The tables about article 20 in grids of their own. */
  readonly apart?: true
  /** The title as set, where it is not 某局2023年政府信息公开工作年度报告 on one line. */
  readonly titleLines?: readonly string[]
  /** Publisher's errors: what the tables print is that much more than what the figures were. */
  readonly misprints?: Readonly<Record<string, number>>
  /** A publisher's error: so many requests more in the prose. */
  readonly misstatedRequests?: number
  /** How a figure is printed; as plain digits where left out. */
  readonly print?: (figure: number, key: string) => string
}

const NUMERALS = '一二三四五六七八九'

export function reportOf(draft: Draft): SampleReport {
  const { organ, year, form, misprints = {}, print = String } = draft
  const random = seeded(draft.seed)
  const figures = balancedFigures(form, draft.size, random, draft.layout)
  const printed = new Map([...figures].map(([key, value]) => [key, print(value + (misprints[key] ?? 0), key)]))
  const titleLines = draft.titleLines ?? [`${organ}${year}年政府信息公开工作年度报告`]
  const body = form.vintage === '2014' ? statisticsBody : statutoryBody
  const blocks: Block[] = [{ kind: 'title', lines: titleLines }, ...body(draft, figures, printed, random)]
  return { organ, year, title: titleLines.join(''), blocks, printed }
}

function statutoryBody(draft: Draft, figures: Figures, printed: Printed, random: Seeded): Block[] {
  const { form, layout = {}, fee = 0 } = draft
  const stated = new Map(figures)
  stated.set('requests.new.total', figureOf(figures, 'requests.new.total') + (draft.misstatedRequests ?? 0))
  const proactive = draft.apart ? proactiveTables(form, printed) : [proactiveTable(form, printed)]
  const bodies: Record<string, readonly Block[]> = {
    overview: [
      ...introduction(draft, random).map(paragraph),
      ...overviewPassages(draft, stated, random).flatMap((passage, index) => section(passage, 2, index)),
    ],
    proactive: proactive.map(tableBlock),
    requests: [tableBlock(requestsTable(form, printed, layout))],
    review_litigation: [tableBlock(reviewTable(form, printed))],
    problems: problems(draft, random).map(paragraph),
    other: otherMatters(draft, fee).map(paragraph),
  }
  return form.sections.flatMap(({ key, title }, index) => [heading(1, index, title), ...(bodies[key ?? ''] ?? [])])
}

function statisticsBody(draft: Draft, figures: Figures, printed: Printed, random: Seeded): Block[] {
  return [
    ...statisticsPassages(draft, figures, random).flatMap((passage, index) => section(passage, 1, index)),
    { kind: 'caption', text: '政府信息公开情况统计表' },
    { kind: 'caption', text: `（${draft.year}年度）` },
    paragraph(`填报单位：${draft.organ}`),
    tableBlock(statisticsTable(draft.form, printed)),
  ]
}

function section({ title, paragraphs }: Passage, level: 1 | 2, index: number): Block[] {
  return [heading(level, index, title), ...paragraphs.map(paragraph)]
}

function heading(level: 1 | 2, index: number, text: string): Block {
  return { kind: 'heading', level, ordinal: NUMERALS[index] ?? '', text }
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', text }
}

function tableBlock(table: Extract<Block, { kind: 'table' }>['table']): Block {
  return { kind: 'table', table }
}
