/** What is thought of a failed sum, as a tag with a seal. */
import { useWords } from '../wording/words.js'
import { QUEUE_WORDS } from './queue-words.js'

const VERDICT_LOOK = { misread: 'warn', published: 'asis', undecided: '' } as const

export function VerdictTag({ verdict }: { readonly verdict: keyof typeof VERDICT_LOOK }) {
  const words = useWords(QUEUE_WORDS)
  return (
    <span className={`tag ${VERDICT_LOOK[verdict]}`}>
      {verdict !== 'undecided' && (
        <span className="seal" lang="zh-CN" aria-hidden="true">
          {words.seals[verdict]}
        </span>
      )}
      {words.verdicts[verdict]}
    </span>
  )
}
