/**
 * What a rule is: a statement about the figures of one report that can hold or not, as data.
 *
 * The rules themselves stand in rules/*.ts. A rule here says what must be so; how that is judged is the business of the
 * module for its kind. Keys and subjects may contain a name in braces, which `foreach` expands: one rule, one check for each value.
 */
import type { Check, Vintage } from '../record.js'

export type Level = Check['level']

interface RuleBase {
  readonly id: string
  /** What must hold, in Chinese, as a reviewer would say it. */
  readonly title: string
  readonly level: Level
  readonly vintages: readonly Vintage[]
}

/** Where a figure comes from: this report, the same organ's report of the year before, or the sum over subordinate organs. */
export type Source = 'report' | 'previous' | 'children'

export interface FactTerm {
  readonly key: string
  /** -1 subtracts; 0.3 takes three tenths. */
  readonly factor: number
  readonly source: Source
}

/** The first alternative in which at least one key is printed; where none is, the first. */
export interface AlternativeTerm {
  readonly anyOf: readonly (readonly string[])[]
}

/** A plain string adds that fact, a plain number is a constant. */
export type Term = string | number | FactTerm | AlternativeTerm

export function minus(key: string): FactTerm {
  return { key, factor: -1, source: 'report' }
}

export function times(factor: number, key: string): FactTerm {
  return { key, factor, source: 'report' }
}

export function previous(key: string): FactTerm {
  return { key, factor: 1, source: 'previous' }
}

export function children(key: string): FactTerm {
  return { key, factor: 1, source: 'children' }
}

export function anyOf(...alternatives: readonly (readonly string[])[]): AlternativeTerm {
  return { anyOf: alternatives }
}

export type Operator = '==' | '<=' | '>=' | 'zero_implies_zero' | 'both_zero_or_both_positive' | 'ratio_within'

/**
 * Two sums of figures and how they must stand to each other. An identity is fixed by the form; plausibility is what should
 * hold; cross_year needs the report of the year before.
 */
export interface RelationRule extends RuleBase {
  readonly kind: 'identity' | 'plausibility' | 'cross_year'
  readonly foreach?: { readonly name: string; readonly values: readonly string[] }
  readonly left: readonly Term[]
  readonly op: Operator
  readonly right: readonly Term[]
  /** Derived figures that few reports print: without them there is nothing to check. */
  readonly onlyIfPresent?: readonly string[]
  /** Nothing to check where not one cell was found: the report lacks the row. */
  readonly skipIfAllMissing?: boolean
  /** Below this right side the comparison says nothing. */
  readonly minRight?: number
  /** For ratio_within: the largest ratio, and the size from which a ratio says something. */
  readonly ratio?: number
  readonly minValue?: number
  readonly appliesTo?: 'organs_without_rule_making_power'
}

/** What may stand in one cell. One check for each cell that has something in it. */
export interface DomainRule extends RuleBase {
  readonly kind: 'domain'
  readonly type: 'integer' | 'signed_integer' | 'decimal'
}

export const STRUCTURE_IDS = [
  'ST-SECTIONS',
  'ST-TABLES',
  'ST-ROWS',
  'ST-BLANK',
  'ST-YEAR',
  'ST-SEC5',
  'ST-SEC6-FEE',
  'ST-FORM-MIX',
] as const
export type StructureId = (typeof STRUCTURE_IDS)[number]

export interface StructureRule extends RuleBase {
  readonly kind: 'structure'
  readonly id: StructureId
}

/** A figure that the prose states (group `n`), or a zero that it states in words, against the figures of the tables. */
export interface NarrativeRule extends RuleBase {
  readonly kind: 'narrative'
  readonly patterns: readonly RegExp[]
  /** One of these stands in whatever the patterns match: most sentences then need no pattern, which are dear to compile. */
  readonly cues: readonly string[]
  readonly states: 'figure' | 'zero'
  /** Equal to one of these sums is enough. Keys that no table of the report has: the figure is only captured. */
  readonly accepts: readonly (readonly Term[])[]
  /** The sentence must speak of this. */
  readonly context?: RegExp
  /** The sentence must not speak of this. */
  readonly exclude?: RegExp
  /** What was matched must not speak of this. */
  readonly unless?: RegExp
  /** What a total is said to consist of (其中…) may state less than the total. */
  readonly isTotal?: boolean
}

/** Outcomes listed in one sentence add up to the total of that sentence. */
export interface ProseSumRule extends RuleBase {
  readonly kind: 'prose_sum'
  readonly parts: readonly string[]
  readonly carried: string
  /** The first of these that the sentence states. */
  readonly totals: readonly string[]
}

/** A percentage on last year, against the two reports. */
export interface YearOnYearRule extends RuleBase {
  readonly kind: 'narrative_cross_year'
  readonly pattern: RegExp
  /** Rules whose captured figure the percentage may be about. */
  readonly about: readonly string[]
  readonly tolerance: number
}

/** A report whose figures are all those of the year before was copied. */
export interface CopiedRule extends RuleBase {
  readonly kind: 'copied'
  readonly minNonZero: number
}

/** Every count of a government's aggregate is the sum over the organs below it. */
export interface AggregateRule extends RuleBase {
  readonly kind: 'hierarchy'
}

export type Rule =
  | RelationRule
  | DomainRule
  | StructureRule
  | NarrativeRule
  | ProseSumRule
  | YearOnYearRule
  | CopiedRule
  | AggregateRule
