/**
 * Letters stacked one below the other beside the rows of a block → one label, and the block without them.
 *
 * Such a label runs along many rows; its letters stand on the rows' lines or between them, and would be read into each row.
 */

import type { Box } from '../model.js'
import { isNarrow, joinWords, type Line, union } from '../pdf/lines.js'
import { type BlockLine, toBlockLine } from './text-block.js'
import { hasFigures } from './text-rows.js'

/** Fewer letters one below the other may be the ends of lines. */
const FEWEST_LETTERS = 4
/** In em, from letter to letter: nearer they overlap, farther they are no word. */
const CLOSEST = 0.8
const FARTHEST = 3.2

interface Letter {
  readonly line: BlockLine
  readonly text: string
  readonly box: Box
  readonly size: number
}

export function takeStacked(lines: readonly BlockLine[]): { lines: BlockLine[]; stacked: Line[] } {
  const columns: Letter[][] = []
  for (const line of lines) {
    const [word] = line.line.words
    if (word === undefined || [...word.text].length !== 1 || isNarrow(word.text)) continue
    const letter = { line, text: word.text, box: word.box, size: line.line.size }
    const column = columns.find((letters) => continues(letters.at(-1), letter))
    if (column === undefined) columns.push([letter])
    else column.push(letter)
  }
  const figures = lines.filter(hasFigures)
  const stacks = columns.filter((letters) => letters.length >= FEWEST_LETTERS && isBesideAny(letters, figures))
  const taken = new Set(stacks.flat().map((letter) => letter.line))
  return {
    lines: lines.flatMap((line) => {
      if (!taken.has(line)) return [line]
      const words = line.line.words.slice(1)
      return words.length === 0 ? [] : [toBlockLine({ ...line.line, ...joinWords(words), words })]
    }),
    stacked: stacks.map(toLabel),
  }
}

/** Letters stacked over all figures are a heading. */
function isBesideAny(letters: readonly Letter[], figures: readonly BlockLine[]): boolean {
  const [top, bottom] = [letters[0]?.box[1] ?? 0, letters.at(-1)?.box[3] ?? 0]
  return figures.some((line) => line.bottom > top && line.top < bottom)
}

function continues(above: Letter | undefined, letter: Letter): boolean {
  if (above === undefined) return false
  const across = Math.abs(above.box[0] + above.box[2] - letter.box[0] - letter.box[2]) / 2
  const down = letter.box[1] - above.box[1]
  return across < letter.size / 4 && down > CLOSEST * letter.size && down < FARTHEST * letter.size
}

function toLabel(letters: readonly Letter[]): Line {
  const box = letters.map((letter) => letter.box).reduce(union)
  return {
    text: letters.map((letter) => letter.text).join(''),
    box,
    size: letters[0]?.size ?? 0,
    bold: false,
    direction: 90,
    vertical: true,
    glyphCount: letters.length,
    words: [],
    distrusted: letters.some((letter) => letter.line.line.distrusted),
    overprinted: false,
  }
}
