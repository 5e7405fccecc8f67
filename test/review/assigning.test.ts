import { describe, expect, test } from '@jest/globals'
import type { Document, Grid } from '../../src/document/model.js'
import type { Check, ReportRecord, Vintage } from '../../src/record.js'
import { planTable } from '../../src/report/form.js'
import { FORMS } from '../../src/report/forms/all.js'
import { readLaying, suggestLaying, tableOf } from '../../src/review/assigning.js'
import type { Assignment, Decision, Laying, Made } from '../../src/review/decisions.js'
import { itemsOf } from '../../src/review/items.js'
import { evidenceNow, overlay } from '../../src/review/overlay.js'
import { sectionAt } from '../../src/review/section-paths.js'
import { check, flag, record } from '../build/record.js'

const TABLE = 'review_litigation'
const PLAN = tableOf({ vintage: '2021', table: TABLE })
if (PLAN === null) throw new Error('the form has no such table')
const KEYS = PLAN.columns.map(({ key }) => key)
const FIGURES = ['1', '0', '1', '2', '4', '0', '0', '1', '0', '1', '1', '0', '0', '0', '1']

function grid(...rows: readonly (readonly string[])[]): Grid {
  const cells = rows.flatMap((texts, row) =>
    texts.map((text, column) => ({
      row,
      column,
      rowSpan: 1,
      columnSpan: 1,
      text,
      location: { kind: 'cell' as const, table: 0, row, column },
    })),
  )
  return { kind: 'grid', rowCount: rows.length, columnCount: rows[0]?.length ?? 0, cells, locations: [] }
}

function document(...blocks: readonly Grid[]): Document {
  return { mediaType: 'text/html', pages: [], blocks, furniture: [], declaredTitle: null, doubts: [] }
}

const UNKNOWN = FIGURES.map((_, at) => `栏${at}`)

function laying(columns = KEYS.map((form, column) => ({ column, form }))): Laying {
  return { grid: 0, vintage: '2021', table: TABLE, rows: [{ row: 1, form: 'count' }], columns }
}

function assignment(figures: readonly string[], how = laying()): Assignment {
  const read = readLaying(document(grid(UNKNOWN, figures)), how)
  if (typeof read === 'string') throw new Error(read)
  return { kind: 'assign', ...how, printed: read.printed, cells: [...read.cells] }
}

/** The table is missing; its cells are known, or not even the form is. */
function lacking(vintage: Vintage | null): ReportRecord {
  const facts = KEYS.map((key) => ({
    key,
    value: null,
    state: 'absent' as const,
    raw: null,
    unit: '件',
    location: null,
    derived: null,
    grade: null,
    vouchers: { identities: [], readings: [] },
  }))
  const report = { title: null, organ: '清河县水务局', year: 2023, vintage, period: null }
  return vintage === null
    ? record({ report, flags: [flag({ code: 'vintage_unknown', message: '未能确定适用的表式。' })] })
    : record({ report, facts, flags: [flag({ code: 'table_missing', message: '未找到表。', facts: KEYS })] })
}

function decideAll(on: ReportRecord, ...decisions: readonly Decision[]): Made[] {
  const made: Made[] = []
  for (const decision of decisions) {
    const evidence = evidenceNow(decision, on, made)
    made.push({ id: made.length + 1, decision, evidence, by: '王复核', at: '2026-01-05T08:00:00.000Z' })
  }
  return made
}

const outcomes = (checks: readonly Check[]) =>
  Object.fromEntries(checks.filter(({ rule }) => rule.startsWith('T4-')).map(({ rule, outcome }) => [rule, outcome]))

