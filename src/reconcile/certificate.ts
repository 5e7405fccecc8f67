/**
 * Facts → the record's facts, each with what vouches for it: the identities that hold through its cell, the readings that see the
 * same there, and a grade of both that an analyst can filter by.
 *
 * An identity vouches for each of its cells, blanks and zeros too: no single figure in it could be another. It is silent where a
 * pair of errors cancels, which is why the strongest grade wants both, identities and readings.
 */
import type { Discrepancy, Fact, Flag, Grade, Vouchers } from '../record.js'
import { type FormFact, numberOf } from '../report/reading.js'
import type { IdentitySystem } from './identity-system.js'
import { type SecondReading, wordOfOrder, wordOfProgram } from './second-reading.js'

/** Flags that say something of the whole file or of a sum, and not of the one cell that they name first. */
const NOT_OF_THE_CELL: ReadonlySet<string> = new Set(['check_failed', 'check_skipped', 'total_blank'])

export interface Proof {
  readonly system: IdentitySystem
  readonly second: SecondReading | null
  readonly discrepancies: readonly Discrepancy[]
  readonly flags: readonly Flag[]
}

export function certify(facts: readonly FormFact[], { system, second, discrepancies, flags }: Proof): Fact[] {
  const identities = identitiesThrough(system)
  const ofCells = flags.filter(({ code, severity }) => severity === 'error' && !NOT_OF_THE_CELL.has(code))
  const contested = new Set([...ofCells.flatMap((flag) => flag.facts), ...discrepancies.flatMap((one) => one.suspects)])
  const changes = discrepancies.flatMap(({ proposal }) => proposal?.changes ?? [])
  const derived = new Map(changes.map((change) => [change.fact, change.derived]))
  return facts.map((fact) => {
    const { key, reading, raw, unit, location } = fact
    const vouchers: Vouchers = { identities: identities.get(key) ?? [], readings: readingsOf(fact, second) }
    return {
      key,
      value: numberOf(reading),
      state: stateOf(reading),
      raw,
      unit,
      location,
      derived: derived.get(key) ?? null,
      grade: reading === null ? null : contested.has(key) ? 'contested' : gradeOf(vouchers),
      vouchers,
    }
  })
}

/** Rules whose sum holds, by the key of each fact that takes part. */
function identitiesThrough({ identities, figures }: IdentitySystem): Map<string, string[]> {
  const through = new Map<string, string[]>()
  for (const { finding, terms } of identities) {
    if (finding.check.outcome !== 'pass') continue
    for (const { figure } of terms) {
      const key = figures[figure]?.fact.key ?? ''
      const known = through.get(key)
      if (known === undefined) through.set(key, [finding.check.rule])
      else known.push(finding.check.rule)
    }
  }
  return through
}

function readingsOf(fact: FormFact, second: SecondReading | null): Vouchers['readings'] {
  if (fact.reading === null) return []
  return [
    'layout',
    ...(wordOfOrder(fact) === 'agrees' ? (['order'] as const) : []),
    ...(wordOfProgram(fact.key, second) === 'agrees' ? (['second_program'] as const) : []),
  ]
}

function gradeOf({ identities, readings }: Vouchers): Grade {
  const isReadTwice = readings.length > 1
  if (identities.length > 1 && isReadTwice) return 'proven'
  if (identities.length > 0) return 'summed'
  return isReadTwice ? 'read_twice' : 'read_once'
}

const STATES = { number: 'number', zero: 'zero', empty: 'blank', dash: 'dash', text: 'unreadable' } as const

function stateOf(reading: FormFact['reading']): Fact['state'] {
  return reading === null ? 'absent' : STATES[reading.kind]
}
