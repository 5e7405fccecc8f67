/** Whose turn a report is: taken when it is opened, kept by work, and told how long it lasts. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Claim, Claimed } from '../../../src/review/api.js'
import { isProblem, send } from '../api/call.js'

/** Work keeps a claim; it need not be told more often than this. */
const RENEW_EVERY = 5 * 60_000
/** Before its end a person is warned. */
const WARNED = 2 * 60_000

export interface Claiming {
  /** null: nobody's, or not known yet. */
  readonly claim: Claim | null
  /** In milliseconds of the clock, when it runs out; null: not mine. */
  readonly until: number | null
  readonly isEnding: boolean
  readonly isLost: boolean
  renew(): void
}

export function useClaim(sha256: string, isWanted: boolean): Claiming {
  const [claim, setClaim] = useState<Claim | null>(null)
  const [phase, setPhase] = useState<'held' | 'ending' | 'lost'>('held')
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
      }
    },
    [sha256],
  )

  useEffect(() => {
    setClaim(null)
    if (isWanted) take('POST')
  }, [isWanted, take])

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

  const until = isMine ? new Date(claim.until).getTime() : null
  // The screen is drawn anew when it matters, not each second.
  useEffect(() => {
    setPhase('held')
    if (until === null) return
    const ending = setTimeout(() => setPhase('ending'), Math.max(0, until - WARNED - Date.now()))
    const lost = setTimeout(() => setPhase('lost'), Math.max(0, until - Date.now()))
    return () => {
      clearTimeout(ending)
      clearTimeout(lost)
    }
  }, [until])
  return { claim, until, isEnding: phase === 'ending', isLost: phase === 'lost', renew: () => take('PUT') }
}

function claimOf({ by, until }: Readonly<Record<string, unknown>>): Claim | null {
  return typeof by === 'string' && typeof until === 'string' ? { by, until, isMine: false } : null
}
