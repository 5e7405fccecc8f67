/** What a person does to a report: decisions and their undoing, and the end of the review with what comes next. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { Closed, NextAnswer, ReviewOpened } from '../../../src/review/api.js'
import type { Decision, Made } from '../../../src/review/decisions.js'
import { isPressing } from '../../../src/review/items.js'
import { isProblem, send } from '../api/call.js'
import { useLanguage, useWords } from '../wording/words.js'
import { type ClosedReport, hideClosed, showClosed } from './closed-line.js'
import type { Picture } from './opened-report.js'
import { reviewKey } from './review-query.js'
import { REVIEW_WORDS } from './review-words.js'
import type { Sender, Sending } from './sender.js'
import { stepKey } from './step-key.js'
import { isSame, lastDone, type Step } from './steps.js'

export interface Deciding {
  readonly isBusy: boolean
  readonly refusal: string | null
  forgetRefusal(): void
  decide(...decisions: readonly Decision[]): void
  undo(made?: Made): void
  redo(): void
  accept(): void
  reject(reason: string): void
  reopen(): void
  /** Another report; this one is given back. */
  next(): void
  undoClosed(closed: ClosedReport): void
}

export function useDeciding(picture: Picture, sender: Sender, sending: Sending, by: string): Deciding {
  const { sha256 } = picture.opened
  const words = useWords(REVIEW_WORDS)
  const { language } = useLanguage()
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const undone = useRef<Decision[]>([])

  const version = useCallback(
    () => queries.getQueryData<ReviewOpened>(reviewKey(sha256))?.state.version ?? 0,
    [queries, sha256],
  )
  const add = (decision: Decision) =>
    sender.add({
      key: stepKey(),
      sha256,
      at: new Date().toISOString(),
      version: version(),
      act: { kind: 'decide', decision },
    })

  const undoMade = ({ id, decision }: Pick<Made, 'id' | 'decision'>) => {
    undone.current.push(decision)
    sender.add({
      key: stepKey(),
      sha256,
      at: new Date().toISOString(),
      version: version(),
      act: { kind: 'undo', id, decision },
    })
  }
  /** It is on its way: what has come of it is undone. */
  const takeBackSent = async ({ act }: Step) => {
    if (!(await sender.settled())) return
    const known = queries.getQueryData<ReviewOpened>(reviewKey(sha256))?.decisions ?? []
    const made = (known as readonly Made[]).findLast((one) => one.by === by && isSame(one.decision, act.decision))
    if (made !== undefined) undoMade(made)
  }

  const go = (next: string | null) => {
    queries.invalidateQueries({ queryKey: ['queue'] })
    navigate(next === null ? '/review' : `/review/${next}`)
  }

  const whileBusy = async (work: () => Promise<void>) => {
    if (isBusy) return
    setBusy(true)
    try {
      await work()
    } catch (error) {
      setRefusal(isProblem(error) ? error.told[language] : words.offline(sender.sending().steps.length))
      // What was refused may rest on what is no more.
      if (isProblem(error)) queries.invalidateQueries({ queryKey: reviewKey(sha256) })
    } finally {
      setBusy(false)
    }
  }

  const close = (how: 'accept' | 'reject', reason?: string) =>
    whileBusy(async () => {
      if (how === 'accept') {
        // Remarks do not block, and are kept as seen.
        for (const { item, state } of picture.overlay.items) {
          if (state !== 'settled' && !isPressing(item)) add({ kind: 'seen', item: item.id })
        }
      }
      if (!(await sender.settled())) return
      const body = { version: version(), ...(reason === undefined ? {} : { reason }) }
      const closed = await send<Closed>('POST', `/review/${sha256}/${how}`, body)
      queries.setQueryData<ReviewOpened>(reviewKey(sha256), (opened) =>
        opened === undefined ? undefined : { ...opened, state: closed.state },
      )
      const { items, corrections, organ, year } = picture.overlay
      showClosed({
        sha256,
        name: `${organ ?? words.noOrgan} ${year ?? ''}`.trim(),
        how: how === 'accept' ? 'accepted' : 'rejected',
        version: closed.state.version,
        corrected: corrections.size,
        asPublished: items.filter(({ made }) => made?.decision.kind === 'as_published').length,
        seen: items.filter(({ item }) => !isPressing(item)).length,
      })
      go(closed.next)
    })

  return {
    isBusy,
    refusal,
    forgetRefusal: () => setRefusal(null),
    decide(...decisions) {
      undone.current = []
      hideClosed()
      for (const decision of decisions) add(decision)
    },
    undo(made) {
      const last = made === undefined ? lastDone(picture.opened.decisions as readonly Made[], sending.steps, by) : null
      const step =
        last !== null && 'step' in last
          ? last.step
          : made === undefined || made.id > 0
            ? null
            : sending.steps[-1 - made.id]
      if (step !== null && step !== undefined) {
        if (step.act.kind !== 'decide') return
        if (sender.takeBack(step)) undone.current.push(step.act.decision)
        else takeBackSent(step)
        return
      }
      const known = made ?? (last !== null && 'made' in last ? last.made : null)
      if (known === null || known.id < 0) return
      undoMade(known)
    },
    redo() {
      const decision = undone.current.pop()
      if (decision !== undefined) add(decision)
    },
    accept: () => close('accept'),
    reject: (reason) => close('reject', reason),
    reopen: () =>
      whileBusy(async () => {
        await send('POST', `/review/${sha256}/reopen`, { version: version() })
        await queries.invalidateQueries({ queryKey: reviewKey(sha256) })
      }),
    next: () =>
      whileBusy(async () => {
        if (!(await sender.settled())) return
        const { next } = await send<NextAnswer>('POST', '/review/next', { after: sha256 })
        go(next)
      }),
    undoClosed: (closed) =>
      whileBusy(async () => {
        await send('POST', `/review/${closed.sha256}/reopen`, { version: closed.version })
        await queries.invalidateQueries({ queryKey: reviewKey(closed.sha256) })
        go(closed.sha256)
      }),
  }
}
