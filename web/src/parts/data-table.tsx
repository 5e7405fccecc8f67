/** Rows that are all shown, as a table with a name and heads. Long ones that scroll are another matter. */
import type { ReactNode } from 'react'
import './parts.css'

export interface DataColumn<Row> {
  readonly key: string
  readonly head: ReactNode
  readonly isNumber?: boolean
  readonly width?: number | string
  /** What names the row. */
  readonly isHead?: boolean
  readonly cell: (row: Row) => ReactNode
}

interface DataTableProps<Row> {
  /** For readers of the screen. */
  readonly name: string
  readonly columns: readonly DataColumn<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly classOf?: (row: Row) => string
}

export function DataTable<Row>({ name, columns, rows, keyOf, classOf }: DataTableProps<Row>) {
  return (
    <table className="tb">
      <caption className="unseen">{name}</caption>
      <thead>
        <tr>
          {columns.map(({ key, head, isNumber, width }) => (
            <th key={key} scope="col" className={isNumber ? 'r' : ''} style={width === undefined ? {} : { width }}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} className={classOf?.(row)}>
            {columns.map(({ key, isNumber, isHead, cell }) =>
              isHead ? (
                <th key={key} scope="row" className="tb-name">
                  {cell(row)}
                </th>
              ) : (
                <td key={key} className={isNumber ? 'r num' : ''}>
                  {cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
