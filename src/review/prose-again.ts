/**
 * The prose of a report and the figures that now stand in its tables → what the rules say of the two, and of the prose alone.
 *
 * A record keeps its prose as sections, without the places of its paragraphs: what is found in a section stands where its heading does. What a
 * section states is looked for once, whatever becomes of the figures.
 */
import { type Capture, capturesOf } from '../reconcile/captures.js'
import type { FactIndex } from '../reconcile/fact-index.js'
import type { Finding } from '../reconcile/finding.js'
import { checkNarrative, checkProseSum } from '../reconcile/narrative.js'
import type { NarrativeRule, ProseSumRule, Rule, StructureRule } from '../reconcile/rule.js'
import { RULES } from '../reconcile/rules.js'
import { checkStructure } from '../reconcile/structure.js'
import type { ReportRecord, Section, Vintage } from '../record.js'
import type { FormFact, Passage, ReportReading } from '../report/reading.js'

/** A report as the rules ask for it, without what only a document shows: which tables it prints, and how. */
export function readingOf(
  report: ReportRecord['report'],
  sections: readonly Section[],
  facts: readonly FormFact[],
): ReportReading {
  return {
    ...report,
    sections,
    passages: sections.flatMap(passagesOf),
    expectedSections: [],
    tables: [],
    formTables: [],
    facts,
    mixedForms: [],
    flags: [],
  }
}

function passagesOf(section: Section): Passage[] {
  return linesOf(section).map((line) => ({ section: section.key, ...line }))
}

function linesOf({ text, location, children }: Section): Omit<Passage, 'section'>[] {
  const inChildren = children.flatMap((child) => [{ text: child.title, location: child.location }, ...linesOf(child)])
  return [{ text, location }, ...inChildren].filter((line) => line.text !== '')
}

/** What a section says, by the form. */
const known = new WeakMap<Section, Map<Vintage, readonly Capture[]>>()

function capturesIn(section: Section, vintage: Vintage): readonly Capture[] {
  const own = known.get(section) ?? new Map<Vintage, readonly Capture[]>()
  const captures = own.get(vintage) ?? capturesOf(passagesOf(section), vintage)
  known.set(section, own.set(vintage, captures))
  return captures
}

/** In the order of the rules: each that finds something to judge. */
export function proseFindings(
  report: ReportRecord['report'],
  sections: readonly Section[],
  facts: FactIndex,
): readonly Finding[] {
  const { vintage } = report
  if (vintage === null) return []
  const captures = sections.flatMap((section) => capturesIn(section, vintage))
  const judge = (rule: ProseRule): Finding | null => {
    if (rule.kind === 'narrative') return checkNarrative(rule, captures, facts)
    if (rule.kind === 'prose_sum') return checkProseSum(rule, captures)
    return checkStructure(rule, readingOf(report, sections, []), captures)
  }
  return PROSE_RULES.filter(({ vintages }) => vintages.includes(vintage)).flatMap((rule) => judge(rule) ?? [])
}

type ProseRule = NarrativeRule | ProseSumRule | StructureRule

/** Of those on what a report is made of, the ones that ask what it says. */
const OF_TEXT: ReadonlySet<string> = new Set(['ST-YEAR', 'ST-SEC5', 'ST-SEC6-FEE'])

export function isOfProse(rule: Rule): rule is ProseRule {
  return rule.kind === 'narrative' || rule.kind === 'prose_sum' || (rule.kind === 'structure' && OF_TEXT.has(rule.id))
}

const PROSE_RULES = RULES.filter(isOfProse)
