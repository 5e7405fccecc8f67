/** An original's sha256 ↔ where it lies in a store: ab/cd/abcd…, so that a million originals are some sixteen a folder. */

const SHA256 = /^[0-9a-f]{64}$/

/** Anything but a sha256 is a mistake of ours: what goes into a path was checked where it came in. */
export function placeOf(sha256: string): string {
  if (!SHA256.test(sha256)) throw new Error(`not a sha256: ${sha256}`)
  return `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`
}

/** null: something else lies there. */
export function sha256At(place: string): string | null {
  const last = place.slice(place.lastIndexOf('/') + 1)
  return SHA256.test(last) && placeOf(last) === place ? last : null
}
