/** Work of the background that is done at once and again after each pause, for as long as the process wants it. Trouble is told, and passes. */
export interface Repeating {
  /** Lets the round in hand finish; it is told by `isClosed` that it need not go on. */
  close(): Promise<void>
}

export function againAndAgain(
  round: (isClosed: () => boolean) => Promise<void>,
  pauseMilliseconds: number,
  trouble: (error: unknown) => void,
): Repeating {
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  let current = Promise.resolve()

  const once = async () => {
    try {
      await round(() => isClosed)
    } catch (error) {
      trouble(error)
    }
    if (!isClosed) timer = setTimeout(begin, pauseMilliseconds)
  }
  const begin = () => {
    current = once()
  }
  begin()
  return {
    close: () => {
      isClosed = true
      clearTimeout(timer)
      return current
    },
  }
}
