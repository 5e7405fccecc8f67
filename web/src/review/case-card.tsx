/**
 * One item and all that speaks for and against it: the rule in words, the sum, what is suggested and what that would do, the verdict with its
 * evidence, and at the bottom edge what can be done, the recommended first.
 */
import type { Location } from '../../../src/record.js'
import type { Made, Reason } from '../../../src/review/decisions.js'
import { messageInEnglish, ruleInEnglish } from '../../../src/review/in-english.js'
import type { Item } from '../../../src/review/items.js'
import { REASONS } from '../../../src/review/vocabulary.js'
import { Icon } from '../parts/icon.js'
import { useLocale, useWords } from '../wording/words.js'
import { Alternatives, Suggestion, VerdictLine } from './case-evidence.js'
import { Crop } from './crop.js'
import { checksOf, type Entry, equationsOfEntry } from './entries.js'
import { isSum, ruleTitle } from './equations.js'
import { figure } from './figures.js'
import { placeInWords, saidOf, timeOf } from './in-words.js'
import { type Marked, mostUrgent } from './marks.js'
import type { Picture } from './opened-report.js'
import { keyOf } from './own-keys.js'
import { REVIEW_WORDS } from './review-words.js'
import { keyCellOf, recommendedFor } from './settling.js'
import { LargeSum, SumLine } from './sum-line.js'
import { useTell } from './telling.js'

export interface CaseActions {
  recommended(): void
  asPublished(): void
  take(): void
  edit(): void
  note(): void
  undo(made: Made): void
  chooseReason(reason: Reason): void
  /** Shows a place of the original, or a cell. */
  show(location: Location | null, fact: string | null): void
}

export interface CaseCardProps {
  readonly entry: Entry
  readonly picture: Picture
  /** What is drawn over the original. */
  readonly marked: readonly Marked[]
  readonly names: ReadonlyMap<string, string>
  readonly reason: Reason
  readonly isWorking: boolean
  readonly actions: CaseActions
}

export function CaseCard({ entry, ...props }: CaseCardProps) {
  return entry.kind === 'broken' ? (
    <BrokenCard entry={entry} {...props} />
  ) : (
    <ItemCard entry={entry} item={entry.overlaid.item} {...props} />
  )
}

function BrokenCard({ entry, isWorking, actions }: CaseCardProps & { readonly entry: Entry & { kind: 'broken' } }) {
  const words = useWords(REVIEW_WORDS)
  const { equation } = entry
  const title = useTell()(equation.title, () => ruleInEnglish(equation.rule))
  return (
    <section className="rv-case" aria-label={title.text}>
      <div className="row g8">
        <span className="tag bad">
          <Icon name="cross" />
          {words.newlyBroken}
        </span>
        <b className="el" lang={title.lang}>
          {title.text}
        </b>
        <span className="sp" />
        <span className="xs s2 nw">{equation.rule}</span>
      </div>
      <LargeSum equation={equation} />
      <div className="rv-acts">
        <button type="button" className="btn" disabled={!isWorking} onClick={actions.edit}>
          {words.edit} <span className="k">{keyOf('edit')}</span>
        </button>
      </div>
    </section>
  )
}

interface ItemCardProps extends Omit<CaseCardProps, 'entry'> {
  readonly entry: Entry & { kind: 'item' }
  readonly item: Item
}

