/**
 * A file of a batch → the one thing that has become of it, so that the numbers of all fates add up to the files handed in.
 *
 * Where two could be said, the one that asks more of a person is: a report that is there already in another file counts as that,
 * whether it was accepted or not.
 */
import type { FileAnswer } from './answers.js'

/** In the order of the bar and of its legend. */
export const FATES = [
  'accepted',
  'needs_review',
  'rejected',
  'failed',
  'same_bytes',
  'same_report',
  'refused',
  'deleted',
  'unread',
  'sending',
  'waiting',
] as const
export type Fate = (typeof FATES)[number]

export type FateCounts = Readonly<Record<Fate, number>>

export function fateOf(file: FileAnswer): Fate {
  if (file.outcome === 'refused') return 'refused'
  if (file.outcome === 'same_bytes') return 'same_bytes'
  if (file.status !== 'deleted' && file.review === 'rejected') return 'rejected'
  switch (file.status) {
    case 'deleted':
      return 'deleted'
    case 'failed':
    case 'given_up':
      return 'failed'
    case 'accepted':
    case 'needs_review':
      if (file.sameReportAs.length > 0) return 'same_report'
      return file.review === 'accepted' ? 'accepted' : file.status
    default:
      return 'unread'
  }
}

export function noFates(): Record<Fate, number> {
  return {
    accepted: 0,
    needs_review: 0,
    rejected: 0,
    failed: 0,
    same_bytes: 0,
    same_report: 0,
    refused: 0,
    deleted: 0,
    unread: 0,
    sending: 0,
    waiting: 0,
  }
}

export const FATE_NAMES = {
  zh: {
    accepted: '接受',
    needs_review: '待复核',
    rejected: '退回',
    failed: '失败',
    same_bytes: '已有（同字节）',
    same_report: '同报告，文件不同',
    refused: '拒收',
    deleted: '已删除',
    unread: '待读取',
    sending: '上传中',
    waiting: '待上传',
  },
  en: {
    accepted: 'Accepted',
    needs_review: 'To review',
    rejected: 'Rejected',
    failed: 'Failed',
    same_bytes: 'Already in',
    same_report: 'Same report, other file',
    refused: 'Refused',
    deleted: 'Deleted',
    unread: 'To be read',
    sending: 'Sending',
    waiting: 'To be sent',
  },
} satisfies Record<'zh' | 'en', Record<Fate, string>>
