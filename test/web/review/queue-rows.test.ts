import { describe, expect, test } from '@jest/globals'
import type { QueueAnswer, QueueEntry } from '../../../src/review/api.js'
import {
  estimateOf,
  isWantedBy,
  ROW,
  rowsOf,
  shiftOf,
  withClaims,
  withEntries,
} from '../../../web/src/review/queue-rows.js'

function entry(sha256: string, more: Partial<QueueEntry> = {}): QueueEntry {
  return {
    sha256,
    fileName: `${sha256}.pdf`,
    organ: '甲局',
    year: 2023,
    vintage: '2021',
    region: null,
    class: 'error',
    openItems: 1,
    message: '',
    messageInEnglish: null,
    verdict: null,
    proposal: null,
    claim: null,
    ...more,
  }
}

function page(entries: readonly QueueEntry[], next: string | null = null): QueueAnswer {
  const counts = { proposal: 0, error: 0, prose: 0, note: 0, audit: 0 }
  return { entries: [...entries], counts, settledToday: 0, auditShare: 0, pace: { median: null, perItem: {} }, next }
}

const names = (pages: readonly QueueAnswer[]) =>
  pages.map(({ entries }) => entries.map(({ sha256 }) => sha256).join(''))
const any = () => true

describe('what is told of the queue', () => {
  test('takes out what has gone, and leaves the other pages as they are', () => {
    const pages = [page([entry('a'), entry('b')], '1'), page([entry('c')])]
    const now = withEntries(pages, { changed: [], gone: ['b', 'x'] }, any)
    expect(names(now)).toEqual(['a', 'c'])
    expect(now[1]).toBe(pages[1])
  })

  test('changes a report where it stands', () => {
    const now = withEntries(
      [page([entry('a'), entry('b')])],
      { changed: [entry('a', { openItems: 4 })], gone: [] },
      any,
    )
    expect(names(now)).toEqual(['ab'])
    expect(now[0]?.entries[0]?.openItems).toBe(4)
  })

  test('puts what comes behind the reports of its organ, and what changed its class into the other', () => {
    const pages = [page([entry('a', { class: 'proposal' }), entry('b'), entry('c', { organ: '乙局' })])]
    const told = [entry('n', { class: 'proposal' }), entry('b', { class: 'note' })]
    expect(names(withEntries(pages, { changed: told, gone: [] }, any))).toEqual(['ancb'])
  })

  test('leaves what stands behind the loaded rows to the page it stands on', () => {
    const told = { changed: [entry('n', { class: 'note' })], gone: [] }
    expect(names(withEntries([page([entry('a')], '1')], told, any))).toEqual(['a'])
    expect(names(withEntries([page([entry('a')])], told, any))).toEqual(['an'])
  })

  test('fills an empty queue', () => {
    expect(names(withEntries([page([])], { changed: [entry('a')], gone: [] }, any))).toEqual(['a'])
  })

  test('keeps to the filters, and drops what they no longer let in', () => {
    const wanted = isWantedBy(new URLSearchParams({ class: 'error', year: '2023', q: '甲' }))
    const told = [
      entry('n'),
      entry('m', { year: 2022 }),
      entry('k', { organ: '乙局', fileName: 'x' }),
      entry('a', { class: 'note' }),
    ]
    expect(names(withEntries([page([entry('a')])], { changed: told, gone: [] }, wanted))).toEqual(['n'])
  })

  test('says whose each report is, and whose no longer', () => {
    const claim = { by: '沈', until: '2026-01-01T00:00:00.000Z', isMine: false }
    const pages = [page([entry('a', { claim }), entry('b')]), page([entry('c')])]
    const now = withClaims(pages, [{ sha256: 'b', claim }])
    expect(now.flatMap(({ entries }) => entries.map(({ claim }) => claim?.by ?? null))).toEqual([null, '沈', null])
    expect(now[1]).toBe(pages[1])
  })
})

describe('the row under the cursor', () => {
  const list = (...names: string[]) => rowsOf(names.map((name) => entry(name)))

  test('stays where it stands when a row comes or goes above it', () => {
    expect(shiftOf(list('a', 'b', 'c'), list('n', 'a', 'b', 'c'), 'c', 60, 400)).toBe(ROW.entry)
    expect(shiftOf(list('a', 'b', 'c'), list('b', 'c'), 'c', 60, 400)).toBe(-ROW.entry)
    expect(shiftOf(list('a', 'b', 'c'), list('a', 'b', 'c', 'n'), 'c', 60, 400)).toBe(0)
  })

  test('gives its part to the first in view when it is out of view or gone', () => {
    expect(shiftOf(list('a', 'b', 'c', 'd'), list('b', 'c', 'd'), 'a', 110, 400)).toBe(-ROW.entry)
    expect(shiftOf(list('a', 'b', 'c', 'd'), list('n', 'a', 'b', 'd'), 'c', 110, 400)).toBe(0)
  })
})

test('a class has its head once, and an organ is named once', () => {
  const rows = rowsOf([entry('a'), entry('b'), entry('c', { class: 'note' })])
  expect(rows.map((row) => (row.kind === 'group' ? row.class : `${row.entry.sha256} ${row.isSame}`))).toEqual([
    'error',
    'a false',
    'b true',
    'note',
    'c false',
  ])
})

describe('what is narrowed', () => {
  const wants = (address: string, more: Partial<QueueEntry>) =>
    isWantedBy(new URLSearchParams(address))(entry('a', more))
  const claim = { by: '甲', until: '2030-01-01T00:00:00Z', isMine: true }

  test('by region is what lies in it', () => {
    expect(wants('region=320800', { region: '320813' })).toBe(true)
    expect(wants('region=320813', { region: '320800' })).toBe(false)
    expect(wants('region=320800', {})).toBe(false)
  })

  test('by claim is nobody’s, mine, or others’', () => {
    expect(wants('claim=free', {})).toBe(true)
    expect(wants('claim=mine', { claim })).toBe(true)
    expect(wants('claim=others', { claim })).toBe(false)
    expect(wants('claim=others', { claim: { ...claim, isMine: false } })).toBe(true)
  })
})

describe('how long a report takes', () => {
  test('is told by its items, and where it has none by one', () => {
    const pace = { median: 20, perItem: { error: 8, audit: 30 } }
    expect(estimateOf(entry('a', { openItems: 3 }), pace)).toBe(24)
    expect(estimateOf(entry('a', { class: 'audit', openItems: 0 }), pace)).toBe(30)
    expect(estimateOf(entry('a', { class: 'note' }), pace)).toBe(null)
  })
})
