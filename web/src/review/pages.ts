/** The pages of an original, drawn by whatever can draw them. */
import type { PageSize } from './page-layout.js'

/** What is drawn first: what a person looks at, a cell cut from its page, the page that comes next, the small pictures at the side. */
export const URGENCIES = ['seen', 'cut', 'next', 'small'] as const
export type Urgency = (typeof URGENCIES)[number]

export interface Drawn {
  readonly canvas: HTMLCanvasElement
  readonly by: 'browser' | 'server'
}

export interface Pages {
  /** Of each page, as displayed. What is not known yet is taken to be as the first one. */
  sizes(): readonly PageSize[]
  /** Told whenever sizes become known. Returns what ends it. */
  onSizes(listen: () => void): () => void
  /** Pages count from 1; a scale is pixels of the picture a point. Rejects with the signal's reason when it is not wanted any more. */
  draw(page: number, scale: number, urgency: Urgency, signal: AbortSignal): Promise<Drawn>
  close(): void
}

/** Of one picture. A larger one is drawn smaller, and stretched. */
const MOST_PIXELS = 14_000_000

export function scaleWithin({ width, height }: PageSize, scale: number): number {
  const pixels = width * height * scale * scale
  return pixels <= MOST_PIXELS ? scale : scale * Math.sqrt(MOST_PIXELS / pixels)
}

/** Milliseconds that what is not looked at waits for something that is: when a report opens, both are asked for at almost the same time. */
const AFTER = 30

interface Waiting {
  readonly rank: number
  start(): void
}

/** One piece of work at a time, the most urgent first, those of equal urgency as they came. */
export function oneAtATime() {
  const waiting: Waiting[] = []
  let isBusy = false

  const next = () => {
    if (isBusy) return
    const best = waiting.reduce<Waiting | null>(
      (best, one) => (best === null || one.rank < best.rank ? one : best),
      null,
    )
    if (best === null) return
    waiting.splice(waiting.indexOf(best), 1)
    isBusy = true
    best.start()
  }

  return <Value>(urgency: Urgency, signal: AbortSignal, work: () => Promise<Value>): Promise<Value> =>
    new Promise<Value>((resolve, reject) => {
      const leave = () => {
        const at = waiting.indexOf(one)
        if (at >= 0) waiting.splice(at, 1)
        reject(signal.reason)
      }
      const one: Waiting = {
        rank: URGENCIES.indexOf(urgency),
        start: () => {
          signal.removeEventListener('abort', leave)
          work()
            .then(resolve, reject)
            .finally(() => {
              isBusy = false
              next()
            })
        },
      }
      if (signal.aborted) {
        reject(signal.reason)
        return
      }
      signal.addEventListener('abort', leave, { once: true })
      waiting.push(one)
      if (urgency === 'seen') next()
      else setTimeout(next, AFTER)
    })
}

/** Pictures that were drawn lately, up to so many pixels. */
export class KeptPictures {
  private readonly kept = new Map<string, HTMLCanvasElement>()
  private pixels = 0

  constructor(private readonly most = 24_000_000) {}

  get(key: string): HTMLCanvasElement | null {
    const canvas = this.kept.get(key)
    if (canvas === undefined) return null
    this.kept.delete(key)
    this.kept.set(key, canvas)
    return canvas
  }

  keep(key: string, canvas: HTMLCanvasElement): void {
    this.kept.set(key, canvas)
    this.pixels += canvas.width * canvas.height
    for (const [old, { width, height }] of this.kept) {
      if (this.pixels <= this.most || old === key) break
      this.kept.delete(old)
      this.pixels -= width * height
    }
  }

  clear(): void {
    this.kept.clear()
    this.pixels = 0
  }
}
