import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import type { ReportRecord } from '../../../src/record.js'
import { itemsOf } from '../../../src/review/items.js'
import { cellsOf, neighbourOf, partOfFact, partOfItem, partsOf } from '../../../web/src/review/parts.js'
import { record } from '../../build/record.js'

const golden = (name: string): ReportRecord =>
  JSON.parse(readFileSync(new URL(`../../golden/${name}`, import.meta.url), 'utf8'))

const unfilled = golden('望岫县人民政府2023年度报告-复议总计为零.pdf.json')
const parts = partsOf(unfilled, '2021')
const partNamed = (key: string) => {
  const part = parts.find((each) => each.key === key)
  if (part === undefined) throw new Error(`no part ${key}`)
  return part
}

describe('the parts of a report', () => {
  test('are its head and the six sections of its form', () => {
    expect(parts.map(({ key, ordinal }) => [key, ordinal])).toEqual([
      ['head', null],
      ['overview', '一'],
      ['proactive', '二'],
      ['requests', '三'],
      ['review_litigation', '四'],
      ['problems', '五'],
      ['other', '六'],
    ])
  })

  test('hold the tables of their section', () => {
    expect(partNamed('proactive').tables).toHaveLength(4)
    expect(partNamed('overview').tables).toEqual([])
    expect(partNamed('overview').sections[0]?.title).toBe('总体情况')
  })

  test('of 2014 have the statistics at their end', () => {
    expect(partsOf(record({ facts: [] }), '2014').map(({ key }) => key)).toContain('statistics')
  })

  test('are those of the newest form where none is known', () => {
    expect(partsOf(record({ facts: [] }), null).map(({ key }) => key)).toContain('review_litigation')
  })

  test('tell where an item is settled: by its cells, else by its place, else in the head', () => {
    const [item] = itemsOf(unfilled)
    expect(item && partOfItem(item, parts)).toBe('review_litigation')
    expect(partOfItem({ facts: [], location: null }, parts)).toBe('head')
    const overview = partNamed('overview').sections[0]?.location ?? null
    expect(partOfItem({ facts: [], location: overview }, parts)).toBe('overview')
    expect(partOfFact('no.such.cell', parts)).toBeNull()
  })
})

describe('the arrows', () => {
  const requests = partNamed('requests')

  test('go from cell to cell, and stay at the edge', () => {
    expect(neighbourOf(requests, 'requests.new.natural_person', 'down')).toBe('requests.carried_in.natural_person')
    expect(neighbourOf(requests, 'requests.new.natural_person', 'right')).toBe('requests.new.commercial_enterprise')
    expect(neighbourOf(requests, 'requests.new.natural_person', 'up')).toBe('requests.new.natural_person')
    expect(neighbourOf(requests, 'requests.new.total', 'right')).toBe('requests.new.total')
  })

  test('go from one small table to the next', () => {
    const proactive = partNamed('proactive')
    expect(neighbourOf(proactive, 'proactive.normative_documents.valid', 'down')).toBe('proactive.licensing.decisions')
  })

  test('meet every cell of the part', () => {
    expect(cellsOf(requests)).toHaveLength(new Set(cellsOf(requests)).size)
    expect(cellsOf(requests)).toContain('requests.outcome.other.misc.total')
  })
})
