/**
 * Two ways to do a thing → how they compare, each warm and in a process of both.
 *
 * They take turns in blocks, so that whatever else the machine does hits both. What one leaves behind is not paid by the other:
 * the garbage of pdf.js is collected, and the code it drove out of the caches of V8 made again, over half a second of the other's
 * turn, so that time of each block is not counted. Before that both warm up for as many rounds as are counted: V8 and the
 * WebAssembly compiler go on improving code for some thirty documents.
 */
export interface Comparison {
  readonly ours: number
  readonly theirs: number
  readonly ratio: number
}

export type Work = () => unknown

const BLOCKS = 4
/** Of each block, at least so many rounds and milliseconds go uncounted. */
const SETTLING = { rounds: 2, time: 500 }

export async function compare(ours: Work, theirs: Work, rounds: number): Promise<Comparison> {
  const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] }
  const perBlock = Math.ceil(rounds / BLOCKS)
  for (let block = 0; block < 2 * BLOCKS; block += 1) {
    for (const [work, counted] of [[theirs, times.theirs] as const, [ours, times.ours] as const]) {
      await settle(work)
      for (let round = 0; round < perBlock; round += 1) {
        const time = await timed(work)
        if (block >= BLOCKS) counted.push(time)
      }
    }
  }
  const [our, their] = [median(times.ours), median(times.theirs)]
  return { ours: our, theirs: their, ratio: our / their }
}

async function settle(work: Work): Promise<void> {
  const started = performance.now()
  for (let round = 0; round < SETTLING.rounds || performance.now() - started < SETTLING.time; round += 1) await work()
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
