/**
 * Sends what a person decided about one report, one step after another, and tells how that goes.
 *
 * A lost connection is waited out: steps stay in the outbox and are sent again under the same key, which the server takes once. A
 * colleague's decision about the same thing stops the sending until the person chooses; about another thing it is taken over silently.
 */
import type { Changed, Decided, ReviewOpened } from '../../../src/review/api.js'
import type { Decision, Made } from '../../../src/review/decisions.js'
import { isProblem, type Problem, send } from '../api/call.js'
import type { Words } from '../wording/language.js'
import { dropStep, keepStep, keptSteps } from './outbox.js'
import { joinDecisions, rivalOf, type Step } from './steps.js'

export type Trouble =
  | { readonly kind: 'offline'; readonly retryAt: number }
  | { readonly kind: 'conflict'; readonly step: Step; readonly rival: Made }
  /** Another extraction, a claim of somebody else's, a report that was closed. */
  | { readonly kind: 'refused'; readonly code: string; readonly told: Words<string> }

export interface Sending {
  readonly steps: readonly Step[]
  readonly trouble: Trouble | null
  readonly savedAt: number | null
}

export interface Server {
  opened(): ReviewOpened | undefined
  /** What the server is known to have now. */
  learn(change: (opened: ReviewOpened) => ReviewOpened): void
  /** The report was read again: what is known of it is no more. */
  reopen(): Promise<unknown>
}

const WAITS = [2_000, 4_000, 8_000, 15_000]

export class Sender {
  #sending: Sending = { steps: [], trouble: null, savedAt: null }
  readonly #listeners = new Set<() => void>()
  #isBusy = false
  #isClosed = false
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly sha256: string,
    private readonly by: string,
    private readonly server: Server,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly sending = (): Sending => this.#sending

  /** Takes up what was left unsent; returns what stops it. */
  start(): () => void {
    this.#isClosed = false
    keptSteps().then((kept) => {
      const known = new Set(this.#sending.steps.map(({ key }) => key))
      const left = kept.filter(({ key, sha256 }) => sha256 === this.sha256 && !known.has(key))
      if (left.length > 0) this.#set({ steps: [...left, ...this.#sending.steps] })
      this.pump()
    })
    const online = () => this.retry()
    window.addEventListener('online', online)
    return () => {
      this.#isClosed = true
      clearTimeout(this.#timer)
      window.removeEventListener('online', online)
    }
  }

  add(step: Step): void {
    keepStep(step)
    this.#set({ steps: [...this.#sending.steps, step] })
    this.pump()
  }

  /** Of a step that was not sent; false: it is on its way. */
  takeBack(step: Step): boolean {
    if (this.#isBusy && this.#sending.steps[0]?.key === step.key) return false
    this.#drop(step)
    return true
  }

  retry(): void {
    clearTimeout(this.#timer)
    if (this.#sending.trouble?.kind === 'offline') this.#set({ trouble: null })
    this.pump()
  }

  /** Of two decisions about one thing. */
  choose(whose: 'mine' | 'theirs'): void {
    const { trouble } = this.#sending
    if (trouble?.kind !== 'conflict') return
    if (whose === 'theirs') this.#drop(trouble.step)
    this.#set({ trouble: null })
    this.pump()
  }

  dismiss(): void {
    if (this.#sending.trouble?.kind === 'refused') this.#set({ trouble: null })
    this.pump()
  }

  /** Resolves when nothing is left to send, or cannot be sent for now. */
  settled(): Promise<boolean> {
    return new Promise((resolve) => {
      const look = () => {
        const { steps, trouble } = this.#sending
        if (steps.length > 0 && trouble === null) return
        stop()
        resolve(steps.length === 0)
      }
      const stop = this.subscribe(look)
      look()
    })
  }

  pump(): void {
    const step = this.#sending.steps[0]
    const opened = this.server.opened()
    if (this.#isBusy || this.#isClosed || step === undefined || opened === undefined) return
    if (this.#sending.trouble !== null) return
    this.#isBusy = true
    this.#sendOne(step)
      .catch((error: unknown) => this.#fail(step, error))
      .finally(() => {
        this.#isBusy = false
        this.pump()
      })
  }

  async #sendOne(step: Step): Promise<void> {
    const { act, version, sha256 } = step
    const decided =
      act.kind === 'decide'
        ? await sendDecision(step, act.decision)
        : await send<Decided>('DELETE', `/review/${sha256}/decisions/${act.id}?version=${version}`)
    this.#failures = 0
    this.server.learn((opened) => ({
      ...opened,
      decisions: joinDecisions(
        opened.decisions,
        decided.made === null ? [] : [decided.made],
        act.kind === 'undo' ? [act.id] : [],
      ),
      state: { ...opened.state, version: Math.max(opened.state.version, decided.version) },
    }))
    // Those made meanwhile on what was known then rest on this one as well.
    this.#set({ savedAt: Date.now(), steps: raised(this.#sending.steps, version, decided.version) })
    this.#drop(step)
  }

  async #fail(step: Step, error: unknown): Promise<void> {
    if (!isProblem(error) || error.status >= 500 || error.status === 429) return this.#waitALittle()
    if (error.code === 'changed') return this.#catchUp(step, error)
    // Sense was not made of it, and never will be. Who is to sign in again, or lost the claim, keeps what was decided.
    if (error.status === 422 || error.status === 404) this.#drop(step)
    this.#set({ trouble: { kind: 'refused', code: error.code, told: error.told } })
  }

  #waitALittle(): void {
    const wait = WAITS[Math.min(this.#failures, WAITS.length - 1)] ?? 0
    this.#failures += 1
    this.#set({ trouble: { kind: 'offline', retryAt: Date.now() + wait } })
    this.#timer = setTimeout(() => this.retry(), wait)
  }

  async #catchUp(step: Step, { more }: Problem): Promise<void> {
    const changed = more as unknown as Changed
    const since = changed.decisions as readonly Made[]
    if (since.length === 0 && changed.undone.length === 0) {
      // Another extraction: what a step rested on may be gone.
      await this.server.reopen()
    } else {
      this.server.learn((opened) => ({
        ...opened,
        decisions: joinDecisions(opened.decisions, since, changed.undone),
        state: changed.state,
      }))
    }
    this.#set({ steps: this.#sending.steps.map((each) => ({ ...each, version: changed.version })) })
    const rival = rivalOf(step, since, this.by)
    const mine = this.#sending.steps.find(({ key }) => key === step.key)
    if (rival !== null && mine !== undefined) this.#set({ trouble: { kind: 'conflict', step: mine, rival } })
  }

  #drop(step: Step): void {
    dropStep(step.key)
    this.#set({ steps: this.#sending.steps.filter(({ key }) => key !== step.key) })
  }

  #set(change: Partial<Sending>): void {
    this.#sending = { ...this.#sending, ...change }
    for (const listener of [...this.#listeners]) listener()
  }
}

/** What an assigned grid holds is read by the server: it is told which, and what the person saw in it. */
function sendDecision({ sha256, version, key }: Step, decision: Decision): Promise<Decided> {
  if (decision.kind !== 'assign') return send('POST', `/review/${sha256}/decisions`, { decision, version, key })
  const { grid, vintage, table, rows, columns, printed } = decision
  const laying = { grid, vintage, table, rows, columns }
  return send('POST', `/review/${sha256}/assignments`, { laying, printed, version, key })
}

function raised(steps: readonly Step[], from: number, to: number): readonly Step[] {
  return steps.map((step) => (step.version === from ? { ...step, version: to } : step))
}
