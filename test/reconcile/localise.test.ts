import { describe, expect, test } from '@jest/globals'
import { balancedFigures } from '../../scripts/samples/figures.js'
import { type Localisation, localise } from '../../src/reconcile/localise.js'
import type { Vintage } from '../../src/record.js'
import { systemOf } from '../build/identity-system.js'
import { type Cell, FORMS, formFacts } from '../build/reading.js'
import { SEEDS, type Seeded, seeded } from '../build/seeded.js'

type Row = Record<string, Cell>

const localised = (cells: Row, vintage: Vintage = '2021'): readonly Localisation[] =>
  localise(systemOf(vintage, formFacts(vintage, cells)))

/** `key: printed > derived`, one line a change. */
const changes = (found: readonly Localisation[]): string[] =>
  found.flatMap(({ correction }) =>
    (correction?.changes ?? []).map(({ fact, printed, derived }) => `${fact.key}: ${printed} > ${derived}`),
  )

const checks = (found: readonly { check: { rule: string; subject: string } }[]): string[] =>
  found.map(({ check }) => `${check.rule}/${check.subject}`)

const truth = (seed: number, vintage: Vintage = '2021'): { cells: Record<string, number>; random: Seeded } => {
  const random = seeded(seed)
  const size = { requests: random.integer(5, 200), disputes: random.integer(0, 40), documents: 9, decisions: 30 }
  return { cells: Object.fromEntries(balancedFigures(FORMS[vintage], size, random)), random }
}

const APPLICANTS = [
  'natural_person',
  'commercial_enterprise',
  'research_institution',
  'public_interest_org',
  'legal_service_org',
  'other_org',
  'total',
]

/** The same row of figures in each of these rows, so that every sum of the table agrees. */
function rows(figures: readonly number[], keys: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    keys.flatMap((key) => APPLICANTS.map((applicant, at) => [`${key}.${applicant}`, figures[at] ?? 0])),
  )
}

const GRANTED = 'requests.outcome.granted'
const NEW = 'requests.new'
const TOTAL = 'requests.outcome.total'
const BALANCED = rows([20, 7, 3, 0, 1, 4, 35], [NEW, GRANTED, TOTAL])

test('nothing is said of a report in which all holds', () => {
  expect(SEEDS.map((seed) => localised(truth(seed).cells))).toEqual(SEEDS.map(() => []))
})

describe('one figure', () => {
  test('where a row and a column cross is derived, and closes both', () => {
    const [found, ...others] = localised({ ...BALANCED, [`${GRANTED}.commercial_enterprise`]: 12 })
    expect(others).toEqual([])
    expect(changes(found === undefined ? [] : [found])).toEqual([`${GRANTED}.commercial_enterprise: 12 > 7`])
    expect(checks(found?.correction?.closes ?? [])).toEqual([
      'T3-OUTCOME-21/commercial_enterprise',
      `T3-ROW-21/${GRANTED}`,
    ])
    expect(checks(found?.failing ?? [])).toEqual(checks(found?.correction?.closes ?? []))
  })

  test('that was left blank is derived, and is printed as nothing', () => {
    expect(changes(localised({ ...BALANCED, [`${GRANTED}.natural_person`]: '' }))).toEqual([
      `${GRANTED}.natural_person: null > 20`,
    ])
  })

  test('is told by its slip where there is one', () => {
    const [found] = localised({ ...BALANCED, [`${TOTAL}.total`]: 53 })
    expect(found?.correction?.slip?.kind).toBe('transposed_digits')
  })

  test('is derived for a total of zero over parts that cannot all be less', () => {
    const found = localised({ 'review.maintained': 10, 'review.corrected': 1, 'review.total': 0 })
    expect(changes(found)).toEqual(['review.total: 0 > 11'])
    expect(found[0]?.correction?.slip?.kind).toBe('left_at_zero')
  })
})

