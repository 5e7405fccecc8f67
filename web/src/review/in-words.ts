/** Times, places and decisions in the words of the review screen. */
import type { Location } from '../../../src/record.js'
import type { Made } from '../../../src/review/decisions.js'
import { figure } from './figures.js'
import type { ReviewWords } from './review-words.js'

export function timeOf(at: string, locale: string): string {
  return new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', hour12: false })
}

/** A decision in words. */
export function saidOf(
  { decision }: Pick<Made, 'decision'>,
  { said, reasons, blankCell }: ReviewWords,
  name: string,
): string {
  switch (decision.kind) {
    case 'correct':
      return said.correct(name, figure(decision.value, blankCell))
    case 'as_published':
      return said.as_published(reasons[decision.reason])
    case 'set_organ':
      return said.set_organ(decision.organ)
    case 'set_year':
      return said.set_year(decision.year)
    case 'set_vintage':
      return said.set_vintage(decision.vintage)
    default:
      return said[decision.kind]
  }
}

export function placeInWords(location: Location | null, words: ReviewWords): string {
  switch (location?.kind) {
    case 'page':
      return words.page(location.page)
    case 'line':
      return words.line(location.line)
    case 'cell':
      return words.cellAt(location.table + 1, location.row + 1)
    default:
      return ''
  }
}
