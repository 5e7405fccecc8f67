/** The bar between the original and the figures. Where a person drags it, it stays, in this browser. */
import { type KeyboardEvent, type PointerEvent, useState } from 'react'

const STORED = 'gouji.review.split'
const LEAST = 300
/** What the table of review and litigation needs. */
const FORM = 560
const STEP = 24
/** Of the width, where nobody has dragged it: 602 of 1440, and 48 per cent of a large screen. */
const SHARES: readonly (readonly [from: number, share: number])[] = [
  [1800, 0.48],
  [1400, 602 / 1440],
  [0, 450 / 1280],
]

export function useSplit() {
  const [chosen, setChosen] = useState(() => Number(localStorage.getItem(STORED)) || null)
  const width = chosen === null ? usualWidth() : within(chosen)
  const choose = (next: number) => {
    const kept = within(next)
    localStorage.setItem(STORED, String(kept))
    setChosen(kept)
  }
  return { width: chosen === null ? null : width, shown: width, choose }
}

function usualWidth(): number {
  const [, share] = SHARES.find(([from]) => window.innerWidth >= from) ?? [0, 0.4]
  return Math.round(window.innerWidth * share)
}

function within(width: number): number {
  return Math.max(LEAST, Math.min(width, window.innerWidth - FORM))
}

export interface SplitterProps {
  readonly label: string
  readonly width: number
  onChange(width: number): void
}

export function Splitter({ label, width, onChange }: SplitterProps) {
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons === 1) onChange(event.clientX)
  }
  const press = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowLeft') onChange(width - STEP)
    if (key === 'ArrowRight') onChange(width + STEP)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no rule
    <div
      className="rv-split"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={LEAST}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
    />
  )
}
