/**
 * What a report says, what people decided and what is looked at → what each cell of its tables looks like and is called.
 *
 * A cell may be several things at once: its ground is that of the most urgent, its marks stand side by side, and all of it is said to who
 * cannot see them.
 */
import type { Fact } from '../../../src/record.js'
import type { Overlay } from '../../../src/review/overlay.js'
import { type Equation, isSum } from './equations.js'
import { figure } from './figures.js'
import type { Look, Marked } from './marks.js'

export const CELL_STATES = [
  'failing',
  'doubtful',
  'corrected',
  'assigned',
  'as_published',
  'operand',
  'unreadable',
  'absent',
  'blank',
  'dash',
  'zero',
] as const
/** From the most urgent. A cell with none of them is as printed. */
export type CellState = (typeof CELL_STATES)[number]

export interface CellView {
  readonly fact: Fact | null
  readonly text: string
  readonly states: readonly CellState[]
  /** What the identities say must stand here. */
  readonly derived: number | null
  /** What a person says stands here, which may be blank; undefined: nobody says so. */
  readonly corrected: number | null | undefined
}

export interface Looked {
  readonly facts: ReadonlyMap<string, Fact>
  readonly overlay: Overlay
  readonly equations: ReadonlyMap<string, Equation>
  /** Sums of the item that is being settled. */
  readonly drawn: ReadonlySet<string>
  /** Operands of every failing sum are drawn, not of the item's only. */
  readonly allIdentities: boolean
}

export function viewCells(looked: Looked): ReadonlyMap<string, CellView> {
  const roles = rolesOf(looked)
  const views = new Map<string, CellView>()
  for (const [key, fact] of looked.facts) {
    const correction = looked.overlay.corrections.get(key)
    const corrected = correction === undefined ? undefined : correction.decision.value
    const own = corrected === undefined ? stateOf(fact) : corrected === 0 ? 'zero' : corrected === null ? 'blank' : null
    const states = new Set<CellState>(roles.get(key) ?? [])
    if (own !== null) states.add(own)
    if (corrected === undefined && looked.overlay.assigned.has(key)) states.add('assigned')
    if (corrected !== undefined) {
      states.add('corrected')
      states.delete('doubtful')
    }
    views.set(key, {
      fact,
      text: corrected === undefined ? printed(fact) : figure(corrected),
      states: CELL_STATES.filter((state) => states.has(state)),
      derived: fact.derived,
      corrected,
    })
  }
  return views
}

function rolesOf({ overlay, equations, drawn, allIdentities }: Looked): ReadonlyMap<string, ReadonlySet<CellState>> {
  const roles = new Map<string, Set<CellState>>()
  const add = (key: string, state: CellState) => roles.set(key, (roles.get(key) ?? new Set()).add(state))
  const kept = new Set<string>()
  for (const { item: each, made } of overlay.items) {
    if (made?.decision.kind !== 'as_published') continue
    for (const name of each.checks) kept.add(name)
    for (const key of keptCells(each.discrepancy?.suspects ?? each.facts, each.checks, equations)) {
      add(key, 'as_published')
    }
  }
  for (const equation of equations.values()) {
    const isFailing = equation.outcome === 'fail' && equation.level === 'error' && !kept.has(equation.name)
    const isDrawn = isSum(equation) && (drawn.has(equation.name) || (allIdentities && isFailing))
    if (isFailing && isSum(equation) && equation.totalFact !== null) add(equation.totalFact, 'failing')
    if (!isDrawn) continue
    for (const { fact } of equation.parts.addends) add(fact, 'operand')
    if (equation.totalFact === null) for (const { fact } of equation.total.addends) add(fact, 'operand')
  }
  for (const { item: each, state } of overlay.items) {
    if (state === 'settled') continue
    // The page is read without doubt where the error is known to be its own, in this very cell.
    const isPublished = each.discrepancy?.verdict === 'published' && each.discrepancy.proposal !== null
    const doubted = each.discrepancy?.suspects ?? (each.urgency === 'error' ? each.facts : [])
    if (!isPublished) for (const key of doubted) add(key, 'doubtful')
  }
  return roles
}

/** The figures that stay though they do not add up: the suspects, if they are few; else the totals. */
function keptCells(
  suspects: readonly string[],
  checks: readonly string[],
  equations: ReadonlyMap<string, Equation>,
): readonly string[] {
  if (suspects.length === 1) return suspects
  const totals = checks.flatMap((name) => equations.get(name)?.totalFact ?? [])
  return totals.length > 0 ? totals : suspects
}

function stateOf({ state }: Fact): CellState | null {
  return state === 'number' ? null : state
}

function printed({ state, value, raw }: Fact): string {
  switch (state) {
    case 'number':
    case 'zero':
      return figure(value)
    case 'dash':
      return raw?.trim() || '—'
    case 'blank':
      return '空'
    case 'absent':
    case 'unreadable':
      return ''
  }
}

/** Those that stand in the corner of the cell, beside or in place of a figure. */
export const MARKS: Partial<Record<CellState, string>> = {
  failing: '≠',
  doubtful: '疑',
  unreadable: '疑',
  corrected: '改',
  assigned: '指',
  as_published: '原',
  absent: '缺',
}

export function marksOf(states: readonly CellState[]): string {
  // What was not found is not doubtful as well.
  const telling = states.includes('absent') ? states.filter((state) => state !== 'doubtful') : states
  return [...new Set(telling.flatMap((state) => MARKS[state] ?? []))].join('')
}

/** Cells that Tab walks through: what may be wrong, in the order of the table. */
export function isWalkedTo({ states }: CellView): boolean {
  return states.some((state) => ['failing', 'doubtful', 'unreadable', 'absent'].includes(state))
}

const LOOKS: readonly (readonly [CellState, Look, string | undefined])[] = [
  ['failing', 'failing', '≠'],
  ['doubtful', 'suspect', '疑'],
  ['unreadable', 'suspect', '疑'],
  ['corrected', 'corrected', '改'],
  ['assigned', 'corrected', '指'],
  ['as_published', 'as_published', '原'],
  ['operand', 'operand', undefined],
]

/** The same on the page. */
export function marksFor(views: ReadonlyMap<string, CellView>): readonly Marked[] {
  const marked: Marked[] = []
  for (const [key, { fact, states }] of views) {
    const look = LOOKS.find(([state]) => states.includes(state))
    if (look === undefined || fact?.location == null) continue
    const [, drawn, mark] = look
    marked.push({ fact: key, location: fact.location, look: drawn, ...(mark === undefined ? {} : { mark }) })
  }
  return marked
}
