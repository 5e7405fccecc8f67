/** Rows or columns of a lattice: [from, to). */
export type Range = readonly [number, number]

export function contains(outer: Range, inner: Range): boolean {
  return outer[0] <= inner[0] && inner[1] <= outer[1]
}

export function isSame(a: Range, b: Range): boolean {
  return a[0] === b[0] && a[1] === b[1]
}
