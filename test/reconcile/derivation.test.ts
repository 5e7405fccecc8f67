import { describe, expect, test } from '@jest/globals'
import { reconcile } from '../../src/reconcile/reconcile.js'
import type { Flag } from '../../src/record.js'
import { type Cells, reading } from '../build/reading.js'
import { SEEDS, seeded } from '../build/seeded.js'

const KINDS = ['natural_person', 'commercial_enterprise', 'other_org']
const ROWS = [
  'requests.outcome.granted',
  'requests.outcome.denied.third_party',
  'requests.outcome.unavailable.not_held',
]

/** A table of requests in which every sum agrees. */
function balanced(seed: number): Record<string, number> {
  const random = seeded(seed)
  const cells: Record<string, number> = {}
  const add = (key: string, value: number): void => {
    cells[key] = (cells[key] ?? 0) + value
  }
  for (const kind of KINDS) {
    for (const row of ROWS) {
      const figure = random.integer(0, 300)
      for (const column of [kind, 'total']) {
        add(`${row}.${column}`, figure)
        add(`requests.outcome.total.${column}`, figure)
        add(`requests.new.${column}`, figure)
      }
    }
  }
  return cells
}

const errors = (cells: Cells): Flag[] =>
  reconcile(reading('2021', cells)).flags.filter(({ severity }) => severity === 'error')

test('a balanced table gives no error', () => {
  expect(SEEDS.map((seed) => errors(balanced(seed)))).toEqual(SEEDS.map(() => []))
})

test('one wrong figure of one row is found where its row and its column cross, and what it should be is proposed', () => {
  const said = SEEDS.map((seed) => {
    const cells = balanced(seed)
    const random = seeded(seed + 500)
    const key = `${random.pick(ROWS)}.${random.pick(KINDS)}`
    const flags = errors({ ...cells, [key]: (cells[key] ?? 0) + random.integer(1, 90) })
    return {
      seed,
      flags: flags.length,
      proposed: flags.map(({ message }) => message.includes(`为 ${cells[key] ?? 0}，则各项均平`)),
    }
  })
  expect(said).toEqual(SEEDS.map((seed) => ({ seed, flags: 2, proposed: [true, true] })))
})

describe('a proposal', () => {
  const cells = balanced(7)
  const proposals = (more: Cells): string[] =>
    errors({ ...cells, ...more }).flatMap(({ message }) => /若「.+$/.exec(message)?.[0] ?? [])

  test('names the cell of a total that stands in row, column and balance', () => {
    const key = 'requests.outcome.total.natural_person'
    expect(proposals({ [key]: (cells[key] ?? 0) - 1 })).toEqual(
      Array(3).fill(`若「办理结果总计·自然人」为 ${cells[key]}，则各项均平。`),
    )
  })

  test('is not made where a sum fails alone, because any of its cells may be wrong', () => {
    expect(proposals({ 'review.total': 0, 'review.maintained': 10 })).toEqual([])
  })

  test('is not made where no one figure puts all right', () => {
    expect(proposals({ 'requests.carried_in.natural_person': 3, 'requests.carried_in.total': 3 })).toEqual([])
  })

  test('is not made for a figure below zero', () => {
    expect(
      proposals({
        'requests.outcome.partial.total': 0,
        'requests.outcome.partial.natural_person': 0,
        'requests.outcome.partial.other_org': 5,
        'requests.outcome.granted.other_org': (cells['requests.outcome.granted.other_org'] ?? 0) + 5,
      }).filter((text) => /为 -/.test(text)),
    ).toEqual([])
  })

  test('may fill a blank', () => {
    const key = 'requests.outcome.granted.natural_person'
    expect(proposals({ [key]: '' })).toEqual(Array(2).fill(`若「予以公开·自然人」为 ${cells[key]}，则各项均平。`))
  })

  test('changes no fact and no check', () => {
    const key = 'requests.outcome.granted.natural_person'
    const base = reading('2021', { ...cells, [key]: 9999 })
    const before = structuredClone(base.facts)
    const { checks } = reconcile(base)
    expect(base.facts).toEqual(before)
    expect(checks.some(({ message }) => message.includes('则各项均平'))).toBe(false)
  })
})
