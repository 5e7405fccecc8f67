import { describe, expect, test } from '@jest/globals'
import type { Document, Grid } from '../../../src/document/model.js'
import type { Fact } from '../../../src/record.js'
import { FORMS } from '../../../src/report/forms/all.js'
import { readLaying, tableOf } from '../../../src/review/assigning.js'
import type { Assigned } from '../../../src/review/laid-record.js'
import {
  beginWith,
  groundFor,
  groundOf,
  lackingTables,
  layingOf,
  likeliestGrid,
  place,
  shift,
  tablesBeside,
} from '../../../web/src/review/assign-laying.js'
import { fact } from '../../build/record.js'

const SECTION_2 = ['proactive.art20_1', 'proactive.art20_5', 'proactive.art20_6', 'proactive.art20_8']
const ALL = FORMS.find(({ vintage }) => vintage === '2021')?.tables.map(({ key }) => key) ?? []

function grid(table: number, ...rows: readonly (readonly string[])[]): Grid {
  const cells = rows.flatMap((texts, row) =>
    texts.map((text, column) => ({
      row,
      column,
      rowSpan: 1,
      columnSpan: 1,
      text,
      location: { kind: 'cell' as const, table, row, column },
    })),
  )
  const columnCount = Math.max(...rows.map(({ length }) => length))
  return { kind: 'grid', rowCount: rows.length, columnCount, cells, locations: [] }
}

function document(...blocks: readonly Grid[]): Document {
  return { mediaType: 'text/html', pages: [], blocks, furniture: [], declaredTitle: null, doubts: [] }
}

/** The tables of section 2 as no form words them. */
const PARTS = [
  [['甲项'], ['内容', '第一', '第二', '第三'], ['子', '1', '2', '3'], ['丑', '4', '5', '6']],
  [['乙项'], ['内容', '数目'], ['寅', '70']],
  [['丙项'], ['内容', '数目'], ['卯', '8'], ['辰', '9']],
  [['丁项'], ['内容', '数目'], ['巳', '1.5']],
] as const

const facts = (known: readonly Fact[] = []): ReadonlyMap<string, Fact> => new Map(known.map((each) => [each.key, each]))

interface Known {
  readonly of: Document
  readonly facts: ReadonlyMap<string, Fact>
  readonly assigned: ReadonlyMap<string, Assigned>
}
const knownOf = (of: Document, read: readonly Fact[] = []): Known => ({ of, facts: facts(read), assigned: new Map() })
const ground = ({ of, facts: read, assigned }: Known) => groundOf(of, '2021', read, assigned)

function planOf(table: string) {
  const plan = tableOf({ vintage: '2021', table })
  if (plan === null) throw new Error(`no table ${table}`)
  return plan
}

/** What is suggested for a table, taken as it is. */
function take(known: Known, table: string): Known & { readonly values: readonly (number | null)[] } {
  const plan = planOf(table)
  const { grid: at } = likeliestGrid(ground(known), plan, null)
  const laying = layingOf(at, '2021', table, beginWith(ground(known), at, plan, null))
  const read = readLaying(known.of, laying)
  if (typeof read === 'string') throw new Error(read)
  const decision = { kind: 'assign' as const, ...laying, printed: read.printed, cells: [...read.cells] }
  const made = { id: 1, decision, evidence: '', by: '', at: '' }
  const given = read.cells.map((cell): [string, Assigned] => [cell.fact, { cell, made }])
  const shown = read.cells.map(({ fact: key, value, location }): [string, Fact] => [
    key,
    fact({ key, value, state: 'number', location }),
  ])
  return {
    ...known,
    facts: new Map([...known.facts, ...shown]),
    assigned: new Map([...known.assigned, ...given]),
    values: read.cells.map(({ value }) => value),
  }
}

describe('the tables of a section that was not recognised', () => {
  const walk = (known: Known) => {
    const values: (readonly (number | null)[])[] = []
    let now = known
    for (const table of SECTION_2) {
      const taken = take(now, table)
      values.push(taken.values)
      now = taken
    }
    return values
  }
  const EACH = [[1, 2, 3, 4, 5, 6], [70], [8, 9], [1.5]]

  test('are taken one after the other from one grid that holds them all', () => {
    expect(walk(knownOf(document(grid(0, ...PARTS.flat()))))).toEqual(EACH)
  })

  test('are taken one after the other from grids that follow each other', () => {
    expect(walk(knownOf(document(...PARTS.map((rows, table) => grid(table, ...rows)))))).toEqual(EACH)
  })

  test('are not likely in a grid of which most figures would be left over', () => {
    const wide = ground(
      knownOf(document(grid(0, ['甲', '乙', '丙', '丁', '戊', '己', '庚'], ['1', '0', '1', '2', '4', '0', '0']))),
    )
    expect(likeliestGrid(wide, planOf('proactive.art20_1'), null)).toEqual({ grid: 0, fits: false })
    expect(tablesBeside(wide, 'requests', SECTION_2)).toEqual([])
  })

  test('leave to those before them what they are likely to take, whichever one begins with', () => {
    const all = ground(knownOf(document(grid(0, ...PARTS.flat()))))
    const last = planOf('proactive.art20_8')
    expect([...beginWith(groundFor(all, 'proactive.art20_8', SECTION_2), 0, last, null).rows]).toEqual([
      [13, 'proactive.fees'],
    ])
  })

  test('are looked for between those that were read', () => {
    const of = document(grid(0, ...PARTS.flat()))
    const located = (key: string, row: number, column = 1) =>
      fact({ key, value: 1, state: 'number', location: { kind: 'cell', table: 0, row, column } })
    const read = knownOf(of, [located('proactive.licensing.decisions', 6), located('proactive.coercion.decisions', 10)])
    expect(take(read, 'proactive.art20_8').values).toEqual([1.5])
    expect(take(read, 'proactive.art20_1').values).toEqual(EACH[0])
  })
})

