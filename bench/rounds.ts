/**
 * Two ways to do a thing → how they compare. They take turns, so that whatever else the machine does hits both; the ratio is
 * the median of the rounds' own ratios, the times are medians too. As many rounds warm up first and are not counted: V8 and the
 * WebAssembly compiler go on improving code for some thirty documents.
 */
export interface Comparison {
  readonly ours: number
  readonly theirs: number
  readonly ratio: number
}

export type Work = () => unknown

export async function compare(ours: Work, theirs: Work, rounds: number): Promise<Comparison> {
  const times: { ours: number; theirs: number }[] = []
  for (let round = 0; round < 2 * rounds; round += 1) {
    const first = await timed(round % 2 === 0 ? ours : theirs)
    const second = await timed(round % 2 === 0 ? theirs : ours)
    if (round >= rounds) {
      times.push(round % 2 === 0 ? { ours: first, theirs: second } : { ours: second, theirs: first })
    }
  }
  return {
    ours: median(times.map((time) => time.ours)),
    theirs: median(times.map((time) => time.theirs)),
    ratio: median(times.map((time) => time.ours / time.theirs)),
  }
}

export async function timed(work: Work): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low, high] = [sorted[Math.max(0, middle - 1)] ?? Number.NaN, sorted[middle] ?? Number.NaN]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}
