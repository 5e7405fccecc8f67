/**
 * Lines between the document bar and the work, for what a person must know before going on: a lost connection, a colleague's decision, a claim
 * that ends, another tab. None of them covers a figure, and none throws away what was typed.
 */
import type { ReactNode } from 'react'
import { Icon, type IconName } from '../parts/icon.js'
import { useLanguage, useLocale, useWords } from '../wording/words.js'
import type { Claiming } from './claiming.js'
import { type ClosedReport, hideClosed, useClosed } from './closed-line.js'
import { Countdown, minutes } from './countdown.js'
import { saidOf, timeOf } from './in-words.js'
import type { Picture } from './opened-report.js'
import { keyOf } from './own-keys.js'
import { REVIEW_WORDS } from './review-words.js'
import type { Sender, Sending } from './sender.js'

export interface NoticesProps {
  readonly picture: Picture
  readonly sender: Sender
  readonly sending: Sending
  readonly claiming: Claiming
  readonly isOnlyTab: boolean
  readonly mayReview: boolean
  readonly names: ReadonlyMap<string, string>
  /** What the server said when it did not do what was asked. */
  readonly refusal: string | null
  onNext(): void
  onReopen(): void
  onHistory(): void
  onUndoClosed(closed: ClosedReport): void
  onRefusalSeen(): void
}

export function Notices(props: NoticesProps) {
  const { picture, sender, sending, claiming, isOnlyTab, mayReview, names, refusal } = props
  const words = useWords(REVIEW_WORDS)
  const { language } = useLanguage()
  const locale = useLocale()
  const { status } = picture.opened.state
  const { trouble } = sending
  const theirs = claiming.claim !== null && !claiming.claim.isMine ? claiming.claim : null
  return (
    <div className="rv-notices">
      <ClosedLine onUndo={props.onUndoClosed} picture={picture} />
      {!mayReview && <Notice icon="lock">{words.noReview}</Notice>}
      {mayReview && !isOnlyTab && <Notice icon="copies">{words.otherTab}</Notice>}
      {status !== 'open' && (
        <Notice icon={status === 'accepted' ? 'tick' : 'cross'} look={status === 'accepted' ? 'ok' : ''}>
          {words.closedStatus[status]}
          {mayReview && isOnlyTab && (
            <button type="button" className="btn sm" onClick={props.onReopen}>
              {words.reopen}
            </button>
          )}
          <button type="button" className="btn sm p" onClick={props.onNext}>
            {words.openNext}
          </button>
        </Notice>
      )}
      {status === 'open' && theirs !== null && (
        <Notice icon="lock">
          {words.otherClaim(
            theirs.by,
            Math.max(1, Math.ceil((new Date(theirs.until).getTime() - Date.now()) / 60_000)),
          )}
          <button type="button" className="btn sm p" onClick={props.onNext}>
            {words.openNext}
          </button>
        </Notice>
      )}
      {status === 'open' && (claiming.isEnding || claiming.isLost) && (
        <Notice icon="clock" look="warn">
          {claiming.isLost ? (
            words.claimLost
          ) : (
            <Countdown until={claiming.until ?? 0} said={(left) => words.claimEnding(minutes(left))} />
          )}
          <button type="button" className="btn sm p" onClick={claiming.renew}>
            {words.claimAgain}
          </button>
        </Notice>
      )}
      {trouble?.kind === 'offline' && (
        <Notice icon="warning" look="warn">
          <b>{words.offline(sending.steps.length)}</b>
          <span className="s2">{words.offlineMore}</span>
          <button type="button" className="btn sm" onClick={() => sender.retry()}>
            {words.retryNow}
          </button>
          <span className="xs s2">
            <Countdown until={trouble.retryAt} said={(left) => words.retryIn(Math.ceil(left / 1_000))} />
          </span>
        </Notice>
      )}
      {trouble?.kind === 'conflict' && (
        <Notice icon="person" look="asked">
          <b>{words.conflict(trouble.rival.by)}</b>
          <span>
            {words.conflictMore(
              saidOf(trouble.rival, words, nameOf(trouble.rival.decision, names)),
              timeOf(trouble.rival.at, locale),
              trouble.step.act.kind === 'decide'
                ? saidOf(trouble.step.act, words, nameOf(trouble.step.act.decision, names))
                : '',
            )}
          </span>
          <button type="button" className="btn sm p" onClick={() => sender.choose('theirs')}>
            {words.useTheirs}
          </button>
          <button type="button" className="btn sm" onClick={() => sender.choose('mine')}>
            {words.keepMine}
          </button>
          <button type="button" className="btn sm t" onClick={props.onHistory}>
            {words.seeHistory}
          </button>
        </Notice>
      )}
      {trouble?.kind === 'refused' && (
        <Notice icon="warning" look="warn">
          <b>{words.refused}</b>
          <span>{trouble.told[language]}</span>
          <button type="button" className="btn sm" onClick={() => sender.dismiss()}>
            {words.close}
          </button>
        </Notice>
      )}
      {refusal !== null && (
        <Notice icon="warning" look="warn">
          <span>{refusal}</span>
          <button type="button" className="btn sm" onClick={props.onRefusalSeen}>
            {words.close}
          </button>
        </Notice>
      )}
    </div>
  )
}

function nameOf(decision: object, names: ReadonlyMap<string, string>): string {
  return 'fact' in decision && typeof decision.fact === 'string' ? (names.get(decision.fact) ?? decision.fact) : ''
}

interface NoticeProps {
  readonly icon: IconName
  readonly look?: string
  readonly children: ReactNode
}

function Notice({ icon, look = '', children }: NoticeProps) {
  return (
    <div className={`rv-notice ${look}`} role={look === 'warn' || look === 'asked' ? 'alert' : 'status'}>
      <Icon name={icon} />
      {children}
    </div>
  )
}

function ClosedLine({ picture, onUndo }: { readonly picture: Picture; onUndo(closed: ClosedReport): void }) {
  const words = useWords(REVIEW_WORDS)
  const closed = useClosed()
  if (closed === null || closed.sha256 === picture.opened.sha256) return null
  const { organ, year } = picture.overlay
  const detail = closed.how === 'accepted' ? words.closedDetail(closed.asPublished, closed.corrected, closed.seen) : ''
  return (
    <Notice icon="tick" look="ok">
      <b>{words.closedLine(closed.name, closed.how)}</b>
      <span className="s2 el">
        {[detail, words.nowOpen(`${organ ?? words.noOrgan} ${year ?? ''}`)].filter(Boolean).join(' · ')}
      </span>
      <button
        type="button"
        className="btn sm"
        onClick={() => {
          hideClosed()
          onUndo(closed)
        }}
      >
        {words.undo} <span className="k">{keyOf('undo')}</span>
      </button>
    </Notice>
  )
}
