/**
 * The scrolled area on which the pages of an original lie: how near, and which part of it is seen.
 *
 * It moves elements that React made, and does not draw anything anew: zooming and scrolling cost a few style changes, however many pages
 * there are. Pages that are near are told to whoever makes them (`onLook`), and come to lie where they belong by `mount`.
 */
import type { Box } from '../../../src/record.js'
import { glide } from './glide.js'
import {
  bringIn,
  GAP,
  isSeen,
  type Layout,
  layOut,
  onScreen,
  type PageSize,
  pageRead,
  pagesIn,
  type Rect,
  scaleForCell,
  scaleForPage,
  scaleForWidth,
  type View,
  within,
} from './page-layout.js'

export type Zoom = 'page' | 'table' | 'cell'

/** What a person looks at. */
export interface Target {
  /** From 1. */
  readonly page: number
  readonly box: Box | null
  /** The table it stands in: as wide on every page it lies on. */
  readonly table: Box | null
}

export interface Look {
  /** From 1, both. */
  readonly first: number
  readonly last: number
  /** The page one reads. */
  readonly page: number
  readonly scale: number
  /** null: between the stops, as a person set it. */
  readonly stop: Zoom | null
}

/** Points that are seen at either side of a table. */
const BESIDE = 6
/** Of the width of the page: what is printed on, where no table says so. */
const PRINTED = 0.86
/** Tables about as wide as the one before are seen as near as it. */
const ABOUT = 0.04
/** Without a cell to look at. */
const NEAR = 2
/** How far a step of zoom goes. */
const STEP = 1.2
/** CSS pixels above and below what is seen: pages there are made, too. */
const AHEAD = 240

export class Stage {
  private layout: Layout
  private scale = 1
  private stop: Zoom | null = 'table'
  private target: Target = { page: 1, box: null, table: null }
  private readonly mounted = new Map<number, HTMLElement>()
  private stopGliding: () => void = () => undefined
  private told: Look | null = null
  private readonly resized: ResizeObserver
  private readonly scrolled = () => this.tell()
  private readonly touched = () => this.stopGliding()

  constructor(
    private readonly scroller: HTMLElement,
    private readonly area: HTMLElement,
    private sizes: readonly PageSize[],
    private readonly onLook: (look: Look) => void,
  ) {
    this.layout = layOut(sizes, this.scale, scroller.clientWidth)
    this.resized = new ResizeObserver(() => this.refit())
    this.resized.observe(scroller)
    scroller.addEventListener('scroll', this.scrolled, { passive: true })
    scroller.addEventListener('wheel', this.touched, { passive: true })
    scroller.addEventListener('pointerdown', this.touched, { passive: true })
  }

  close(): void {
    this.stopGliding()
    this.resized.disconnect()
    this.scroller.removeEventListener('scroll', this.scrolled)
    this.scroller.removeEventListener('wheel', this.touched)
    this.scroller.removeEventListener('pointerdown', this.touched)
  }

  /** Sizes that became known: what one looks at stays where it is. */
  resize(sizes: readonly PageSize[]): void {
    const { page } = this.look()
    const before = this.layout.pages[page - 1]
    this.sizes = sizes
    this.arrange(this.scale)
    const after = this.layout.pages[page - 1]
    if (before !== undefined && after !== undefined) {
      this.scroller.scrollBy(after.left - before.left, after.top - before.top)
    }
    this.tell()
  }

  mount(page: number, element: HTMLElement): void {
    this.mounted.set(page, element)
    this.put(page, element)
  }

  unmount(page: number): void {
    this.mounted.delete(page)
  }

  /** One of the stops, at the target. */
  zoomTo(stop: Zoom): void {
    this.stop = stop
    this.fit()
  }

  /** Nearer or farther by steps, around what one looks at. */
  zoomBy(steps: number): void {
    const place = this.placeOf(this.target)
    const view = this.view()
    const around = place !== null && isSeen(place, view) ? place : view
    this.zoomAround(STEP ** steps, around.left + around.width / 2, around.top + around.height / 2)
  }

  /** x and y in the scrolled area: they stay where they are on the screen. */
  zoomAround(factor: number, x: number, y: number): void {
    this.stopGliding()
    const page = pageRead(this.layout, { ...this.view(), top: y, height: 0 })
    const before = this.layout.pages[page]
    const scale = within(this.scale * factor)
    const change = scale / this.scale
    this.stop = null
    const { left, top } = this.view()
    this.arrange(scale)
    const after = this.layout.pages[page]
    if (before === undefined || after === undefined) return
    this.scroller.scrollTo(
      after.left + (x - before.left) * change - (x - left),
      after.top + (y - before.top) * change - (y - top),
    )
    this.tell()
  }

  turn(steps: number): void {
    this.toPage(this.look().page + steps)
  }

  toPage(page: number): void {
    const rect = this.layout.pages[Math.min(Math.max(page, 1), this.sizes.length) - 1]
    if (rect !== undefined) this.glideTo(this.scroller.scrollLeft, rect.top - GAP)
  }

  /** The first place to look at, at one of the stops. */
  begin(target: Target, stop: Zoom): void {
    this.target = target
    this.zoomTo(stop)
  }

