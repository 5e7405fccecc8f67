/** The main figures over the years, one small plot each, all over the same years. */
import type { OrganAnswer, OrganYear } from '../../../src/review/api.js'
import { useAmounts } from '../parts/amounts.js'
import { LinePlot, type PlotPoint } from '../parts/plot.js'
import { useWords } from '../wording/words.js'
import { INDICATORS, type Indicator, PLOTTED } from './indicators.js'
import { ORGAN_WORDS } from './organ-words.js'
import { figureOf, shareDisclosed, type YearFigure } from './years.js'

type Words = (typeof ORGAN_WORDS)['zh']

interface OrganPlotsProps {
  readonly answer: OrganAnswer
  readonly span: readonly number[]
}

export function OrganPlots({ answer, span }: OrganPlotsProps) {
  const words = useWords(ORGAN_WORDS)
  const { number, percent } = useAmounts()
  const reports = new Map(answer.years.map((report) => [report.year, report]))
  return (
    <div className="org-plots">
      {PLOTTED.map((id) => {
        const points = span.map((year) => pointOf(id, reports.get(year), answer, words))
        const isRemark = span.some((year) => isRemarked(id, reports.get(year), answer))
        const unit = id === 'share' ? '%' : words.units.piece
        return (
          <div key={id} className="card org-plot">
            <div className="row g6">
              <b className="el">{words.plots[id]}</b>
              <span className="sp" />
              <span className="xs s2">{unit}</span>
            </div>
            <LinePlot
              title={`${words.plots[id]} (${unit})`}
              years={span}
              points={points}
              print={id === 'share' ? percent : number}
            />
            <p className="xs s2 el">{noteOf(id, points, span, reports, isRemark, words)}</p>
          </div>
        )
      })}
    </div>
  )
}

function pointOf(
  id: (typeof PLOTTED)[number],
  report: OrganYear | undefined,
  { checks }: OrganAnswer,
  words: Words,
): PlotPoint {
  if (id === 'share') {
    const share = shareDisclosed(report)
    if (share !== null) return { kind: 'figure', value: share, look: 'printed', derived: null }
    return { kind: 'gap', mark: report === undefined ? '' : words.notAskedMark }
  }
  return pointOfFigure(figureOf(indicatorOf(id), report, checks), words)
}

function isRemarked(id: (typeof PLOTTED)[number], report: OrganYear | undefined, { checks }: OrganAnswer): boolean {
  if (id === 'share') return false
  const figure = figureOf(indicatorOf(id), report, checks)
  return figure.kind === 'figure' && figure.checked === 'remark'
}

function indicatorOf(id: string): Indicator {
  const indicator = INDICATORS.find((one) => one.id === id)
  if (indicator === undefined) throw new Error(`no figure is called ${id}`)
  return indicator
}

function pointOfFigure(figure: YearFigure, words: Words): PlotPoint {
  switch (figure.kind) {
    case 'figure': {
      const { value, decision, derived, checked } = figure
      const isDoubted = checked === 'differs' || checked === 'remark' || derived !== null
      const look = decision === 'corrected' ? 'corrected' : isDoubted ? 'doubted' : 'printed'
      return { kind: 'figure', value, look, derived: decision === 'corrected' ? null : derived }
    }
    case 'blank':
      return { kind: 'gap', mark: words.blank }
    case 'unread':
      return { kind: 'gap', mark: words.unreadMark }
    case 'not_asked':
      return { kind: 'gap', mark: words.notAskedMark }
    case 'no_report':
      return { kind: 'gap', mark: '' }
  }
}

/** The one thing that a reader has to know of the plot. */
function noteOf(
  id: (typeof PLOTTED)[number],
  points: readonly PlotPoint[],
  span: readonly number[],
  reports: ReadonlyMap<number, OrganYear>,
  isRemark: boolean,
  words: Words,
): string {
  const notes = words.plotNotes
  const drawn = points.filter((point) => point.kind === 'figure')
  if (drawn.length === 0) return notes.none
  if (drawn.some(({ derived }) => derived !== null)) return notes.derived
  const doubted = points.findLastIndex((point) => point.kind === 'figure' && point.look === 'doubted')
  if (isRemark) return words.remark
  if (doubted >= 0) return notes.doubted(span[doubted] ?? 0)
  if (id === 'share') return notes.share
  const without = span.filter((_, at) => {
    const point = points[at]
    return point?.kind === 'gap' && point.mark === words.notAskedMark
  })
  const vintages = [...new Set(without.map((year) => reports.get(year)?.vintage ?? ''))].filter((one) => one !== '')
  if (vintages.length > 0) return notes.notAsked(vintages.join('、'))
  return drawn.length === span.length ? notes.whole(span.length) : notes.gap
}
