/** The keys of the queue, from the table of all keys. */
import { useEffectEvent, useLayoutEffect } from 'react'
import { type CommandOn, commandOf } from './keys.js'
import { useOwnKeys } from './own-keys.js'
import { placeOf } from './place.js'

type QueueCommand = Exclude<CommandOn<'queue'>, 'close'>

export function useQueueKeys(areOn: boolean, actions: Readonly<Record<QueueCommand, () => unknown>>): void {
  const keys = useOwnKeys()
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!areOn || event.defaultPrevented) return
    const command = commandOf(event, 'queue', placeOf(event.target), keys)
    if (command === null || command === 'close') return
    event.preventDefault()
    actions[command]()
  })
  // From the first moment that something is to be seen.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
