/** The filters of the list of reports as they stand in the address, and as the API takes them. */

export const FILTERS = ['q', 'organ', 'organId', 'year', 'vintage', 'status', 'flag', 'rule', 'verdict'] as const
export type FilterName = (typeof FILTERS)[number]
export type ReportFilter = Readonly<Partial<Record<FilterName, string>>>

export function filterOf(search: URLSearchParams): ReportFilter {
  const filter: Partial<Record<FilterName, string>> = {}
  for (const name of FILTERS) {
    const value = search.get(name)?.trim()
    if (value !== undefined && value !== '') filter[name] = value
  }
  return filter
}

/** What a person has decided is asked for apart from what the program found. */
const DECIDED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  reviewed: { review: 'accepted' },
  rejected: { review: 'rejected' },
  needs_review: { status: 'needs_review', review: 'open' },
}

export function queryOf(filter: ReportFilter, more: Readonly<Record<string, string>> = {}): string {
  const { status, ...rest } = filter
  const asked = status === undefined ? {} : (DECIDED[status] ?? { status })
  return new URLSearchParams({ ...rest, ...asked, ...more }).toString()
}
