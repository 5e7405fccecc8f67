/**
 * A report opened for review: what the server has of it, what was decided since, and what is being typed, as one picture that everything on
 * the screen is drawn from.
 */
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { Fact, ReportRecord } from '../../../src/record.js'
import type { QueueAnswer, ReviewOpened } from '../../../src/review/api.js'
import type { Decision, Made } from '../../../src/review/decisions.js'
import { checkName, isPressing } from '../../../src/review/items.js'
import { evidenceNow, newlyFailing, type Overlay, overlay } from '../../../src/review/overlay.js'
import { get } from '../api/call.js'
import { type Equation, equationsOf, factIndex } from './equations.js'
import { preloadOriginal } from './opened-originals.js'
import { reviewKey, reviewQuery } from './review-query.js'
import { Sender, type Sending } from './sender.js'
import { layOver, type Step } from './steps.js'

const LOOKED_AHEAD = 100

export function useOpened(sha256: string) {
  return useQuery({ ...reviewQuery(sha256), refetchOnWindowFocus: false })
}

/** What will probably come next is fetched while this one is decided. */
export async function prefetchNext(queries: QueryClient, after: string): Promise<void> {
  const { entries } = await queries.fetchQuery({
    queryKey: ['queue', 'ahead'],
    queryFn: () => get<QueueAnswer>(`/review/queue?limit=${LOOKED_AHEAD}`),
    staleTime: 30_000,
  })
  const free = entries.filter(({ sha256, claim }) => sha256 === after || claim === null || claim.isMine)
  const at = free.findIndex(({ sha256 }) => sha256 === after)
  const next = free[at + 1] ?? free[0]
  if (next === undefined || next.sha256 === after) return
  const opened = await queries.fetchQuery({ ...reviewQuery(next.sha256), staleTime: 60_000 })
  if (opened.record.document.mediaType === 'application/pdf') preloadOriginal(next.sha256, firstPage(opened))
}

function firstPage({ record }: ReviewOpened): number {
  const location = overlay(record, []).items[0]?.item.location
  return location?.kind === 'page' ? location.page : 1
}

export function useSender(sha256: string, by: string, isWorking: boolean): { sender: Sender; sending: Sending } {
  const queries = useQueryClient()
  const sender = useMemo(
    () =>
      new Sender(sha256, by, {
        opened: () => queries.getQueryData<ReviewOpened>(reviewKey(sha256)),
        learn: (change) =>
          queries.setQueryData<ReviewOpened>(reviewKey(sha256), (opened) =>
            opened === undefined ? undefined : change(opened),
          ),
        reopen: () => queries.refetchQueries({ queryKey: reviewKey(sha256) }),
      }),
    [queries, sha256, by],
  )
  useEffect(() => (isWorking ? sender.start() : undefined), [sender, isWorking])
  return { sender, sending: useSyncExternalStore(sender.subscribe, sender.sending) }
}

/** A figure that is being typed counts as if it were decided. */
export interface Typing {
  readonly fact: string
  readonly value: number | null
}

export interface Picture {
  readonly opened: ReviewOpened
  /** As if it had been read with what was assigned. */
  readonly record: ReportRecord
  readonly facts: ReadonlyMap<string, Fact>
  readonly decisions: readonly Made[]
  /** As decided, and as it would be with what is typed. */
  readonly overlay: Overlay
  readonly typed: Overlay
  readonly equations: ReadonlyMap<string, Equation>
  readonly vintage: string | null
  readonly openPressing: number
  /** Sums that were made to fail by what was corrected. */
  readonly broken: readonly Equation[]
}

export function usePicture(opened: ReviewOpened, steps: readonly Step[], typing: Typing | null, by: string): Picture {
  const { record } = opened
  const decisions = useMemo(
    () => layOver(opened.decisions as readonly Made[], steps, record, by),
    [opened.decisions, steps, record, by],
  )
  const decided = useMemo(() => overlay(record, decisions), [record, decisions])
  const laid = decided.record
  const facts = useMemo(() => new Map(laid.facts.map((fact) => [fact.key, fact])), [laid])
  const typed = useMemo(() => {
    if (typing === null) return decided
    const decision: Decision = { kind: 'correct', ...typing }
    const evidence = evidenceNow(decision, record, decisions)
    const made: Made = { id: Number.MIN_SAFE_INTEGER, decision, evidence, by, at: '' }
    return overlay(record, [...decisions, made])
  }, [typing, decided, decisions, record, by])
  const equations = useMemo(() => {
    const corrections = new Map([...typed.corrections].map(([key, { decision }]) => [key, decision.value]))
    return equationsOf(typed.checks, factIndex(laid, corrections))
  }, [typed, laid])
  return useMemo(
    () => ({
      opened,
      record: laid,
      facts,
      decisions,
      overlay: decided,
      typed,
      equations,
      vintage: decided.vintage,
      openPressing: decided.items.filter(({ item, state }) => state !== 'settled' && isPressing(item)).length,
      broken: brokenBy(typed, equations),
    }),
    [opened, laid, facts, decisions, decided, typed, equations],
  )
}

function brokenBy({ record, items, checks }: Overlay, equations: ReadonlyMap<string, Equation>): readonly Equation[] {
  const failing = checks.filter(({ outcome, level }) => outcome === 'fail' && level === 'error').map(checkName)
  const broken = new Set(newlyFailing(record, new Set(failing), items))
  return [...equations.values()].filter(({ name }) => broken.has(name))
}
