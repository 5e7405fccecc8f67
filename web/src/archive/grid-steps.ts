/** A key pressed in a grid → the cell that the focus goes to. Row -1 is the head, column 0 the names; the corner between them has nothing. */
export interface Place {
  readonly row: number
  readonly column: number
}

export interface Extent {
  readonly rows: number
  readonly columns: number
  readonly page: number
  /** To the very first, or last. */
  readonly isFar: boolean
}

export function stepOf(key: string, { row, column }: Place, { rows, columns, page, isFar }: Extent): Place | null {
  const within = (to: number, column: number) => ({
    row: Math.max(column === 0 ? 0 : -1, Math.min(rows - 1, to)),
    column,
  })
  switch (key) {
    case 'ArrowUp':
      return within(row - 1, column)
    case 'ArrowDown':
      return within(row + 1, column)
    case 'ArrowLeft':
      return within(row, Math.max(row < 0 ? 1 : 0, column - 1))
    case 'ArrowRight':
      return within(row, Math.min(columns - 1, column + 1))
    case 'PageUp':
      return within(Math.max(0, row - page), column)
    case 'PageDown':
      return within(row + page, column)
    case 'Home':
      return within(isFar ? 0 : row, row < 0 ? 1 : 0)
    case 'End':
      return within(isFar ? rows - 1 : row, columns - 1)
    default:
      return null
  }
}