describe('arithmetic does not decide', () => {
  test('which of five cells of one sum is wrong, and names them all', () => {
    const cells = { 'review.maintained': 7, 'review.corrected': 5, 'review.other': 6, 'review.pending': 4 }
    const [found] = localised({ ...cells, 'review.total': 20 })
    expect(found?.correction).toBeNull()
    expect(found?.explanations).toBe(5)
    expect(found?.suspects.map(({ key }) => key).sort()).toEqual([...Object.keys(cells), 'review.total'].sort())
  })

  test('…unless digits of one of them were transposed, and none of the others is a slip away', () => {
    const cells = { 'review.maintained': 72, 'review.corrected': 45, 'review.other': 13, 'review.pending': 85 }
    expect(changes(localised({ ...cells, 'review.total': 224 }))).toEqual(['review.corrected: 45 > 54'])
    const near = { ...cells, 'review.maintained': 70, 'review.total': 222 }
    expect(changes(localised(near))).toEqual([])
  })

  test('for one sum that only the law of no negative counts singles out, without a slip', () => {
    const [found] = localised({ 'review.maintained': 21, 'review.corrected': 13, 'review.total': 12 })
    expect(found?.correction).toBeNull()
    expect(found?.suspects.map(({ key }) => key)).toContain('review.total')
  })

  test('between two rows and two columns with the same gap', () => {
    const partial = 'requests.outcome.partial'
    const base = {
      ...BALANCED,
      ...rows([40, 14, 6, 0, 2, 8, 70], [NEW, TOTAL]),
      ...rows([20, 7, 3, 0, 1, 4, 35], [partial]),
    }
    const found = localised({ ...base, [`${partial}.natural_person`]: 23, [`${GRANTED}.commercial_enterprise`]: 10 })
    expect(found.map(({ correction, explanations }) => ({ correction, explanations }))).toEqual([
      { correction: null, explanations: 2 },
    ])
  })

  test('what a broken condition of two cells should be', () => {
    const found = localised(
      { 'response.press_conferences.by_principal': 4, 'response.press_conferences.total': 3 },
      '2014',
    )
    expect(found.map(({ failing, correction, explanations }) => [checks(failing), correction, explanations])).toEqual([
      [['S14-PRESS-LE/'], null, 0],
    ])
  })
})

describe('two errors', () => {
  test('apart from each other are told apart', () => {
    const found = localised({ ...BALANCED, [`${GRANTED}.other_org`]: 9, 'review.pending': 4, 'review.total': 0 })
    expect(found.map(({ correction }) => correction?.changes.length ?? 0)).toEqual([1, 0])
  })

  test('in one table are told apart where they share no sum', () => {
    const found = localised({ ...BALANCED, [`${GRANTED}.natural_person`]: 29, [`${NEW}.commercial_enterprise`]: 2 })
    expect(found.map((one) => changes([one])).sort()).toEqual([
      [`${NEW}.commercial_enterprise: 2 > 7`],
      [`${GRANTED}.natural_person: 29 > 20`],
    ])
  })

  test('in one row belong together', () => {
    const found = localised({ ...BALANCED, [`${NEW}.natural_person`]: 25, [`${NEW}.other_org`]: 1 })
    expect(found.map((one) => changes([one]))).toEqual([[`${NEW}.natural_person: 25 > 20`, `${NEW}.other_org: 1 > 4`]])
  })
})

describe('a slip along a row', () => {
  const row = (figures: readonly Cell[], key = GRANTED): Row =>
    Object.fromEntries(APPLICANTS.map((applicant, at) => [`${key}.${applicant}`, figures[at] ?? null]))
  const slipOf = (cells: Row): { kind: string | undefined; changed: number } => {
    const [found] = localised(cells)
    return { kind: found?.correction?.slip?.kind, changed: found?.correction?.changes.length ?? 0 }
  }

  test('moved by one column puts every figure back, and derives the one that fell out', () => {
    const found = localised({ ...BALANCED, ...row(['', 20, 7, 3, 0, 1, 4]) })
    expect(found[0]?.correction?.slip?.kind).toBe('shifted')
    expect(changes(found)).toContain(`${GRANTED}.total: 4 > 35`)
    expect(changes(found)).toContain(`${GRANTED}.natural_person: null > 20`)
  })

  test('with a figure split in two is put together again', () => {
    expect(slipOf({ ...BALANCED, ...row([2, 0, 7, 3, 0, 1, 4]) })).toEqual({ kind: 'split_figure', changed: 7 })
  })

  test('with two figures joined is taken apart again', () => {
    expect(slipOf({ ...BALANCED, ...row([207, 3, 0, 1, 4, 35, '']) })).toEqual({ kind: 'joined_figures', changed: 7 })
  })

  test('with neighbours exchanged is two changes of one slip', () => {
    expect(slipOf({ ...BALANCED, ...row([7, 20, 3, 0, 1, 4, 35]) })).toEqual({ kind: 'swapped_cells', changed: 2 })
  })
})

