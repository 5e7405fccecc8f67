/** One organ of the grid: its name, its years, how many of its reports are in. Drawn again only when it, or the place of the focus in it, changes. */
import { memo } from 'react'
import { OrganName } from '../parts/name.js'
import { useWords } from '../wording/words.js'
import { CoverageSign } from './coverage-sign.js'
import { type CoverageCell, type CoverageRow, heldOf, sumInWords } from './coverage-sums.js'
import type { Place } from './grid-steps.js'
import { STANDING_NAMES } from './status-tag.js'

const WORDS = {
  zh: { none: '当年不计', items: (count: number) => `${count} 项` },
  en: { none: 'None due', items: (count: number) => `${count} items` },
}

export interface CoverageChoice {
  readonly organ: string | null
  readonly year: number | null
}

interface GridRowProps {
  readonly row: CoverageRow
  readonly index: number
  readonly years: readonly number[]
  readonly cells: ReadonlyMap<number, CoverageCell>
  /** all: the organ; a year: this cell of it; null: neither. */
  readonly chosen: 'all' | number | null
  readonly choose: (choice: CoverageChoice) => void
  /** Of the cell that takes part in the order of Tab; null: it is in another row. */
  readonly tabColumn: number | null
  readonly onFocus: (place: Place) => void
}

function DrawnRow({ row, index, years, cells, chosen, choose, tabColumn, onFocus }: GridRowProps) {
  const words = useWords(WORDS)
  const names = useWords(STANDING_NAMES)
  const { organ } = row
  const isAll = chosen === 'all'
  const place = (column: number) => ({
    'data-at': `${index}/${column}`,
    tabIndex: tabColumn === column ? 0 : -1,
    onFocus: () => onFocus({ row: index, column }),
  })
  return (
    <tr aria-rowindex={index + 3}>
      <th scope="row">
        <button
          type="button"
          className={chosen === null ? 'cov-organ' : 'cov-organ on'}
          title={organ.name}
          aria-label={organ.name}
          aria-pressed={isAll}
          onClick={() => choose({ organ: isAll ? null : organ.id, year: null })}
          {...place(0)}
        >
          <OrganName name={organ.name} />
        </button>
      </th>
      {years.map((year, column) => {
        const cell = cells.get(year)
        const isChosen = chosen === year
        const told =
          cell === undefined
            ? words.none
            : `${names[cell.state]}${cell.openItems > 0 ? ` ${words.items(cell.openItems)}` : ''}`
        return (
          <td key={year}>
            <button
              type="button"
              className={`cov-cell ${cell?.state ?? 'none'}${isChosen ? ' on' : ''}`}
              aria-label={`${year} ${told}`}
              title={`${organ.name} ${year} ${told}`}
              aria-pressed={isChosen}
              onClick={() => choose(isChosen ? { organ: null, year: null } : { organ: organ.id, year })}
              {...place(column + 1)}
            >
              <CoverageSign cell={cell} />
            </button>
          </td>
        )
      })}
      <td className="r num cov-sum">{sumInWords(heldOf(row.cells), row.cells.length)}</td>
    </tr>
  )
}

export const GridRow = memo(DrawnRow)
