/** What a cell of the coverage holds: a sign or a word, never a colour alone. */
import type { ReactNode } from 'react'
import { Icon } from '../parts/icon.js'
import { useWords } from '../wording/words.js'
import type { CoverageCell } from './coverage-sums.js'

const WORDS = { zh: { missing: '缺', seal: '核' }, en: { missing: '缺', seal: '核' } }

export function CoverageSign({
  cell,
}: {
  readonly cell: Pick<CoverageCell, 'state' | 'openItems'> | undefined
}): ReactNode {
  const words = useWords(WORDS)
  switch (cell?.state) {
    case undefined:
      return '–'
    case 'accepted':
      return <Icon name="tick" />
    case 'reviewed':
      return <span className="seal arc-seal">{words.seal}</span>
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
      return words.missing
  }
}