  /** Another place to look at: brought into view only where it is out of view. */
  show(target: Target): void {
    const before = this.target
    this.target = target
    if (this.stop === 'table' && this.isOtherWidth(before, target)) {
      this.fit()
      return
    }
    const place = this.placeOf(target)
    const view = this.view()
    if (place === null || isSeen(place, view)) return
    const { left, top } = bringIn(place, view, this.tableOf(target))
    if (this.stop === 'page') this.toPage(target.page)
    else this.glideTo(left, top)
  }

  /** From the window's coordinates to a page and points on it; null beside the pages. */
  pointAt(clientX: number, clientY: number): { readonly page: number; readonly x: number; readonly y: number } | null {
    const { x, y } = this.areaAt(clientX, clientY)
    const at = pagesIn(this.layout, y, y + 1).first
    const page = this.layout.pages[at]
    if (page === undefined || y < page.top || x < page.left || x > page.left + page.width) return null
    return { page: at + 1, x: (x - page.left) / this.scale, y: (y - page.top) / this.scale }
  }

  areaAt(clientX: number, clientY: number): { readonly x: number; readonly y: number } {
    const { left, top } = this.scroller.getBoundingClientRect()
    return { x: clientX - left + this.scroller.scrollLeft, y: clientY - top + this.scroller.scrollTop }
  }

  private look(): Look {
    const view = this.view()
    const { first, last } = pagesIn(this.layout, view.top - AHEAD, view.top + view.height + AHEAD)
    return {
      first: first + 1,
      last: last + 1,
      page: pageRead(this.layout, view) + 1,
      scale: this.scale,
      stop: this.stop,
    }
  }

  private tell(): void {
    const look = this.look()
    const { told } = this
    if (
      told !== null &&
      told.first === look.first &&
      told.last === look.last &&
      told.page === look.page &&
      told.scale === look.scale &&
      told.stop === look.stop
    )
      return
    this.told = look
    this.onLook(look)
  }

  private view(): View {
    const { scrollLeft: left, scrollTop: top, clientWidth: width, clientHeight: height } = this.scroller
    return { left, top, width, height }
  }

  private arrange(scale: number): void {
    this.scale = scale
    this.layout = layOut(this.sizes, scale, this.scroller.clientWidth)
    this.area.style.width = `${this.layout.width}px`
    this.area.style.height = `${this.layout.height}px`
    for (const [page, element] of this.mounted) this.put(page, element)
  }

  private put(page: number, element: HTMLElement): void {
    const rect = this.layout.pages[page - 1]
    if (rect === undefined) return
    element.style.left = `${rect.left}px`
    element.style.top = `${rect.top}px`
    element.style.width = `${rect.width}px`
    element.style.height = `${rect.height}px`
  }

  /** The window or the pane has another size. */
  private refit(): void {
    if (this.scroller.clientWidth === 0) return
    if (this.stop !== null) {
      this.fit()
      return
    }
    const view = this.view()
    const middle = (view.top + view.height / 2) / Math.max(this.layout.height, 1)
    this.arrange(this.scale)
    this.scroller.scrollTop = middle * this.layout.height - view.height / 2
    this.tell()
  }

  private fit(): void {
    this.stopGliding()
    const { target } = this
    const size = this.sizes[target.page - 1]
    if (size === undefined || this.scroller.clientWidth === 0) return
    this.arrange(this.scaleAt(size))
    const page = this.layout.pages[target.page - 1]
    const place = this.placeOf(target)
    if (page === undefined) return
    const view = this.view()
    if (this.stop === 'page' || place === null) {
      const aside = this.tableOf(target) ?? page
      this.scroller.scrollTo(aside.left + aside.width / 2 - view.width / 2, page.top - GAP)
    } else {
      const { left, top } = bringIn(place, view, this.stop === 'cell' ? place : this.tableOf(target))
      this.scroller.scrollTo(left, top)
    }
    this.tell()
  }

  private scaleAt(size: PageSize): number {
    const view = this.view()
    const { box, table } = this.target
    switch (this.stop) {
      case 'page':
        return scaleForPage(size, view)
      case 'cell':
        return box === null ? NEAR : scaleForCell(box, view)
      default:
        return scaleForWidth(table === null ? size.width * PRINTED : table[2] - table[0] + 2 * BESIDE, view)
    }
  }

  private isOtherWidth(before: Target, after: Target): boolean {
    const [size, other] = [this.sizes[before.page - 1], this.sizes[after.page - 1]]
    if (size === undefined || other === undefined) return true
    const width = (table: Box | null, { width }: PageSize) => (table === null ? width * PRINTED : table[2] - table[0])
    const change = width(after.table, other) / width(before.table, size)
    return Math.abs(change - 1) > ABOUT
  }

  /** The box one looks at, or else the head of the table. */
  private placeOf({ page, box, table }: Target): Rect | null {
    const rect = this.layout.pages[page - 1]
    const place = box ?? table
    return rect === undefined || place === null ? null : onScreen(rect, this.scale, place)
  }

  private tableOf({ page, table }: Target): Rect | null {
    const rect = this.layout.pages[page - 1]
    if (rect === undefined) return null
    return table === null ? rect : onScreen(rect, this.scale, table)
  }

  private glideTo(left: number, top: number): void {
    this.stopGliding()
    this.stopGliding = glide(this.scroller, left, top)
  }
}
