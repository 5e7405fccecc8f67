/**
 * Two extractions of a document, fact by fact. What differs is shown; what is the same, on demand. Records are what the program read:
 * what people decided lies over them, and is not in here.
 */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Fact, ReportRecord } from '../../../src/record.js'
import { labelOf } from '../../../src/report/fact-labels.js'
import { get } from '../api/call.js'
import { useAmounts } from '../parts/amounts.js'
import { DataTable } from '../parts/data-table.js'
import { EmptyState } from '../parts/empty-state.js'
import { Field } from '../parts/field.js'
import { Refusal } from '../parts/notice.js'
import { Wait } from '../parts/wait.js'
import { useWords } from '../wording/words.js'
import { type ComparedFact, compareFacts, compareTraits, countDifferences, type Difference } from './compare-records.js'
import { HISTORY_WORDS } from './history-words.js'
import './history.css'

interface Extraction {
  readonly version: string
  readonly status: ReportRecord['status']
  readonly extractedAt: string
  readonly inForce: boolean
}

interface CompareProps {
  readonly sha256: string
  /** The later of the two; the newest unless told. */
  readonly version?: string
}

export function Compare({ sha256, version }: CompareProps) {
  const words = useWords(HISTORY_WORDS)
  const { moment } = useAmounts()
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ['document', sha256],
    queryFn: ({ signal }) => get<{ readonly extractions: readonly Extraction[] }>(`/documents/${sha256}`, signal),
  })
  const [chosen, setChosen] = useState<{ readonly before?: string; readonly after?: string }>({})
  if (isPending) return <Wait />
  if (data === undefined) return <Refusal error={error} retry={() => void refetch()} />
  const all = [...data.extractions].sort((one, other) => one.extractedAt.localeCompare(other.extractedAt))
  const laterAt = all.findIndex((one) => one.version === version)
  const after = chosen.after ?? all.at(laterAt > 0 ? laterAt : -1)?.version
  const afterAt = all.findIndex((one) => one.version === after)
  const before = chosen.before ?? all[afterAt > 0 ? afterAt - 1 : 1]?.version
  if (all.length < 2 || before === undefined || after === undefined) {
    return (
      <EmptyState title={words.readOnce}>
        <p>{words.readOnceAbout}</p>
      </EmptyState>
    )
  }
  const choices = all.map((one) => (
    <option key={one.version} value={one.version}>
      {`${one.version}　${moment(one.extractedAt)}${one.inForce ? `　${words.inForce}` : ''}`}
    </option>
  ))
  return (
    <div className="cmp">
      <div className="row g12 cmp-choice">
        <Field label={words.before}>
          {(control) => (
            <select
              {...control}
              value={before}
              onChange={({ currentTarget: { value } }) => setChosen({ before: value, after })}
            >
              {choices}
            </select>
          )}
        </Field>
        <span aria-hidden="true">→</span>
        <Field label={words.after}>
          {(control) => (
            <select
              {...control}
              value={after}
              onChange={({ currentTarget: { value } }) => setChosen({ before, after: value })}
            >
              {choices}
            </select>
          )}
        </Field>
      </div>
      <Both sha256={sha256} before={before} after={after} />
    </div>
  )
}

/** What was read once under a version stays so. */
function useRecord(sha256: string, version: string) {
  return useQuery({
    queryKey: ['record', sha256, version],
    queryFn: ({ signal }) =>
      get<ReportRecord>(`/documents/${sha256}/record?version=${encodeURIComponent(version)}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

function Both({ sha256, before, after }: { readonly sha256: string; readonly before: string; readonly after: string }) {
  const earlier = useRecord(sha256, before)
  const later = useRecord(sha256, after)
  const error = earlier.error ?? later.error
  if (error !== null) return <Refusal error={error} />
  if (earlier.data === undefined || later.data === undefined) return <Wait />
  return <Differences before={earlier.data} after={later.data} />
}

const LOOKS: Readonly<Record<Difference, string>> = { same: '', value: 'bad', print: '', gained: 'ok', lost: 'warn' }

function Differences({ before, after }: { readonly before: ReportRecord; readonly after: ReportRecord }) {
  const words = useWords(HISTORY_WORDS)
  const [isAll, setAll] = useState(false)
  const facts = compareFacts(before, after)
  const counts = countDifferences(facts)
  const traits = compareTraits(before, after).filter((trait) => isAll || trait.before !== trait.after)
  const shown = facts.filter(({ difference }) => isAll || difference !== 'same')
  const vintage = after.report.vintage ?? before.report.vintage
  const tell = (trait: string, value: string) =>
    trait === 'status' ? (words.statuses[value as ReportRecord['status']] ?? value) : value
  return (
    <>
      <div className="row g12 cmp-sum">
        <span role="status">{words.counts(counts)}</span>
        <span className="sp" />
        <label className="row g6">
          <input type="checkbox" checked={isAll} onChange={({ currentTarget }) => setAll(currentTarget.checked)} />
          {words.showAll}
        </label>
      </div>
      {traits.length > 0 && (
        <DataTable
          name={words.whole}
          rows={traits}
          keyOf={({ trait }) => trait}
          columns={[
            { key: 'trait', head: words.whole, isHead: true, cell: ({ trait }) => words.traits[trait] },
            {
              key: 'before',
              head: before.extractor.version,
              width: 'min(280px, 30vw)',
              cell: (row) => tell(row.trait, row.before),
            },
            {
              key: 'after',
              head: after.extractor.version,
              width: 'min(280px, 30vw)',
              cell: (row) => <b className={row.before === row.after ? 'cmp-same' : ''}>{tell(row.trait, row.after)}</b>,
            },
          ]}
        />
      )}
      {shown.length === 0 ? (
        <EmptyState title={words.noDifference(facts.length)} />
      ) : (
        <DataTable<ComparedFact>
          name={words.cells}
          rows={shown}
          keyOf={({ key }) => key}
          columns={[
            {
              key: 'key',
              head: words.cell,
              isHead: true,
              cell: ({ key }) => <span className="cmp-label">{labelOf(vintage, key) ?? key}</span>,
            },
            {
              key: 'before',
              head: before.extractor.version,
              isNumber: true,
              width: 'min(150px, 20vw)',
              cell: (row) => <Printed fact={row.before} isPale={row.difference !== 'same'} />,
            },
            {
              key: 'after',
              head: after.extractor.version,
              isNumber: true,
              width: 'min(150px, 20vw)',
              cell: (row) => <Printed fact={row.after} />,
            },
            {
              key: 'difference',
              head: words.difference,
              width: 'min(130px, 26vw)',
              cell: ({ difference }) =>
                difference === 'same' ? (
                  <span className="s3">{words.differences.same}</span>
                ) : (
                  <span className={`tag ${LOOKS[difference]}`}>{words.differences[difference]}</span>
                ),
            },
          ]}
        />
      )}
    </>
  )
}

function Printed({ fact, isPale = false }: { readonly fact: Fact | null; readonly isPale?: boolean }) {
  const words = useWords(HISTORY_WORDS)
  const { number } = useAmounts()
  if (fact === null || fact.state === 'absent') return <span className="s3">{words.absent}</span>
  if (fact.value === null) {
    return (
      <span className="s2">{fact.state === 'unreadable' ? `${words.unreadable} ${fact.raw ?? ''}` : words.blank}</span>
    )
  }
  const shown = number(fact.value)
  return (
    <span className={isPale ? 's2' : 'b'}>
      {shown}
      {fact.raw !== null && fact.raw !== String(fact.value) && <span className="xs s3"> {fact.raw}</span>}
    </span>
  )
}
