import { expect, test } from '@jest/globals'
import { HISTORY_WORDS } from '../../../web/src/review/history-words.js'
import { tellEvent } from '../../../web/src/review/told-event.js'

const words = HISTORY_WORDS.zh
const tell = (kind: string, detail: Record<string, unknown>, by = '周岚') =>
  tellEvent({ id: 1, at: '2026-11-06T08:00:00.000Z', by, kind, detail }, words)

test('a correction is told with its cell, from what to what', () => {
  const detail = {
    decision: 4,
    kind: 'correct',
    fact: 'review.total',
    label: '行政复议·总计',
    raw: '0',
    from: 0,
    to: 11,
  }
  expect(tell('decided', detail)).toMatchObject({
    title: '改正一格',
    subject: '行政复议·总计',
    change: { from: '0', to: '11' },
    lines: ['原读“0”'],
  })
})

test('a cell corrected to nothing is blank, not zero', () => {
  expect(tell('decided', { kind: 'correct', label: '总计', raw: '1', from: 1, to: null }).change).toEqual({
    from: '1',
    to: '空白',
  })
})

test('what stays as published is told with its reason', () => {
  const detail = {
    kind: 'as_published',
    message: '总计 0，各项之和 11。',
    reason: 'slip',
    note: '正文也如此',
    facts: [],
  }
  expect(tell('decided', detail)).toMatchObject({
    title: '记为“原文如此”',
    change: null,
    lines: ['总计 0，各项之和 11。', '理由：发布方笔误', '备注：正文也如此'],
  })
})

test('what was undone names whose it was, unless it was one’s own', () => {
  const detail = { kind: 'correct', label: '总计', from: 11, to: 0, madeBy: 'user:沈宁' }
  expect(tell('undone', detail)).toMatchObject({ title: '撤销：改正一格', about: '原由 沈宁 作出' })
  expect(tell('undone', detail, '沈宁').about).toBeNull()
})

test('a review opened again because the evidence changed says how much has lapsed', () => {
  const told = tell('reopened', { why: 'evidence_changed', lapsed: [3], figures: ['a', 'b'] }, 'system')
  expect(told).toMatchObject({ isLapse: true, lines: ['1 项决定失效，请重看', '2 格的数字有变'] })
  expect(tell('reopened', { from: 'accepted', to: 'open', reason: null }).isLapse).toBe(false)
})

test('an extraction can be compared', () => {
  expect(tell('extracted', { status: 'needs_review', version: '1.5.0' }, 'system')).toMatchObject({
    title: '提取完成：待复核',
    about: '提取程序 1.5.0',
    version: '1.5.0',
  })
})

test.each([
  ['no such kind', 'rethought', {}],
  ['a decision of another version', 'decided', { kind: 'praise' }],
  ['details that are not what they should be', 'decided', { kind: 'correct', label: 7, from: {}, lines: 'x' }],
  ['no details', 'accepted', {}],
])('%s is told all the same', (_name, kind, detail) => {
  expect(tell(kind, detail).title).not.toBe('')
})
