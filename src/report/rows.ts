/**
 * Lines of grids ↔ rows of a form, aligned as two sequences.
 *
 * The alignment keeps both orders and may leave lines (headers, rows an organ put in) and rows (rows an organ left out)
 * without a partner, so that a missing, merged or extra row never shifts its neighbours. A line is told by the label next to
 * its figures, and by the group labels to the left of that; never by its number alone.
 */
import type { Cell } from '../document/model.js'
import type { Label, Leaf, RowSpec, TablePlan } from './form.js'
import { GroupFit, LabelFit, withoutSpace } from './labels.js'
import { type Line, looksLikeFigure } from './lines.js'

export interface FormRow {
  readonly table: TablePlan
  readonly leaf: Leaf<RowSpec>
}

/** The rows of some tables of a form that are read along one sequence of lines, folded once. */
export class RowSequence {
  readonly rows: readonly FormRow[]
  private readonly own: LabelFit<Label>
  private readonly groups: GroupFit

  /** Texts of the column of units, which stand between label and figure and are neither. */
  readonly units: ReadonlySet<string>

  constructor(tables: readonly TablePlan[]) {
    this.rows = tables.flatMap((table) => table.rows.map((leaf) => ({ table, leaf })))
    this.own = new LabelFit(this.rows.map(({ leaf }) => leaf.spec))
    this.groups = new GroupFit(this.rows.map(({ leaf }) => leaf))
    this.units = new Set(this.rows.flatMap(({ leaf }) => leaf.spec.unit ?? []))
  }

  /** Lines whose label is, to the word, one of the form's. */
  exactLines(lines: readonly Line[]): number {
    return lines.filter((line) => {
      const label = this.label(line)
      return label !== null && this.own.isExact(label.text)
    }).length
  }

  /** For each line the form's row it prints, or null. */
  align(lines: readonly Line[]): readonly (AlignedRow | null)[] {
    const labels = lines.map((line) => this.label(line))
    const scores = lines.map((line, i) => this.fit(line, labels[i] ?? null))
    const partner = alignSequences(scores, this.rows.length)
    return lines.map((_, i) => {
      const row = this.rows[partner[i] ?? -1]
      const label = labels[i]
      if (row === undefined || label === null || label === undefined) return null
      return { ...row, label, fit: scores[i]?.[partner[i] ?? -1] ?? 0 }
    })
  }

  /**
   * Words may also stand where a figure should, so where the label next to the figures is none of the form's, a cell of this row
   * alone before it may be. A merged cell may not: it is the label of a group, whose single row would take this row's figures.
   */
  private label(line: Line): Cell | null {
    const next = labelCell(line, this.units)
    if (next === null || this.isKnown(next)) return next
    const before = line.cells.filter((cell) => cell.column < next.column && cell.rowSpan === 1 && this.isKnown(cell))
    return before.at(-1) ?? next
  }

  private isKnown(cell: Cell): boolean {
    return this.own.score(cell.text).some((score) => score > 0)
  }

  private fit(line: Line, label: Cell | null): readonly number[] {
    if (label === null) return []
    const own = this.own.score(label.text)
    if (!own.some((score) => score > 0)) return []
    const above = line.cells.filter((cell) => cell.column < label.column).map((cell) => cell.text)
    const groups = this.groups.weigh(above, 0.1, 0.25)
    return own.map((score, i) => (score === 0 ? 0 : score + (groups[i] ?? 0)))
  }
}

export interface AlignedRow extends FormRow {
  /** The cell that prints the row's own label. */
  readonly label: Cell
  /** 1 and more: the label to the word. */
  readonly fit: number
}

/** The label next to the figures: the last cell with words before the first figure. A group label may leave a blank before it. */
export function labelCell(line: Line, units: ReadonlySet<string>): Cell | null {
  let label: Cell | null = null
  for (const cell of line.cells) {
    const text = withoutSpace(cell.text)
    if (text === '' || units.has(text)) continue
    if (!looksLikeFigure(cell.text)) label = cell
    else if (label !== null) return label
  }
  return label
}

/**
 * The pairs (i, j) in ascending order of both with the greatest sum of scores[i][j] (Needleman and Wunsch 1970, gaps free).
 * Gives j for each i, or -1.
 */
export function alignSequences(scores: readonly (readonly number[])[], width: number): readonly number[] {
  const best: number[][] = [new Array<number>(width + 1).fill(0)]
  for (const [i, row] of scores.entries()) {
    const above = best[i] ?? []
    const current = [0]
    for (let j = 1; j <= width; j++) {
      const score = row[j - 1] ?? 0
      const paired = score > 0 ? (above[j - 1] ?? 0) + score : Number.NEGATIVE_INFINITY
      current.push(Math.max(above[j] ?? 0, current[j - 1] ?? 0, paired))
    }
    best.push(current)
  }
  const partner = new Array<number>(scores.length).fill(-1)
  let j = width
  for (let i = scores.length; i > 0 && j > 0; ) {
    const here = best[i]?.[j] ?? 0
    if (here === (best[i - 1]?.[j] ?? 0)) i--
    else if (here === (best[i]?.[j - 1] ?? 0)) j--
    else {
      partner[i - 1] = j - 1
      i--
      j--
    }
  }
  return partner
}