describe('a grid laid over a table of the form', () => {
  test('is told by order where no heading is known', () => {
    const suggested = suggestLaying(grid(UNKNOWN, FIGURES), PLAN)
    expect([...suggested.rows]).toEqual([[1, 'count']])
    expect([...suggested.columns.values()]).toEqual(KEYS)
  })

  test('is told by its labels, and a row between two known ones by its place', () => {
    const requests = tableOf({ vintage: '2021', table: 'requests' })
    if (requests === null) throw new Error('the form has no such table')
    const figures = ['1', '0', '0', '0', '0', '0', '1']
    const lines = ['一、本年新收政府信息公开申请数量', '去年没办完的', '（一）予以公开'].map((label) => [
      label,
      ...figures,
    ])
    expect([...suggestLaying(grid(...lines), requests).rows.values()]).toEqual([
      'requests.new',
      'requests.carried_in',
      'requests.outcome.granted',
    ])
  })

  test('gives its cells as they read, and guesses none', () => {
    const read = assignment(['1 2', '３', '', '/', '约5', ...FIGURES.slice(5)]).cells.slice(0, 5)
    expect(read.map(({ state, value }) => [state, value])).toEqual([
      ['unreadable', null],
      ['number', 3],
      ['blank', null],
      ['dash', null],
      ['unreadable', null],
    ])
  })

  test('reads no figure that stands for two cells', () => {
    const merged = grid(UNKNOWN, FIGURES)
    const wide = {
      ...merged,
      cells: merged.cells.flatMap((cell) =>
        cell.row === 0 ? [cell] : cell.column === 0 ? [{ ...cell, columnSpan: 2 }] : cell.column === 1 ? [] : [cell],
      ),
    }
    const read = readLaying(document(wide), laying())
    expect(typeof read === 'string' ? read : read.cells.slice(0, 3).map(({ state }) => state)).toEqual([
      'unreadable',
      'unreadable',
      'number',
    ])
  })

  test.each([
    ['no_such_grid', { grid: 7 }],
    ['no_such_table', { table: 'statistics' }],
    ['no_such_place', { rows: [{ row: 9, form: 'count' }] }],
    ['no_such_place', { columns: [{ column: 0, form: 'requests.new' }] }],
    ['laid_twice', { columns: [0, 0].map((column, at) => ({ column, form: KEYS[at] ?? '' })) }],
    ['nothing_laid', { columns: [] }],
  ] as const)('is refused as %s', (fault, change) => {
    const how = { ...laying(), ...change, ...('rows' in change && { rows: [...change.rows] }) } as Laying
    expect(readLaying(document(grid(UNKNOWN, FIGURES)), how)).toBe(fault)
  })
})

describe('a report with an assigned table', () => {
  test('has its figures, its sums, and nothing left to settle', () => {
    const on = lacking('2021')
    expect(overlay(on, []).isAcceptable).toBe(false)
    const laid = overlay(on, decideAll(on, assignment(FIGURES)))
    expect(laid.record.facts.map(({ value }) => value)).toEqual(FIGURES.map(Number))
    expect(outcomes(laid.checks)).toEqual({
      'T4-REVIEW': 'pass',
      'T4-LITIGATION-DIRECT': 'pass',
      'T4-LITIGATION-AFTER-REVIEW': 'pass',
    })
    expect(laid.isAcceptable).toBe(true)
    expect(on.facts.every(({ value }) => value === null)).toBe(true)
  })

  test('said that it lacks the table once', () => {
    const on = lacking('2021')
    const failed = flag({ code: 'check_failed', message: '「复议诉讼」未找到。', facts: KEYS })
    expect(itemsOf({ ...on, flags: [...on.flags, failed] }).map(({ code }) => code)).toEqual(['table_missing'])
  })

  test('stays open where a sum of it fails, until that is corrected or as published', () => {
    const on = lacking('2021')
    const wrong = assignment(['1', '0', '1', '2', '5', ...FIGURES.slice(5)])
    const open = overlay(on, decideAll(on, wrong))
    const [item] = open.items.filter(({ state }) => state !== 'settled')
    expect(item?.item).toMatchObject({ code: 'check_failed', checks: ['T4-REVIEW/'] })
    const id = item?.item.id ?? ''
    const kept = decideAll(on, wrong, { kind: 'as_published', item: id, reason: 'slip' })
    expect(overlay(on, kept).isAcceptable).toBe(true)
    const corrected = decideAll(on, wrong, { kind: 'correct', fact: 'review.total', value: 4 })
    expect(overlay(on, corrected).isAcceptable).toBe(true)
    // What was kept as published was kept on these figures.
    const others = decideAll(
      on,
      wrong,
      { kind: 'as_published', item: id, reason: 'slip' },
      assignment(['2', '0', '1', '2', '4', ...FIGURES.slice(5)]),
    )
    expect(overlay(on, others)).toMatchObject({ isAcceptable: false, lapsed: [kept[1]] })
  })

  test('stays open until what could not be read is filled in', () => {
    const on = lacking('2021')
    const unread = assignment(['约1', ...FIGURES.slice(1)])
    expect(overlay(on, decideAll(on, unread)).isAcceptable).toBe(false)
    const filled = decideAll(on, unread, { kind: 'correct', fact: 'review.maintained', value: 1 })
    expect(overlay(on, filled)).toMatchObject({ isAcceptable: true, lapsed: [] })
  })

  test('keeps a correction only as long as the cell that it was made on', () => {
    const on = lacking('2021')
    const [assigned, corrected] = decideAll(on, assignment(FIGURES), {
      kind: 'correct',
      fact: 'review.total',
      value: 5,
    })
    if (assigned === undefined || corrected === undefined) throw new Error('nothing decided')
    expect(overlay(on, [corrected])).toMatchObject({ lapsed: [corrected] })
  })

  test('lapses visibly where the grid reads otherwise, and where its cells are read now', () => {
    const on = lacking('2021')
    const [made] = decideAll(on, assignment(FIGURES))
    if (made === undefined) throw new Error('nothing decided')
    const other = { ...made, reads: '另一张表' }
    expect(overlay(on, [other])).toMatchObject({ lapsed: [other], isAcceptable: false })
    expect(overlay(on, [other]).items[0]?.state).toBe('lapsed')
    const read = { ...on, facts: on.facts.map((fact) => ({ ...fact, raw: '9', value: 9, state: 'number' as const })) }
    expect(overlay(read, [made]).lapsed).toEqual([made])
  })
})

