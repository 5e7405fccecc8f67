/** Entries under their headings → the sections of a report, with the parts they fall into. */
import type { Paragraph } from '../document/model.js'
import type { Section } from '../record.js'
import {
  CLAUSES,
  type Entry,
  HEADING_LENGTH,
  type Heading,
  type KnownHeading,
  parseHeading,
  type Style,
} from './outline.js'

export function readSections(entries: readonly Entry[], headings: readonly KnownHeading[]): readonly Section[] {
  return headings.map(({ heading, key }, i) => {
    const end = headings[i + 1]?.heading.index ?? entries.length
    const paragraphs = entries.slice(heading.index + 1, end).map((entry) => entry.paragraph)
    return {
      key,
      ordinal: heading.ordinal,
      title: heading.title,
      ...bodyOf(heading.rest, paragraphs),
      location: entries[heading.index]?.paragraph.location ?? null,
    }
  })
}

/** Text of a section and its children, told by how they count. */
function bodyOf(rest: string, paragraphs: readonly Paragraph[]): Pick<Section, 'text' | 'children'> {
  const texts: string[] = rest === '' ? [] : [rest]
  const children: { heading: Heading; rest: string; paragraphs: Paragraph[]; location: Section['location'] }[] = []
  let style: Style | null = null
  for (const [index, paragraph] of paragraphs.entries()) {
    const heading = parseHeading(paragraph.text, index)[0]
    const starts = heading !== undefined && startsChild(heading, style, children.length)
    if (starts) {
      style = heading.style
      children.push({ heading, rest: heading.rest, paragraphs: [], location: paragraph.location })
    } else {
      const child = children.at(-1)
      if (child === undefined) texts.push(paragraph.text)
      else child.paragraphs.push(paragraph)
    }
  }
  return {
    text: texts.join('\n'),
    children: children.map((child) => ({
      key: null,
      ordinal: child.heading.ordinal,
      title: child.heading.title,
      ...bodyOf(child.rest, child.paragraphs),
      location: child.location,
    })),
  }
}

/** （一） starts a part wherever it counts on; 1. only as a line of its own, for it also numbers sentences. */
function startsChild(heading: Heading, style: Style | null, before: number): boolean {
  if (heading.style === 'none' || heading.style === 'numeral' || heading.style === 'part') return false
  if (heading.number !== before + 1 || (style !== null && heading.style !== style)) return false
  return (
    heading.style === 'bracketed' ||
    (heading.rest === '' && !CLAUSES.test(heading.title) && heading.title.length <= HEADING_LENGTH)
  )
}
