/** Scrolls to a place in a moment, so that the eye can follow; at once for who wants nothing to move. */
const MILLISECONDS = 140

/** Returns what stops it on the way. */
export function glide(scroller: HTMLElement, left: number, top: number): () => void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
    scroller.scrollTo(left, top)
    return () => undefined
  }
  const from = { left: scroller.scrollLeft, top: scroller.scrollTop }
  const began = performance.now()
  const move = (now: number) => {
    const share = Math.min(1, Math.max(0, (now - began) / MILLISECONDS))
    const eased = 1 - (1 - share) ** 3
    scroller.scrollTo(from.left + (left - from.left) * eased, from.top + (top - from.top) * eased)
    if (share < 1) frame = requestAnimationFrame(move)
  }
  let frame = requestAnimationFrame(move)
  return () => cancelAnimationFrame(frame)
}
