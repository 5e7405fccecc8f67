/** How a batch stands: a bar with a part and a pattern for each fate, and under it what they are and how many; they add up to the total. */
import { Icon, type IconName } from '../parts/icon.js'
import { useWords } from '../wording/words.js'
import { FATE_NAMES, FATES, type Fate, type FateCounts } from './fate.js'

const WORDS = {
  zh: { of: (total: number) => `共 ${total} 个文件` },
  en: { of: (total: number) => `${total} files` },
}
const FATE_LOOKS: Readonly<
  Record<Fate, { readonly tag: '' | 'ok' | 'warn' | 'bad' | 'sug'; readonly icon: IconName }>
> = {
  accepted: { tag: 'ok', icon: 'tick' },
  needs_review: { tag: 'warn', icon: 'flag' },
  rejected: { tag: '', icon: 'cross' },
  failed: { tag: 'bad', icon: 'cross' },
  same_bytes: { tag: '', icon: 'copies' },
  same_report: { tag: 'warn', icon: 'copies' },
  refused: { tag: '', icon: 'warning' },
  deleted: { tag: '', icon: 'minus' },
  unread: { tag: 'sug', icon: 'clock' },
  sending: { tag: 'sug', icon: 'upload' },
  waiting: { tag: '', icon: 'clock' },
}
const ALWAYS = new Set<Fate>(['accepted', 'needs_review', 'failed'])

export function FateBar({ counts }: { readonly counts: FateCounts }) {
  const names = useWords(FATE_NAMES)
  const words = useWords(WORDS)
  const total = FATES.reduce((sum, fate) => sum + counts[fate], 0)
  const shown = FATES.filter((fate) => counts[fate] > 0 || ALWAYS.has(fate))
  const told = shown.map((fate) => `${names[fate]} ${counts[fate]}`).join('，')
  return (
    <>
      <div className="arc-bar" role="img" aria-label={`${words.of(total)}：${told}`}>
        {FATES.filter((fate) => counts[fate] > 0).map((fate) => (
          <i key={fate} className={`fate-${fate}`} style={{ width: `${(100 * counts[fate]) / total}%` }} />
        ))}
      </div>
      <div className="arc-legend xs s2">
        {shown.map((fate) => (
          <span key={fate}>
            <i className={`fate-${fate}`} />
            {names[fate]} <b className="num">{counts[fate]}</b>
          </span>
        ))}
      </div>
    </>
  )
}

export function FateTag({ fate }: { readonly fate: Fate }) {
  const names = useWords(FATE_NAMES)
  const { tag, icon } = FATE_LOOKS[fate]
  return (
    <span className={`tag ${tag}`}>
      <Icon name={icon} />
      {names[fate]}
    </span>
  )
}
