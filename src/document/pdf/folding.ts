/**
 * Drawn code points into the ordinary characters that they stand for.
 *
 * Browsers write Kangxi radicals and CJK radicals where the page says 人 or 长, since the font has one glyph for both, and vertical
 * forms of punctuation, and compatibility ideographs. Only such twins are folded, and ligatures. Full-width digits, ①, ㎡ and the
 * like stay as printed: they are different characters to a reader, and what to make of them is not for an engine to say.
 */

/** CJK Radicals Supplement that have one ordinary twin; NFKC knows only two of them. ⼾ has two, and Chinese fonts mean 户. */
const RADICALS =
  '⼾户⺁厂⺃乚⺄乙⺅亻⺆冂⺇几⺉刂⺋㔾⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺨犭⺩王⺪疋⺫罒⺬示⺭礻⺯糸⺰纟⺱罓⺲罒⺳网⺴㓁⺶羊⺹耂⺺肀⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龟⻲亀⻳龟'

/** Presentation forms for vertical writing, U+FE10-FE19 and U+FE30-FE44, U+FE47-FE48. */
const VERTICAL_FORMS =
  '︐，︑、︒。︓：︔；︕！︖？︗〖︘〗︙…︰‥︱—︲–︳＿︵（︶）︷｛︸｝︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』﹇［﹈］'

const TWINS = new Map<number, string>()
for (const pairs of [RADICALS, VERTICAL_FORMS]) {
  const characters = [...pairs]
  for (let index = 0; index + 1 < characters.length; index += 2) {
    const [drawn, meant] = [characters[index], characters[index + 1]]
    if (drawn !== undefined && meant !== undefined && drawn !== meant) TWINS.set(drawn.codePointAt(0) ?? 0, meant)
  }
}

/** Stands for a glyph whose character is not known. */
const UNKNOWN = '\ufffd'

/** May give several characters (a ligature), or none (a character that only steers how others are set). */
export function fold(text: string): string {
  // Nearly every glyph is one unit long and outside all the ranges below.
  if (text.length === 1 && !isFoldable(text.charCodeAt(0))) return text
  let folded = ''
  for (const character of text) folded += foldCharacter(character)
  return folded
}

function isFoldable(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code < 0xa0) ||
    code === 0xad ||
    (code >= 0x2000 && code < 0x2070) ||
    (code >= 0x2e80 && code < 0x2fe0) ||
    code >= 0xf900
  )
}

function foldCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (isControl(code)) return UNKNOWN
  if (code === 0xad) return '-'
  if ((code >= 0x200b && code <= 0x200f) || (code >= 0x2060 && code <= 0x2064) || code === 0xfeff) return ''
  if (isVariationSelector(code)) return ''
  const isKangxi = code >= 0x2f00 && code <= 0x2fd5
  const isLigature = code >= 0xfb00 && code <= 0xfb06
  const isCompatibilityIdeograph = (code >= 0xf900 && code <= 0xfaff) || (code >= 0x2f800 && code <= 0x2fa1f)
  const twin = TWINS.get(code)
  if (twin !== undefined) return twin
  return isKangxi || isLigature || isCompatibilityIdeograph ? character.normalize('NFKC') : character
}

function isVariationSelector(code: number): boolean {
  return (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef)
}

/** Space of any width: layout follows from where glyphs stand, never from these. */
export function isWhite(code: number): boolean {
  return code <= 0x20
    ? code === 0x20 || (code >= 0x09 && code <= 0x0d)
    : code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a) || isOtherWhite(code)
}

function isOtherWhite(code: number): boolean {
  return code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f || code === 0x1680 || code === 0x85
}

/** Codes of a font that say nothing of characters; each engine has its own habit of passing them on. */
function isControl(code: number): boolean {
  return !isWhite(code) && (code < 0x20 || (code >= 0x7f && code < 0xa0))
}

/** A code that no reader of the page can mean: unknown, for private use (what the font's maker wished), or no character. */
export function isUnmapped(text: string): boolean {
  const code = text.codePointAt(0) ?? 0
  return (
    (code >= 0xd800 && code <= 0xf8ff) || (code >= 0xfff0 && code <= 0xffff) || (code >= 0xf0000 && code <= 0x10ffff)
  )
}