function ItemCard({ entry, item, picture, marked, names, reason, isWorking, actions }: ItemCardProps) {
  const words = useWords(REVIEW_WORDS)
  const { discrepancy } = item
  const equations = equationsOfEntry(entry, picture)
  const sums = equations.filter(isSum)
  const [only] = sums.length === 1 ? sums : []
  const change = discrepancy?.proposal?.changes.length === 1 ? discrepancy.proposal.changes[0] : undefined
  const isOne = change !== undefined && item.checks.length > 1
  const tell = useTell()
  const nameOf = (fact: string) => names.get(fact) ?? fact
  const rule = equations[0]?.rule ?? ''
  const title =
    discrepancy !== null && isOne
      ? { text: words.explainsBoth(item.checks.length), lang: undefined }
      : discrepancy !== null && ruleTitle(rule) !== null
        ? tell(ruleTitle(rule) ?? '', () => ruleInEnglish(rule))
        : tell(item.message, () => messageInEnglish(item, checksOf(picture), nameOf))
  const isError = item.urgency === 'proposal' || item.urgency === 'error'
  const cell = keyCellOf(item)
  const location = cell === null ? item.location : (picture.facts.get(cell)?.location ?? item.location)
  const related = new Set(equations.flatMap(({ facts }) => facts))
  const beside = mostUrgent(marked).filter(({ fact }) => fact !== cell && related.has(fact))
  const rules = [...new Set(item.checks.map((name) => name.split('/')[0]))].join(' · ')
  return (
    <section className="rv-case" aria-label={title.text}>
      <div className="row g8">
        <span className={isError ? 'tag bad' : 'tag warn'}>
          <Icon name={isError ? 'cross' : 'warning'} />
          {words.levels[item.urgency]}
          {words.times(item.checks.length)}
        </span>
        <b className={discrepancy === null ? 'rv-wrap' : 'el'} title={title.text} lang={title.lang}>
          {title.text}
        </b>
        <span className="sp" />
        <span className={item.checks.length > 1 ? 'xs s2 el rv-rules' : 'xs s2 nw'}>{rules}</span>
        <span className="xs s2 nw">{placeInWords(location, words)}</span>
      </div>
      <div className="rv-case-body">
        {only !== undefined ? (
          <LargeSum equation={only} />
        ) : sums.length > 0 ? (
          <div className="rv-sums">
            {sums.slice(0, MOST_SUMS).map((equation) => (
              <SumLine key={equation.name} equation={equation} withZeros={false} />
            ))}
          </div>
        ) : null}
        <div className="rv-two">
          <div className="rv-said">
            {discrepancy !== null && <Suggestion item={item} picture={picture} names={names} />}
            {discrepancy !== null ? (
              <VerdictLine discrepancy={discrepancy} names={names} words={words} onShow={actions.show} />
            ) : (
              item.counterpart !== null && (
                <div className="row g8">
                  <button type="button" className="btn sm" onClick={() => actions.show(item.counterpart, null)}>
                    {words.showProse}
                  </button>
                  <button type="button" className="btn sm" onClick={() => actions.show(null, cell)}>
                    {words.showTable}
                  </button>
                </div>
              )
            )}
            <Standing entry={entry} actions={actions} isWorking={isWorking} picture={picture} />
          </div>
          <div className="rv-beside">
            {location?.kind === 'page' && (
              <div className="rv-loupe">
                <Crop
                  sha256={picture.opened.sha256}
                  location={location}
                  around={LOUPE.around}
                  width={LOUPE.width}
                  height={LOUPE.height}
                  look={discrepancy?.verdict === 'published' ? 'failing' : 'suspect'}
                  beside={beside}
                />
              </div>
            )}
            {only !== undefined && discrepancy !== null && entry.overlaid.state !== 'settled' && (
              <Alternatives item={item} picture={picture} />
            )}
          </div>
        </div>
      </div>
      <Actions
        item={item}
        isSettled={entry.overlaid.state === 'settled'}
        picture={picture}
        reason={reason}
        isWorking={isWorking}
        actions={actions}
      />
    </section>
  )
}

const MOST_SUMS = 3
const LOUPE = { around: 26, width: 246, height: 96 }