describe('a report whose form was not known', () => {
  test('has the cells of the form that a person gives it, to be filled in', () => {
    const on = lacking(null)
    const given = overlay(on, decideAll(on, { kind: 'set_vintage', vintage: '2021' }))
    const form = FORMS.find(({ vintage }) => vintage === '2021')?.tables.map(planTable) ?? []
    const asked = form.flatMap(({ rows, slots }) => slots.filter((_, at) => rows[at]?.insteadOf.length === 0).flat())
    expect(given.record.facts.map(({ key }) => key)).toEqual(asked.map(({ key }) => key))
    expect(given.vintage).toBe('2021')
    expect(given.items.map(({ item, state }) => [item.code, state])).toEqual([
      ['vintage_unknown', 'settled'],
      ...form.map(() => ['table_missing', 'open']),
    ])
    expect(given.items[1]?.item.message).toBe('「主动公开政府信息情况·第二十条第（一）项」表有 6 格待填。')
    expect(given.isAcceptable).toBe(false)
  })

  test('lacks a table no more once each of its cells was given', () => {
    const on = lacking(null)
    const filled = KEYS.map((fact, at): Decision => ({ kind: 'correct', fact, value: Number(FIGURES[at]) }))
    const given = overlay(on, decideAll(on, { kind: 'set_vintage', vintage: '2021' }, ...filled))
    const open = given.items.filter(({ state }) => state === 'open').flatMap(({ item }) => item.facts)
    expect(open.some((key) => KEYS.includes(key))).toBe(false)
    expect(outcomes(given.checks)['T4-REVIEW']).toBe('pass')
  })

  test('lacks nothing beside the tables that it names, where its form was told by the year', () => {
    const known = lacking('2021')
    const tables = { rule: 'ST-TABLES', outcome: 'fail' as const, message: '「申请情况」未找到，「复议诉讼」未找到。' }
    const missing = [flag({ message: '未找到「申请情况」表。' }), flag({ message: '未找到「复议诉讼」表。' })]
    const flags = [...missing, flag({ code: 'check_failed', message: tables.message })]
    const on = { ...known, facts: [], checks: [check(tables)], flags }
    const given = overlay(on, decideAll(on, assignment(FIGURES)))
    expect(given.items.filter(({ item }) => item.facts.length === 0)).toEqual([])
    expect(given.items.filter(({ state }) => state === 'settled').flatMap(({ item }) => item.facts)).toEqual(KEYS)
  })

  test('takes the form of the table that was assigned', () => {
    const on = lacking(null)
    expect(overlay(on, decideAll(on, assignment(FIGURES))).vintage).toBe('2021')
  })
})

describe('the text of a subsection', () => {
  const section = (title: string, children: ReportRecord['sections'] = []) => ({
    key: null,
    ordinal: null,
    title,
    text: `${title}的正文`,
    children,
    location: null,
  })
  const on = record({
    sections: [{ ...section('存在的主要问题', [section('问题'), section('问题'), section('改进')]), key: 'problems' }],
  })

  test('is found by the names of the sections it lies in, and by which of one name it is', () => {
    expect(sectionAt(on.sections, 'problems')?.title).toBe('存在的主要问题')
    expect(sectionAt(on.sections, 'problems/问题#2')).toBe(on.sections[0]?.children[1])
    expect(sectionAt(on.sections, 'problems/别的')).toBeNull()
  })

  test('is corrected, and the correction lapses when it reads otherwise', () => {
    const made = decideAll(on, { kind: 'correct_section', section: 'problems/改进', text: '已改' })
    expect(overlay(on, made).texts.get('problems/改进')?.decision.text).toBe('已改')
    const other = structuredClone(on)
    const child = other.sections[0]?.children[2]
    if (child !== undefined) child.text = '另一段'
    expect(overlay(other, made)).toMatchObject({ lapsed: made })
  })
})