describe('a figure that was not read', () => {
  test('is derived where the others leave one figure', () => {
    const found = localised({ ...BALANCED, [`${GRANTED}.natural_person`]: null })
    expect(changes(found)).toEqual([`${GRANTED}.natural_person: null > 20`])
    expect(checks(found[0]?.failing ?? [])).toEqual(['T3-OUTCOME-21/natural_person', `T3-ROW-21/${GRANTED}`])
  })

  test('is derived beside an error elsewhere', () => {
    const cells = { ...BALANCED, [`${GRANTED}.natural_person`]: '？', [`${NEW}.other_org`]: 9 }
    expect(changes(localised(cells)).sort()).toEqual([
      `${NEW}.other_org: 9 > 4`,
      `${GRANTED}.natural_person: null > 20`,
    ])
  })

  test('is not derived where it would be below zero', () => {
    expect(localised({ 'review.maintained': null, 'review.corrected': 5, 'review.total': 3 })).toEqual([])
  })

  test('is not derived where two share all their sums', () => {
    expect(localised({ 'review.maintained': null, 'review.corrected': null, 'review.total': 3 })).toEqual([])
  })

  test('may be a whole row', () => {
    const lost = Object.fromEntries(APPLICANTS.map((applicant) => [`${GRANTED}.${applicant}`, null]))
    expect(changes(localised({ ...BALANCED, ...lost })).length).toBe(7)
  })

  test('may be a whole table, of which nothing is then said', () => {
    const keys = formFacts('2021').flatMap(({ key, table, absentByVariant }) =>
      table === 'requests' && !absentByVariant ? [key] : [],
    )
    expect(localised(Object.fromEntries(keys.map((key) => [key, null])))).toEqual([])
  })
})

describe('in the table of requests', () => {
  const keyed = (cells: Record<string, number>): string[] =>
    Object.keys(cells).filter((key) => key.startsWith('requests.'))

  test.each(['2019', '2021'] as const)('any one wrong figure of %s is derived rightly', (vintage) => {
    const said = SEEDS.map((seed) => {
      const { cells, random } = truth(seed, vintage)
      const key = random.pick(keyed(cells))
      const was = cells[key] ?? 0
      const printed = was + random.integer(1, 40)
      return {
        found: changes(localised({ ...cells, [key]: printed }, vintage)),
        right: [`${key}: ${printed} > ${was}`],
      }
    })
    expect(said.map(({ found }) => found)).toEqual(said.map(({ right }) => right))
  })

  test('every correction closes all that it claims and breaks nothing', () => {
    const broken = SEEDS.flatMap((seed) => {
      const { cells, random } = truth(seed)
      const wrong = { ...cells }
      for (const key of random.shuffle(keyed(cells)).slice(0, random.integer(1, 3))) wrong[key] = random.integer(0, 60)
      const system = systemOf('2021', formFacts('2021', wrong))
      return localise(system).flatMap(({ correction }) => {
        if (correction === null) return []
        const put = Object.fromEntries(correction.changes.map(({ fact, derived }) => [fact.key, derived]))
        const after = systemOf('2021', formFacts('2021', { ...wrong, ...put })).identities
        const failed = new Set(checks(after.filter(({ gap }) => gap !== 0).map(({ finding }) => finding)))
        const failedBefore = new Set(
          checks(system.identities.filter(({ gap }) => gap !== 0).map(({ finding }) => finding)),
        )
        return [
          ...checks(correction.closes).filter((check) => failed.has(check)),
          ...[...failed].filter((check) => !failedBefore.has(check)),
          ...correction.changes.flatMap(({ printed, derived }) =>
            (printed ?? 0) === derived || derived < 0 ? ['no change'] : [],
          ),
        ]
      })
    })
    expect(broken).toEqual([])
  })

  test('the order of the identities changes nothing', () => {
    const differing = SEEDS.filter((seed) => {
      const { cells, random } = truth(seed)
      const key = random.pick(keyed(cells))
      const system = systemOf('2021', formFacts('2021', { ...cells, [key]: (cells[key] ?? 0) + 3 }))
      const shuffled = { ...system, identities: random.shuffle(system.identities) }
      return JSON.stringify(changes(localise(system))) !== JSON.stringify(changes(localise(shuffled)))
    })
    expect(differing).toEqual([])
  })

  test('a table in which every sum fails is given up, with its sums as they are', () => {
    const { cells, random } = truth(3)
    const noise = Object.fromEntries(keyed(cells).map((key) => [key, random.integer(0, 9999)]))
    const found = localised({ ...cells, ...noise })
    expect(found.flatMap(({ failing }) => failing).length).toBeGreaterThan(30)
    expect(found.every(({ correction, explanations }) => correction === null && explanations === 0)).toBe(true)
  })
})

test('figures too large to add without loss are left alone', () => {
  const found = localised({ 'review.maintained': 2 ** 52, 'review.total': 5 })
  expect(found.map(({ correction, explanations }) => ({ correction, explanations }))).toEqual([
    { correction: null, explanations: 0 },
  ])
})