/** What was decided about it, by whom and when; or what it was decided on that is no more. */
function Standing({
  entry,
  actions,
  isWorking,
  picture,
}: Pick<ItemCardProps, 'entry' | 'actions' | 'isWorking' | 'picture'>) {
  const words = useWords(REVIEW_WORDS)
  const locale = useLocale()
  const { state, made, item } = entry.overlaid
  if (state === 'open') return null
  if (made === null) {
    const { overlay } = picture
    const own = item.facts.flatMap(
      (fact): Made | readonly [] => overlay.corrections.get(fact) ?? overlay.assigned.get(fact)?.made ?? [],
    )
    const [first] = own
    return (
      <p className="rv-standing done">
        <Icon name="tick" />
        {words.closed}
        {first !== undefined && ` · ${first.by} ${timeOf(first.at, locale)}`}
        {first !== undefined && isWorking && (
          <button type="button" className="btn sm t" onClick={() => actions.undo(first)}>
            {words.undo} <span className="k">{keyOf('undo')}</span>
          </button>
        )}
      </p>
    )
  }
  if (state === 'lapsed') {
    return (
      <div className="rv-standing lapsed">
        <b>
          <Icon name="warning" />
          {words.lapsed}
        </b>
        <p>
          {words.decided(saidOf(made, words, ''), made.by, timeOf(made.at, locale))}
          <br />
          {words.oldEvidence}
          {words.colon}
          <bdi>{made.evidence}</bdi>
          <br />
          {words.newEvidence}
          {words.colon}
          <bdi>{item.evidence}</bdi>
        </p>
        <p>{words.decideAgain}</p>
      </div>
    )
  }
  return (
    <p className="rv-standing done">
      <Icon name="tick" />
      {words.decided(saidOf(made, words, ''), made.by, timeOf(made.at, locale))}
      {isWorking && (
        <button type="button" className="btn sm t" onClick={() => actions.undo(made)}>
          {words.undo} <span className="k">{keyOf('undo')}</span>
        </button>
      )}
    </p>
  )
}

interface ActionsProps extends Pick<CaseCardProps, 'picture' | 'reason' | 'isWorking' | 'actions'> {
  readonly item: Item
  readonly isSettled: boolean
}

/** In the same place each time; the recommended one first. */
function Actions({ item, isSettled, picture, reason, isWorking, actions }: ActionsProps) {
  const words = useWords(REVIEW_WORDS)
  const recommended = recommendedFor(item)
  const changes = item.discrepancy?.proposal?.changes ?? []
  const [change] = changes
  const take =
    changes.length > 1
      ? words.actions.takeAll(changes.length)
      : words.actions.take(figure(change?.derived ?? null, words.blankCell))
  const name = recommended === 'take' ? take : words.actions[recommended]
  const printed = change === undefined ? '' : figure(change.printed, words.blankCell)
  const isOff = !isWorking || isSettled
  return (
    <>
      {change !== undefined && !isSettled && (
        <p className="xs s2 tall rv-will">
          {recommended === 'take'
            ? words.willCorrect(printed)
            : words.willKeep(printed, picture.facts.get(change.fact)?.derived?.toString() ?? null)}
        </p>
      )}
      <div className="rv-acts">
        <button type="button" className={isOff ? 'btn dis' : 'btn p'} disabled={isOff} onClick={actions.recommended}>
          {name} {!isOff && <span className="k">{keyOf('recommended')}</span>}
        </button>
        <label className="inp rv-reason">
          <span className={recommended === 'as_published' ? undefined : 'rv-unseen'}>
            {words.reason}
            {words.colon}
          </span>
          <select
            aria-label={words.reason}
            title={words.reason}
            value={reason}
            disabled={isOff}
            onChange={({ target }) => actions.chooseReason(target.value as Reason)}
          >
            {REASONS.map((each) => (
              <option key={each} value={each}>
                {words.reasons[each]}
              </option>
            ))}
          </select>
        </label>
        <span className="sp" />
        {recommended !== 'as_published' && (
          <button type="button" className="btn" disabled={isOff} onClick={actions.asPublished}>
            {words.asPublished} <span className="k">{keyOf('asPublished')}</span>
          </button>
        )}
        {recommended !== 'take' && change !== undefined && (
          <button type="button" className="btn" disabled={isOff} onClick={actions.take}>
            {take} <span className="k">{keyOf('take')}</span>
          </button>
        )}
        {item.facts.length > 0 && (
          <button type="button" className="btn" disabled={!isWorking} onClick={actions.edit}>
            {words.edit} <span className="k">{keyOf('edit')}</span>
          </button>
        )}
        <button type="button" className="btn t" disabled={!isWorking} onClick={actions.note}>
          {words.note} <span className="k">{keyOf('note')}</span>
        </button>
      </div>
    </>
  )
}
