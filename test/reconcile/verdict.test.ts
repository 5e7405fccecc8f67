import { describe, expect, test } from '@jest/globals'
import { reconcile } from '../../src/reconcile/reconcile.js'
import { verdict } from '../../src/reconcile/verdict.js'
import type { Flag, Location } from '../../src/record.js'
import type { ReportReading } from '../../src/report/reading.js'
import { type Cells, reading, section } from '../build/reading.js'

const flag = (severity: Flag['severity'], facts: string[] = []): Flag => ({
  code: 'cell_unreadable',
  severity,
  message: '未能读出。',
  facts,
  location: null,
})

function flagsOf(cells: Cells, report: Partial<ReportReading> = {}): Flag[] {
  return reconcile(reading('2021', cells, report)).flags
}

describe('the status', () => {
  test('is accepted without flags and with warnings', () => {
    expect([verdict([]), verdict([flag('warning')])]).toEqual(['accepted', 'accepted'])
  })

  test('is needs_review with one error', () => {
    expect(verdict([flag('warning'), flag('error')])).toBe('needs_review')
  })
})

describe('flags', () => {
  test('are none on a clean report', () => {
    expect(flagsOf({})).toEqual([])
  })

  test('of a failed check carry its message, its facts and the place of its total', () => {
    const location: Location = { kind: 'page', page: 4, box: [1, 2, 3, 4] }
    const { facts } = reading('2021', { 'review.total': 0, 'review.maintained': 10 })
    const located = facts.map((fact) => (fact.key === 'review.total' ? { ...fact, location } : fact))
    expect(flagsOf({}, { facts: located })).toEqual([
      {
        code: 'check_failed',
        severity: 'error',
        message: '行政复议：总计 0，结果维持 10 ＋ 结果纠正 0 ＋ 其他结果 0 ＋ 尚未审结 0 ＝ 10，相差 10。',
        facts: ['review.total', 'review.maintained', 'review.corrected', 'review.other', 'review.pending'],
        location,
      },
    ])
  })

  test('of a warning do not ask for review', () => {
    const flags = flagsOf({ 'proactive.regulations.valid': 6 })
    expect(flags).toMatchObject([{ code: 'check_failed', severity: 'warning' }])
    expect(verdict(flags)).toBe('accepted')
  })

  test('are not raised for what is merely worth showing', () => {
    expect(flagsOf({}, { mixedForms: ['（六）其他处理'] })).toEqual([])
  })

  test('are raised where an identity could not be checked and the reading said nothing of it', () => {
    const cells = { 'review.maintained': '见附表' }
    expect(flagsOf(cells)).toMatchObject([
      {
        code: 'check_skipped',
        severity: 'error',
        facts: ['review.total', 'review.maintained', 'review.corrected', 'review.other', 'review.pending'],
      },
      { code: 'check_skipped', severity: 'error', facts: ['review.maintained'] },
    ])
    expect(flagsOf(cells, { flags: [flag('error', ['review.maintained'])] })).toEqual([])
  })

  test('a warning of the reading does not stand in for them', () => {
    const flags = flagsOf({ 'review.maintained': '见附表' }, { flags: [flag('warning', ['review.maintained'])] })
    expect(verdict(flags)).toBe('needs_review')
  })

  test('say once that totals are blank, as a warning', () => {
    const cells = {
      'review.total': '',
      'review.maintained': 2,
      'litigation.direct.total': '—',
      'litigation.direct.other': 1,
    }
    const flags = flagsOf(cells)
    expect(flags).toMatchObject([
      { code: 'check_failed', severity: 'warning' },
      {
        code: 'total_blank',
        severity: 'warning',
        message: '「行政复议·总计」空白，无从核对。（同类共 2 处）',
        facts: ['review.total', 'litigation.direct.total'],
      },
    ])
    expect(verdict(flags)).toBe('accepted')
  })

  test('say nothing of a column left blank from top to bottom but that it is blank', () => {
    const keys = reading('2021')
      .facts.filter(({ key }) => key.endsWith('.research_institution'))
      .map(({ key }) => key)
    const flags = flagsOf(Object.fromEntries(keys.map((key) => [key, ''])))
    expect(flags.map(({ code, severity }) => [code, severity])).toEqual([['check_failed', 'warning']])
  })

  test('a section that is missing asks for review', () => {
    expect(verdict(flagsOf({}, { sections: [section('overview', '')] }))).toBe('needs_review')
  })
})
