/**
 * A DOCX, HTML or text beside the figures: the paragraphs and tables that were read from it, as our own structure. What the document says
 * is text to us and never mark-up; how it looked is not imitated.
 *
 * It is made once. What is marked, current or under the pointer is a class or an attribute of elements that stand there already.
 */
import { useQuery } from '@tanstack/react-query'
import {
  memo,
  type ReactNode,
  type Ref,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react'
import type { Fact, Location } from '../../../src/record.js'
import { get, isProblem } from '../api/call.js'
import { Wait } from '../parts/wait.js'
import { useLanguage, useWords } from '../wording/words.js'
import { factsInCells, placeKey, type ShownBlock, type ShownCell } from './document-marks.js'
import { glide } from './glide.js'
import { type BoxesShown, type Marked, mostUrgent } from './marks.js'
import { OriginalTools } from './original-tools.js'
import { isSeen } from './page-layout.js'
import type { OriginalHandle } from './paged-pane.js'
import './document-pane.css'

/** Paragraphs and cells: what a browser lays out without a person noticing. */
const MOST_SHOWN = 20_000
/** Of the height of what is seen: where a cell is put. */
const AT = 0.4

const WORDS = {
  zh: {
    original: '原件',
    contents: '原件内容',
    refused: '未能取得原件内容，请检查网络后再试。',
    again: '再试',
    cut: '文件很长，其余部分未显示；请下载原件查看。',
  },
  en: {
    original: 'Original',
    contents: 'Contents of the original',
    refused: 'The contents could not be fetched. Check the network and try again.',
    again: 'Try again',
    cut: 'The file is long; the rest is not shown. Download the original to see it.',
  },
}

export interface DocumentPaneProps {
  readonly sha256: string
  readonly facts: readonly Fact[]
  readonly marked: readonly Marked[]
  readonly current: string | null
  readonly place: Location | null
  readonly table: Location | null
  readonly boxes: BoxesShown
  onBoxes(boxes: BoxesShown): void
  onSelect(fact: string): void
  onHover(fact: string | null): void
  readonly caption: ReactNode
  readonly handle: Ref<OriginalHandle> | undefined
}

/** GET /documents/:sha256/blocks, as far as it is shown. */
interface Blocks {
  readonly blocks: readonly ShownBlock[]
}

export function DocumentPane(props: DocumentPaneProps) {
  const { sha256, facts, marked, current, place, table, boxes, caption } = props
  const words = useWords(WORDS)
  const { language } = useLanguage()
  const scroller = useRef<HTMLElement>(null)
  const { data, error, refetch } = useBlocks(sha256)
  const blocks = data?.blocks ?? null
  const cells = useMemo(() => (blocks === null ? null : factsInCells(blocks, facts)), [blocks, facts])

  const onSelect = useEffectEvent(props.onSelect)
  const onHover = useEffectEvent(props.onHover)
  const placeOf = useEffectEvent((fact: string) => facts.find(({ key }) => key === fact)?.location ?? null)

  useLayoutEffect(() => {
    const box = scroller.current
    if (box === null || cells === null) return
    const unmarking: (() => void)[] = []
    for (const { fact, look, mark, location } of mostUrgent(marked)) {
      const element = elementOf(box, fact, location)
      if (element === null) continue
      // Of a line as a whole nobody knows which of its figures is meant.
      const isCell = element.dataset.fact === fact
      const names = isCell ? ['dp-mark', `look-${look}`] : ['dp-line']
      element.classList.add(...names)
      if (mark !== undefined && isCell) element.dataset.mark = mark
      unmarking.push(() => {
        element.classList.remove(...names)
        delete element.dataset.mark
      })
    }
    return () => {
      for (const unmark of unmarking) unmark()
    }
  }, [cells, marked])

  const wasShown = useRef(false)
  useLayoutEffect(() => {
    const box = scroller.current
    if (box === null || cells === null) return
    const location = place ?? (current === null ? null : placeOf(current))
    const element = elementOf(box, place === null ? current : null, location ?? table)
    if (element === null) return
    if (location !== null) element.classList.add('dp-current')
    const stop = bringIn(box, element, !wasShown.current)
    wasShown.current = true
    return () => {
      stop()
      element.classList.remove('dp-current')
    }
  }, [cells, current, place, table])

  useEffect(() => {
    const box = scroller.current
    if (box === null) return
    const leaving = new AbortController()
    const { signal } = leaving
    let hovered: string | null = null
    const hover = (fact: string | null) => {
      if (fact === hovered) return
      hovered = fact
      onHover(fact)
    }
    box.addEventListener('pointermove', ({ target }) => hover(factUnder(target)), { signal, passive: true })
    box.addEventListener('pointerleave', () => hover(null), { signal })
    box.addEventListener(
      'click',
      ({ target }) => {
        const fact = factUnder(target)
        if (fact !== null && getSelection()?.isCollapsed !== false) onSelect(fact)
      },
      { signal },
    )
    return () => leaving.abort()
  }, [])

  useImperativeHandle(
    props.handle,
    () => ({
      zoomBy: () => undefined,
      turnPage: (step) => scroller.current?.scrollBy(0, step * scroller.current.clientHeight * 0.9),
      hover(fact) {
        const box = scroller.current
        for (const element of box?.querySelectorAll('.dp-hover') ?? []) element.classList.remove('dp-hover')
        if (box !== null && fact !== null) elementOf(box, fact, placeOf(fact))?.classList.add('dp-hover')
      },
    }),
    [],
  )

  return (
    <section className="op-pane dp-pane" aria-label={words.original}>
      <OriginalTools
        sha256={sha256}
        pages={null}
        boxes={boxes}
        onBoxes={props.onBoxes}
        onTurn={() => undefined}
        onZoomBy={() => undefined}
        onZoom={() => undefined}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys */}
      <section className={`dp-body dp-${boxes}`} ref={scroller} tabIndex={0} aria-label={words.contents}>
        {blocks !== null && cells !== null && <Structure blocks={blocks} cells={cells} />}
        {blocks === null && error === null && <Wait />}
        {blocks === null && error !== null && (
          <div className="op-refused" role="status">
            <p>{isProblem(error) ? error.told[language] : words.refused}</p>
            <button type="button" className="btn" onClick={() => void refetch()}>
              {words.again}
            </button>
          </div>
        )}
      </section>
      <div className="op-caption">{caption}</div>
    </section>
  )
}

