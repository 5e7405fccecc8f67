/** What a person should know about how a table was read, in Chinese, with the figures concerned. */
import type { Cell } from '../document/model.js'
import type { Flag } from '../record.js'
import type { RowBinding } from './columns.js'
import type { Leaf, RowSpec, TablePlan, TableSpec } from './form.js'
import { withoutSpace } from './labels.js'
import type { Line } from './lines.js'
import { type AlignedRow, labelCell, type RowSequence } from './rows.js'
import type { BoundCell } from './table-match.js'

function flag(
  code: string,
  severity: Flag['severity'],
  message: string,
  facts: readonly string[],
  cell: Cell | undefined,
): Flag {
  return { code, severity, message, facts: [...facts], location: cell?.location ?? null }
}

export function labelVariant(row: AlignedRow): Flag {
  const message = `行标题印作「${withoutSpace(row.label.text)}」，按表式「${row.leaf.spec.label}」读取。`
  return flag('label_variant', 'warning', message, [], row.label)
}

export function columnByOrder(table: TableSpec): Flag {
  return flag(
    'column_by_order',
    'warning',
    `「${table.title}」表有列标题与表式用语不同，已按其左右列的位置认定。`,
    [],
    undefined,
  )
}

export function columnsMoved(table: TableSpec): Flag {
  return flag('columns_moved', 'warning', `「${table.title}」表的列次与表式不同，已按列标题认定。`, [], undefined)
}

export function tableRepeated(table: TableSpec): Flag {
  const message = `「${table.title}」表在文件中不止一份，可能含有两份报告，请核对读取的是否为所需的一份。`
  return flag('table_repeated', 'error', message, [], undefined)
}

export function tableMisplaced(table: TableSpec, line: Line | undefined): Flag {
  const message = `「${table.title}」表不在其所属部分之内，可能是其他年度或其他机关的数据，请核对。`
  return flag('table_misplaced', 'error', message, [], line?.cells[0])
}

export function formVariant(table: TableSpec, row: Leaf<RowSpec>, cells: readonly BoundCell[]): Flag {
  const own = cells.filter((cell) => cell.row.key === row.key)
  const message = `「${table.title}」表沿用旧式，「${row.spec.label}」为单独一行，没有分项。`
  return flag(
    'form_variant',
    'warning',
    message,
    own.map((cell) => cell.slot.key),
    own[0]?.cell ?? undefined,
  )
}

export function raggedRow(
  table: TableSpec,
  line: Line,
  binding: RowBinding & { kind: 'ragged' },
  cells: readonly BoundCell[],
): Flag {
  const label = cells[0]?.row.spec.label || table.title
  const counted = `「${label}」一行印有 ${binding.figures} 个数，表式为 ${cells.length} 栏`
  const message = binding.settled ? `${counted}，各种对齐方式所得数值相同。` : `${counted}，无法确定各数所属的栏目。`
  return flag(
    'row_ragged',
    binding.settled ? 'warning' : 'error',
    message,
    cells.map((cell) => cell.slot.key),
    line.cells[0],
  )
}

export function moreFigures(table: TableSpec, lines: readonly Line[]): Flag {
  const message = `「${table.title}」表印有不止一行数据，只读取了第一行。`
  return flag('row_repeated', 'error', message, [], lines[0]?.cells[0])
}

/** A row that is printed twice: alike it is a remark, with other figures nobody knows which one counts. */
export function repeatedRows(
  table: TablePlan,
  rows: RowSequence,
  lines: readonly Line[],
  aligned: readonly (AlignedRow | null)[],
): readonly Flag[] {
  const printed = new Map<string, { readonly row: AlignedRow; readonly line: Line }>()
  for (const [i, row] of aligned.entries()) {
    const line = lines[i]
    if (row !== null && line !== undefined && row.table === table)
      printed.set(withoutSpace(row.label.text), { row, line })
  }
  return lines.flatMap((line, i) => {
    if (aligned[i] !== null) return []
    const label = labelCell(line, rows.units)
    const first = label === null ? undefined : printed.get(withoutSpace(label.text))
    if (label === null || first === undefined || line.grid === first.line.grid) return []
    const differs = figuresOf(line, label) !== figuresOf(first.line, first.row.label)
    const message = `「${withoutSpace(label.text)}」一行重复出现，两处数值${differs ? '不同' : '相同'}，读取的是第一处。`
    return [flag('row_repeated', differs ? 'error' : 'warning', message, [], label)]
  })
}

function figuresOf(line: Line, label: Cell): string {
  const right = line.cells.filter((cell) => cell.column >= label.column + label.columnSpan)
  return right.map((cell) => withoutSpace(cell.text)).join('|')
}
