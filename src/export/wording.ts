/**
 * What the words of a record are called in Chinese, wherever people read them: on the terminal, in a spreadsheet, in the API's description.
 */
import type { Check, Discrepancy, Fact, Grade, ReportRecord } from '../record.js'

export const STATUS_WORDS: Readonly<Record<ReportRecord['status'], string>> = {
  accepted: '通过',
  needs_review: '需复核',
  failed: '失败',
}

export const LEVEL_WORDS: Readonly<Record<Check['level'], string>> = { error: '错误', warning: '提醒', info: '说明' }

export const STATE_WORDS: Readonly<Record<Fact['state'], string>> = {
  number: '数值',
  zero: '零',
  blank: '空白',
  dash: '短横',
  absent: '未见',
  unreadable: '无法辨认',
}

export const GRADE_WORDS: Readonly<Record<Grade, string>> = {
  proven: '互证',
  summed: '勾稽',
  read_twice: '双读',
  read_once: '单读',
  contested: '存疑',
}

export const VERDICT_WORDS: Readonly<Record<Discrepancy['verdict'], string>> = {
  misread: '识别有误',
  published: '原文如此',
  undecided: '未定',
}

export const DECISION_WORDS = { corrected: '改正', assigned: '指定', as_published: '原文如此' } as const

/** Of a report as a whole. */
export const REVIEW_WORDS = { open: '待复核', accepted: '复核后接受', rejected: '退回' } as const

/** misread 识别有误，published 原文如此 … */
export function explain(words: Readonly<Record<string, string>>): string {
  return Object.entries(words)
    .map(([code, word]) => `${code} ${word}`)
    .join('，')
}
