/** What no text of PostgreSQL holds (NUL, halves of surrogate pairs) is replaced by the sign for that. */
export function storable<T>(value: T): T | string | null {
  if (typeof value === 'string') return value.replace(/[\0\p{Surrogate}]/gu, '\ufffd')
  return value ?? null
}

export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_, part) => storable(part))
}

/** Names of organs are looked up by an index, which takes no more than some 2,700 bytes; the line of the record has the rest. */
export const MOST_OF_A_NAME = 500
