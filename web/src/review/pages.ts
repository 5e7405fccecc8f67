/** The pages of an original, drawn by whatever can draw them. */
import type { PageSize } from './page-layout.js'
import type { Urgency } from './turns.js'

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

/** Pictures that were drawn lately, up to so many pixels. */
export class KeptPictures {
  private readonly kept = new Map<string, HTMLCanvasElement>()
  private pixels = 0

  constructor(private readonly most = 12_000_000) {}

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