describe('which table is lacking', () => {
  test('is told by its cells: one that was read, or given, is not', () => {
    const read = fact({ key: 'proactive.licensing.decisions', value: 1, state: 'number' })
    const given = new Map([['requests.new.total', {}]])
    const expected = ALL.filter((key) => key !== 'proactive.art20_5' && key !== 'requests')
    expect(lackingTables('2021', facts([read]), given)).toEqual(expected)
  })

  test('comes next is told by the form: those behind it first, each that finds something in the document', () => {
    const whole = ground(knownOf(document(grid(0, ...PARTS.flat()))))
    expect(tablesBeside(whole, 'proactive.art20_1', ALL)).toEqual(SECTION_2.slice(1))
    const partly = ground(knownOf(document(...PARTS.slice(0, 2).map((rows, table) => grid(table, ...rows)))))
    expect(tablesBeside(partly, 'proactive.art20_5', SECTION_2)).toEqual(['proactive.art20_1'])
    expect(tablesBeside(ground(knownOf(document())), 'requests', ALL)).toEqual([])
  })
})

describe('what one begins with', () => {
  const unread = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛']
  const REQUESTS = grid(0, unread, ['一、本年新收政府信息公开申请数量', '1', '0', '0', '0', '0', '0', '1'])

  test('is what was assigned before, with the row that is asked for now', () => {
    const known = knownOf(document(REQUESTS))
    const before = { id: 1, evidence: '', by: '', at: '' }
    const cell = { fact: 'requests.new.total', raw: '1', state: 'number' as const, value: 1 }
    const laying = layingOf(0, '2021', 'requests', {
      rows: new Map([[0, 'requests.carried_in']]),
      columns: new Map([[7, 'total']]),
    })
    const decision = { kind: 'assign' as const, ...laying, printed: '', cells: [] }
    const assigned = new Map([
      [
        cell.fact,
        {
          cell: { ...cell, location: { kind: 'cell' as const, table: 0, row: 0, column: 7 } },
          made: { ...before, decision },
        },
      ],
    ])
    const begun = beginWith(ground({ ...known, assigned }), 0, planOf('requests'), 'requests.new')
    expect([...begun.rows]).toEqual([
      [0, 'requests.carried_in'],
      [1, 'requests.new'],
    ])
    expect([...begun.columns]).toEqual([[7, 'total']])
  })

  test('of a row alone is that row', () => {
    const begun = beginWith(ground(knownOf(document(REQUESTS))), 0, planOf('requests'), 'requests.new')
    expect([...begun.rows]).toEqual([[1, 'requests.new']])
  })

  test('is the grid that a row of the table was read from, whatever else would fit', () => {
    const other = grid(0, ...Array.from({ length: 20 }, () => ['某行', '1', '2', '3', '4', '5', '6', '7']))
    const own = grid(1, unread, ['去年没办完的', '1', '0', '0', '0', '0', '0', '1'])
    const location = { kind: 'cell' as const, table: 1, row: 0, column: 7 }
    const read = fact({ key: 'requests.new.total', state: 'number', location })
    const known = knownOf(document(other, own), [read])
    expect(likeliestGrid(ground(known), planOf('requests'), null).grid).toBe(0)
    expect(likeliestGrid(ground(known), planOf('requests'), 'requests.carried_in').grid).toBe(1)
  })
})

describe('a change by hand', () => {
  const laid = new Map([
    [2, 'a'],
    [3, 'b'],
    [4, 'c'],
  ])
  const KEYS = ['a', 'b', 'c', 'd']

  test('lays nothing twice: what has a new place leaves its old one, and what was there is dropped', () => {
    expect([...place(laid, 4, 'a')]).toEqual([
      [3, 'b'],
      [4, 'a'],
    ])
    expect([...place(laid, 3, null)]).toEqual([
      [2, 'a'],
      [4, 'c'],
    ])
    expect([...place(laid, 1, 'd')].map(([row]) => row)).toEqual([1, 2, 3, 4])
  })

  test('moves a row and those behind it, and drops what goes over the edge or was there', () => {
    expect([...shift(laid, 3, 1, KEYS)]).toEqual([
      [2, 'a'],
      [3, 'c'],
      [4, 'd'],
    ])
    expect([...shift(laid, 3, -1, KEYS)]).toEqual([
      [3, 'a'],
      [4, 'b'],
    ])
    expect([...shift(laid, 2, 1, ['a', 'b', 'c'])]).toEqual([
      [2, 'b'],
      [3, 'c'],
    ])
  })
})
