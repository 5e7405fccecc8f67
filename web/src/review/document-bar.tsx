/** The row over the review screen: which report this is, how it stands, and that nothing is lost. */
import { Link } from 'wouter'
import { LanguageSwitch, ThemeSwitch } from '../parts/frame.js'
import { Icon } from '../parts/icon.js'
import { useLocale, useWords } from '../wording/words.js'
import type { Claiming } from './claiming.js'
import { Countdown, minutes } from './countdown.js'
import { timeOf } from './in-words.js'
import type { Picture } from './opened-report.js'
import { keyOf } from './own-keys.js'
import { REVIEW_WORDS } from './review-words.js'
import type { Sending } from './sender.js'

export interface DocumentBarProps {
  readonly picture: Picture
  readonly sending: Sending
  readonly claiming: Claiming
  readonly errors: number
  readonly notes: number
  onHistory(): void
  onHelp(): void
}

const KINDS: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'text/html': 'HTML',
  'text/plain': 'TXT',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
}

export function DocumentBar({ picture, sending, claiming, errors, notes, onHistory, onHelp }: DocumentBarProps) {
  const words = useWords(REVIEW_WORDS)
  const locale = useLocale()
  const { opened, overlay, vintage } = picture
  const { mediaType, pageCount } = opened.record.document
  const { status } = opened.state
  const name = overlay.organ ?? words.noOrgan
  const kind = KINDS[mediaType] ?? mediaType
  return (
    <header className="hd rv-bar-top">
      <Link href="/review" className="rv-back" title={words.back} aria-label={words.back}>
        <Icon name="left" />
      </Link>
      <h1 className="rv-name el" title={opened.fileName}>
        <bdi>{name}</bdi>
      </h1>
      <span className="s2 nw">{words.year(overlay.year)}</span>
      {vintage !== null && <span className="tag opt">{words.vintage(vintage)}</span>}
      <span className="tag opt">
        <Icon name="file" />
        {kind}
        {pageCount !== null && ` · ${words.pages(pageCount)}`}
      </span>
      <span className={`tag ${status === 'accepted' ? 'ok' : status === 'rejected' || errors > 0 ? 'bad' : 'warn'}`}>
        <Icon name={status === 'accepted' ? 'tick' : errors > 0 || status === 'rejected' ? 'cross' : 'flag'} />
        {words.status[status]}
        {status === 'open' && errors + notes > 0 && ` · ${words.counts(errors, notes)}`}
      </span>
      <span className="sp" />
      <span className="row g4 s2 nw xs rv-saved" role="status">
        {sending.steps.length > 0 ? (
          <>
            <Icon name="clock" />
            {words.unsent(sending.steps.length)}
          </>
        ) : (
          sending.savedAt !== null && (
            <>
              <Icon name="tick" />
              {words.saved(timeOf(new Date(sending.savedAt).toISOString(), locale))}
            </>
          )
        )}
      </span>
      {claiming.until !== null && (
        <span className="row g4 s2 nw xs num">
          <Icon name="lock" />
          <Countdown until={claiming.until} said={(left) => words.claimed(minutes(left))} />
        </span>
      )}
      <span className="s2 nw xs rv-left">
        {words.left} <b className="num">{opened.left}</b>
      </span>
      <span className="vr" />
      <button type="button" className="btn sm t" onClick={onHistory}>
        <Icon name="history" />
        {words.history} <span className="k">{keyOf('history')}</span>
      </button>
      <button type="button" className="btn sm t" onClick={onHelp}>
        <Icon name="help" />
        {words.keys} <span className="k">{keyOf('help')}</span>
      </button>
      <LanguageSwitch />
      <ThemeSwitch />
    </header>
  )
}
