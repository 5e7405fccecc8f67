/**
 * The glyphs of one cell → its text, and what is doubtful about it.
 *
 * Lines are kept apart by \n, for the reader of the form to judge: a figure broken over two lines is not put together here.
 * Letters stacked one a line, vertical writing and turned text are one line: there a break means nothing but the room there was.
 */

import type { DoubtCode } from '../model.js'
import { assembleLines, isNarrow, type Line } from '../pdf/lines.js'
import type { Glyph } from '../pdf/page.js'
import { greatest, least } from './extremes.js'

export interface CellText {
  readonly text: string
  readonly lines: readonly Line[]
  readonly doubt: DoubtCode | null
  /** The last line leaves no room for another letter, or the letters are stacked: the text may go on elsewhere. */
  readonly full: boolean
}

/** What a cell keeps free at its sides, both together, in em, and one letter that no longer fits. */
const FULL_ROOM = 2.1

export function readCellText(glyphs: readonly Glyph[], width: number): CellText {
  const lines = assembleLines(glyphs)
  return { text: joinLines(lines), lines, doubt: doubtOf(lines), full: isFull(lines, width) }
}

function isFull(lines: readonly Line[], width: number): boolean {
  const last = lines.at(-1)
  if (last === undefined) return false
  if (last.direction !== 0 || isStacked(lines)) return true
  return width - (last.box[2] - last.box[0]) < FULL_ROOM * last.size
}

function joinLines(lines: readonly Line[]): string {
  if (isStacked(lines)) return lines.map((line) => line.text).join('')
  let text = ''
  let previous: Line | undefined
  for (const line of lines) {
    if (previous !== undefined) {
      const oneTurnedText = line.direction !== 0 && line.direction === previous.direction
      text += oneTurnedText ? '' : '\n'
    }
    text += line.text
    previous = line
  }
  return text
}

/** Letters one below the other: nearly all lines hold a single letter, none more than two, and not only figures. */
function isStacked(lines: readonly Line[]): boolean {
  if (lines.length < 2 || lines.some((line) => line.direction !== 0 || line.glyphCount > 2)) return false
  const single = lines.filter((line) => line.glyphCount === 1)
  if (single.length < (lines.length === 2 ? 2 : 0.7 * lines.length)) return false
  if (lines.filter((line) => !isNarrow(line.text)).length * 2 <= lines.length) return false
  const middles = single.map((line) => (line.box[0] + line.box[2]) / 2)
  const size = greatest(lines.map((line) => line.size))
  return greatest(middles) - least(middles) < 0.6 * size
}

function doubtOf(lines: readonly Line[]): DoubtCode | null {
  if (lines.some((line) => line.distrusted)) return 'distrusted_glyph'
  const isOverprinted = lines.some((line, index) => line.overprinted || coversNext(line, lines[index + 1]))
  if (isOverprinted || lines.some(({ words }) => words.some((word) => word.annotates))) return 'overprinted_text'
  return null
}

/** Set solid, lines touch; sharing half a band and some width, they are printed over each other. */
function coversNext(line: Line, next: Line | undefined): boolean {
  if (next === undefined || line.direction !== next.direction) return false
  const [a, b] = [line.box, next.box]
  const across = Math.min(a[3], b[3]) - Math.max(a[1], b[1])
  const along = Math.min(a[2], b[2]) - Math.max(a[0], b[0])
  if (line.direction !== 0) return across > line.size / 2 && along > line.size / 2
  return along > line.size / 4 && across > Math.min(a[3] - a[1], b[3] - b[1]) / 2
}
