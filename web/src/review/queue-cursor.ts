/** Which report of the queue is chosen. When it goes, the one that took its place; after a report was reviewed, the one it was, or that. */
import { useCallback, useRef, useState } from 'react'
import type { QueueEntry } from '../../../src/review/api.js'

interface Chosen {
  readonly sha256: string
  readonly at: number
}

/** As long as the page is open. */
let left: Chosen | null = null

export function useCursor(entries: readonly QueueEntry[]) {
  const [chosen, setChosen] = useState(left)
  const found = chosen === null ? -1 : entries.findIndex(({ sha256 }) => sha256 === chosen.sha256)
  const at = found >= 0 ? found : Math.min(chosen?.at ?? 0, entries.length - 1)
  const current = entries[at] ?? null
  // Where it stands now is where another takes its place.
  if (current !== null && (chosen?.sha256 !== current.sha256 || chosen.at !== at)) {
    left = { sha256: current.sha256, at }
    setChosen(left)
  }
  const now = useRef({ entries, at })
  now.current = { entries, at }
  const choose = useCallback(({ sha256 }: QueueEntry) => {
    left = { sha256, at: now.current.entries.findIndex((entry) => entry.sha256 === sha256) }
    setChosen(left)
  }, [])
  const move = (step: number) => {
    const next = entries[Math.min(entries.length - 1, Math.max(0, at + step))]
    if (next !== undefined) choose(next)
  }
  return { current, choose, move }
}
