/** The keys of who is signed in, remembered by this browser: for handlers, the hints beside buttons, and the settings. */
import { useSyncExternalStore } from 'react'
import { signedIn } from '../api/session.js'
import { readKeyMap, writeKeyMap } from './key-map.js'
import { type Command, type KeyMap, shownOf } from './keys.js'

const STORED = 'gouji.keys'

const listeners = new Set<() => void>()
/** One map for one text, so that who looks twice sees the same. */
let known: { readonly place: string; readonly text: string | null; readonly map: KeyMap } | null = null

const placeNow = () => `${STORED}.${signedIn() ?? ''}`

export function ownKeys(): KeyMap {
  const place = placeNow()
  const text = localStorage.getItem(place)
  if (known === null || known.place !== place || known.text !== text) known = { place, text, map: readKeyMap(text) }
  return known.map
}

export function keepKeys(map: KeyMap): void {
  localStorage.setItem(placeNow(), writeKeyMap(map))
  for (const listener of listeners) listener()
}

export function useOwnKeys(): KeyMap {
  return useSyncExternalStore(listen, ownKeys)
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  // Changed in another window.
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

/** For a hint beside a button. */
export function keyOf(command: Command): string {
  return shownOf(command, ownKeys().own)[0] ?? ''
}
