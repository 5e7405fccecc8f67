/**
 * A screen that is loaded when it is first needed, and drawn at once where it is there already. React's own `lazy` waits for a promise even
 * then, and what is shown meanwhile stays for the 300 ms that React grants it.
 */
import { type ComponentType, lazy, useState } from 'react'

export interface Late<Props extends object> {
  /** The screen itself where it is there, else what waits for it. */
  now(): ComponentType<Props>
  /** Loads it ahead of its need. */
  fetch(): Promise<unknown>
}

export function late<Props extends object>(load: () => Promise<ComponentType<Props>>): Late<Props> {
  let loaded: ComponentType<Props> | null = null
  const fetch = async () => {
    loaded = await load()
    return { default: loaded }
  }
  const waiting: ComponentType<Props> = lazy(fetch)
  return { now: () => loaded ?? waiting, fetch }
}

export function LateScreen<Props extends object>({ screen, given }: { screen: Late<Props>; given: Props }) {
  // Which of the two stays as it is while the screen stands: another one would begin anew.
  const [Chosen] = useState(() => screen.now())
  return <Chosen {...given} />
}
