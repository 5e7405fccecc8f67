/**
 * Places in lists, in document order → the numbers that Word prints there: 一、 （一） 1. 1.2 ①.
 *
 * All lists of one abstract list count together, unless a list says where it starts anew. Leaves to the caller which paragraphs
 * take part (hidden and deleted ones do not) and how the number joins the text, but for `putBefore`.
 */
import { type AbstractList, LEVELS, type Level, type List, type Numbering } from './numbering.js'
import { formatOrdinal } from './ordinals.js'
import type { ParagraphProperties } from './properties.js'
import type { ResolvedStyle, Styles } from './styles.js'

export interface ListPlace {
  readonly list: string
  readonly level: number
}

export class ListCounter {
  private readonly counters = new Map<AbstractList, (number | undefined)[]>()
  /** Lists and levels whose own start has been used up. */
  private readonly started = new Set<string>()

  constructor(
    private readonly numbering: Numbering,
    private readonly styles: Styles,
  ) {}

  /** Where a paragraph stands, by its own properties and its style; null when in no list. List 0 takes it out of one. */
  place(own: ParagraphProperties, style: ResolvedStyle): ListPlace | null {
    const list = own.list ?? style.list
    if (list === null || list === '0') return null
    const named = own.listLevel ?? (own.list === null ? style.listLevel : null)
    return { list, level: named ?? this.levelOfStyle(list, style) ?? 0 }
  }

  /** A style may take part in a list without saying at which level: the list says it then. */
  private levelOfStyle(list: string, style: ResolvedStyle): number | null {
    const levels = [...(this.abstractOf(list)?.levels ?? [])]
    for (const id of style.ids) {
      const found = levels.find(([, level]) => level.paragraphStyle === id)
      if (found !== undefined) return found[0]
    }
    return null
  }

  /** The number printed at the next paragraph, or null when none is (a bullet, a list that is not defined). */
  next(place: ListPlace): string | null {
    const list = this.numbering.lists.get(place.list)
    const abstract = this.abstractOf(place.list)
    if (list === undefined || abstract === undefined || place.level < 0 || place.level >= LEVELS) return null
    const level = levelOf(list, abstract, place.level)
    if (level === undefined) return null

    const counter = this.count(list, abstract, place)
    if (level.format === 'bullet') return null
    return level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1
      const format = levelOf(list, abstract, at)?.format ?? 'none'
      if (at > place.level || format === 'bullet' || format === 'none') return ''
      return formatOrdinal(counter[at] ?? startOf(list, abstract, at), level.isLegal ? 'decimal' : format)
    })
  }

  private count(list: List, abstract: AbstractList, place: ListPlace): readonly (number | undefined)[] {
    const counter = this.counters.get(abstract) ?? []
    this.counters.set(abstract, counter)
    const key = `${place.list} ${place.level}`
    const startsAnew = list.starts.has(place.level) && !this.started.has(key)
    this.started.add(key)
    const last = startsAnew ? undefined : counter[place.level]
    counter[place.level] = last === undefined ? startOf(list, abstract, place.level) : last + 1
    for (let deeper = place.level + 1; deeper < LEVELS; deeper += 1) {
      const restart = levelOf(list, abstract, deeper)?.restart ?? null
      if (restart === null || place.level < restart) counter[deeper] = undefined
    }
    return counter
  }

  private abstractOf(list: string): AbstractList | undefined {
    const { abstracts, lists } = this.numbering
    const abstract = abstracts.get(lists.get(list)?.abstract ?? '')
    if (abstract === undefined || abstract.styleLink === null) return abstract
    const linked = lists.get(this.styles.listOf(abstract.styleLink) ?? '')
    return linked === undefined ? abstract : abstracts.get(linked.abstract)
  }
}

function levelOf(list: List, abstract: AbstractList, index: number): Level | undefined {
  return list.levels.get(index) ?? abstract.levels.get(index)
}

function startOf(list: List, abstract: AbstractList, index: number): number {
  return list.starts.get(index) ?? levelOf(list, abstract, index)?.start ?? 0
}

/**
 * A number in front of the text it belongs to. Nothing is put between the two where both are Chinese, as nothing is typed
 * there; between figures a space stands for the tab that Word prints, or 1. and 5 would become 1.5. A number that was also
 * typed by hand is not repeated.
 */
export function putBefore(number: string, text: string): string {
  if (startsWithOrdinal(text, number)) return text
  const needsGap = /[\w.)\]:]$/.test(number) && /^[\w.([]/.test(text)
  return `${number}${needsGap ? ' ' : ''}${text}`
}

const ORDINAL =
  /^\s*([（(〔[]?)第?([0-9０-９]+|[〇零一二三四五六七八九十百千]+|[\u2460-\u249b]|[A-Za-z])([)）〕\]]?[、.．,，:：]?)/

function startsWithOrdinal(text: string, number: string): boolean {
  const printed = ORDINAL.exec(number)
  const typed = ORDINAL.exec(text)
  if (printed === null || typed === null) return false
  const [whole, bracket = '', ordinal = '', behind = ''] = typed
  if (printed[2]?.normalize('NFKC') !== ordinal.normalize('NFKC') || (printed[1] === '') !== (bracket === ''))
    return false
  // A bare figure is a value, and so is one that goes on behind its point.
  const isMarked = behind !== '' || /^[\u2460-\u249b]$/.test(ordinal)
  return isMarked && !/^[0-9０-９]/.test(text.slice(whole.length))
}
