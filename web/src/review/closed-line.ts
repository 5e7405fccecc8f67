/** The report that was just accepted or sent back, for as long as that can be taken back by one key. */
import { useSyncExternalStore } from 'react'

const SHOWN = 8_000

export interface ClosedReport {
  readonly sha256: string
  readonly name: string
  readonly how: 'accepted' | 'rejected'
  readonly version: number
  readonly asPublished: number
  readonly corrected: number
  readonly seen: number
}

let shown: ClosedReport | null = null
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function set(closed: ClosedReport | null): void {
  shown = closed
  for (const listener of listeners) listener()
}

export function showClosed(closed: ClosedReport): void {
  clearTimeout(timer)
  set(closed)
  timer = setTimeout(() => set(null), SHOWN)
}

export function hideClosed(): void {
  clearTimeout(timer)
  set(null)
}

export function useClosed(): ClosedReport | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
  )
}
