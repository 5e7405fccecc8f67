/**
 * The pages of an original beside the figures: one below the other, with boxes over the cells, scrolled and zoomed to what one looks at.
 *
 * What follows the pointer costs a class or a style and never a rendering; React makes the few pages that are near, and nothing more.
 */
import {
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Box, Fact, Location } from '../../../src/record.js'
import { isProblem } from '../api/call.js'
import { Wait } from '../parts/wait.js'
import { useLanguage, useWords } from '../wording/words.js'
import { placeOf } from './boxes.js'
import { cellAt, cellsOnPages } from './cells-on-pages.js'
import { type BoxesShown, boxOn, type Marked, mostUrgent } from './marks.js'
import { holdOriginal, type Opened } from './opened-originals.js'
import { OriginalTools } from './original-tools.js'
import type { PageSize } from './page-layout.js'
import type { Drawn, Pages } from './pages.js'
import { PdfPage } from './pdf-page.js'
import { watchPointer } from './pointing.js'
import { type Look, Stage, type Target, type Zoom } from './stage.js'
import { Thumbnails } from './thumbnails.js'

/** Milliseconds without zooming, after which pages are drawn anew. */
const SETTLED = 120

const WORDS = {
  zh: {
    original: '原件',
    canvas: '原件页面',
    byServer: '这份 PDF 的页面由服务器绘制，放大后可能不够清晰。',
    refused: '未能取得原件，请检查网络后再试。',
    again: '再试',
  },
  en: {
    original: 'Original',
    canvas: 'Pages of the original',
    byServer: 'The server draws the pages of this PDF; they may be less sharp when enlarged.',
    refused: 'The original could not be fetched. Check the network and try again.',
    again: 'Try again',
  },
}

/** What keys and the table do to the pane without drawing it anew. */
export interface OriginalHandle {
  /** One step nearer (1) or farther (-1). */
  zoomBy(step: number): void
  turnPage(step: number): void
  hover(fact: string | null): void
}

export interface PagedPaneProps {
  readonly sha256: string
  readonly pageCount: number
  readonly facts: readonly Fact[]
  readonly marked: readonly Marked[]
  readonly current: string | null
  readonly place: Location | null
  readonly table: Location | null
  readonly zoom: Zoom
  onZoom(zoom: Zoom): void
  readonly boxes: BoxesShown
  onBoxes(boxes: BoxesShown): void
  readonly badges: ReadonlyMap<number, number>
  onSelect(fact: string): void
  onHover(fact: string | null): void
  readonly caption: ReactNode
  readonly handle: Ref<OriginalHandle> | undefined
}

