/** The chosen report beside the queue: what its first open item looks like on its page, before one takes it. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { labelOf } from '../../../src/report/fact-labels.js'
import type { QueueEntry, ReviewOpened } from '../../../src/review/api.js'
import { evidenceInEnglish, messageInEnglish, proposalInEnglish } from '../../../src/review/in-english.js'
import { itemsOf } from '../../../src/review/items.js'
import { useLocale, useWords } from '../wording/words.js'
import { Crop } from './crop.js'
import { preloadOriginal } from './opened-originals.js'
import { keyOf } from './own-keys.js'
import { QUEUE_WORDS } from './queue-words.js'
import { reviewQuery } from './review-query.js'
import { useTell } from './telling.js'
import { VerdictTag } from './verdict-tag.js'

/** Who runs through the list asks for none of what is passed. */
const STANDS = 120

function useIsSettled(sha256: string): boolean {
  const [settled, settle] = useState(sha256)
  useEffect(() => {
    const timer = setTimeout(() => settle(sha256), STANDS)
    return () => clearTimeout(timer)
  }, [sha256])
  return settled === sha256
}

interface QueuePreviewProps {
  readonly entry: QueueEntry
  /** Of the same organ. */
  readonly others: readonly QueueEntry[]
  readonly trouble: string | null
  readonly mayReview: boolean
  onOpen(): void
  onRelease(): void
  onHandOver(): void
}

export function QueuePreview(props: QueuePreviewProps) {
  const { entry, mayReview, trouble, onOpen, onRelease, onHandOver } = props
  const words = useWords(QUEUE_WORDS)
  const isSettled = useIsSettled(entry.sha256)
  const { data: opened } = useQuery({ ...reviewQuery(entry.sha256), enabled: isSettled && mayReview })
  const items = useMemo(() => (opened === undefined ? [] : itemsOf(opened.record)), [opened])
  const [first, ...more] = items
  const tell = useTell()
  const nameOf = (fact: string) => labelOf(entry.vintage, fact) ?? fact
  const proposal = first?.discrepancy?.proposal ?? null
  const proposed = proposal && tell(proposal.message, () => proposalInEnglish(proposal, nameOf))
  const said =
    first === undefined
      ? tell(entry.message, () => entry.messageInEnglish)
      : tell(first.message, () => messageInEnglish(first, opened?.record.checks ?? [], nameOf))
  const place = first?.location
  useEffect(() => {
    if (place?.kind === 'page') preloadOriginal(entry.sha256, place.page)
  }, [entry.sha256, place])
  return (
    <>
      <header>
        <h2>{entry.organ === null ? words.unknownOrgan : <bdi lang="zh-CN">{entry.organ}</bdi>}</h2>
        <p className="s2 xs">
          {entry.year ?? '—'} · {entry.vintage === null ? '—' : words.form(entry.vintage)} ·{' '}
          <bdi lang="zh-CN">{entry.fileName}</bdi>
        </p>
      </header>
      {first?.location?.kind === 'page' && (
        <div className="qu-loupe">
          <Crop sha256={entry.sha256} location={first.location} around={56} width={318} height={140} look="failing" />
        </div>
      )}
      <p lang={said.lang}>{said.text}</p>
      {proposed !== null && (
        <p className="qu-proposal" lang={proposed.lang}>
          {proposed.text}
        </p>
      )}
      {entry.verdict !== null && (
        <div>
          <VerdictTag verdict={entry.verdict} />
          <ul className="qu-evidence xs s2">
            {first?.discrepancy?.evidence.map((one) => {
              const { text, lang } = tell(one.message, () => evidenceInEnglish(one, proposal, nameOf))
              return (
                <li key={`${one.code} ${one.message}`} lang={lang}>
                  {text}
                </li>
              )
            })}
          </ul>
        </div>
      )}
      {more.length > 0 && <p className="xs s2">{words.moreItems(more.length)}</p>}
      {opened !== undefined && <Known opened={opened} others={props.others} />}
      <div className="qu-acts">
        <p role="alert" className="trouble">
          {trouble}
        </p>
        <button type="button" className="btn p" onClick={onOpen}>
          {entry.claim?.isMine === true ? words.goOn : words.open} <kbd className="k">{keyOf('open')}</kbd>
        </button>
        {mayReview && (
          <div className="qu-two">
            {entry.claim?.isMine === true && (
              <button type="button" className="btn" onClick={onRelease}>
                {words.release}
              </button>
            )}
            <button type="button" className="btn" onClick={onHandOver}>
              {words.handOver} <kbd className="k">{keyOf('handOver')}</kbd>
            </button>
          </div>
        )}
      </div>
    </>
  )
}

/** Where it comes from, and what else of its organ waits. */
function Known({ opened, others }: { readonly opened: ReviewOpened; readonly others: readonly QueueEntry[] }) {
  const words = useWords(QUEUE_WORDS)
  const locale = useLocale()
  const { receivedAt, record } = opened
  const years = others.map(({ year }) => (year === null ? '—' : String(year)))
  return (
    <dl className="qu-known xs">
      <dt className="s2">{words.received}</dt>
      <dd className="num">
        {new Date(receivedAt).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' })}
      </dd>
      <dt className="s2">{words.program}</dt>
      <dd className="num">{record.extractor.version}</dd>
      {years.length > 0 && (
        <>
          <dt className="s2">{words.ofOrgan}</dt>
          <dd className="num">{words.years([...new Set(years)].sort(), years.length)}</dd>
        </>
      )}
    </dl>
  )
}
