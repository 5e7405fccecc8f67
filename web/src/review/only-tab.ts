/**
 * One tab at a time works on a report; another one of the same browser only shows it, and takes over when the first is closed.
 *
 * By the locks of the browser; where it has none (a page that is not served securely), tabs ask each other.
 */
import { useEffect, useState } from 'react'

/** A tab that is there answers at once. */
const ANSWER = 250

/** True until another tab is known to have it: opening a report waits for nobody. */
export function useOnlyTab(sha256: string): boolean {
  const [isMine, setMine] = useState(true)
  useEffect(() => {
    const name = `gouji.review.${sha256}`
    setMine(true)
    return navigator.locks === undefined ? byAsking(name, setMine) : byLock(name, setMine)
  }, [sha256])
  return isMine
}

function byLock(name: string, tell: (isMine: boolean) => void): () => void {
  const leaving = new AbortController()
  let release = () => {}
  const hold = () => {
    tell(true)
    return new Promise<void>((resolve) => {
      release = resolve
      if (leaving.signal.aborted) resolve()
    })
  }
  const take = async () => {
    const isTaken = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock === null) return false
      await hold()
      return true
    })
    if (isTaken || leaving.signal.aborted) return
    tell(false)
    await navigator.locks.request(name, { signal: leaving.signal }, hold)
  }
  take().catch((error: unknown) => {
    if (!leaving.signal.aborted) console.warn('tabs cannot be told apart', error)
  })
  return () => {
    leaving.abort()
    release()
  }
}

function byAsking(name: string, tell: (isMine: boolean) => void): () => void {
  const channel = new BroadcastChannel(name)
  let isMine = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const ask = () => {
    channel.postMessage('who')
    timer = setTimeout(() => {
      isMine = true
      tell(true)
    }, ANSWER)
  }
  channel.onmessage = ({ data }) => {
    if (data === 'who' && isMine) channel.postMessage('me')
    if (data === 'me') {
      clearTimeout(timer)
      tell(false)
    }
    if (data === 'left') ask()
  }
  ask()
  return () => {
    clearTimeout(timer)
    if (isMine) channel.postMessage('left')
    channel.close()
  }
}
