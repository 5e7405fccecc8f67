/** The deliveries of this page: begun, taken up again, and looked at by its screens. They go on while one looks at other screens. */
import { useSyncExternalStore } from 'react'
import { send } from '../api/call.js'
import type { BatchAnswer } from './answers.js'
import { Delivery, type DeliveryPicture } from './delivery.js'
import type { GatheredFile } from './gathered.js'

let deliveries: readonly Delivery[] = []
const lookers = new Set<() => void>()

/** The last begun first. */
export function useDeliveries(): readonly Delivery[] {
  return useSyncExternalStore(
    (changed) => {
      lookers.add(changed)
      return () => lookers.delete(changed)
    },
    () => deliveries,
  )
}

export function useDelivery(delivery: Delivery | null): DeliveryPicture | null {
  return useSyncExternalStore(delivery?.look ?? NEVER, delivery?.picture ?? NONE)
}

const NEVER = () => () => undefined
const NONE = () => null

export async function beginDelivery(
  label: string,
  files: readonly GatheredFile[],
  csrfToken: string | null,
): Promise<Delivery> {
  const batch = await send<BatchAnswer>('POST', '/batches', { label })
  return continueDelivery(batch, files, csrfToken)
}

/** What is in it already is the same line again, so a delivery that was cut short is taken up by giving all of it again. */
export function continueDelivery(
  batch: BatchAnswer,
  files: readonly GatheredFile[],
  csrfToken: string | null,
): Delivery {
  const running = deliveries.find(({ batchId, isUnderWay }) => batchId === batch.id && isUnderWay)
  const delivery = running ?? new Delivery(batch.id, batch.label, csrfToken)
  if (running === undefined) {
    deliveries = [delivery, ...deliveries.filter(({ batchId }) => batchId !== batch.id)]
    for (const changed of lookers) changed()
  }
  delivery.add(files)
  return delivery
}
