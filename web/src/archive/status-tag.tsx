/** How a report stands, as a tag: sign and word. */
import { Icon, type IconName } from '../parts/icon.js'
import { useWords } from '../wording/words.js'
import type { DocumentAnswer } from './answers.js'

export type Standing =
  | 'accepted'
  | 'reviewed'
  | 'needs_review'
  | 'failed'
  | 'rejected'
  | 'unread'
  | 'given_up'
  | 'missing'

export const STANDING_NAMES = {
  zh: {
    accepted: '接受',
    reviewed: '复核后接受',
    needs_review: '待复核',
    rejected: '退回',
    failed: '失败',
    unread: '待读取',
    given_up: '不再读取',
    missing: '应有未收',
  },
  en: {
    accepted: 'Accepted',
    reviewed: 'Accepted after review',
    needs_review: 'To review',
    rejected: 'Rejected',
    failed: 'Failed',
    unread: 'To be read',
    given_up: 'Given up',
    missing: 'Missing',
  },
} satisfies Record<'zh' | 'en', Record<Standing, string>>

/** A person's word stands over the program's. */
export function standingOf({ status, review }: Pick<DocumentAnswer, 'status' | 'review'>): Standing {
  if (review === 'accepted') return 'reviewed'
  return review === 'rejected' ? 'rejected' : status
}

const LOOKS: Readonly<Record<Standing, { readonly tag: string; readonly icon: IconName | null }>> = {
  accepted: { tag: 'ok', icon: 'tick' },
  reviewed: { tag: 'ok', icon: null },
  needs_review: { tag: 'warn', icon: 'flag' },
  rejected: { tag: 'asis', icon: 'cross' },
  failed: { tag: 'bad', icon: 'cross' },
  unread: { tag: 'sug', icon: 'clock' },
  given_up: { tag: 'bad', icon: 'cross' },
  missing: { tag: '', icon: null },
}

export function StatusTag({ standing, count = 0 }: { readonly standing: Standing; readonly count?: number }) {
  const names = useWords(STANDING_NAMES)
  const { tag, icon } = LOOKS[standing]
  return (
    <span className={`tag ${tag}`}>
      {icon !== null && <Icon name={icon} />}
      {standing === 'reviewed' && (
        <span className="seal arc-seal" lang="zh-CN" aria-hidden="true">
          核
        </span>
      )}
      {names[standing]}
      {count > 0 && <span className="num">{count}</span>}
    </span>
  )
}