export function PagedPane(props: PagedPaneProps) {
  const { sha256, pageCount, facts, marked, current, place, table, zoom, boxes, badges, caption } = props
  const words = useWords(WORDS)
  const { language } = useLanguage()
  const scroller = useRef<HTMLElement>(null)
  const area = useRef<HTMLDivElement>(null)
  const stage = useRef<Stage | null>(null)
  const papers = useRef(new Map<number, HTMLElement>())
  const { opened, refusal, again } = useOriginal(sha256, pageCount)
  const pages = opened?.pages ?? null
  const [sizes, setSizes] = useState<readonly PageSize[]>([])
  const [look, setLook] = useState<Look | null>(null)
  const scale = useSettled(look?.scale ?? null)
  const [byServer, setByServer] = useState(false)

  const cells = useMemo(() => cellsOnPages(facts), [facts])
  const places = useMemo(() => new Map(facts.map(({ key, location }) => [key, location])), [facts])
  const chosen = useMemo(() => mostUrgent(marked), [marked])
  const framed = place ?? (current === null ? null : (places.get(current) ?? null))
  const target = targetOf(framed, table, sizes)

  const onSelect = useEffectEvent(props.onSelect)
  const onHover = useEffectEvent(props.onHover)
  const cellUnder = useEffectEvent((clientX: number, clientY: number) => {
    const at = stage.current?.pointAt(clientX, clientY) ?? null
    return at === null ? null : cellAt(cells.get(at.page) ?? [], at.x, at.y)
  })
  const hover = useEffectEvent((fact: string | null) => {
    const location = fact === null ? null : (places.get(fact) ?? null)
    for (const [page, paper] of papers.current) {
      const frame = paper.querySelector<HTMLElement>('.op-hover')
      const box = boxOn(page, location)
      const size = sizes[page - 1]
      if (frame === null) continue
      frame.hidden = box === null || size === undefined
      if (box !== null && size !== undefined) Object.assign(frame.style, placeOf(box, size))
    }
  })
  const targetNow = useEffectEvent(() => target)
  const zoomNow = useEffectEvent(() => zoom)

  useLayoutEffect(() => {
    if (pages === null || scroller.current === null || area.current === null) return
    const known = pages.sizes()
    const made = new Stage(scroller.current, area.current, known, setLook)
    stage.current = made
    setSizes(known)
    setByServer(false)
    made.begin(FIRST, zoomNow())
    for (const [page, paper] of papers.current) made.mount(page, paper)
    const deaf = pages.onSizes(() => {
      setSizes(pages.sizes())
      made.resize(pages.sizes())
    })
    const blind = watchPointer(scroller.current, {
      cellAt: (x, y) => cellUnder(x, y),
      onHover: (fact) => {
        hover(fact)
        onHover(fact)
      },
      onSelect: (fact) => onSelect(fact),
      zoomAround: (factor, clientX, clientY) => {
        const { x, y } = made.areaAt(clientX, clientY)
        made.zoomAround(factor, x, y)
      },
    })
    return () => {
      deaf()
      blind()
      made.close()
      stage.current = null
    }
  }, [pages])

  // The first place is gone to at once; to the others, one is taken.
  const shownFor = useRef<Pages | null>(null)
  const looked = target === null ? '' : JSON.stringify(target)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a target is new only when it says something else
  useLayoutEffect(() => {
    const target = targetNow()
    if (pages === null || target === null) return
    if (shownFor.current === pages) stage.current?.show(target)
    else stage.current?.begin(target, zoomNow())
    shownFor.current = pages
  }, [pages, looked])

  useLayoutEffect(() => {
    stage.current?.zoomTo(zoom)
  }, [zoom])

  useImperativeHandle(
    props.handle,
    () => ({
      zoomBy: (step) => stage.current?.zoomBy(step),
      turnPage: (step) => stage.current?.turn(step),
      hover: (fact) => hover(fact),
    }),
    [],
  )

  const mount = useCallback((page: number, paper: HTMLElement) => {
    papers.current.set(page, paper)
    stage.current?.mount(page, paper)
    return () => {
      papers.current.delete(page)
      stage.current?.unmount(page)
    }
  }, [])
  const onDrawn = useCallback((by: Drawn['by']) => setByServer(by === 'server'), [])
  const onPage = useCallback((page: number) => stage.current?.toPage(page), [])

  const near = look === null || sizes.length === 0 ? [] : range(look.first, Math.min(look.last, sizes.length))
  return (
    <section className="op-pane" aria-label={words.original}>
      <OriginalTools
        sha256={sha256}
        pages={{ count: pages === null ? pageCount : sizes.length, look }}
        boxes={boxes}
        onBoxes={props.onBoxes}
        onTurn={(steps) => stage.current?.turn(steps)}
        onZoomBy={(steps) => stage.current?.zoomBy(steps)}
        onZoom={(wanted) => {
          stage.current?.zoomTo(wanted)
          props.onZoom(wanted)
        }}
      />
      <div className="op-body">
        {pages === null || sizes.length === 0 ? (
          <div className="op-thumbs" />
        ) : (
          <Thumbnails pages={pages} sizes={sizes} page={look?.page ?? 1} badges={badges} onPage={onPage} />
        )}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys */}
        <section className="op-canvas" ref={scroller} tabIndex={0} aria-label={words.canvas}>
          <div className="op-area" ref={area}>
            {pages !== null &&
              look !== null &&
              near.map((page) => (
                <PdfPage
                  key={page}
                  pages={pages}
                  page={page}
                  scale={scale === null ? null : scale * devicePixelRatio}
                  urgency={page === look.page ? 'seen' : 'next'}
                  mount={mount}
                  onDrawn={onDrawn}
                  size={sizes[page - 1] ?? A_PAGE}
                  marked={boxes === 'none' ? [] : marksOn(page, chosen)}
                  others={boxes === 'all' ? (cells.get(page) ?? []) : []}
                  current={boxOn(page, framed)}
                />
              ))}
          </div>
          {pages === null && refusal === null && <Wait />}
          {refusal !== null && (
            <div className="op-refused" role="status">
              <p>{isProblem(refusal) ? refusal.told[language] : words.refused}</p>
              <button type="button" className="btn" onClick={again}>
                {words.again}
              </button>
            </div>
          )}
        </section>
      </div>
      {byServer && (
        <p className="op-notice xs" role="status">
          {words.byServer}
        </p>
      )}
      <div className="op-caption">{caption}</div>
    </section>
  )
}

const A_PAGE: PageSize = { width: 595, height: 842 }
const FIRST: Target = { page: 1, box: null, table: null }

function targetOf(framed: Location | null, table: Location | null, sizes: readonly PageSize[]): Target | null {
  const tableBox = table?.kind === 'page' ? table : null
  const at = framed?.kind === 'page' ? framed : tableBox
  if (at === null) return null
  // A table is as wide on all its pages, if they are.
  const isAsWide = sizes[at.page - 1]?.width === sizes[(tableBox?.page ?? at.page) - 1]?.width
  return {
    page: at.page,
    box: at === tableBox ? null : at.box,
    table: tableBox !== null && isAsWide ? tableBox.box : null,
  }
}

function marksOn(page: number, marked: readonly Marked[]): { readonly box: Box; readonly mark: Marked }[] {
  return marked.flatMap((mark) => {
    const box = boxOn(page, mark.location)
    return box === null ? [] : [{ box, mark }]
  })
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
}

function useOriginal(sha256: string, pageCount: number) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const [refusal, setRefusal] = useState<unknown>(null)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens it again
  useEffect(() => {
    const { opening, release } = holdOriginal(sha256, pageCount)
    let isLeft = false
    opening.then(
      (opened) => {
        if (isLeft) return
        setOpened(opened)
        setRefusal(null)
      },
      (error: unknown) => {
        if (!isLeft) setRefusal(error)
      },
    )
    return () => {
      isLeft = true
      release()
    }
  }, [sha256, pageCount, attempt])
  return { opened, refusal, again: () => setAttempt(attempt + 1) }
}

/** A number, when it has not changed for a while; the first one at once. */
function useSettled(value: number | null): number | null {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    if (settled === null) {
      setSettled(value)
      return
    }
    const timer = setTimeout(() => setSettled(value), SETTLED)
    return () => clearTimeout(timer)
  }, [value, settled])
  return settled
}
