/**
 * Prose rules: the figures that the text states, against the figures of the tables.
 *
 * First every rule captures what it finds, sentence by sentence; then each rule with a capture is judged once for the report.
 * One capture that agrees is enough, because reports repeat figures for parts of the year or of the organ; else the first is
 * reported. A rounded figure (余, 多) is never compared, nor is one for which the report's tables have no cell.
 *
 * A blank total in the table is compared by what its parts add up to, and the message says so. A figure of part of a total
 * (其中…) may confirm the total but never contradict it.
 */
import type { Section, Vintage } from '../record.js'
import { numberOf } from '../report/reading.js'
import { sumExact } from './exact.js'
import { type FactIndex, isUnread } from './fact-index.js'
import { type Finding, finding, skip } from './finding.js'
import { readFigure, sentencesOf } from './prose.js'
import type { NarrativeRule, ProseSumRule, Term } from './rule.js'
import { partsOf } from './rules/subtotals.js'
import { listNames, nameOf } from './wording.js'

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
}

/** Section 2 of the later forms is a table; that of 2014-2018 is prose. */
const SECTIONS = ['overview', 'requests', 'review_litigation', 'other']
const SECTIONS_2014 = [...SECTIONS, 'proactive']

/** After a statement of zero: what makes it one about something else, such as reviews that were lost, or takes it back. */
const NOT_THE_TOTAL =
  /^(?:引|导致|产生的|提起|而|被|的(?!情况|情形|事项|案件|申请)|(?:类)?(?:案件|申请|案)?(?:共计|共|为)?[1-9])/
const QUALIFIED = /纠错|纠正|败诉|撤销|违法|超期|逾期/

const LONGEST_QUOTE = 40

/** The sentence may speak of the office alone, while the table adds up the whole area. */
const OWN_SCOPE = /代表.{0,12}政府|政府办|本级/

export function capture(sections: readonly Section[], rules: readonly NarrativeRule[], vintage: Vintage): Capture[] {
  const keys = vintage === '2014' ? SECTIONS_2014 : SECTIONS
  return sections
    .filter(({ key }) => key !== null && keys.includes(key))
    .flatMap(sentencesOf)
    .flatMap((sentence) => rules.flatMap((rule) => captureIn(sentence, rule)))
}

export function captureIn(sentence: string, rule: NarrativeRule): Capture[] {
  const captures: Capture[] = []
  if (!rule.cues.some((cue) => sentence.includes(cue))) return captures
  for (const pattern of rule.patterns) {
    pattern.lastIndex = 0
    for (let match = pattern.exec(sentence); match !== null; match = pattern.exec(sentence)) {
      const found = toCapture(sentence, rule, match)
      if (found !== null) captures.push(found)
    }
  }
  if (captures.length === 0) return captures
  if (rule.context !== undefined && !rule.context.test(sentence)) return []
  return rule.exclude?.test(sentence) === true ? [] : captures
}

