/** What a cell of the coverage holds: a sign or a word, never a colour alone. */
import type { ReactNode } from 'react'
import { Icon } from '../parts/icon.js'
import type { CoverageCell } from './coverage-sums.js'

/** The same in every language, and named beside it or in the title. */
const SIGNS = { missing: '缺', reviewed: '核' }

export function CoverageSign({
  cell,
}: {
  readonly cell: Pick<CoverageCell, 'state' | 'openItems'> | undefined
}): ReactNode {
  switch (cell?.state) {
    case undefined:
      return '–'
    case 'accepted':
      return <Icon name="tick" />
    case 'reviewed':
      return (
        <span className="seal arc-seal" lang="zh-CN">
          {SIGNS.reviewed}
        </span>
      )
    case 'needs_review':
      return (
        <>
          <Icon name="flag" />
          {cell.openItems > 0 && cell.openItems}
        </>
      )
    case 'failed':
      return <Icon name="cross" />
    case 'missing':
      return <span lang="zh-CN">{SIGNS.missing}</span>
  }
}
