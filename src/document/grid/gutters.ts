/**
 * Lines of a block → the borders between its columns, where none are drawn.
 *
 * Each line votes with the gaps between its segments. The fewest positions that hit every gap are the borders: a gap over empty
 * cells is wide and hits several, so blanks do no harm. Positions with too few votes come from stretched lines and are dropped.
 */
import type { Word } from '../pdf/lines.js'
import type { BlockLine } from './text-block.js'

/** Share of the lines with gaps that must have one at a border, and of all lines that may run across it (banners, spanning labels). */
const VOTES = 0.3
const CROSSING = 0.45

interface Gap {
  readonly from: number
  readonly to: number
}

export function gapsOf({ segments }: BlockLine): Gap[] {
  const gaps: Gap[] = []
  let last: readonly Word[] | undefined
  for (const segment of segments) {
    if (last !== undefined) gaps.push({ from: last.at(-1)?.box[2] ?? 0, to: segment[0]?.box[0] ?? 0 })
    last = segment
  }
  return gaps
}

export function findGutters(lines: readonly BlockLine[]): number[] {
  const voters = lines.filter((line) => line.segments.length > 1)
  const gaps = voters.flatMap(gapsOf).sort((a, b) => a.to - b.to || a.from - b.from)
  const needed = Math.max(1, Math.ceil(VOTES * voters.length))
  const borders: number[] = []
  let start = Number.NEGATIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  const close = () => {
    if (end === Number.NEGATIVE_INFINITY) return
    const border = (start + end) / 2
    const votes = voters.filter((line) => gapsOf(line).some((gap) => gap.from <= border && border <= gap.to)).length
    const crossing = lines.filter((line) => crosses(line, border)).length
    if (votes >= needed && crossing <= CROSSING * lines.length) borders.push(border)
  }
  for (const gap of gaps) {
    if (gap.from > end) {
      close()
      start = gap.from
      end = gap.to
    } else start = Math.max(start, gap.from)
  }
  close()
  return borders
}

/** A word of the line stands on the border with a letter's half or more on either side. */
export function crosses({ line }: BlockLine, border: number): boolean {
  const part = line.size / 2
  return line.words.some((word) => word.box[0] < border - part && border + part < word.box[2])
}
