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

export class ParagraphDraft {
  text = ''
  readonly properties: ParagraphProperties = noParagraphProperties()
  /** Of the paragraph mark: without its mark a paragraph runs on into the next one. */
  mark: 'kept' | 'deleted' | 'hidden' = 'kept'
  /** What text boxes anchored here hold; it follows the paragraph. */
  readonly boxes: Item[] = []
  private letters = 0
  private strong = 0
  private readonly sizes = new Map<number, number>()

  write(text: string, look: Look): void {
    this.text += text
    const letters = text.trim().length
    if (letters === 0) return
    this.letters += letters
    if (look.isStrong) this.strong += letters
    if (look.size !== null) this.sizes.set(look.size, (this.sizes.get(look.size) ?? 0) + letters)
  }

  /** Takes in a paragraph that has lost its mark, in front of this one. */
  follow(other: ParagraphDraft): void {
    this.text = other.text + this.text
    this.boxes.unshift(...other.boxes)
    this.letters += other.letters
    this.strong += other.strong
    for (const [size, letters] of other.sizes) this.sizes.set(size, (this.sizes.get(size) ?? 0) + letters)
  }

  cue(style: ResolvedStyle): Cue {
    const level = this.properties.level ?? style.level
    let size: number | null = null
    let most = 0
    for (const [points, letters] of this.sizes) {
      if (letters > most) {
        size = points
        most = letters
      }
    }
    return {
      level: level === 0 ? null : level,
      bold: this.letters > 0 && this.strong === this.letters,
      centred: this.properties.centred ?? style.centred,
      size,
    }
  }
}
