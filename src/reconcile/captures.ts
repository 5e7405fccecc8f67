/**
 * Passages → the figures that the prose states, as the patterns of the prose rules find them: which rule, what figure, and where.
 *
 * What a figure means is left to the rules that are judged with it. A zero stated in words counts as a figure where nothing after it makes
 * it one about something else.
 */
import type { Location, Vintage } from '../record.js'
import type { Passage } from '../report/reading.js'
import { readFigure, sentencesOf } from './prose.js'
import type { NarrativeRule, Rule } from './rule.js'
import { RULES } from './rules.js'

export interface Capture {
  readonly rule: NarrativeRule
  readonly value: number
  readonly approximate: boolean
  /** Part of a total that was named before. */
  readonly isPart: boolean
  readonly phrase: string
  readonly sentence: string
  /** Where the phrase starts and ends in the sentence. */
  readonly start: number
  readonly end: number
  /** Of the paragraph that the phrase stands in. */
  readonly location: Location | null
}

/** Section 2 of the later forms is a table; that of 2014-2018 is prose. */
const SECTIONS = ['overview', 'requests', 'review_litigation', 'other']
const SECTIONS_2014 = [...SECTIONS, 'proactive']

/** After a statement of zero: what makes it one about something else, such as reviews that were lost, or takes it back. */
const NOT_THE_TOTAL =
  /^(?:引|导致|产生的|提起|而|被|的(?!情况|情形|事项|案件|申请)|(?:类)?(?:案件|申请|案)?(?:共计|共|为)?[1-9])/
const QUALIFIED = /纠错|纠正|败诉|撤销|违法|超期|逾期/

const NARRATIVE_RULES = RULES.filter((rule: Rule): rule is NarrativeRule => rule.kind === 'narrative')

/** By all prose rules of a form. */
export function capturesOf(passages: readonly Passage[], vintage: Vintage | null): Capture[] {
  if (vintage === null) return []
  const rules = NARRATIVE_RULES.filter(({ vintages }) => vintages.includes(vintage))
  return capture(passages, rules, vintage)
}

export function capture(passages: readonly Passage[], rules: readonly NarrativeRule[], vintage: Vintage): Capture[] {
  const keys = vintage === '2014' ? SECTIONS_2014 : SECTIONS
  return passages
    .filter(({ section }) => section !== null && keys.includes(section))
    .flatMap(({ text, location }) =>
      sentencesOf(text).flatMap((sentence) => rules.flatMap((rule) => captureIn(sentence, rule, location))),
    )
}

export function captureIn(sentence: string, rule: NarrativeRule, location: Location | null): Capture[] {
  const captures: Capture[] = []
  if (!rule.cues.some((cue) => sentence.includes(cue))) return captures
  for (const pattern of rule.patterns) {
    pattern.lastIndex = 0
    for (let match = pattern.exec(sentence); match !== null; match = pattern.exec(sentence)) {
      const found = toCapture(sentence, rule, match, location)
      if (found !== null) captures.push(found)
    }
  }
  if (captures.length === 0) return captures
  if (rule.context !== undefined && !rule.context.test(sentence)) return []
  return rule.exclude?.test(sentence) === true ? [] : captures
}

/** Two rules may take up the same words. */
export function overlap(one: Capture, other: Capture): boolean {
  const together = one.location === other.location && one.sentence === other.sentence
  return together && one.start < other.end && other.start < one.end
}

function toCapture(
  sentence: string,
  rule: NarrativeRule,
  match: RegExpExecArray,
  location: Location | null,
): Capture | null {
  const [phrase] = match
  const start = match.index
  const end = start + phrase.length
  const value = rule.states === 'zero' ? zeroStated(sentence, phrase, end, rule) : readFigure(match.groups?.n ?? '')
  if (value === null) return null
  return {
    rule,
    value,
    approximate: match.groups?.approx !== undefined,
    isPart: rule.isTotal === true && isPartOfTotal(sentence.slice(0, start)),
    phrase,
    sentence,
    start,
    end,
    location,
  }
}

function zeroStated(sentence: string, phrase: string, end: number, rule: NarrativeRule): 0 | null {
  const restOfClause = sentence.slice(end).split(/[,，。;；]/, 1)[0] ?? ''
  if (NOT_THE_TOTAL.test(restOfClause)) return null
  if (QUALIFIED.test(phrase) || QUALIFIED.test(restOfClause)) return null
  return rule.unless?.test(phrase) === true ? null : 0
}

function isPartOfTotal(before: string): boolean {
  const from = before.lastIndexOf('其中')
  return from >= 0 && !/[;；)]/.test(before.slice(from))
}
