/**
 * Errors put into true reports, one and two at a time → what became of each: caught, localised rightly or wrongly, undecided,
 * missed.
 *
 * The same count gives the same tallies. A localisation is right when every cell in error is given its true figure and nothing
 * else is; it is wrong as soon as one figure that is proposed is not the true one. What is missed is invisible when every
 * identity holds with the error as it does without it.
 */

import { discrepanciesOf } from '../../src/reconcile/discrepancy.js'
import { localise } from '../../src/reconcile/localise.js'
import type { Discrepancy } from '../../src/record.js'
import type { FormFact } from '../../src/report/reading.js'
import { systemOf } from '../../test/build/identity-system.js'
import { fact as factOf } from '../../test/build/reading.js'
import { type Seeded, seeded } from '../../test/build/seeded.js'
import { type Changed, type ErrorKind, MISREADINGS, type Place, PUBLISHERS_SLIPS, type Shown } from './errors.js'
import { type TrueReport, trueReport } from './true-reports.js'

export const OUTCOMES = ['right', 'undecided', 'wrong', 'invisible', 'unseen'] as const
/** unseen: missed, although an identity no longer holds. */
export type Outcome = (typeof OUTCOMES)[number]

/** Whose error it is; misread_alike: the second way of reading makes the same error. */
export type Page = 'misread' | 'misread_alike' | 'published'

export interface Trial {
  readonly group: 'single' | 'pair of cells' | 'pair'
  readonly kinds: readonly ErrorKind[]
  readonly tables: readonly string[]
  readonly outcome: Outcome
  readonly page: Page
  /** Whether any figure is proposed. */
  readonly isProposed: boolean
  readonly verdicts: readonly Discrepancy['verdict'][]
  /** Arithmetic leaves several explanations, one as good as the other. */
  readonly isAmbiguous: boolean
}

/** One misreading in so many is made by both ways of reading. */
const ALIKE = 5
const KINDS = [...MISREADINGS, ...PUBLISHERS_SLIPS]
const OF_ONE_CELL = KINDS.filter(({ cells }) => cells === 'one')
const REPORTS = 300
const ATTEMPTS = 60

type Where = 'cells' | 'tables' | 'requests'

interface Injected {
  readonly kind: ErrorKind
  readonly table: string
  readonly changed: Changed
}

/** `hits`: what is as likely to be hit as any other of its kind, every cell of a report or every table. */
export function* trials(count: number, hits: 'cells' | 'tables' = 'cells', seed = 1): Generator<Trial> {
  const random = seeded(seed)
  const reports = Array.from({ length: Math.min(REPORTS, count) }, () => trueReport(random))
  const withRequests = reports.filter(({ tables }) => tables.some(({ name }) => name === 'requests'))
  for (let done = 0; done < count; ) {
    const group = (['single', 'pair of cells', 'single', 'pair'] as const)[done % 4] ?? 'single'
    const report = random.pick(group === 'pair of cells' ? withRequests : reports)
    const kinds = {
      single: () => [KINDS[Math.floor(done / 2) % KINDS.length] ?? random.pick(KINDS)],
      'pair of cells': () => [random.pick(OF_ONE_CELL), random.pick(OF_ONE_CELL)],
      pair: () => [random.pick(KINDS), random.pick(KINDS)],
    }[group]()
    const injected = injectAll(report, kinds, group === 'pair of cells' ? 'requests' : hits, random)
    if (injected === null) continue
    yield judge(report, group, injected, random)
    done++
  }
}

function injectAll(
  report: TrueReport,
  kinds: readonly ErrorKind[],
  where: Where,
  random: Seeded,
): readonly Injected[] | null {
  const made: Injected[] = []
  for (const kind of kinds) {
    const taken = new Set(made.flatMap(({ changed }) => [...changed.keys()]))
    const next = inject(report, kind, where, taken, random)
    if (next === null) return null
    made.push(next)
  }
  return made
}

