/** A form that is sent: whether it is on its way, what the server refused, and that it went through. */
import { useState } from 'react'

export interface Sending {
  readonly isBusy: boolean
  readonly error: unknown
  readonly isDone: boolean
  /** → whether it went through. */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>
}

export function useSending(): Sending {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [isDone, setDone] = useState(false)
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setError(null)
    setDone(false)
    try {
      await work()
      setDone(true)
      return true
    } catch (problem) {
      setError(problem)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, error, isDone, run }
}
