/**
 * A counter of an automatic list → what Word prints for it, by its number format (ECMA-376 part 1, 17.18.59).
 *
 * Promises a text for every count; a format that is not known here counts in decimal, as Word does where it lacks a script.
 * Counts beyond what a format has signs for (㊉ is the last of its kind) go on in decimal as well.
 */

const HAN = '〇一二三四五六七八九'
const HAN_LEGAL = '零壹贰叁肆伍陆柒捌玖'
const HAN_LEGAL_TRADITIONAL = '零壹貳參肆伍陸柒捌玖'
const STEMS = '甲乙丙丁戊己庚辛壬癸'
const BRANCHES = '子丑寅卯辰巳午未申酉戌亥'

type Counting = (count: number) => string

const FORMATS: Readonly<Record<string, Counting>> = {
  decimal: String,
  decimalZero: (count) => String(count).padStart(2, '0'),
  decimalHalfWidth: String,
  decimalFullWidth: fullWidth,
  decimalFullWidth2: fullWidth,
  decimalEnclosedCircle: (count) => sign(0x2460, 20, count),
  decimalEnclosedCircleChinese: (count) => sign(0x2460, 20, count),
  decimalEnclosedParen: (count) => sign(0x2474, 20, count),
  decimalEnclosedFullstop: (count) => sign(0x2488, 20, count),
  ideographEnclosedCircle: (count) => sign(0x3280, 10, count),
  upperRoman: roman,
  lowerRoman: (count) => roman(count).toLowerCase(),
  upperLetter: letters,
  lowerLetter: (count) => letters(count).toLowerCase(),
  chineseCountingThousand: counted,
  taiwaneseCountingThousand: counted,
  japaneseCounting: (count) => counted(count, { ones: false }),
  // Counts in words up to 九十九 and digit by digit from there.
  chineseCounting: (count) => (count < 100 ? counted(count) : digits(count)),
  taiwaneseCounting: (count) => (count < 100 ? counted(count) : digits(count)),
  ideographDigital: digits,
  japaneseDigitalTenThousand: digits,
  taiwaneseDigital: digits,
  chineseLegalSimplified: (count) =>
    counted(count, { numerals: HAN_LEGAL, units: ['', '拾', '佰', '仟'], teens: true }),
  ideographLegalTraditional: (count) =>
    counted(count, { numerals: HAN_LEGAL_TRADITIONAL, units: ['', '拾', '佰', '仟'], teens: true, myriad: '萬' }),
  ideographTraditional: (count) => STEMS[count - 1] ?? String(count),
  ideographZodiac: (count) => BRANCHES[count - 1] ?? String(count),
  none: () => '',
}

export function formatOrdinal(count: number, format: string): string {
  return (Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined)?.(count) ?? String(count)
}

function sign(first: number, last: number, count: number): string {
  return count >= 1 && count <= last ? String.fromCodePoint(first + count - 1) : String(count)
}

function fullWidth(count: number): string {
  return [...String(count)].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('')
}

function digits(count: number): string {
  return [...String(count)].map((digit) => HAN[Number(digit)] ?? '').join('')
}

/** A to Z, then AA to ZZ, AAA …: the letter is repeated, not carried. */
function letters(count: number): string {
  if (count < 1 || count > 26 * 30) return String(count)
  return String.fromCharCode(65 + ((count - 1) % 26)).repeat(Math.ceil(count / 26))
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
]

function roman(count: number): string {
  if (count < 1 || count > 3999) return String(count)
  let rest = count
  return ROMAN.map(([value, sign]) => {
    const times = Math.floor(rest / value)
    rest %= value
    return sign.repeat(times)
  }).join('')
}

interface Numerals {
  readonly numerals?: string
  readonly units?: readonly string[]
  readonly myriad?: string
  /** 壹拾, where the everyday 十 drops the 一. */
  readonly teens?: boolean
  /** 一百 and 一千; Japanese says 百 and 千. */
  readonly ones?: boolean
}

/** 一, 十, 十一, 二十, 一百零一, 一百一十, 一千零一, 一万零一百. */
function counted(count: number, { numerals = HAN, units = ['', '十', '百', '千'], ...rest }: Numerals = {}): string {
  const { myriad = '万', teens = false, ones = true } = rest
  const zero = ones ? '零' : ''
  if (count < 1 || count > 99_999_999) return count === 0 ? (numerals[0] ?? '') : String(count)

  const below = (group: number): string => {
    let text = ''
    let gap = false
    for (let power = 3; power >= 0; power -= 1) {
      const digit = Math.floor(group / 10 ** power) % 10
      if (digit === 0) {
        gap = text !== ''
        continue
      }
      const numeral = digit === 1 && power > 0 && !ones ? '' : numerals[digit]
      text += `${gap ? zero : ''}${numeral}${units[power]}`
      gap = false
    }
    return text
  }
  const high = Math.floor(count / 10_000)
  const low = count % 10_000
  const joint = high > 0 && low > 0 && low < 1000 ? zero : ''
  const text = `${high > 0 ? below(high) + myriad : ''}${joint}${below(low)}`
  const isBareTeen = ones && !teens && count >= 10 && count < 20
  return isBareTeen ? text.slice(1) : text
}