/** null: the report has no place for such an error, such as two digits to transpose. */
function inject(
  { tables, figures }: TrueReport,
  kind: ErrorKind,
  where: Where,
  taken: ReadonlySet<string>,
  random: Seeded,
): Injected | null {
  const among =
    where === 'cells' ? tables.flatMap((table) => table.lines.flatMap((line) => line.map(() => table))) : tables
  const table = where === 'requests' ? tables.find(({ name }) => name === where) : random.pick(among)
  if (table === undefined) return null
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const at = random.integer(0, table.lines.length - 1)
    const line = table.lines[at] ?? []
    const below = table.lines[at + 1] ?? null
    const place: Place = {
      line,
      below: below?.length === line.length ? below : null,
      isTotal: (key) => key.endsWith('.total') || key.includes('.total.'),
      truth: (key) => figures.get(key) ?? 0,
    }
    const changed = kind.inject(place, random)
    if (changed !== null && ![...changed.keys()].some((key) => taken.has(key))) {
      return { kind, table: table.name, changed }
    }
  }
  return null
}

function judge(report: TrueReport, group: Trial['group'], injected: readonly Injected[], random: Seeded): Trial {
  const changed = new Map(injected.flatMap((one) => [...one.changed]))
  const isText = random.integer(0, 1) === 0
  const isAlike = random.integer(1, ALIKE) === 1
  const onPage = new Map(injected.flatMap(({ kind, changed: own }) => (kind.source === 'published' ? [...own] : [])))
  const facts = report.reading.facts.map((fact) => {
    const read = show(fact, changed.get(fact.key), isText)
    return { ...read, order: isAlike ? read.raw : show(fact, onPage.get(fact.key), isText).raw }
  })
  const found = localise(systemOf(report.vintage, facts))
  const reading = { ...report.reading, facts }
  const verdicts = discrepanciesOf(found, { reading, second: null, captures: [] }).map(({ verdict }) => verdict)
  const proposed = found.flatMap(({ correction }) => correction?.changes ?? [])
  const isTrue = ({ fact, derived }: (typeof proposed)[number]): boolean =>
    changed.has(fact.key) && derived === (report.figures.get(fact.key) ?? 0)
  const isLost = [...changed.values()].includes('lost')
  const outcome = ((): Outcome => {
    if (proposed.some((change) => !isTrue(change))) return 'wrong'
    if (proposed.length === changed.size) return 'right'
    if (found.length > 0 || isLost) return 'undecided'
    return isInvisible(report, changed) ? 'invisible' : 'unseen'
  })()
  return {
    group,
    kinds: injected.map(({ kind }) => kind),
    tables: injected.map(({ table }) => table),
    outcome,
    page: injected.some(({ kind }) => kind.source === 'misread')
      ? isAlike
        ? 'misread_alike'
        : 'misread'
      : 'published',
    isProposed: proposed.length > 0,
    verdicts,
    isAmbiguous: found.some(({ explanations, correction }) => explanations > 1 && correction === null),
  }
}

function show(fact: FormFact, shown: Shown | undefined, isText: boolean): FormFact {
  if (shown === undefined) return fact
  const cell = shown === 'blank' ? '' : shown === 'lost' ? (isText ? '？' : null) : shown
  const { reading, raw } = factOf(fact.key, cell)
  return { ...fact, reading, raw }
}

/** No identity tells the figures from the true ones. */
function isInvisible({ vintage, reading, figures }: TrueReport, changed: Changed): boolean {
  const { identities, figures: all } = systemOf(vintage, reading.facts)
  return identities.every(({ terms }) => {
    const moved = terms.reduce((sum, { figure, factor }) => {
      const key = all[figure]?.fact.key ?? ''
      const shown = changed.get(key)
      return shown === undefined
        ? sum
        : sum + factor * ((typeof shown === 'number' ? shown : 0) - (figures.get(key) ?? 0))
    }, 0)
    return moved === 0
  })
}
