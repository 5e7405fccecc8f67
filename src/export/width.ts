/**
 * How many columns of a terminal a text takes: two for the characters that East Asian type sets full width, none for marks
 * that are drawn over the character before them.
 */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u
const UNSEEN = /[\p{Mn}\p{Me}\p{Cf}]/u

export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) {
    if (WIDE.test(character)) width += 2
    else if (!UNSEEN.test(character)) width += 1
  }
  return width
}

/** A text that is too long is left whole: a name that was cut tells nobody which file is meant. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** As much of the beginning as fits. */
export function cut(text: string, width: number): string {
  let left = width
  let kept = ''
  for (const character of text) {
    left -= displayWidth(character)
    if (left < 0) break
    kept += character
  }
  return kept
}
