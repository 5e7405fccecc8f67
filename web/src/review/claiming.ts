/** Whose turn a report is: taken when it is opened, kept by work, and told how long it lasts. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Claim, Claimed } from '../../../src/review/api.js'
import { isProblem, send } from '../api/call.js'

/** Work keeps a claim; it need not be told more often than this. */
const RENEW_EVERY = 5 * 60_000
/** Before its end a person is warned. */
const WARNED = 2 * 60_000
const TICK = 1_000

export interface Claiming {
  /** null: nobody's, or not known yet. */
  readonly claim: Claim | null
  readonly isAsked: boolean
  /** Milliseconds; null: not mine. */
  readonly left: number | null
  readonly isEnding: boolean
  readonly isLost: boolean
  renew(): void
  /** A decision was taken by the server, which keeps the claim as well. */
  worked(): void
}

export function useClaim(sha256: string, isWanted: boolean): Claiming {
  const [claim, setClaim] = useState<Claim | null>(null)
  const [isAsked, setAsked] = useState(false)
  const [now, setNow] = useState(() => Date.now())
  const renewed = useRef(0)

  const take = useCallback(
    async (method: 'POST' | 'PUT') => {
      renewed.current = Date.now()
      try {
        const answer = await send<Claimed>(method, `/review/${sha256}/claim`)
        setClaim(answer.claim)
      } catch (error) {
        const theirs = isProblem(error) && error.code === 'claimed' ? claimOf(error.more) : null
        if (theirs !== null) setClaim(theirs)
      } finally {
        setAsked(true)
      }
    },
    [sha256],
  )

  useEffect(() => {
    setClaim(null)
    setAsked(false)
    if (isWanted) take('POST')
  }, [isWanted, take])

  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK)
    return () => clearInterval(timer)
  }, [])

  const isMine = claim?.isMine === true
  useEffect(() => {
    if (!isMine) return
    const active = () => {
      if (Date.now() - renewed.current > RENEW_EVERY) take('PUT')
    }
    window.addEventListener('keydown', active)
    window.addEventListener('pointerdown', active)
    return () => {
      window.removeEventListener('keydown', active)
      window.removeEventListener('pointerdown', active)
    }
  }, [isMine, take])

  const left = isMine ? new Date(claim.until).getTime() - now : null
  return {
    claim,
    isAsked,
    left,
    isEnding: left !== null && left > 0 && left < WARNED,
    isLost: left !== null && left <= 0,
    renew: () => take('PUT'),
    worked: () => {
      if (Date.now() - renewed.current > TICK * 30) take('PUT')
    },
  }
}

function claimOf({ by, until }: Readonly<Record<string, unknown>>): Claim | null {
  return typeof by === 'string' && typeof until === 'string' ? { by, until, isMine: false } : null
}
