/** Where the focus is, as keys ask for it. */
import type { Place } from './keys.js'

export function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof HTMLElement)) return 'elsewhere'
  if (target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable]') !== null) return 'field'
  if (target.closest('[data-fact]') !== null) return 'table'
  return target.closest('button, a, summary, [role="separator"]') === null ? 'elsewhere' : 'control'
}
