/**
 * One page of the original as paper, with its boxes: drawn as sharp as it is near, anew when one has come nearer. Until then, what was
 * drawn before is stretched.
 */
import { memo, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { useWords } from '../wording/words.js'
import { Boxes, type BoxesProps } from './boxes.js'
import type { Drawn, Pages } from './pages.js'
import type { Urgency } from './turns.js'

const WORDS = {
  zh: {
    page: (page: number) => `第 ${page} 页`,
    drawing: (page: number) => `正在绘制第 ${page} 页`,
    failed: (page: number) => `第 ${page} 页无法显示，可下载原件查看。`,
    again: '再试',
  },
  en: {
    page: (page: number) => `Page ${page}`,
    drawing: (page: number) => `Drawing page ${page}`,
    failed: (page: number) => `Page ${page} cannot be shown. Download the original to see it.`,
    again: 'Try again',
  },
}

export interface PdfPageProps extends BoxesProps {
  readonly pages: Pages
  /** From 1. */
  readonly page: number
  /** Pixels a point; null: not known yet. */
  readonly scale: number | null
  readonly urgency: Urgency
  /** Puts the page where it belongs. */
  mount(page: number, paper: HTMLElement): () => void
  onDrawn(by: Drawn['by']): void
}

export const PdfPage = memo(function PdfPage(props: PdfPageProps) {
  const { pages, page, scale, urgency, mount, onDrawn, size, marked, others, current } = props
  const words = useWords(WORDS)
  const paper = useRef<HTMLDivElement>(null)
  const picture = useRef<HTMLDivElement>(null)
  const [attempt, setAttempt] = useState(0)
  const [hasFailed, setFailed] = useState(false)

  useLayoutEffect(() => (paper.current === null ? undefined : mount(page, paper.current)), [mount, page])

  // A page that one comes to is not begun anew.
  const urgencyNow = useEffectEvent(() => urgency)
  // Another attempt draws again, though nothing else has changed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is what asks for it
  useEffect(() => {
    if (scale === null) return
    const leaving = new AbortController()
    pages.draw(page, scale, urgencyNow(), leaving.signal).then(
      ({ canvas, by }) => {
        if (leaving.signal.aborted) return
        picture.current?.replaceChildren(canvas)
        setFailed(false)
        onDrawn(by)
      },
      (error: unknown) => {
        if (leaving.signal.aborted) return
        console.warn(`page ${page} cannot be drawn`, error)
        setFailed(true)
      },
    )
    return () => leaving.abort()
  }, [pages, page, scale, attempt, onDrawn])

  return (
    <div className="op-paper" ref={paper} data-page={page}>
      <p className="op-late xs">{words.drawing(page)}</p>
      <div className="op-picture" ref={picture} role="img" aria-label={words.page(page)} />
      <Boxes size={size} marked={marked} others={others} current={current} />
      <div className="op-overlay" aria-hidden="true">
        <i className="op-box op-hover" hidden />
      </div>
      {hasFailed && (
        <p className="op-failed">
          {words.failed(page)}{' '}
          <button type="button" className="btn sm" onClick={() => setAttempt(attempt + 1)}>
            {words.again}
          </button>
        </p>
      )}
    </div>
  )
})
