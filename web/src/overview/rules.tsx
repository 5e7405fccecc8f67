/** The rules that fail most often, in words, with the reports in which they do. */
import { Link } from 'wouter'
import type { OverviewAnswer } from '../../../src/review/api.js'
import { ruleInEnglish } from '../../../src/review/in-english.js'
import { useAmounts } from '../parts/amounts.js'
import { DataTable } from '../parts/data-table.js'
import { EmptyState } from '../parts/empty-state.js'
import { useTell } from '../review/telling.js'
import { useWords } from '../wording/words.js'
import { OVERVIEW_WORDS } from './overview-words.js'

const LEVEL_TAGS: Readonly<Record<string, string>> = { error: 'bad', warning: 'warn' }

export function Rules({ rules }: Pick<OverviewAnswer, 'rules'>) {
  const words = useWords(OVERVIEW_WORDS)
  const tell = useTell()
  const { number } = useAmounts()
  const most = Math.max(1, ...rules.map(({ reports }) => reports))
  return (
    <section className="card ovw-block ovw-rules" aria-labelledby="rules">
      <div className="row g12 ovw-head">
        <h2 id="rules">{words.rules}</h2>
        <span className="s2 xs">{words.rulesAbout}</span>
      </div>
      {rules.length === 0 ? (
        <EmptyState title={words.noRules} />
      ) : (
        <DataTable
          name={words.rules}
          rows={rules}
          keyOf={({ rule }) => rule}
          columns={[
            {
              key: 'title',
              head: words.rule,
              isHead: true,
              cell: ({ rule, title }) => {
                const said = tell(title, () => ruleInEnglish(rule))
                return (
                  <span className="ovw-rule">
                    <span lang={said.lang}>{said.text}</span>
                    <span className="xs s3 nw"> {rule}</span>
                  </span>
                )
              },
            },
            {
              key: 'level',
              head: words.level,
              width: 64,
              cell: ({ level }) => <span className={`tag ${LEVEL_TAGS[level] ?? ''}`}>{levelName(level, words)}</span>,
            },
            {
              key: 'reports',
              head: words.reports,
              width: 132,
              cell: ({ rule, reports }) => (
                <Link className="ovw-bar" href={`/archive/reports?rule=${encodeURIComponent(rule)}`}>
                  <span className="ovw-bar-ground" aria-hidden="true">
                    <span style={{ width: `${(reports / most) * 100}%` }} />
                  </span>
                  <b className="num">{number(reports)}</b>
                </Link>
              ),
            },
          ]}
        />
      )}
    </section>
  )
}

function levelName(level: string, words: (typeof OVERVIEW_WORDS)['zh']): string {
  if (level === 'error') return words.error
  return level === 'warning' ? words.warning : words.info
}
