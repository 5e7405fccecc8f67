/** Which near names a person has said to be other organs': remembered by this browser, as it changes only what is suggested. */
import type { Organ } from '../../../src/review/api.js'

const STORED = 'gouji.other-organs'
const MOST = 500

export function suggestionsOf(organ: string, near: readonly Organ[]): readonly Organ[] {
  const others = remembered()
  return near.filter(({ id }) => !others.includes(pairOf(organ, id)))
}

export function rememberOther(organ: string, other: string): void {
  localStorage.setItem(STORED, JSON.stringify([pairOf(organ, other), ...remembered()].slice(0, MOST)))
}

function pairOf(one: string, other: string): string {
  return [one, other].sort().join(' ')
}

function remembered(): readonly string[] {
  const stored = localStorage.getItem(STORED)
  if (stored === null) return []
  try {
    const told: unknown = JSON.parse(stored)
    return Array.isArray(told) ? told.filter((one) => typeof one === 'string') : []
  } catch {
    // Whatever else wrote it: then nothing is remembered.
    return []
  }
}
