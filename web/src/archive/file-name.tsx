/**
 * The name of a file, as text and nothing else, cut in the middle where there is no room: its end tells one file of a folder from the next.
 *
 * Senders choose names. Signs that cannot be seen, or turn the direction of what follows them, are shown as a replacement sign, so that
 * a name looks like what it is.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu
const KEPT_AT_END = 10

export function FileName({ name }: { readonly name: string }) {
  const shown = visibleName(name)
  const signs = Array.from(shown.slice(shown.lastIndexOf('/') + 1))
  const cut = Math.max(0, signs.length - KEPT_AT_END)
  return (
    <bdi className="arc-name" title={shown}>
      <span>{signs.slice(0, cut).join('')}</span>
      <span>{signs.slice(cut).join('')}</span>
    </bdi>
  )
}

export function visibleName(name: string): string {
  return name.replace(UNSEEN, '\uFFFD')
}
