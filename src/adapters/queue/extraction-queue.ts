/**
 * A make of BullMQ → the queue of documents to be read, the same on every make.
 *
 * A job carries the sha256 and nothing else. Its id is the document and the version of gouji, so that twice is once; when it is done, or
 * given up, it is gone, so that it can be asked for again. Nothing here has to last: what is lost is queued again from the store.
 */
import {
  ErrorCode,
  type IQueueBackend,
  type Job,
  type Processor,
  type Queue,
  UnrecoverableError,
  type Worker,
  type WorkerOptions,
} from 'bullmq'
import { VERSION } from '../../version.js'
import type { ExtractionQueue, QueueWorker, Urgency } from '../service.js'
import type { Trouble } from './trouble.js'

export const QUEUE_NAME = 'extraction'

interface JobData {
  readonly sha256: string
}
/** Of either backend: only what both have is asked of it. */
export type JobQueue = Queue<JobData, void, string, JobData, void, string, IQueueBackend>
export type JobWorker = Worker<JobData, void, string, IQueueBackend>
export type Read = Processor<JobData, void, string>
export type WorkerSettings = Omit<WorkerOptions, 'connection' | 'prefix'>

/** What differs between Redis and PostgreSQL. */
export interface Make {
  newQueue(): JobQueue
  newWorker(read: Read, settings: WorkerSettings): JobWorker
}

/** The queue could not be reached in time, or not at all. */
export class QueueUnavailable extends Error {
  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super(`队列暂时不可用：${reason} (the queue is unavailable)`, { cause })
    this.name = 'QueueUnavailable'
  }
}

/** Lower comes first. */
const PRIORITIES: Readonly<Record<Urgency, number>> = { review: 1, bulk: 10 }
const ADDED_AT_ONCE = 1_000
/** Nobody who asks for something of the queue waits longer. */
const PATIENCE_MILLISECONDS = 5_000
const GOODBYE_MILLISECONDS = 2_000
/** What failed for one document would mostly fail for the next one too: a breath keeps an outage from touching the whole queue. */
const BREATH_MILLISECONDS = 1_000
/** For what the infrastructure does. It never gives up of itself: the store knows which documents are hopeless. */
const ATTEMPTS = 1_000_000
const BACK_OFF = { first: 5_000, most: 300_000 }

/**
 * The lock of a job is renewed at half its time. One whose worker was killed runs out of it and is found by the next look or the one
 * after it: taken again within 8 + 4 seconds. The store counts how often that happened and gives the document up long before BullMQ would.
 */
const STALLING = { lockDuration: 8_000, stalledInterval: 4_000, maxStalledCount: 20 }

export async function openExtractionQueue(make: Make, trouble: Trouble): Promise<ExtractionQueue> {
  const queue = make.newQueue()
  queue.on('error', trouble)
  const workers = new Set<JobWorker>()

  const add = async (sha256s: readonly string[], urgency: Urgency) => {
    for (let from = 0; from < sha256s.length; from += ADDED_AT_ONCE) {
      const some = sha256s.slice(from, from + ADDED_AT_ONCE)
      await inTime(queue.addBulk(some.map((sha256) => jobOf(sha256, urgency))))
      if (urgency === 'review') for (const sha256 of some) await inTime(raise(queue, jobId(sha256)))
    }
  }

  /** The oldest stands first among those of its priority; those that come back from a dead worker wait apart. */
  const oldestAge = async () => {
    const reviews = (await queue.getCountsPerPriority([PRIORITIES.review]))[PRIORITIES.review] ?? 0
    const firsts = await Promise.all([
      queue.getWaiting(0, 0),
      queue.getPrioritized(0, 0),
      queue.getPrioritized(reviews, reviews),
    ])
    const since = Math.min(...firsts.flat().map((job) => job.timestamp))
    return Number.isFinite(since) ? Math.max(0, Date.now() - since) : 0
  }

  const work: ExtractionQueue['work'] = async (read, lost, atOnce) => {
    const worker = make.newWorker((job) => attempt(job, read), {
      ...STALLING,
      concurrency: atOnce,
      runRetryDelay: BREATH_MILLISECONDS,
      settings: { backoffStrategy: backOff },
    })
    workers.add(worker)
    worker.on('error', trouble)
    worker.on('failed', (job, error) => {
      if (job !== undefined && error instanceof UnrecoverableError) lost(job.data.sha256).catch(trouble)
    })
    await inTime(worker.waitUntilReady()).catch(async (error) => {
      await end(worker)
      throw error
    })
    return {
      close: async () => {
        // Takes no more and waits for what is in hand, and so long as it waits it can still be ended.
        await worker.pause()
        await end(worker)
      },
    } satisfies QueueWorker
  }

  /** By force: where a server is away, BullMQ would wait for ever for its goodbye. */
  const end = async (worker: JobWorker) => {
    workers.delete(worker)
    await inTime(worker.close(true), GOODBYE_MILLISECONDS).catch(trouble)
  }

  const check = async () => {
    await inTime(queue.isPaused())
  }

  let closing: Promise<void> | null = null
  const close = () => {
    closing ??= (async () => {
      await Promise.all([...workers].map(end))
      await inTime(queue.close(), GOODBYE_MILLISECONDS).catch(() => {
        // What it gives back comes when the server says goodbye, which may be never.
        queue.disconnect().catch(trouble)
      })
    })()
    return closing
  }

  await check().catch(async (error) => {
    await close()
    throw error
  })

  return {
    add,
    counts: async () => {
      const { waiting = 0, paused = 0, prioritized = 0, active = 0, delayed = 0 } = await inTime(queue.getJobCounts())
      return { waiting: waiting + paused + prioritized, active, delayed }
    },
    oldestAge: () => inTime(oldestAge()),
    work,
    check,
    // The dashboard asks for what both backends have.
    board: queue as unknown as Queue,
    close,
  }
}

/** BullMQ takes no colon in an id. */
function jobId(sha256: string): string {
  return `${sha256}-${VERSION.replaceAll('.', '-')}`
}

function jobOf(sha256: string, urgency: Urgency) {
  return {
    name: 'extract',
    data: { sha256 },
    opts: {
      jobId: jobId(sha256),
      priority: PRIORITIES[urgency],
      attempts: ATTEMPTS,
      backoff: { type: 'custom' },
      stackTraceLimit: 1,
      removeOnComplete: true,
      removeOnFail: true,
    },
  }
}

/** What is in the queue already keeps its place unless it is asked for more urgently. */
async function raise(queue: JobQueue, id: string): Promise<void> {
  const job = await queue.getJob(id)
  if (job === undefined || job.priority === PRIORITIES.review) return
  try {
    await job.changePriority({ priority: PRIORITIES.review })
  } catch (error) {
    // Finished in the meantime.
    if (!(error instanceof Error && 'code' in error && error.code === ErrorCode.JobNotExist)) throw error
  }
}

async function attempt(job: Job<JobData>, read: (sha256: string) => Promise<void>): Promise<void> {
  try {
    await read(job.data.sha256)
  } catch (error) {
    await new Promise((resolve) => setTimeout(resolve, BREATH_MILLISECONDS))
    throw error
  }
}

function backOff(attemptsMade: number): number {
  return Math.min(BACK_OFF.first * 2 ** (attemptsMade - 1), BACK_OFF.most)
}

async function inTime<T>(answer: Promise<T>, milliseconds = PATIENCE_MILLISECONDS): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), milliseconds)
  })
  try {
    return await Promise.race([answer, late])
  } catch (error) {
    throw new QueueUnavailable(error)
  } finally {
    clearTimeout(timer)
  }
}
