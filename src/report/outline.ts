/**
 * Paragraphs → the headings of the top level, with the keys of the form and the places they stand at.
 *
 * A section is told by its title first: the form's wording, whatever enumerator stands before it. The enumerators of the titles
 * so found then say how this report counts its top level, and other headings that count on in the same way are sections the
 * form does not know. Labels of tables carry the same enumerators (一、本年新收…) and lie in grids; where a table was flattened
 * to paragraphs, their words keep them out.
 */
import type { Cell, Cue, Document, Grid, Paragraph } from '../document/model.js'
import type { Form, SectionSpec } from './form.js'
import { LabelFit, withoutSpace } from './labels.js'

/** How a heading counts: 第一部分, 一、, （一）, 1., (1), ①; none. */
export type Style = 'part' | 'numeral' | 'bracketed' | 'figure' | 'bracketedFigure' | 'circled' | 'none'

export interface Heading {
  readonly index: number
  readonly style: Style
  readonly ordinal: string | null
  readonly number: number
  readonly title: string
  /** What follows the title in the same paragraph. */
  readonly rest: string
}

const STYLES: readonly (readonly [Style, RegExp])[] = [
  ['part', /^(第[一二三四五六七八九十]+(?:部分|章))[、.．,，:：\s]*/],
  ['numeral', /^([一二三四五六七八九十]{1,3})[、.．,，:：]\s*/],
  ['numeral', /^([一二三四五六七八九十])\s+(?=\S)/],
  ['bracketed', /^[（(]\s*([一二三四五六七八九十]{1,3})\s*[)）][、.．,，]?\s*/],
  ['bracketedFigure', /^[（(]\s*(\d{1,2})\s*[)）][、.．]?\s*/],
  ['figure', /^(\d{1,2})(?:[、．]|\.(?!\d))\s*/],
  ['circled', /^([①-⑳])\s*/],
]
/** A heading is short; a longer paragraph that begins with an enumerator is prose. */
export const HEADING_LENGTH = 40
const CLOSING = /[。：:]$/
const PROSE_END = /[。；;，,！？]$/
const NO_CUE: Cue = { level: null, bold: false, centred: false, size: null }
/** A heading has no clauses. */
export const CLAUSES = /[，,；;]/
/** Titles of the parts that the form suggests within its first section, where they run into the text without a stop. */
const RUN_IN = /^.{0,14}?(?:情况|方面|工作|建设|保障|管理|问题|措施|公开|打算)(?=[^的和与及、情方工建保管问措公])/

/** A paragraph, or a row of a table that is set as a heading. */
export interface Entry {
  readonly paragraph: Paragraph
  /** Number of its block in the document. */
  readonly block: number
  /** Row of the grid that it is; null for a paragraph. */
  readonly row: number | null
}

/** Everything that may be a heading or text of a section, in order. A label of a table is no heading in its table. */
export function entriesOf(
  document: Document,
  forms: readonly Form[],
  isLabel: (text: string) => boolean,
  skip: ReadonlySet<Paragraph>,
): readonly Entry[] {
  return document.blocks.flatMap((block, number): Entry[] => {
    if (block.kind === 'grid') {
      const rows = headingRows(block, forms).filter(({ paragraph }) => !isLabel(paragraph.text))
      return rows.map((row) => ({ ...row, block: number }))
    }
    return skip.has(block) ? [] : [{ paragraph: block, block: number, row: null }]
  })
}

/** Titles of the form that are set as a row of a table. */
function headingRows(grid: Grid, forms: readonly Form[]): readonly Omit<Entry, 'block'>[] {
  const rows = new Map<number, Cell[]>()
  for (const cell of grid.cells) {
    if (withoutSpace(cell.text) === '') continue
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++) rows.set(row, [...(rows.get(row) ?? []), cell])
  }
  return [...rows].flatMap(([row, [cell, ...more]]) => {
    if (cell === undefined || more.length > 0 || cell.text.length > HEADING_LENGTH) return []
    const title = withoutSpace(parseHeading(cell.text, 0)[0]?.title ?? '')
    const known = forms.some((form) => form.sections.some((section) => section.pattern.test(title)))
    const { text, location } = cell
    return known ? [{ paragraph: { kind: 'paragraph', text, location, cue: NO_CUE }, row }] : []
  })
}

export interface KnownHeading {
  readonly heading: Heading
  readonly key: string | null
}

/** Headings by their number among the entries, in order. */
export function topHeadings(entries: readonly Entry[], forms: readonly Form[]): readonly KnownHeading[] {
  const headings = entries.flatMap(({ paragraph }, index) => parseHeading(paragraph.text, index))
  const fits = forms.map((form) => ({ form, known: titled(headings, form) }))
  const { form, known: best = [] } = fits.sort((a, b) => b.known.length - a.known.length)[0] ?? {}
  if (best.length === 0) return []
  const style = commonest(best.map(({ heading }) => heading.style)) ?? 'none'
  const named = new Set(best.map(({ heading }) => heading.index))
  const others = headings.filter((heading) => !named.has(heading.index) && countsOn(heading, style, best))
  const open = (form?.sections ?? []).filter(({ key }) => key !== null && !best.some((known) => known.key === key))
  const guessed = others.map((heading) => {
    const title = withoutSpace(heading.title)
    return { heading, key: open.find((section) => section.loose?.test(title))?.key ?? null }
  })
  const once = guessed.map((own, i) =>
    guessed.slice(0, i).some(({ key }) => key === own.key) ? { ...own, key: null } : own,
  )
  return [...best, ...once].sort((a, b) => a.heading.index - b.heading.index)
}

