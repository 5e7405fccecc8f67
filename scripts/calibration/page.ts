/** Tallies of trials → the page docs/calibration.md. */
import { VERDICTS } from '../../src/record.js'
import { OUTCOMES, type Outcome, type Trial } from './measure.js'

type Tally = Record<Outcome, number>

const TABLES = ['requests', 'review_litigation', 'proactive', 'statistics']
const READERS = {
  misread: 'misreading, the two ways of reading differ',
  misread_alike: 'misreading, both ways of reading err alike',
  published: "publisher's slip",
}

export interface Summary {
  readonly trials: number
  readonly wrong: number
  /** One cell of the table of requests. */
  readonly oneCell: Tally
  /** Two cells of it. */
  readonly twoCells: Tally
  /** …of which arithmetic leaves one smallest explanation. */
  readonly decidable: Tally
}

export function summarise(trials: readonly Trial[]): Summary {
  const oneCell = trials.filter(({ group, tables, kinds }) => {
    return group === 'single' && tables[0] === 'requests' && kinds[0]?.cells === 'one'
  })
  const twoCells = trials.filter(({ group }) => group === 'pair of cells')
  return {
    trials: trials.length,
    wrong: trials.filter(({ outcome }) => outcome === 'wrong').length,
    oneCell: tally(oneCell),
    twoCells: tally(twoCells),
    decidable: tally(twoCells.filter(({ isAmbiguous }) => !isAmbiguous)),
  }
}

/** `byTable`: the same errors where every table is as likely to be hit as any other. */
export function calibrationPage(trials: readonly Trial[], byTable: readonly Trial[]): string {
  const { oneCell, twoCells, decidable } = summarise(trials)
  const single = trials.filter(({ group }) => group === 'single')
  const pairs = trials.filter(({ group }) => group === 'pair')
  const wrongOf = (some: readonly Trial[]): string => {
    const proposed = some.filter(({ isProposed }) => isProposed).length
    const wrong = tally(some).wrong
    const verdict = wrong * 1000 > some.length ? ' **not met**' : ''
    return `${wrong} of ${some.length} reports, ${proposed} of them with a proposal${verdict}`
  }
  const kinds = [...new Map(single.map(({ kinds: [kind] }) => [kind?.name ?? '', kind]))]
  return `# Calibration of error localisation

Made by \`npm run calibrate\`; the same count gives the same page. ${trials.length} reports with known errors: reports of all three forms and of
many sizes whose every identity holds, with one error or two put into each. Every cell of a report is as likely to be hit as any
other. A misreading changes what was read and leaves the page as it was; a publisher's slip stands on the page.

- **right**: every cell in error is given its true figure, and no other cell is given one.
- **undecided**: the error is caught and suspects are named, but not every figure is proposed.
- **wrong**: a figure is proposed that is not the true one.
- **invisible**: no identity contains the cells, or the changes cancel in every identity: arithmetic cannot see the error.
- **unseen**: an identity no longer holds, but its total is blank (a warning is raised), so that nothing is said of the cells.

## What it must show

| measure | bound | measured |
|---|---|---|
| one cell of the table of requests: caught | 100 % | ${share(caught(oneCell), count(oneCell))} |
| one cell of the table of requests: right | ≥ 99 % | ${share(oneCell.right, count(oneCell))} |
| two cells of the table of requests: right, of all pairs | ≥ 95 % | ${share(twoCells.right, count(twoCells))} |
| …of pairs with one smallest explanation | ≥ 95 % | ${share(decidable.right, count(decidable))} |
| wrong proposals, one error and two, every cell as likely | ≤ 1 in 1,000 | ${wrongOf(trials)} |
| wrong proposals, one error, every table as likely | ≤ 1 in 1,000 | ${wrongOf(byTable.filter(({ group }) => group === 'single'))} |
| wrong proposals, two errors of any kind, every cell as likely | ≤ 1 in 1,000 | ${wrongOf(pairs)} |
| wrong proposals, two errors of any kind, every table as likely | ≤ 1 in 1,000 | ${wrongOf(byTable.filter(({ group }) => group === 'pair'))} |

Whether two errors are "with one smallest explanation" is the localiser's own word. How often a proposal is wrong depends on where
errors fall. Where every table is as likely, two errors often meet in one block of five cells with a single identity: a total left
at zero, or a cell not read, is then derived from a figure that is wrong itself, and no arithmetic on the page can tell.

## One error, by kind

${table(
  'error',
  kinds.map(([name, kind]) => [
    `${name} (${kind?.source === 'published' ? 'slip' : 'misreading'})`,
    tally(single.filter(({ kinds: [own] }) => own === kind)),
  ]),
)}

The table of requests alone:

${table(
  'error',
  kinds.map(([name, kind]) => [
    name,
    tally(single.filter(({ kinds: [own], tables: [where] }) => own === kind && where === 'requests')),
  ]),
)}

Two neighbouring outcomes exchanged as whole rows leave every sum as it was. Two neighbours exchanged that differ by one or two
fit several rows.

## One error, by table

${table(
  'table',
  TABLES.map((name) => [name, tally(single.filter(({ tables: [where] }) => where === name))]),
)}

The tables of proactive disclosure have no identity within a year. A block of the table of reviews and litigation, and of the
statistics of 2014–2018, has one: five cells are suspects alike, unless all but one figure would have to fall below zero.

## Two errors

${table('errors', [
  ['two cells of the table of requests', twoCells],
  [
    '…with several equally good explanations',
    tally(trials.filter((one) => one.group === 'pair of cells' && one.isAmbiguous)),
  ],
  ['any two, in any tables', tally(pairs)],
])}

Of two errors of which one is invisible, the other is proposed and the pair counts as undecided.

## Verdicts

Each group of failed sums of the reports with one error, by whose error it was. The second way of reading is supposed here, not
run: it reads a slip as it is printed, and errs like the first in one misreading of five.

${verdicts(single)}

Where both ways of reading err alike, the page is believed to say what both saw: the second program and the eye of the reviewer
remain.
`
}

function verdicts(trials: readonly Trial[]): string {
  const rows = Object.entries(READERS).map(([page, name]) => {
    const given = trials.filter((one) => one.page === page).flatMap((one) => one.verdicts)
    return [name, ...VERDICTS.map((verdict) => String(given.filter((one) => one === verdict).length))]
  })
  return grid(['whose error', ...VERDICTS], rows)
}

function tally(trials: readonly Trial[]): Tally {
  const counts: Tally = { right: 0, undecided: 0, wrong: 0, invisible: 0, unseen: 0 }
  for (const { outcome } of trials) counts[outcome]++
  return counts
}

function count(counts: Tally): number {
  return OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0)
}

export function caught(counts: Tally): number {
  return counts.right + counts.undecided + counts.wrong
}

function table(head: string, rows: readonly (readonly [string, Tally])[]): string {
  const cells = rows
    .filter(([, counts]) => count(counts) > 0)
    .map(([name, counts]) => [
      name,
      String(count(counts)),
      String(caught(counts)),
      ...OUTCOMES.map((outcome) => String(counts[outcome])),
    ])
  return grid([head, 'reports', 'caught', ...OUTCOMES], cells)
}

function grid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    line(head),
    `|${head.map((_, column) => (column === 0 ? '---|' : '---:|')).join('')}`,
    ...rows.map(line),
  ].join('\n')
}

function share(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(2)} % (${part} of ${whole})`
}
