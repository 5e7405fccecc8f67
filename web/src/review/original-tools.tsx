/** The row over the pages: which one, how near, which boxes, and the original to keep. */
import { Icon } from '../parts/icon.js'
import { useWords } from '../wording/words.js'
import type { BoxesShown } from './marks.js'
import type { Look, Zoom } from './stage.js'

const ZOOMS = ['page', 'table', 'cell'] as const
const NEXT: Record<BoxesShown, BoxesShown> = { none: 'related', related: 'all', all: 'none' }

const WORDS = {
  zh: {
    tools: '原件工具',
    back: '上一页',
    forth: '下一页',
    of: (count: number) => `/ ${count} 页`,
    farther: '缩小',
    nearer: '放大',
    zoom: '缩放',
    stops: { page: '整页', table: '适表', cell: '适格' },
    boxes: '格框：',
    shown: { none: '无', related: '相关', all: '全部' },
    structure: '按读出的结构显示，不是原来的版面',
    download: '下载原件',
  },
  en: {
    tools: 'Original',
    back: 'Previous page',
    forth: 'Next page',
    of: (count: number) => `of ${count}`,
    farther: 'Zoom out',
    nearer: 'Zoom in',
    zoom: 'Zoom',
    stops: { page: 'Page', table: 'Table', cell: 'Cell' },
    boxes: 'Boxes: ',
    shown: { none: 'none', related: 'related', all: 'all' },
    structure: 'Shown by the structure that was read, not as laid out',
    download: 'Download the original',
  },
}

export interface OriginalToolsProps {
  readonly sha256: string
  /** null: without pages. */
  readonly pages: { readonly count: number; readonly look: Look | null } | null
  readonly boxes: BoxesShown
  onBoxes(boxes: BoxesShown): void
  onTurn(steps: number): void
  onZoomBy(steps: number): void
  onZoom(zoom: Zoom): void
}

export function OriginalTools({ sha256, pages, boxes, onBoxes, onTurn, onZoomBy, onZoom }: OriginalToolsProps) {
  const words = useWords(WORDS)
  const look = pages?.look ?? null
  return (
    <div className="op-tools" role="toolbar" aria-label={words.tools}>
      {pages === null ? (
        <span className="el">{words.structure}</span>
      ) : (
        <>
          <button type="button" className="ib" aria-label={words.back} title={words.back} onClick={() => onTurn(-1)}>
            <Icon name="left" />
          </button>
          <b className="num">{look?.page ?? 1}</b>
          <span className="num">{words.of(pages.count)}</span>
          <button type="button" className="ib" aria-label={words.forth} title={words.forth} onClick={() => onTurn(1)}>
            <Icon name="right" />
          </button>
          <span className="vr" />
          <button
            type="button"
            className="ib"
            aria-label={words.farther}
            title={words.farther}
            onClick={() => onZoomBy(-1)}
          >
            <Icon name="minus" />
          </button>
          <span className="num op-percent">{look === null ? '' : `${Math.round(look.scale * 100)}%`}</span>
          <button
            type="button"
            className="ib"
            aria-label={words.nearer}
            title={words.nearer}
            onClick={() => onZoomBy(1)}
          >
            <Icon name="plus" />
          </button>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset within a toolbar would be drawn as a form */}
          <span className="seg op-stops" role="group" aria-label={words.zoom}>
            {ZOOMS.map((zoom) => (
              <button
                key={zoom}
                type="button"
                className={look?.stop === zoom ? 'on' : ''}
                aria-pressed={look?.stop === zoom}
                onClick={() => onZoom(zoom)}
              >
                {words.stops[zoom]}
              </button>
            ))}
          </span>
        </>
      )}
      <span className="sp" />
      <button
        type="button"
        className="op-shown"
        onClick={() => onBoxes(NEXT[boxes])}
        aria-label={`${words.boxes}${words.shown[boxes]} B`}
        aria-keyshortcuts="B"
      >
        <Icon name="boxes" />
        <span className="op-opt">
          {words.boxes}
          {words.shown[boxes]}
        </span>
        <span className="k">B</span>
      </button>
      <span className="vr" />
      <a
        className="ib"
        href={`/api/v1/documents/${sha256}/original`}
        download
        aria-label={words.download}
        title={words.download}
      >
        <Icon name="download" />
      </a>
    </div>
  )
}
