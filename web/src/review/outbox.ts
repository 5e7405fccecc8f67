/**
 * Steps that the server has not taken yet, kept by the browser over reloads and lost connections (IndexedDB). Where it keeps nothing, they
 * live as long as the page.
 */
import type { Step } from './steps.js'

const DATABASE = 'gouji'
const STORE = 'steps'

interface Kept {
  readonly order: number
  readonly step: Step
}

const memory = new Map<string, Kept>()
let opening: Promise<IDBDatabase | null> | null = null
let last = 0

function open(): Promise<IDBDatabase | null> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  }).catch((error: unknown) => {
    console.warn('this browser keeps no unsent steps', error)
    return null
  })
  return opening
}

export async function keepStep(step: Step): Promise<void> {
  last = Math.max(last + 1, Date.now())
  const kept: Kept = { order: last, step }
  memory.set(step.key, kept)
  await write((store) => store.put(kept, step.key))
}

export async function dropStep(key: string): Promise<void> {
  memory.delete(key)
  await write((store) => store.delete(key))
}

/** In the order they were made. */
export async function keptSteps(): Promise<readonly Step[]> {
  const database = await open()
  const stored =
    database === null
      ? []
      : await finished<Kept[]>(database.transaction(STORE).objectStore(STORE).getAll() as IDBRequest<Kept[]>).catch(
          () => [],
        )
  const all = new Map([...stored.map((kept): [string, Kept] => [kept.step.key, kept]), ...memory])
  return [...all.values()].sort((a, b) => a.order - b.order).map(({ step }) => step)
}

async function write(change: (store: IDBObjectStore) => IDBRequest): Promise<void> {
  const database = await open()
  if (database === null) return
  await finished(change(database.transaction(STORE, 'readwrite').objectStore(STORE))).catch((error: unknown) => {
    console.warn('an unsent step could not be kept', error)
  })
}

function finished<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
