/**
 * The name of an organ and those of others → the ones that are perhaps the same organ's.
 *
 * Reports of one organ bear its name with the city and without (淮安市洪泽区人民政府, 洪泽区人民政府), with the office in place of the
 * government, or with a slip of the pen. A suggestion only: two towns may be called alike, so nothing is ever merged by it.
 */

/** Shorter names that differ in one sign are as a rule two organs: 财政局 and 民政局. */
const LONG_ENOUGH_FOR_SLIPS = 8

const OFFICES: readonly (readonly [RegExp, string])[] = [
  [/\s+/g, ''],
  [/(人民)?政府(办公[室厅]|办)?$/, '政府'],
  [/街道(办事处|办)?$/, '街道'],
  [/(管理)?委员会$|管委会$/, '委'],
  [/^(.{2,3}省|.{2,6}自治区)(?=.*[县区旗市镇乡])/, ''],
]
const ENDS_IN_PLACE = /(?:市|州|盟|县|区|旗)$/
const PLACE = /^.*[县区旗州盟]|^.{1,8}?市/
const HAS_PLACE = /[县区旗市镇乡]|街道|苏木/

/** What the names of the same organ may end in: for a search that leaves most others out. Two signs each. */
export function endingsLike(name: string): string[] {
  const folded = fold(name)
  if (folded.endsWith('政府')) return ['政府', '公室', '公厅', '府办']
  if (folded.endsWith('街道')) return ['街道', '事处', '道办']
  if (folded.endsWith('委')) return ['员会', '委会', folded.slice(-2)]
  return [name.slice(-2)]
}

export function isNear(one: string, other: string): boolean {
  const [short, long] = [fold(one), fold(other)].sort((a, b) => a.length - b.length) as [string, string]
  if (short === long) return true
  if (long.endsWith(short)) return HAS_PLACE.test(short) && ENDS_IN_PLACE.test(long.slice(0, -short.length))
  return short.length >= LONG_ENOUGH_FOR_SLIPS && isOneSlipAway(short, long)
}

function fold(name: string): string {
  return OFFICES.reduce((text, [pattern, plain]) => text.replace(pattern, plain), name.normalize('NFKC'))
}

/** One sign other, one too many, or two exchanged, and not in the place: 洪泽区 is not 洪湖区. */
function isOneSlipAway(short: string, long: string): boolean {
  if (long.length - short.length > 1) return false
  let start = 0
  while (start < short.length && short[start] === long[start]) start++
  if (start < (PLACE.exec(short)?.[0].length ?? 0)) return false
  let end = 0
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end++
  const left = short.length - end - start
  if (left <= 1) return true
  return (
    left === 2 && short.length === long.length && short[start] === long[start + 1] && short[start + 1] === long[start]
  )
}
