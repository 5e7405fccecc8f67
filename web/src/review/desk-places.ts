/** How one comes to a place of the review screen: to a cell of a table that scrolls, from one region to the next. */

/** Below the head of the table, which stays. */
export function bringIn(cell: HTMLElement): void {
  const scroller = cell.closest<HTMLElement>('.rv-scroll')
  if (scroller === null) return
  const head = cell.closest('table')?.tHead?.getBoundingClientRect().height ?? 0
  const [box, area] = [cell.getBoundingClientRect(), scroller.getBoundingClientRect()]
  const room = 80
  if (box.top < area.top + head) scroller.scrollTop -= area.top + head - box.top + room
  else if (box.bottom > area.bottom - room) scroller.scrollTop += box.bottom - area.bottom + room
}

/** From the region that has the focus to the one behind it, or before, around the end; in a table to the cell that Tab comes to. */
export function goToRegion(regions: readonly (HTMLElement | null | undefined)[], step: 1 | -1): void {
  const present = regions.filter((each): each is HTMLElement => each !== null && each !== undefined)
  const here = present.findIndex((each) => each.contains(document.activeElement))
  const next = present[(here + step + present.length) % present.length]
  const stop = next?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]') ?? next
  if (stop !== undefined && stop.tabIndex < 0 && !stop.hasAttribute('tabindex')) stop.tabIndex = -1
  stop?.focus()
}
