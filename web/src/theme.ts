/** Light or dark: as the system has it, until a person chooses. Remembered by this browser. */
import { useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark'

const STORED = 'gouji.theme'

/** Whoever shows which it is: a key changes it as well as a button. */
const listeners = new Set<() => void>()

export function currentTheme(): Theme {
  const chosen = localStorage.getItem(STORED)
  if (chosen === 'light' || chosen === 'dark') return chosen
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

export function applyTheme(theme: Theme = currentTheme()): void {
  document.documentElement.dataset.theme = theme
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(STORED, theme)
  applyTheme(theme)
  for (const listener of listeners) listener()
}

export function useTheme(): Theme {
  return useSyncExternalStore(listen, currentTheme)
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
