/**
 * The store is the truth: what it has received and nobody has read is put into the queue, at the start and again and again.
 *
 * So a queue that lost everything, or was away when something arrived, is whole again a moment later. Any number of processes may do this
 * at once, as twice is once.
 */
import { againAndAgain, type Repeating } from './again-and-again.js'
import type { Service } from './service.js'
import { countUnread, unreadDocuments } from './store/extractions.js'

const PAGE = 1_000

export function keepQueued(service: Pick<Service, 'db' | 'queue' | 'log'>, everyMilliseconds: number): Repeating {
  return againAndAgain(
    (isClosed) => queueUnread(service, isClosed),
    everyMilliseconds,
    (error) => service.log.warn({ err: error }, 'unread documents not queued, to be tried again'),
  )
}

async function queueUnread({ db, queue }: Pick<Service, 'db' | 'queue'>, isEnough: () => boolean): Promise<void> {
  const [unread, { waiting, active, delayed }] = await Promise.all([countUnread(db), queue.counts()])
  // A long queue that has them all, as it seems, is not gone through again; what it hides comes to light when it gets short.
  if (unread > PAGE && waiting + active + delayed >= unread) return
  let last = 0
  while (!isEnough()) {
    const page = await unreadDocuments(db, PAGE, last)
    const end = page.at(-1)
    if (end === undefined) return
    await queue.add(
      page.map(({ sha256 }) => sha256),
      'bulk',
    )
    last = end.id
  }
}
