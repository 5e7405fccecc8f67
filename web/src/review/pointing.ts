/**
 * What a pointer does on the pages: over a cell it names it, a click chooses the cell, dragging moves the paper, and the wheel with Ctrl
 * comes nearer. On bare paper a click does nothing.
 */
export interface Pointed {
  /** The cell there, by coordinates of the window. */
  cellAt(clientX: number, clientY: number): string | null
  onHover(fact: string | null): void
  onSelect(fact: string): void
  zoomAround(factor: number, clientX: number, clientY: number): void
}

/** CSS pixels that a hand may tremble in a click. */
const TREMBLE = 4
/** Scale by a pixel of the wheel. */
const BY_WHEEL = 0.0022

/** Returns what ends it. */
export function watchPointer(scroller: HTMLElement, pointed: Pointed): () => void {
  const ending = new AbortController()
  const { signal } = ending
  let drag: { readonly x: number; readonly y: number; readonly left: number; readonly top: number } | null = null
  let isMoving = false
  let hovered: string | null = null

  const hover = (fact: string | null) => {
    if (fact === hovered) return
    hovered = fact
    scroller.classList.toggle('over-cell', fact !== null)
    pointed.onHover(fact)
  }

  const down = (event: PointerEvent) => {
    // Fingers scroll by themselves.
    if (event.pointerType !== 'mouse' || event.button > 1 || isOnScrollbar(scroller, event)) return
    drag = { x: event.clientX, y: event.clientY, left: scroller.scrollLeft, top: scroller.scrollTop }
    isMoving = false
    if (event.button === 1) event.preventDefault()
  }
  const move = (event: PointerEvent) => {
    if (drag === null) return hover(pointed.cellAt(event.clientX, event.clientY))
    const [x, y] = [event.clientX - drag.x, event.clientY - drag.y]
    if (!isMoving && Math.hypot(x, y) > TREMBLE) {
      isMoving = true
      scroller.setPointerCapture(event.pointerId)
      scroller.classList.add('dragged')
      hover(null)
    }
    if (isMoving) scroller.scrollTo(drag.left - x, drag.top - y)
  }
  const up = () => {
    drag = null
    scroller.classList.remove('dragged')
  }
  const click = (event: MouseEvent) => {
    if (isMoving) {
      isMoving = false
      return
    }
    const fact = pointed.cellAt(event.clientX, event.clientY)
    if (fact !== null) pointed.onSelect(fact)
  }
  const wheel = (event: WheelEvent) => {
    if (!event.ctrlKey) return
    event.preventDefault()
    pointed.zoomAround(Math.exp(-event.deltaY * BY_WHEEL), event.clientX, event.clientY)
  }

  scroller.addEventListener('pointerdown', down, { signal })
  scroller.addEventListener('pointermove', move, { signal })
  scroller.addEventListener('pointerup', up, { signal })
  scroller.addEventListener('pointercancel', up, { signal })
  scroller.addEventListener('pointerleave', () => hover(null), { signal })
  scroller.addEventListener('click', click, { signal })
  scroller.addEventListener('wheel', wheel, { signal, passive: false })
  return () => ending.abort()
}

function isOnScrollbar(scroller: HTMLElement, { clientX, clientY }: PointerEvent): boolean {
  const { left, top } = scroller.getBoundingClientRect()
  return clientX - left >= scroller.clientWidth || clientY - top >= scroller.clientHeight
}
