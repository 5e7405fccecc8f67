/** The row under the review screen: how far one has come, and what ends the work on this report. */
import { Icon } from '../parts/icon.js'
import { useWords } from '../wording/words.js'
import { ASSIGN_WORDS } from './assign-words.js'
import { type Entry, lookOf } from './entries.js'
import type { Picture } from './opened-report.js'
import { keyOf } from './own-keys.js'
import { REVIEW_WORDS } from './review-words.js'

export interface DecisionBarProps {
  readonly entries: readonly Entry[]
  readonly picture: Picture
  readonly isWorking: boolean
  readonly isBusy: boolean
  /** Enter accepts now. */
  readonly isNext: boolean
  onSkip(): void
  onHandOver(): void
  onReject(): void
  onIdentity(): void
  onAssign(): void
  onNote(): void
  onWindow(): void
  onAccept(): void
}

const PIPS = { error: '', note: 'w', done: 'd', lapsed: 'w' }
const MOST_PIPS = 12

export function DecisionBar(props: DecisionBarProps) {
  const { entries, picture, isWorking, isBusy, isNext, onSkip, onHandOver, onAccept } = props
  const words = useWords(REVIEW_WORDS)
  const done = entries.filter((entry) => lookOf(entry) === 'done').length
  const { openPressing, broken, overlay } = picture
  const why =
    openPressing > 0
      ? words.acceptWhy(openPressing)
      : overlay.isAcceptable
        ? undefined
        : words.acceptBroken(broken.length)
  const progress = words.progress(done, entries.length)
  const mayAccept = isWorking && overlay.isAcceptable && !isBusy
  return (
    <footer className="rv-bar">
      {entries.length <= MOST_PIPS && (
        <span className="rv-pips" aria-hidden="true">
          {entries.map((entry) => (
            <i key={entry.id} className={PIPS[lookOf(entry)]} />
          ))}
        </span>
      )}
      <span className="nw">
        {entries.length === 0 ? (
          words.nothing
        ) : (
          <>
            {progress.before}
            <b className="num">{progress.done}</b>
            {progress.after}
          </>
        )}
        {openPressing > 0 && (
          <>
            {words.comma}
            <b className="rv-ne">{words.pressing(openPressing)}</b>
            {words.pending}
          </>
        )}
      </span>
      <span className="vr" />
      <span className="rv-hints">
        <span>
          <span className="k">{keyOf('nextCell')}</span>
          {words.hintNext}
        </span>
        <span className="opt">
          <span className="k">{keyOf('asPublished')}</span>
          {words.asPublished}
        </span>
        <span>
          <span className="k">{keyOf('undo')}</span>
          {words.undo}
        </span>
      </span>
      <span className="sp" />
      <button type="button" className="btn t" onClick={onSkip}>
        {words.skip} <span className="k">{keyOf('skip')}</span>
      </button>
      <button type="button" className="btn t" onClick={onHandOver} disabled={!isWorking}>
        {words.handOver} <span className="k">{keyOf('handOver')}</span>
      </button>
      <More {...props} />
      <button
        type="button"
        className={mayAccept ? (isNext ? 'btn p' : 'btn') : 'btn dis'}
        disabled={!mayAccept}
        title={why}
        aria-describedby={why === undefined ? undefined : 'rv-why'}
        onClick={onAccept}
      >
        <Icon name="tick" />
        {words.accept} <span className="k">{keyOf(mayAccept && isNext ? 'recommended' : 'accept')}</span>
      </button>
      {why !== undefined && (
        <span id="rv-why" className="rv-unseen">
          {why}
        </span>
      )}
    </footer>
  )
}

function More({ isWorking, onReject, onIdentity, onAssign, onNote, onWindow }: DecisionBarProps) {
  const words = useWords(REVIEW_WORDS)
  const { assignTable } = useWords(ASSIGN_WORDS)
  const actions = [
    { name: words.reject, key: keyOf('reject'), act: onReject, isOff: !isWorking },
    { name: words.identity, key: keyOf('identity'), act: onIdentity, isOff: !isWorking },
    { name: assignTable, key: null, act: onAssign, isOff: !isWorking },
    { name: words.note, key: keyOf('note'), act: onNote, isOff: !isWorking },
    { name: words.window, key: keyOf('window'), act: onWindow, isOff: false },
  ]
  return (
    <details className="menu rv-more">
      <summary className="btn t">
        {words.more}
        <Icon name="up" />
      </summary>
      <div className="menu-list card">
        {actions.map(({ name, key, act, isOff }) => (
          <button
            key={name}
            type="button"
            disabled={isOff}
            onClick={({ currentTarget }) => {
              currentTarget.closest('details')?.removeAttribute('open')
              act()
            }}
          >
            {name} {key !== null && <span className="k">{key}</span>}
          </button>
        ))}
      </div>
    </details>
  )
}
