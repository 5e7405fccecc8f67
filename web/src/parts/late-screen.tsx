/**
 * A screen that is loaded when it is first needed, and drawn at once where it is there already. React's own `lazy` waits for a promise even
 * then, and what is shown meanwhile stays for the 300 ms that React grants it.
 */
import { type ComponentType, lazy, useState } from 'react'

export interface LateScreen<Props extends object> {
  readonly Screen: ComponentType<Props>
  /** Loads it ahead of its need. */
  fetch(): Promise<unknown>
}

export function lateScreen<Props extends object>(load: () => Promise<ComponentType<Props>>): LateScreen<Props> {
  let loaded: ComponentType<Props> | null = null
  const fetch = async () => {
    loaded = await load()
    return { default: loaded }
  }
  const Late: ComponentType<Props> = lazy(fetch)
  function Screen(props: Props) {
    // Which of the two stays as it is while the screen stands: another one would begin anew.
    const [Chosen] = useState(() => loaded ?? Late)
    return <Chosen {...props} />
  }
  return { Screen, fetch }
}
