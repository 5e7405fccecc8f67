/** How long something lasts, counted down by itself. */
import { useEffect, useState } from 'react'

const TICK = 1_000

export interface CountdownProps {
  /** In milliseconds of the clock. */
  readonly until: number
  said(milliseconds: number): string
}

export function Countdown({ until, said }: CountdownProps) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK)
    return () => clearInterval(timer)
  }, [])
  return said(Math.max(0, until - now))
}

/** 24:10 */
export function minutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / TICK)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
