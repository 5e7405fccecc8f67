/**
 * Lines of text that may be a table together: what the steps of finding tables without borders hand to each other.
 */
import { type Line, segmentsOf, type Word } from '../pdf/lines.js'
import type { Edge } from './edges.js'

/** Where a border may run: between two segments of a line. */
export interface Gap {
  readonly from: number
  readonly to: number
}

/** A line of the block with its parts, which are looked at again and again. */
export interface BlockLine {
  readonly line: Line
  readonly segments: readonly (readonly Word[])[]
  readonly gaps: readonly Gap[]
  readonly top: number
  readonly bottom: number
}

export function toBlockLine(line: Line): BlockLine {
  const segments = segmentsOf(line)
  return { line, segments, gaps: gapsBetween(segments), top: line.box[1], bottom: line.box[3] }
}

function gapsBetween(segments: readonly (readonly Word[])[]): Gap[] {
  const gaps: Gap[] = []
  let last: readonly Word[] | undefined
  for (const segment of segments) {
    if (last !== undefined) gaps.push({ from: last.at(-1)?.box[2] ?? 0, to: segment[0]?.box[0] ?? 0 })
    last = segment
  }
  return gaps
}

/** A block of lines, before its columns are known. */
export interface Block {
  readonly lines: readonly BlockLine[]
  readonly rules: readonly Edge[]
  /** Borders that are drawn, where any are. */
  readonly drawn: readonly number[]
  /** How far the rules reach. */
  readonly left: number
  readonly right: number
  /** What says that this is a table: lines drawn, headings over figures, or rows alone, whose figures must then stand in columns. */
  readonly evidence: 'drawn' | 'header' | 'rows'
}
