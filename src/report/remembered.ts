/**
 * Answers about short texts, kept: the labels and figures of a form come again in every report, and each is asked about many
 * times over. What is kept is bounded, and never changes an answer.
 */
const MOST = 5_000
const LONGEST = 120

export function remembered<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    if (text.length > LONGEST) return compute(text)
    const before = known.get(text)
    if (before !== undefined) return before
    const answer = compute(text)
    if (known.size >= MOST) known.clear()
    known.set(text, answer)
    return answer
  }
}
