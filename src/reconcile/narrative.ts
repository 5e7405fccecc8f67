/**
 * Prose rules: the figures that the text states, against the figures of the tables.
 *
 * Each rule that captured something (captures.ts) is judged once for the report.
 * One capture that agrees is enough, because reports repeat figures for parts of the year or of the organ; else the first is
 * reported. A rounded figure (余, 多) is never compared, nor is one for which the report's tables have no cell.
 *
 * A blank total in the table is compared by what its parts add up to, and the message says so. A figure of part of a total
 * (其中…) may confirm the total but never contradict it.
 *
 * What the prose states of one fact, whatever the rules make of it, is evidence where that fact is in dispute.
 */
import type { Location } from '../record.js'
import { numberOf } from '../report/reading.js'
import { type Capture, overlap } from './captures.js'
import { sumExact } from './exact.js'
import { type FactIndex, isUnread } from './fact-index.js'
import { type Finding, finding, type StatedList, skip, type Verdict } from './finding.js'
import type { NarrativeRule, ProseSumRule, Term } from './rule.js'
import { partsOf } from './rules/subtotals.js'
import { listNames, nameOf } from './wording.js'

const LONGEST_QUOTE = 40

/** The sentence may speak of the office alone, while the table adds up the whole area. */
const OWN_SCOPE = /代表.{0,12}政府|政府办|本级/

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

  for (const one of stated) {
    const agreeing = figures.find((own) => agrees(own, one.value))
    if (agreeing !== undefined) {
      const found = finding(rule, '', agreeing.keys, {
        outcome: 'pass',
        expected: agreeing.value ?? 0,
        actual: one.value,
        message: `正文“${quote(one.phrase)}”与表格${computedNote(agreeing)}一致。`,
      })
      return { ...found, stated: one }
    }
  }
  const contradicting = stated.find((one) => !one.isPart)
  if (contradicting === undefined) return null
  return { ...finding(rule, '', figure.keys, contradict(contradicting, figures, figure, facts)), stated: contradicting }
}

function contradict(stated: Capture, figures: readonly TableFigure[], figure: TableFigure, facts: FactIndex): Verdict {
  const unread = figures.flatMap((one) => one.unread)
  if (unread.length > 0) return skip(`表中${listNames(unread)}未能读出，无法与正文核对。`)
  if (figure.value === null) return skip(`正文“${quote(stated.phrase)}”在表格中的对应栏空白，无从核对。`)
  return contradiction(stated, figure.value, figure, facts)
}

function agrees({ value, unread }: TableFigure, stated: number): boolean {
  return unread.length === 0 && (value ?? 0) === stated
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

  const list = { total, parts, carried: captures.find((one) => one.rule.id === rule.carried) }
  const sum = sumOf(parts, asStated)
  const holds = addsUp(list, asStated)
  if (!holds && sum < total.value && leavesKindsOut(list, sentence)) return null

  const listed = parts.map(({ phrase }) => phrase).join('、')
  const found = finding(rule, '', [], {
    outcome: holds ? 'pass' : 'fail',
    expected: total.value,
    actual: sum,
    message: `正文“${quote(total.phrase)}”，所列${listed}合计 ${sum}，${holds ? '一致' : `相差 ${Math.abs(sum - total.value)}`}。`,
  })
  return { ...found, stated: total, list }
}

type Valuation = (stated: Capture) => number

const asStated: Valuation = ({ value }) => value

/** `amountOf` may put other figures in the place of those stated. */
export function addsUp({ total, parts, carried }: StatedList, amountOf: Valuation): boolean {
  const sum = sumOf(parts, amountOf)
  return sum === amountOf(total) || (carried !== undefined && sum + amountOf(carried) === amountOf(total))
}

function sumOf(parts: readonly Capture[], amountOf: Valuation): number {
  return sumExact(parts.map((one) => ({ value: amountOf(one), factor: 1 })))
}

function leavesKindsOut({ total, parts, carried }: StatedList, sentence: string): boolean {
  const figuresAfter = sentence.slice(total.end).match(/\d+(?:件|份|条)/g)?.length ?? 0
  const known = [...parts, ...(carried === undefined ? [] : [carried])].filter(({ start }) => start >= total.end).length
  return figuresAfter > known || /(?:及|和|与)部分公开|其余|等/.test(sentence)
}

/** What the prose states of one fact. */
export interface Statement {
  readonly value: number
  readonly phrase: string
  readonly location: Location | null
  /** False where the sentence may speak of the office alone, while the table adds up the whole area. */
  readonly sameScope: boolean
}

/**
 * What the prose states of one fact and of no sum over it, in reading order: rounded figures and figures of a part of a total say
 * nothing. A phrase that may mean the fact alone or a sum (收到 with or without what was carried in) is about the fact unless it
 * agrees with the sum alone. Statements may still be of half a year: only one that agrees with a figure speaks for it.
 */
export function statementsAbout(key: string, captures: readonly Capture[], facts: FactIndex): Statement[] {
  const about = ({ rule, value, approximate, isPart }: Capture): boolean => {
    const [own = [], ...sums] = rule.accepts
    if (approximate || isPart || !mayBeAlone(key, own)) return false
    const figure = figureOf(own, facts)
    if (figure === null || (own[0] !== key && figure.keys.join() !== key)) return false
    return agrees(figure, value) || !sums.some((terms) => isPrinted(terms, value, facts))
  }
  const told: Capture[] = []
  let sentence: Capture[] = []
  for (const one of captures.filter(about)) {
    if (sentence[0]?.sentence !== one.sentence || sentence[0].location !== one.location) sentence = []
    if (sentence.some((other) => other.value === one.value && overlap(one, other))) continue
    sentence.push(one)
    told.push(one)
  }
  return told.map(({ value, phrase, location, sentence }) => ({
    value,
    phrase,
    location,
    sameScope: !OWN_SCOPE.test(sentence),
  }))
}

function isPrinted(terms: readonly Term[], value: number, facts: FactIndex): boolean {
  const figure = figureOf(terms, facts)
  return figure !== null && agrees(figure, value)
}

/** The fact itself, or a row of a group: where the form prints one row of it, that row is the group. */
function mayBeAlone(key: string, [term, ...more]: readonly Term[]): boolean {
  if (typeof term !== 'string' || more.length > 0) return false
  return term === key || partsOf(term).includes(key)
}