/**
 * The headings that bear a title of the form, in document order. The way most of them count wins over others with the same
 * title (a part of the first section may be called like the second), then the number that the form gives the section; among
 * equals the last does, since a table of contents comes first.
 */
function titled(headings: readonly Heading[], form: Form): readonly KnownHeading[] {
  const fit = titlesOf(form)
  const bearers = headings.flatMap((heading) => {
    const title = withoutSpace(heading.title).replace(CLOSING, '')
    const section =
      form.sections.find((spec) => spec.pattern.test(title)) ??
      (heading.style === 'none' ? undefined : alike(title, form, fit))
    return section === undefined || !(heading.style === 'none' || isTop(heading.style)) ? [] : [{ heading, section }]
  })
  const style = commonest(bearers.map(({ heading }) => heading.style)) ?? 'none'
  const rank = ({ style: own, number }: Heading, section: SectionSpec): number =>
    (own === style ? 4 : own === 'none' ? 2 : 0) + (number === form.sections.indexOf(section) + 1 ? 1 : 0)
  const found = new Map<SectionSpec, Heading>()
  for (const { heading, section } of bearers) {
    const before = found.get(section)
    if (before === undefined || rank(heading, section) >= rank(before, section)) found.set(section, heading)
  }
  return [...found]
    .map(([section, heading]) => ({ heading, key: section.key }))
    .sort((a, b) => a.heading.index - b.heading.index)
}

const titles = new WeakMap<Form, LabelFit<{ label: string }>>()

/** The titles of a form's sections, folded once. */
function titlesOf(form: Form): LabelFit<{ label: string }> {
  const known = titles.get(form) ?? new LabelFit(form.sections.map((section) => ({ label: section.title })))
  titles.set(form, known)
  return known
}

/** A title with a slip of the pen. */
function alike(title: string, form: Form, fit: LabelFit<{ label: string }>): SectionSpec | undefined {
  if (title.length < 6) return undefined
  const scores = fit.score(title)
  const best = Math.max(...scores)
  return best >= 0.8 ? form.sections[scores.indexOf(best)] : undefined
}

function isTop(style: Style): boolean {
  return style === 'part' || style === 'numeral' || style === 'bracketed' || style === 'figure'
}

/** A short line that counts on before, between or after the sections of the form. */
function countsOn(heading: Heading, style: Style, known: readonly KnownHeading[]): boolean {
  if (style === 'none' || heading.style !== style || heading.rest !== '' || PROSE_END.test(heading.title)) return false
  if (heading.title.length > HEADING_LENGTH || /本年新收|上年结转|本年度?办理结果|结转下(?:一)?年/.test(heading.title))
    return false
  const before = known.filter((other) => other.heading.index < heading.index).at(-1)
  const after = known.find((other) => other.heading.index > heading.index)
  const low = before?.heading.number ?? 0
  const high = after?.heading.number ?? Number.POSITIVE_INFINITY
  return heading.number > low && heading.number < high
}

export function parseHeading(text: string, index: number): readonly Heading[] {
  const line = text.trim()
  for (const [style, pattern] of STYLES) {
    const match = pattern.exec(line)
    if (match === null) continue
    const ordinal = match[1] ?? ''
    return [{ index, style, ordinal, number: numberOf(ordinal), ...split(line.slice(match[0].length)) }]
  }
  return line.length > HEADING_LENGTH
    ? []
    : [{ index, style: 'none', ordinal: null, number: 0, title: line.replace(CLOSING, ''), rest: '' }]
}

/** Title and what runs in after it. */
function split(body: string): Pick<Heading, 'title' | 'rest'> {
  const stop = body.search(/[。：:\n]|\s{2,}|[ 　](?=[^\d])/)
  if (stop > 0 && stop <= HEADING_LENGTH)
    return { title: body.slice(0, stop), rest: body.slice(stop).replace(/^[。：:\s]+/, '') }
  if (body.length <= HEADING_LENGTH) return { title: body, rest: '' }
  const title = RUN_IN.exec(body)?.[0] ?? ''
  return { title, rest: body.slice(title.length) }
}

function numberOf(ordinal: string): number {
  if (/^\d+$/.test(ordinal)) return Number(ordinal)
  if (/^[①-⑳]$/.test(ordinal)) return (ordinal.codePointAt(0) ?? 0) - 0x245f
  const digits = ordinal.replace(/[第部分章]/g, '')
  const [tens, units] = digits.includes('十') ? digits.split('十') : ['', digits]
  const value = (digit: string | undefined): number => '一二三四五六七八九'.indexOf(digit ?? '') + 1
  return digits.includes('十') ? 10 * (tens === '' ? 1 : value(tens)) + (units === '' ? 0 : value(units)) : value(units)
}

function commonest<T>(values: readonly T[]): T | undefined {
  return [...values].sort((a, b) => values.filter((v) => v === b).length - values.filter((v) => v === a).length)[0]
}
