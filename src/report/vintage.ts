/**
 * Which form a report follows, and which vintage each of its tables is of.
 *
 * The form whose tables fit best on the whole is the report's; the year decides only between forms that fit alike. A single
 * table that clearly fits another vintage keeps that vintage, and says so: organs keep old tables in use.
 */
import type { Vintage } from '../record.js'
import type { Form } from './form.js'
import type { TableMatch } from './table-match.js'

/** A table of another vintage must fit so much better. */
const CLEARLY = 0.1

export interface FormMatch {
  readonly form: Form
  readonly tables: readonly TableMatch[]
}

export interface ChosenTable {
  readonly match: TableMatch
  readonly vintage: Vintage
}

/** null: no table of any form is printed. */
export function recogniseForm(matches: readonly FormMatch[], year: number | null): FormMatch | null {
  const printed = matches.filter(({ tables }) => tables.some((table) => table.fit > 0))
  const ranked = printed
    .map((match) => ({ match, fit: meanFit(match), inYears: coversYear(match.form, year) }))
    .sort((a, b) => (Math.abs(a.fit - b.fit) > 0.02 ? b.fit - a.fit : Number(b.inYears) - Number(a.inYears)))
  return ranked[0]?.match ?? null
}

/** The form that was in force, for a report none of whose tables is printed. */
export function formOfYear(forms: readonly Form[], year: number | null): Form | null {
  return forms.find((form) => coversYear(form, year)) ?? null
}

/** The tables of the report's form, each in the vintage it is printed in. */
export function chooseTables(chosen: FormMatch, matches: readonly FormMatch[]): readonly ChosenTable[] {
  return chosen.tables.map((own) => {
    const others = matches
      .filter((other) => other !== chosen)
      .flatMap(({ form, tables }) =>
        tables.filter((table) => table.spec.key === own.spec.key).map((match) => ({ match, vintage: form.vintage })),
      )
    const better = others
      .filter(({ match }) => match.fit > own.fit + CLEARLY)
      .sort((a, b) => b.match.fit - a.match.fit)[0]
    return better ?? { match: own, vintage: chosen.form.vintage }
  })
}

function meanFit({ tables }: FormMatch): number {
  return tables.reduce((sum, table) => sum + table.fit, 0) / Math.max(1, tables.length)
}

function coversYear({ years }: Form, year: number | null): boolean {
  return year !== null && year >= years.from && (years.to === null || year <= years.to)
}
