/** The pages, small, with the number of errors on each. Only those that are seen are drawn, after everything else. */
import { memo, useEffect, useRef } from 'react'
import { useWords } from '../wording/words.js'
import type { PageSize } from './page-layout.js'
import type { Pages } from './pages.js'

const WIDTH = 41
/** CSS pixels above and below what is seen. */
const AHEAD = '120px'

const WORDS = {
  zh: {
    pages: '页',
    page: (page: number, errors: number) => (errors === 0 ? `第 ${page} 页` : `第 ${page} 页，${errors} 处错误`),
  },
  en: {
    pages: 'Pages',
    page: (page: number, errors: number) =>
      errors === 0 ? `Page ${page}` : `Page ${page}, ${errors} error${errors === 1 ? '' : 's'}`,
  },
}

export interface ThumbnailsProps {
  readonly pages: Pages
  readonly sizes: readonly PageSize[]
  readonly page: number
  readonly badges: ReadonlyMap<number, number>
  onPage(page: number): void
}

export const Thumbnails = memo(function Thumbnails({ pages, sizes, page, badges, onPage }: ThumbnailsProps) {
  const words = useWords(WORDS)
  const strip = useRef<HTMLElement>(null)

  useEffect(() => {
    const box = strip.current
    if (box === null) return
    const drawing = new Map<Element, AbortController>()
    const watch = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          drawing.get(target)?.abort()
          drawing.delete(target)
          if (!isIntersecting) continue
          const leaving = new AbortController()
          drawing.set(target, leaving)
          void drawSmall(pages, target, leaving.signal).then((isDrawn) => {
            if (isDrawn) watch.unobserve(target)
          })
        }
      },
      { root: box, rootMargin: AHEAD },
    )
    for (const small of box.querySelectorAll('[data-small]')) watch.observe(small)
    return () => {
      watch.disconnect()
      for (const leaving of drawing.values()) leaving.abort()
    }
  }, [pages])

  useEffect(() => {
    const box = strip.current
    const button = box?.querySelectorAll('button')[page - 1]
    if (box === null || button === undefined) return
    const [top, bottom] = [button.offsetTop - 12, button.offsetTop + button.offsetHeight + 12]
    if (top < box.scrollTop) box.scrollTop = top
    else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight
  }, [page])

  return (
    <nav className="op-thumbs" aria-label={words.pages} ref={strip}>
      {sizes.map(({ width, height }, at) => {
        const number = at + 1
        const errors = badges.get(number) ?? 0
        return (
          <button
            key={number}
            type="button"
            className="op-th"
            aria-current={number === page ? 'page' : undefined}
            style={{ width: WIDTH, height: Math.round((WIDTH * height) / width) }}
            onClick={() => onPage(number)}
          >
            <span data-small={number} />
            <span className="op-unseen">{words.page(number, errors)}</span>
            <i aria-hidden="true">{number}</i>
            {errors > 0 && <b aria-hidden="true">{errors}</b>}
          </button>
        )
      })}
    </nav>
  )
})

async function drawSmall(pages: Pages, small: Element, signal: AbortSignal): Promise<boolean> {
  const page = Number(small instanceof HTMLElement ? small.dataset.small : 0)
  const size = pages.sizes()[page - 1]
  if (size === undefined) return false
  try {
    const { canvas } = await pages.draw(page, (WIDTH / size.width) * devicePixelRatio, 'small', signal)
    small.replaceChildren(canvas)
    return true
  } catch (error) {
    // The page itself says so when one comes to it.
    if (!signal.aborted) console.warn(`page ${page} cannot be drawn small`, error)
    return !signal.aborted
  }
}
