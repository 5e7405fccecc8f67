/**
 * Lines of text that may be a table together: what the steps of finding tables without borders hand to each other.
 */
import { type Line, segmentsOf, type Word } from '../pdf/lines.js'
import type { Edge } from './edges.js'

/** A line of the block with its parts, which are looked at again and again. */
export interface BlockLine {
  readonly line: Line
  readonly segments: readonly (readonly Word[])[]
  readonly top: number
  readonly bottom: number
}

export function toBlockLine(line: Line): BlockLine {
  return { line, segments: segmentsOf(line), top: line.box[1], bottom: line.box[3] }
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
  /** What the lines drawn say: with nothing drawn, the text alone must prove that this is a table. */
  readonly evidence: 'drawn' | 'alignment'
}
