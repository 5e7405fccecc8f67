import { describe, expect, test } from '@jest/globals'
import type { FileAnswer } from '../../../web/src/archive/answers.js'
import { FATES, fateOf, noFates } from '../../../web/src/archive/fate.js'

const ACCEPTED: FileAnswer = {
  fileName: '年报.pdf',
  sha256: 'a'.repeat(64),
  byteLength: 1,
  outcome: 'new',
  reason: null,
  receivedAt: '2024-03-01T08:00:00Z',
  sameBytesAs: null,
  sameReportAs: [],
  status: 'accepted',
  failureCode: null,
  givenUp: null,
  organ: '清源市水务局',
  year: 2023,
  firstFlag: null,
  review: null,
}
const OTHER = { sha256: 'b'.repeat(64), fileName: '年报（更正）.pdf' }

describe('the fate of a file', () => {
  test.each([
    ['accepted', {}],
    ['needs_review', { status: 'needs_review', review: 'open' }],
    ['accepted', { status: 'needs_review', review: 'accepted' }],
    ['rejected', { status: 'needs_review', review: 'rejected' }],
    ['failed', { status: 'failed' }],
    ['failed', { status: 'given_up' }],
    ['unread', { status: 'unread' }],
    ['deleted', { status: 'deleted', review: 'rejected' }],
    ['refused', { outcome: 'refused', status: null }],
  ] as const)('is %s when it is so told', (fate, changes) => {
    expect(fateOf({ ...ACCEPTED, ...changes })).toBe(fate)
  })

  test('of the same bytes is that, however the document stands', () => {
    expect(fateOf({ ...ACCEPTED, outcome: 'same_bytes', status: 'failed' })).toBe('same_bytes')
  })

  test('of another file of the same report is that, unless it could not be read', () => {
    expect(fateOf({ ...ACCEPTED, sameReportAs: [OTHER] })).toBe('same_report')
    expect(fateOf({ ...ACCEPTED, status: 'failed', sameReportAs: [OTHER] })).toBe('failed')
  })

  test('is one of those that are counted', () => {
    expect(Object.keys(noFates()).sort()).toEqual([...FATES].sort())
  })
})
