/**
 * The sections of a record, each with a name that stays the same over extractions: the key of the form where it has one, else its title,
 * under the names of the sections it lies in. Of sections of one title side by side, the second is the second.
 */
import type { Section } from '../record.js'

export interface PathOf {
  readonly path: string
  readonly section: Section
}

const BETWEEN = '/'

/** The sections of one level, by their own names. */
export function namedSections(sections: readonly Section[], above: string | null = null): readonly PathOf[] {
  const seen = new Map<string, number>()
  return sections.map((section) => {
    const name = above === null && section.key !== null ? section.key : section.title.replaceAll(BETWEEN, '／')
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    const own = count === 1 ? name : `${name}#${count}`
    return { path: above === null ? own : `${above}${BETWEEN}${own}`, section }
  })
}

/** null: there is none of this name. */
export function sectionAt(sections: readonly Section[], path: string): Section | null {
  let level = namedSections(sections)
  for (;;) {
    const own = level.find((each) => path === each.path)
    if (own !== undefined) return own.section
    const above = level.find((each) => path.startsWith(`${each.path}${BETWEEN}`))
    if (above === undefined) return null
    level = namedSections(above.section.children, above.path)
  }
}

/** `texts`: by path, as people say they read. The same sections where they say nothing. */
export function withTexts(
  sections: readonly Section[],
  texts: ReadonlyMap<string, string>,
  above: string | null = null,
): readonly Section[] {
  const read = namedSections(sections, above).map(({ path, section }): Section => {
    const children = withTexts(section.children, texts, path)
    const text = texts.get(path) ?? section.text
    return text === section.text && children === section.children
      ? section
      : { ...section, text, children: [...children] }
  })
  return read.some((section, at) => section !== sections[at]) ? read : sections
}
