/** What speaks for and against an item: what is suggested and what that would do, the verdict with its evidence, and what other cells would have to be. */
import { useMemo } from 'react'
import type { Discrepancy, Evidence, Location } from '../../../src/record.js'
import type { Corrections } from '../../../src/review/form-facts.js'
import { evidenceInEnglish } from '../../../src/review/in-english.js'
import type { Item } from '../../../src/review/items.js'
import { Icon } from '../parts/icon.js'
import { useWords } from '../wording/words.js'
import { figure } from './figures.js'
import type { Picture } from './opened-report.js'
import { REVIEW_WORDS, type ReviewWords } from './review-words.js'
import { alternativesTo, effectOf } from './settling.js'
import { useTell } from './telling.js'

export interface OfItem {
  readonly item: Item
  readonly picture: Picture
}

export function Suggestion({ item, picture, names }: OfItem & { readonly names: ReadonlyMap<string, string> }) {
  const words = useWords(REVIEW_WORDS)
  const proposal = item.discrepancy?.proposal ?? null
  const corrections = useCorrections(picture)
  const effect = useMemo(
    () =>
      proposal === null
        ? null
        : effectOf(picture.record, corrections, new Map(proposal.changes.map(({ fact, derived }) => [fact, derived]))),
    [proposal, picture.record, corrections],
  )
  if (proposal === null || effect === null) {
    const count = item.discrepancy?.suspects.length ?? 0
    return <p className="rv-prop none">{count > 1 ? words.walk(count) : words.noSuggestion}</p>
  }
  const nameOf = namesApart(item.facts, names)
  const changes = proposal.changes
    .map(({ fact, printed, derived }) => `${nameOf(fact)} ${figure(printed, words.blankCell)} → ${figure(derived)}`)
    .join(words.comma)
  return (
    <div className="rv-prop">
      <b>{words.suggestion(changes, effect.closes.length || proposal.closes.length)}</b>
      <div className="why">
        {effect.breaks.length === 0 ? words.breaksNone : words.breaks(effect.breaks.join(words.comma))}
      </div>
    </div>
  )
}

/** What all cells have in common the rule says already. */
function namesApart(facts: readonly string[], names: ReadonlyMap<string, string>): (fact: string) => string {
  const paths = facts.map((fact) => (names.get(fact) ?? fact).split('·'))
  const [first = []] = paths
  const shortest = Math.min(...paths.map(({ length }) => length))
  let head = 0
  while (head < shortest - 1 && paths.every((path) => path[head] === first[head])) head++
  return (fact) => (names.get(fact) ?? fact).split('·').slice(head).join('·')
}

function useCorrections({ overlay }: Picture): Corrections {
  return useMemo(
    () => new Map([...overlay.corrections].map(([key, { decision }]) => [key, decision.value])),
    [overlay.corrections],
  )
}

interface VerdictLineProps {
  readonly discrepancy: Discrepancy
  readonly names: ReadonlyMap<string, string>
  readonly words: ReviewWords
  onShow(location: Location | null, fact: string | null): void
}

export function VerdictLine({ discrepancy, names, words, onShow }: VerdictLineProps) {
  const { verdict, evidence, proposal } = discrepancy
  const tell = useTell()
  return (
    <div className={`rv-verd ${verdict}`}>
      <span className="st0">
        <span className="seal" lang="zh-CN" aria-hidden="true">
          {words.seals[verdict]}
        </span>
        {words.verdicts[verdict]}
      </span>
      <ul className="rv-ev">
        {evidence.map((one) => {
          const look = lookOfEvidence(one, verdict)
          const said = tell(one.message, () => evidenceInEnglish(one, proposal, (fact) => names.get(fact) ?? fact))
          return (
            <li key={`${one.code}${one.message}`} className={look}>
              <Icon name={look === 'for' ? 'tick' : 'warning'} />
              {one.location === null && one.facts.length === 0 ? (
                <span lang={said.lang}>{said.text}</span>
              ) : (
                <button type="button" lang={said.lang} onClick={() => onShow(one.location, one.facts[0] ?? null)}>
                  {said.text}
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** What speaks for the page speaks against a misreading, and the other way round; against the suggestion is always shown. */
function lookOfEvidence({ bearing }: Evidence, verdict: string): 'for' | 'against' {
  if (bearing === 'against_proposal') return 'against'
  if (bearing === 'for_proposal') return 'for'
  return verdict === 'undecided' || bearing === verdict ? 'for' : 'against'
}

export function Alternatives({ item, picture }: OfItem) {
  const words = useWords(REVIEW_WORDS)
  const corrections = useCorrections(picture)
  const equation = picture.equations.get(item.checks[0] ?? '')
  const others = useMemo(() => {
    if (equation === undefined || equation.outcome !== 'fail') return []
    const proposed = new Set(item.discrepancy?.proposal?.changes.map(({ fact }) => fact) ?? [])
    return alternativesTo(picture.record, corrections, equation, proposed)
  }, [equation, item, picture.record, corrections])
  if (others.length === 0) return null
  return (
    <table className="rv-others xs tall">
      <caption className="s2">{words.others}</caption>
      <tbody>
        {others.map(({ fact, name, from, to, against }) => (
          <tr key={fact}>
            <th scope="row">{name.split('·').at(-1)}</th>
            <td className="r num nw">
              {figure(from, words.blankCell)} → {figure(to, words.blankCell)}
            </td>
            <td className={against === null ? 's2' : 'no'}>
              {against === null
                ? words.against.none
                : against.kind === 'breaks'
                  ? words.against.breaks(against.count)
                  : words.against[against.kind]}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
