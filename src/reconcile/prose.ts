/**
 * Text → sentences, in the one spelling that the patterns of the prose rules are written for.
 *
 * Folded: full-width digits and per cent signs, brackets, white space (a PDF cuts words and figures anywhere) and thousand
 * separators. Kept: the clause marks ，。；、：, because they end what a phrase can govern. A paragraph ends a sentence even without a
 * full stop. Positions in the result are not positions on the page.
 */
import type { Section } from '../record.js'

/**
 * A sentence of officials' prose has some hundred characters. Longer ones are cut at a clause mark, so that the time
 * a pattern may take stays bounded whatever a file holds.
 */
const LONGEST_SENTENCE = 1_000

const PAGE_NUMBER = /^[-—–－·\s]*\d{1,4}[-—–－·\s]*$/
const THOUSANDS = /(?<=\d)[,，](?=\d{3}(?!\d))/g
const FOLDED: Record<string, string> = { '％': '%', '．': '.', '（': '(', '）': ')' }

export function normaliseProse(text: string): string {
  return text
    .replace(/[０-９％．（）]/g, (sign) => FOLDED[sign] ?? String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u200b\ufeff]+/g, '')
    .replace(THOUSANDS, '')
}

/** Of one passage of a section: in order, normalised, none empty. */
export function sentencesOf(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !PAGE_NUMBER.test(line))
    .flatMap((line) => normaliseProse(line).split('。'))
    .filter((sentence) => sentence !== '')
    .flatMap(cut)
}

/** All a section says, without its own heading and without white space. */
export function textOf(section: Section): string {
  return normaliseProse(linesOf(section).join(''))
}

function linesOf(section: Section): string[] {
  return [...section.text.split('\n'), ...section.children.flatMap((child) => [child.title, ...linesOf(child)])]
}

function cut(sentence: string): string[] {
  const pieces: string[] = []
  let rest = sentence
  while (rest.length > LONGEST_SENTENCE) {
    const mark = Math.max(...['，', ',', '；', ';'].map((clauseMark) => rest.lastIndexOf(clauseMark, LONGEST_SENTENCE)))
    const end = mark > 0 ? mark + 1 : LONGEST_SENTENCE
    pieces.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  return [...pieces, rest]
}

const DIGITS = new Map([...'零一二三四五六七八九'].map((sign, value) => [sign, value]))
DIGITS.set('〇', 0).set('两', 2)
const PLACES = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
])

/**
 * 38, 6.5, 十二, 一百零五, 二〇. null: not one number (十百), a rough one (三五件), or one that speech shortens (一百五 is 150 to some
 * and 105 to others).
 */
export function readFigure(text: string): number | null {
  if (/^\d/.test(text)) {
    const value = Number(text)
    return value <= Number.MAX_SAFE_INTEGER ? value : null
  }
  const signs = [...text]
  return signs.every((sign) => DIGITS.has(sign)) ? readDigits(signs) : readPlaces(signs)
}

function readDigits(signs: readonly string[]): number | null {
  const rough = signs.length === 2 && !/[零〇]/.test(signs.join(''))
  return rough || signs.length > 8 ? null : Number(signs.map((sign) => DIGITS.get(sign)).join(''))
}

function readPlaces(signs: readonly string[]): number | null {
  let total = 0
  let digit: number | null = null
  let above = 10_000
  let afterZero = false
  for (const sign of signs) {
    const place = PLACES.get(sign)
    if (place === undefined) {
      if (digit !== null && digit !== 0) return null
      afterZero = digit === 0
      digit = DIGITS.get(sign) ?? null
      continue
    }
    if (place >= above || digit === 0 || (digit === null && place !== 10)) return null
    total += (digit ?? 1) * place
    above = place
    digit = null
    afterZero = false
  }
  const shortened = digit !== null && digit !== 0 && above > 10 && !afterZero
  return shortened ? null : total + (digit ?? 0)
}
