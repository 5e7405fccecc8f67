/** The filters of the list of reports as they stand in the address, and as the API takes them. */

export const FILTERS = ['q', 'organ', 'year', 'vintage', 'status', 'flag', 'verdict'] as const
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

export function queryOf(filter: ReportFilter, more: Readonly<Record<string, string>> = {}): string {
  return new URLSearchParams({ ...filter, ...more }).toString()
}
