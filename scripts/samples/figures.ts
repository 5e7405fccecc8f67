/**
 * A form and a size → one figure for each of its data cells, such that every identity of the form holds.
 *
 * Cases are dealt out one by one, to an applicant and to an outcome, and totals are counted from what was dealt: the sums
 * agree because of how they are made, not because somebody checked them. The same seed gives the same figures.
 */

import type { Form } from '../../src/report/form.js'
import { type Leaf, planTable, type RowSpec, type TablePlan } from '../../src/report/form.js'
import type { Seeded } from '../../test/build/seeded.js'

export type Figures = Map<string, number>

export interface Size {
  /** Requests received in the year. */
  readonly requests: number
  /** 规范性文件 in force. */
  readonly documents: number
  /** 行政许可, 行政处罚 and the like. */
  readonly decisions: number
  /** 行政复议, and about half as many 行政诉讼. */
  readonly disputes: number
  /** Only governments of cities and above make 规章. */
  readonly regulations?: number
}

export interface Layout {
  /** （六）其他处理 as the single row of 2019 in a form of 2021. */
  readonly singleOtherRow?: true
}

export function balancedFigures(form: Form, size: Size, random: Seeded, layout: Layout = {}): Figures {
  const figures: Figures = new Map()
  for (const spec of form.tables) {
    const plan = planTable(spec)
    if (spec.key === 'requests') requestFigures(plan, size, random, layout, figures)
    else if (spec.key === 'review_litigation') disputeFigures(size, random, figures)
    else if (spec.record === 'proactive') proactiveFigures(plan, size, random, figures)
    else statisticsFigures(size, random, figures)
  }
  return figures
}

/** The rows that a report of this layout prints: a row with sub-rows, or the single row in their stead, never both. */
export function printedRows(plan: TablePlan, { singleOtherRow }: Layout): readonly Leaf<RowSpec>[] {
  const replaced = new Set(plan.rows.flatMap(({ insteadOf }) => insteadOf))
  return plan.rows.filter((row) => (singleOtherRow ? !replaced.has(row.key) : row.insteadOf.length === 0))
}

const APPLICANT_WEIGHTS: Weights = [
  [/^natural_person$/, 30],
  [/^commercial_enterprise$/, 6],
  [/^legal_service_org$/, 2],
  [/./, 1],
]
const CARRIED_OUT = 'requests.carried_out'
const OUTCOME_WEIGHTS: Weights = [
  [/\.granted$/, 24],
  [/\.partial$/, 6],
  [/\.not_held$/, 10],
  [/\.(?:needs_creation|petition_complaint|correction_overdue|subtotal)$/, 3],
  [/\.(?:state_secret|three_security_one_stability|fee_overdue|public_publication)$/, 0],
  [/^requests\.carried_out$/, 4],
  [/./, 1],
]

function requestFigures(plan: TablePlan, size: Size, random: Seeded, layout: Layout, figures: Figures): void {
  const rows = printedRows(plan, layout).map(({ key }) => key)
  const applicants = plan.columns.map(({ key }) => key).filter((key) => key !== 'total')
  const outcomes = rows.filter((key) => key.startsWith('requests.outcome.') && key !== 'requests.outcome.total')
  for (const row of rows) for (const column of [...applicants, 'total']) figures.set(`${row}.${column}`, 0)
  const count = (row: string, applicant: string): void => {
    for (const column of [applicant, 'total']) add(figures, `${row}.${column}`, 1)
  }
  const carriedIn = Math.round(size.requests / 12)
  for (let dealt = 0; dealt < size.requests + carriedIn; dealt += 1) {
    const applicant = weighted(applicants, APPLICANT_WEIGHTS, random)
    count(dealt < size.requests ? 'requests.new' : 'requests.carried_in', applicant)
    const outcome = weighted([...outcomes, CARRIED_OUT], OUTCOME_WEIGHTS, random)
    count(outcome, applicant)
    if (outcome !== CARRIED_OUT) count('requests.outcome.total', applicant)
  }
}

function disputeFigures({ disputes }: Size, random: Seeded, figures: Figures): void {
  const blocks = [
    ['review', disputes],
    ['litigation.direct', Math.floor(disputes / 3)],
    ['litigation.after_review', Math.floor(disputes / 4)],
  ] as const
  for (const [block, total] of blocks) {
    for (const result of ['maintained', 'corrected', 'other', 'pending']) figures.set(`${block}.${result}`, 0)
    for (let dealt = 0; dealt < total; dealt += 1) {
      add(figures, `${block}.${random.pick(['maintained', 'maintained', 'corrected', 'other', 'pending'])}`, 1)
    }
    figures.set(`${block}.total`, total)
  }
}

