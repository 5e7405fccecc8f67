/** What a font's name says about its weight. Names are evidence, weights in font descriptors are not: producers invent them. */

/** 黑体 and its kin are heading faces; 微软雅黑 is one for running text. */
const BOLD = /bold|black|heavy|(?<!雅)黑|simhei|heiti/i

export function isBoldName(name: string): boolean {
  return BOLD.test(name)
}

/** Chinese producers write the name as UTF-8 or as GBK, and say nowhere which. */
export function decodeFontName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
