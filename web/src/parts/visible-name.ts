/**
 * A name that somebody else chose → one that looks like what it is: signs that cannot be seen, or turn the direction of what follows them,
 * are shown as a replacement sign.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

export function visibleName(name: string): string {
  return name.replace(UNSEEN, '\uFFFD')
}