function proactiveFigures({ slots, rows, columns }: TablePlan, size: Size, random: Seeded, figures: Figures): void {
  const measure = new Set(columns.map(({ key }) => key))
  for (const [index, { key }] of rows.entries()) {
    if (measure.has('made'))
      documentFigures(key, key.endsWith('.regulations') ? (size.regulations ?? 0) : size.documents)
    else if (measure.has('projects')) procurementFigures(key)
    else
      for (const slot of slots[index] ?? []) {
        if (slot.type === 'decimal') figures.set(slot.key, money(size.decisions, random))
        else if (slot.type === 'signed_integer') figures.set(slot.key, -random.integer(0, Math.min(3, size.decisions)))
        else if (slot.unit === '项') figures.set(slot.key, Math.min(size.decisions, random.integer(4, 60)))
        else figures.set(slot.key, random.integer(Math.floor(size.decisions / 4), size.decisions))
      }
  }

  function documentFigures(key: string, inForce: number): void {
    const made = Math.min(inForce, random.integer(1, Math.ceil(inForce / 6) + 1))
    figures.set(`${key}.made`, made)
    if (measure.has('repealed')) {
      figures.set(`${key}.repealed`, inForce === 0 ? 0 : random.integer(0, made))
      figures.set(`${key}.valid`, inForce)
    } else {
      figures.set(`${key}.newly_disclosed`, made)
      figures.set(`${key}.disclosed_total`, inForce)
    }
  }

  function procurementFigures(key: string): void {
    const projects = size.decisions === 0 ? 0 : random.integer(2, 40)
    figures.set(`${key}.projects`, projects)
    figures.set(`${key}.amount_wanyuan`, projects === 0 ? 0 : money(projects * 30, random))
  }
}

function statisticsFigures(size: Size, random: Seeded, figures: Figures): void {
  const set = (values: Record<string, number>): void => {
    for (const [key, value] of Object.entries(values)) figures.set(key, value)
  }
  const split = (total: string, amount: number, parts: readonly string[], prefix = ''): void => {
    figures.set(total, amount)
    for (const part of parts) figures.set(`${prefix}${part}`, 0)
    for (let dealt = 0; dealt < amount; dealt += 1) add(figures, `${prefix}${random.pick(parts)}`, 1)
  }
  const made = Math.max(1, Math.ceil(size.documents / 6))
  const website = size.decisions + random.integer(200, 400)
  set({
    'proactive.information.disclosed': website + random.integer(10, 40),
    'proactive.normative_documents.newly_disclosed': made,
    'proactive.normative_documents.made': made,
    'proactive.information.channel.gazette': made,
    'proactive.information.channel.website': website,
    'proactive.information.channel.weibo': random.integer(60, 120),
    'proactive.information.channel.wechat': random.integer(90, 180),
    'proactive.information.channel.other': random.integer(12, 30),
    'response.hotspots': random.integer(2, 6),
    'response.press_conferences.total': 3,
    'response.press_conferences.by_principal': 1,
    'response.online_interviews.total': 2,
    'response.online_interviews.by_principal': 2,
    'response.policy_interpretations': made + random.integer(3, 9),
    'response.weibo_wechat': random.integer(4, 12),
    'response.other': random.integer(0, 3),
  })
  const disputes = ['maintained', 'corrected', 'other_or_pending']
  split('requests.new.total', size.requests, ['in_person', 'fax', 'online', 'letter'], 'requests.new.channel.')
  split('requests.completed.total', size.requests, ['on_time', 'on_time', 'on_time', 'extended'], 'requests.completed.')
  split('requests.replied.total', size.requests, [
    'requests.replied.already_public',
    'requests.replied.agreed',
    'requests.outcome.partial.total',
    'requests.replied.denied',
    'requests.outcome.unavailable.not_this_organ.total',
    'requests.outcome.unavailable.nonexistent.total',
    'requests.replied.asked_to_amend',
    'requests.replied.redirected',
  ])
  split('requests.replied.denied', figureOf(figures, 'requests.replied.denied'), [
    'requests.outcome.denied.state_secret.total',
    'requests.outcome.denied.trade_secret.total',
    'requests.outcome.denied.personal_privacy.total',
    'requests.outcome.denied.three_security_one_stability.total',
    'requests.outcome.denied.not_government_information.total',
    'requests.outcome.denied.other_legal_grounds.total',
  ])
  split('review.total', size.disputes, disputes, 'review.')
  split('litigation.all.total', Math.floor(size.disputes / 2), disputes, 'litigation.all.')
  split('capacity.staff.total', 9, ['full_time', 'part_time'], 'capacity.staff.')
  set({
    'complaints.total': 0,
    'requests.fees_wanyuan': 0,
    'capacity.dedicated_offices': 1,
    'capacity.reading_points': random.integer(1, 4),
    'capacity.budget_wanyuan': random.integer(30, 120) / 10,
    'training.meetings': random.integer(1, 4),
    'training.courses': 2,
    'training.participants': random.integer(40, 130),
  })
}

type Weights = readonly (readonly [RegExp, number])[]

/** The first pattern that fits says how often. */
function weighted(keys: readonly string[], weights: Weights, random: Seeded): string {
  return random.pick(
    keys.flatMap((key) => Array<string>(weights.find(([pattern]) => pattern.test(key))?.[1] ?? 0).fill(key)),
  )
}

/** 万元, with two decimals at most. */
function money(about: number, random: Seeded): number {
  return about === 0 ? 0 : random.integer(about * 10, about * 100) / 100
}

function add(figures: Figures, key: string, by: number): void {
  figures.set(key, figureOf(figures, key) + by)
}

export function figureOf(figures: ReadonlyMap<string, number>, key: string): number {
  const value = figures.get(key)
  if (value === undefined) throw new Error(`no figure was made for ${key}`)
  return value
}
