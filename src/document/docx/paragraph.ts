/**
 * One Word paragraph while it is read: its text, and how its letters are set, for the cue.
 *
 * Only letters that are seen count; spaces are set in anything.
 */
import type { Cue } from '../model.js'
import type { Item } from './items.js'
import { noParagraphProperties, type ParagraphProperties } from './properties.js'
import type { ResolvedStyle } from './styles.js'

/** How a run comes out, after styles. */
export interface Look {
  readonly isHidden: boolean
  readonly isStrong: boolean
  readonly size: number | null
}

/** A paragraph in more sizes than this has none of its own. */
const MOST_SIZES = 16

export class ParagraphDraft {
  text = ''
  readonly properties: ParagraphProperties = noParagraphProperties()
  /** Known once the properties have been read. */
  style: ResolvedStyle | null = null
  /** Of the paragraph mark: without its mark a paragraph runs on into the next one. */
  mark: 'kept' | 'deleted' | 'hidden' = 'kept'
  /** What text boxes anchored here hold; it follows the paragraph. */
  boxes: Item[] | null = null
  private letters = 0
  private strong = 0
  /** Letters set in each size; most paragraphs have one. */
  private sizes: { readonly points: number; letters: number }[] = []

  write(text: string, look: Look): void {
    this.text += text
    const letters = text.trim().length
    if (letters === 0) return
    this.letters += letters
    if (look.isStrong) this.strong += letters
    if (look.size !== null) this.count(look.size, letters)
  }

  private count(points: number, letters: number): void {
    const same = this.sizes.find((size) => size.points === points)
    if (same !== undefined) same.letters += letters
    else if (this.sizes.length < MOST_SIZES) this.sizes.push({ points, letters })
  }

  /** Takes in a paragraph that has lost its mark, in front of this one. */
  follow(other: ParagraphDraft): void {
    this.text = other.text + this.text
    if (other.boxes !== null) this.boxes = [...other.boxes, ...(this.boxes ?? [])]
    this.letters += other.letters
    this.strong += other.strong
    for (const { points, letters } of other.sizes) this.count(points, letters)
  }

  cue(style: ResolvedStyle): Cue {
    const level = this.properties.level ?? style.level
    let most: { readonly points: number; readonly letters: number } | null = null
    for (const size of this.sizes) if (most === null || size.letters > most.letters) most = size
    return {
      level: level === 0 ? null : level,
      bold: this.letters > 0 && this.strong === this.letters,
      centred: this.properties.centred ?? style.centred,
      size: most?.points ?? null,
    }
  }
}
