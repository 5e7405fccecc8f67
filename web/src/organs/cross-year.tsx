/** What is carried from one year to the next, with both numbers and the ways to both reports; and below, every check that fails. */
import { useState } from 'react'
import { Link } from 'wouter'
import { labelOf } from '../../../src/report/fact-labels.js'
import type { OrganAnswer, OrganYear } from '../../../src/review/api.js'
import { checkInEnglish } from '../../../src/review/in-english.js'
import { useAmounts } from '../parts/amounts.js'
import { DataTable } from '../parts/data-table.js'
import { Icon } from '../parts/icon.js'
import { useTell } from '../review/telling.js'
import { useWords } from '../wording/words.js'
import { ORGAN_WORDS } from './organ-words.js'
import { carriesOf, type YearCheck } from './years.js'

export function CrossYear({ answer }: { readonly answer: OrganAnswer }) {
  const words = useWords(ORGAN_WORDS)
  const [isOpen, setOpen] = useState(false)
  const carries = carriesOf(answer)
  const failing = answer.checks.filter(({ outcome }) => outcome === 'fail')
  const passing = answer.checks.filter(({ outcome }) => outcome === 'pass').length
  return (
    <div className="card org-carries">
      <div className="org-carry-line">
        <b className="nw">{words.crossYear}</b>
        <ul>
          {carries.map(({ check, before, after }) => (
            <li key={check.year} className={check.outcome === 'fail' ? 'bad' : ''}>
              <Side label={words.endOf(check.year - 1)} value={check.expected} report={before} />
              <span className="s3" aria-hidden="true">
                →
              </span>
              <Side label={words.startOf(check.year)} value={check.actual} report={after} />
              <span className={check.outcome === 'fail' ? 'org-bad' : 'org-ok'}>
                <Icon name={check.outcome === 'fail' ? 'cross' : 'tick'} />
                <span className="unseen">{check.outcome === 'fail' ? words.differs : words.agrees}</span>
              </span>
            </li>
          ))}
          {carries.length === 0 && <li className="org-plain s3">{words.noCarries}</li>}
        </ul>
        <span className="sp" />
        {failing.length > 0 && (
          <button type="button" className="btn sm danger" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <Icon name="cross" />
            {words.failing(failing.length)}
            <Icon name={isOpen ? 'up' : 'down'} />
          </button>
        )}
        {passing > 0 && (
          <span className="tag ok">
            <Icon name="tick" />
            {words.passing(passing)}
          </span>
        )}
      </div>
      {isOpen && <Failing checks={failing} years={answer.years} />}
    </div>
  )
}

interface SideProps {
  readonly label: string
  readonly value: number | null
  readonly report: OrganYear | undefined
}

function Side({ label, value, report }: SideProps) {
  const { number } = useAmounts()
  const told = (
    <>
      <span className="s2 xs">{label}</span> <b>{value === null ? '–' : number(value)}</b>
    </>
  )
  return report === undefined ? (
    <span className="nw">{told}</span>
  ) : (
    <Link className="nw org-side" href={`/review/${report.sha256}?table=requests`}>
      {told}
    </Link>
  )
}

interface FailingProps {
  readonly checks: readonly YearCheck[]
  readonly years: OrganAnswer['years']
}

function Failing({ checks, years }: FailingProps) {
  const words = useWords(ORGAN_WORDS)
  const { number } = useAmounts()
  const tell = useTell()
  const of = (year: number) => years.find((report) => report.year === year)
  return (
    <div className="org-failing">
      <DataTable
        name={words.failingTitle}
        rows={checks}
        keyOf={({ year, rule, subject }) => `${year} ${rule} ${subject}`}
        columns={[
          { key: 'year', head: words.year, width: 64, cell: ({ year }) => <b className="num">{year}</b> },
          {
            key: 'rule',
            head: words.rule,
            isHead: true,
            cell: (check) => {
              const vintage = of(check.year)?.vintage ?? null
              const said = tell(check.message, () => checkInEnglish(check, (fact) => labelOf(vintage, fact) ?? fact))
              return (
                <span className="org-message" lang={said.lang}>
                  {said.text}
                </span>
              )
            },
          },
          {
            key: 'before',
            head: words.before,
            isNumber: true,
            width: 96,
            cell: ({ expected }) => (expected === null ? '–' : number(expected)),
          },
          {
            key: 'now',
            head: words.now,
            isNumber: true,
            width: 96,
            cell: ({ actual }) => (actual === null ? '–' : <b>{number(actual)}</b>),
          },
          {
            key: 'open',
            head: words.both,
            width: 132,
            cell: ({ year, rule }) => (
              <span className="row g8">
                {[...(rule.startsWith('AGG-') ? [] : [year - 1]), year].map((each) => {
                  const report = of(each)
                  return report === undefined ? (
                    <span key={each} className="s3">
                      {each}
                    </span>
                  ) : (
                    <Link key={each} href={`/review/${report.sha256}`}>
                      {each}
                    </Link>
                  )
                })}
              </span>
            ),
          },
        ]}
      />
    </div>
  )
}
