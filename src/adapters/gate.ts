/**
 * Work that may be done side by side, and work that must be alone: who waits to be alone waits for all before, and all after wait for him.
 *
 * A worker that dies takes everything it had in hand with it, and the store counts one try against each of them. What died before is
 * therefore read alone the next time: then only what kills workers can be killed, and the others are not blamed for their company.
 */
export interface Gate {
  together<T>(work: () => Promise<T>): Promise<T>
  alone<T>(work: () => Promise<T>): Promise<T>
}

const nothing = () => undefined

export function openGate(): Gate {
  /** All work let in so far; the last that wanted to be alone. */
  let everything: Promise<unknown> = Promise.resolve()
  let lastAlone: Promise<unknown> = Promise.resolve()

  const after = <T>(before: Promise<unknown>, work: () => Promise<T>) => {
    const done = before.then(work)
    const settled = done.then(nothing, nothing)
    // Without what they gave: it would be kept for as long as the gate.
    everything = Promise.all([everything, settled]).then(() => undefined)
    return { done, settled }
  }
  return {
    together: (work) => after(lastAlone, work).done,
    alone: (work) => {
      const { done, settled } = after(everything, work)
      lastAlone = settled
      return done
    },
  }
}