function toCapture(sentence: string, rule: NarrativeRule, match: RegExpExecArray): Capture | null {
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

/** What the tables say, as one figure. */
interface TableFigure {
  readonly value: number | null
  /** Added up from its parts, because the printed total is blank or the form prints none. */
  readonly computed: boolean
  readonly keys: readonly string[]
  readonly unread: readonly string[]
}

/** null: the tables have no such figure. */
export function figureOf(terms: readonly Term[], facts: FactIndex): TableFigure | null {
  const figures: { figure: TableFigure; factor: number }[] = []
  for (const term of terms) {
    if (typeof term === 'number' || (typeof term === 'object' && 'anyOf' in term)) continue
    const { key, factor } = typeof term === 'string' ? { key: term, factor: 1 } : term
    const figure = figureOfKey(key, facts)
    if (figure === null) return null
    figures.push({ figure, factor })
  }
  return addFigures(figures, false)
}

function figureOfKey(key: string, facts: FactIndex): TableFigure | null {
  const fact = facts.get(key)
  if (fact !== undefined) {
    if (isUnread(fact)) return { value: null, computed: false, keys: [key], unread: [nameOf(fact)] }
    const value = numberOf(fact.reading)
    if (value !== null) return { value, computed: false, keys: [key], unread: [] }
  }
  const parts = partsOf(key).flatMap((part) => figureOfKey(part, facts) ?? [])
  if (parts.length > 0) {
    const sum = addFigures(
      parts.map((figure) => ({ figure, factor: 1 })),
      true,
    )
    return fact === undefined ? sum : { ...sum, keys: [key, ...sum.keys] }
  }
  return fact === undefined ? null : { value: null, computed: false, keys: [key], unread: [] }
}

/** Blank parts count as 0, unless all of them are blank. */
function addFigures(figures: readonly { figure: TableFigure; factor: number }[], computed: boolean): TableFigure {
  const summands = figures.flatMap(({ figure: { value }, factor }) => (value === null ? [] : [{ value, factor }]))
  return {
    value: summands.length > 0 ? sumExact(summands) : null,
    computed: computed || figures.some(({ figure }) => figure.computed),
    keys: figures.flatMap(({ figure }) => figure.keys),
    unread: figures.flatMap(({ figure }) => figure.unread),
  }
}

export function checkNarrative(rule: NarrativeRule, captures: readonly Capture[], facts: FactIndex): Finding | null {
  const stated = captures.filter((one) => one.rule.id === rule.id && !one.approximate)
  const figures = rule.accepts.flatMap((terms) => figureOf(terms, facts) ?? [])
  const [figure] = figures
  if (figure === undefined) return null

  for (const { value, phrase } of stated) {
    const agreeing = figures.find((one) => one.unread.length === 0 && sameFigure(value, one))
    if (agreeing !== undefined) {
      return finding(rule, '', agreeing.keys, {
        outcome: 'pass',
        expected: agreeing.value ?? 0,
        actual: value,
        message: `正文“${quote(phrase)}”与表格${computedNote(agreeing)}一致。`,
      })
    }
  }
  const contradicting = stated.find((one) => !one.isPart)
  if (contradicting === undefined) return null
  const unread = figures.flatMap((one) => one.unread)
  if (unread.length > 0)
    return finding(rule, '', figure.keys, skip(`表中${listNames(unread)}未能读出，无法与正文核对。`))
  if (figure.value === null) {
    return finding(rule, '', figure.keys, skip(`正文“${quote(contradicting.phrase)}”在表格中的对应栏空白，无从核对。`))
  }
  return finding(rule, '', figure.keys, contradiction(contradicting, figure.value, figure, facts))
}

function sameFigure(stated: number, { value }: TableFigure): boolean {
  return value === null ? stated === 0 : stated === value
}

function contradiction({ value, phrase, sentence }: Capture, expected: number, figure: TableFigure, facts: FactIndex) {
  const names = figure.computed ? '表格' : `表中${listNames(figure.keys.flatMap((key) => namesOf(key, facts)))}`
  const scope = OWN_SCOPE.test(sentence) ? '该句所述范围可能只是本级或办公机构，与汇总表口径不同，请核对。' : ''
  return {
    outcome: 'fail' as const,
    expected,
    actual: value,
    message: `正文“${quote(phrase)}”，${names}${computedNote(figure)}为 ${expected}，相差 ${Math.abs(value - expected)}。${scope}`,
  }
}

/** A pattern may reach over a long list; its end holds the figure. */
function quote(phrase: string): string {
  return phrase.length > LONGEST_QUOTE ? `…${phrase.slice(-LONGEST_QUOTE)}` : phrase
}

function computedNote({ computed, value }: TableFigure): string {
  if (value === null) return '（空白，按 0 计）'
  return computed ? '（由各分项相加，空白按 0 计）' : ''
}

function namesOf(key: string, facts: FactIndex): string[] {
  const fact = facts.get(key)
  return fact === undefined ? [] : [nameOf(fact)]
}

/**
 * The outcomes listed in a sentence against its total. A list that leaves kinds out is common and right: where the sentence
 * states further figures after the total that are no outcome we know, a smaller sum says nothing.
 */
export function checkProseSum(rule: ProseSumRule, captures: readonly Capture[]): Finding | null {
  const bySentence = new Map<string, Capture[]>()
  for (const one of captures) {
    const sameSentence = bySentence.get(one.sentence)
    if (sameSentence === undefined) bySentence.set(one.sentence, [one])
    else sameSentence.push(one)
  }
  const found = [...bySentence].flatMap(([sentence, stated]) => judgeList(rule, stated, sentence) ?? [])
  return found.find(({ check }) => check.outcome === 'fail') ?? found[0] ?? null
}

function judgeList(rule: ProseSumRule, captures: readonly Capture[], sentence: string): Finding | null {
  const total = rule.totals.flatMap((id) => captures.find((one) => one.rule.id === id && !one.isPart) ?? [])[0]
  const parts = rule.parts.flatMap((id) => captures.find((one) => one.rule.id === id) ?? [])
  if (total === undefined || parts.length < 2 || [total, ...parts].some((one) => one.approximate)) return null

  const carried = captures.find((one) => one.rule.id === rule.carried)
  const sum = sumExact(parts.map(({ value }) => ({ value, factor: 1 })))
  const agrees = sum === total.value || sum + (carried?.value ?? 0) === total.value
  const figuresAfter = sentence.slice(total.end).match(/\d+(?:件|份|条)/g)?.length ?? 0
  const known = [...parts, ...(carried === undefined ? [] : [carried])].filter(({ start }) => start >= total.end).length
  const incomplete = figuresAfter > known || /(?:及|和|与)部分公开|其余|等/.test(sentence)
  if (!agrees && sum < total.value && incomplete) return null

  const listed = parts.map(({ phrase }) => phrase).join('、')
  return finding(rule, '', [], {
    outcome: agrees ? 'pass' : 'fail',
    expected: total.value,
    actual: sum,
    message: `正文“${quote(total.phrase)}”，所列${listed}合计 ${sum}，${agrees ? '一致' : `相差 ${Math.abs(sum - total.value)}`}。`,
  })
}
