/** The cells of the statutory forms, by their keys: which of them a report should have, and which a row in place of others leaves out. */
import type { Vintage } from '../record.js'
import { planTable, type TablePlan } from '../report/form.js'
import { FORMS } from '../report/forms/all.js'

const plans = new Map<Vintage, readonly TablePlan[]>()

/** null: no form, no tables. */
export function plansOf(vintage: Vintage | null): readonly TablePlan[] {
  if (vintage === null) return []
  const known = plans.get(vintage) ?? (FORMS.find((form) => form.vintage === vintage)?.tables ?? []).map(planTable)
  plans.set(vintage, known)
  return known
}

/** Of a table: rows that only exist in place of others are asked of nobody, nor those that such a row stands for. */
export function askedKeys(plan: TablePlan, isThere: (key: string) => boolean): readonly string[] {
  const folded = foldedIn(plan, isThere)
  return plan.rows.flatMap(({ insteadOf }, at) =>
    insteadOf.length > 0 ? [] : keysAt(plan, at).filter((key) => !folded.has(key)),
  )
}

/** Cells that a single row printed in place of theirs leaves out, in any table. */
export function foldedKeys(vintage: Vintage | null, isThere: (key: string) => boolean): ReadonlySet<string> {
  return new Set(plansOf(vintage).flatMap((plan) => [...foldedIn(plan, isThere)]))
}

function foldedIn(plan: TablePlan, isThere: (key: string) => boolean): ReadonlySet<string> {
  const { rows } = plan
  return new Set(
    rows.flatMap(({ insteadOf }, at) =>
      insteadOf.length > 0 && keysAt(plan, at).some(isThere)
        ? rows.flatMap(({ key }, other) => (insteadOf.includes(key) ? keysAt(plan, other) : []))
        : [],
    ),
  )
}

function keysAt({ slots }: TablePlan, row: number): readonly string[] {
  return (slots[row] ?? []).map(({ key }) => key)
}

/** What a form has a cell for. */
export function keysOfForm(vintage: Vintage | null): ReadonlySet<string> {
  return new Set(plansOf(vintage).flatMap(({ slots }) => slots.flatMap((across) => across.map(({ key }) => key))))
}

/** Of all forms; those of this one first. */
export function unitsOf(vintage: Vintage | null): ReadonlyMap<string, string> {
  const all = [...FORMS].sort((a, b) => Number(a.vintage === vintage) - Number(b.vintage === vintage))
  const slots = all.flatMap((form) => plansOf(form.vintage).flatMap((plan) => plan.slots.flat()))
  return new Map(slots.map(({ key, unit }) => [key, unit]))
}