function useBlocks(sha256: string) {
  return useQuery({
    queryKey: ['blocks', sha256],
    queryFn: ({ signal }) => get<Blocks>(`/documents/${sha256}/blocks`, signal),
    // A document never changes.
    staleTime: Number.POSITIVE_INFINITY,
  })
}

interface StructureProps {
  readonly blocks: readonly ShownBlock[]
  readonly cells: ReadonlyMap<ShownCell, string>
}

const Structure = memo(function Structure({ blocks, cells }: StructureProps) {
  const words = useWords(WORDS)
  const shown = asManyAs(MOST_SHOWN, blocks)
  return (
    <div className="dp-paper" lang="zh-CN">
      {shown.map((block, at) =>
        block.kind === 'grid' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a document never changes
          <GridOf key={at} rows={rowsOf(block.cells)} cells={cells} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a document never changes
          <p key={at} className={classOf(block)} data-place={placeKey(block.location)}>
            {block.text}
          </p>
        ),
      )}
      {shown.length < blocks.length && <p className="s2">{words.cut}</p>}
    </div>
  )
})

function GridOf({ rows, cells }: { readonly rows: readonly ShownCell[][] } & Pick<StructureProps, 'cells'>) {
  return (
    <div className="dp-grid">
      <table>
        <tbody>
          {rows.map((row, at) => {
            const line = row[0]?.location
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a document never changes
              <tr key={at} data-place={line?.kind === 'line' ? placeKey(line) : undefined}>
                {row.map((cell) => {
                  const fact = cells.get(cell)
                  return (
                    <td
                      key={cell.column}
                      className={textLook(cell.text)}
                      rowSpan={cell.rowSpan}
                      colSpan={cell.columnSpan}
                      data-fact={fact}
                      data-place={cell.location.kind === 'cell' ? placeKey(cell.location) : undefined}
                    >
                      {cell.text}
                    </td>
                  )
                })}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** A figure is never broken, nor a word of any length one meets; what has no end and no gap is. */
function textLook(text: string): string | undefined {
  if (FIGURE.test(text)) return 'dp-figure'
  return ENDLESS.test(text) ? 'dp-endless' : undefined
}

const FIGURE = /^\s*[-+−－]?[\d０-９][\d０-９.,．，\u00a0 ]{0,24}[%％]?\s*$/
const ENDLESS = /[!-~]{25}/

function rowsOf(cells: readonly ShownCell[]): ShownCell[][] {
  const rows: ShownCell[][] = []
  for (const cell of cells) {
    while (rows.length <= cell.row) rows.push([])
    rows[cell.row]?.push(cell)
  }
  return rows
}

function asManyAs(most: number, blocks: readonly ShownBlock[]): readonly ShownBlock[] {
  let count = 0
  const end = blocks.findIndex((block) => {
    count += block.kind === 'grid' ? block.cells.length : 1
    return count > most
  })
  return end < 0 ? blocks : blocks.slice(0, end)
}

function classOf({ cue }: Extract<ShownBlock, { kind: 'paragraph' }>): string {
  const isHeading = cue !== undefined && (cue.level !== null || cue.bold)
  return [isHeading ? 'b' : '', cue?.level === 1 ? 'dp-title' : '', cue?.centred === true ? 'c' : '']
    .filter((name) => name !== '')
    .join(' ')
}

/** The cell of a fact, or else what stands at its place. */
function elementOf(box: HTMLElement, fact: string | null, location: Location | null): HTMLElement | null {
  const cell = fact === null ? null : box.querySelector<HTMLElement>(`[data-fact="${CSS.escape(fact)}"]`)
  if (cell !== null || location === null || location.kind === 'page') return cell
  return box.querySelector<HTMLElement>(`[data-place="${CSS.escape(placeKey(location))}"]`)
}

function factUnder(target: EventTarget | null): string | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-fact]') : null
  return cell?.dataset.fact ?? null
}

/** Only when it is out of view. Returns what stops it on the way. */
function bringIn(box: HTMLElement, element: HTMLElement, isFirst: boolean): () => void {
  const [outer, inner] = [box.getBoundingClientRect(), element.getBoundingClientRect()]
  const place = {
    left: inner.left - outer.left + box.scrollLeft,
    top: inner.top - outer.top + box.scrollTop,
    width: inner.width,
    height: inner.height,
  }
  const view = { left: box.scrollLeft, top: box.scrollTop, width: box.clientWidth, height: box.clientHeight }
  const isWider = place.left < view.left || place.left + place.width > view.left + view.width
  if (!isFirst && isSeen(place, view)) return () => undefined
  const left = isWider ? place.left + place.width / 2 - view.width / 2 : view.left
  const top = place.top + Math.min(place.height, view.height) / 2 - view.height * AT
  if (!isFirst) return glide(box, left, top)
  box.scrollTo(left, top)
  return () => undefined
}
