/**
 * Entries under their headings → the sections of a report, with the parts they fall into, and every passage of them with
 * its place, which a section of the record does not keep.
 */
import type { Location, Paragraph } from '../document/model.js'
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
import type { Passage } from './reading.js'

/** Parts may count as the part around them does, but no author goes this deep: a file may repeat （一） without end. */
const DEEPEST = 8

interface Part {
  readonly heading: Heading
  readonly location: Location | null
  /** Its own paragraphs, without those of its children. */
  readonly lines: readonly Line[]
  readonly children: readonly Part[]
}

interface Line {
  readonly text: string
  readonly location: Location | null
}

export function readSections(
  entries: readonly Entry[],
  headings: readonly KnownHeading[],
): { readonly sections: readonly Section[]; readonly passages: readonly Passage[] } {
  const parts = headings.map(({ heading, key }, i) => {
    const end = headings[i + 1]?.heading.index ?? entries.length
    const paragraphs = entries.slice(heading.index + 1, end).map((entry) => entry.paragraph)
    return { key, part: readPart(heading, entries[heading.index]?.paragraph.location ?? null, paragraphs) }
  })
  return {
    sections: parts.map(({ key, part }) => toSection(part, key)),
    passages: parts.flatMap(({ key, part }) => linesOf(part).map((line) => ({ section: key, ...line }))),
  }
}

/** Text of a part and its children, told by how they count. */
function readPart(heading: Heading, location: Location | null, paragraphs: readonly Paragraph[], depth = 0): Part {
  const lines: Line[] = heading.rest === '' ? [] : [{ text: heading.rest, location }]
  const children: { heading: Heading; location: Location; paragraphs: Paragraph[] }[] = []
  let style: Style | null = null
  for (const [index, paragraph] of paragraphs.entries()) {
    const { text, location } = paragraph
    const heading = depth === DEEPEST ? undefined : parseHeading(text, index)[0]
    const child = children.at(-1)
    if (heading !== undefined && startsChild(heading, style, children.length)) {
      style = heading.style
      children.push({ heading, location, paragraphs: [] })
    } else if (child === undefined) lines.push({ text, location })
    else child.paragraphs.push(paragraph)
  }
  return {
    heading,
    location,
    lines,
    children: children.map((child) => readPart(child.heading, child.location, child.paragraphs, depth + 1)),
  }
}

function toSection({ heading, lines, children, location }: Part, key: string | null): Section {
  return {
    key,
    ordinal: heading.ordinal,
    title: heading.title,
    text: lines.map(({ text }) => text).join('\n'),
    children: children.map((child) => toSection(child, null)),
    location,
  }
}

function linesOf({ lines, children }: Part): Line[] {
  const inChildren = children.flatMap((child) => [
    { text: child.heading.title, location: child.location },
    ...linesOf(child),
  ])
  return [...lines, ...inChildren]
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
