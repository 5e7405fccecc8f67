/**
 * The text of one cell → how it reads: a number, an explicit zero, nothing, a dash, or something that is not understood.
 *
 * A number is read only where the whole cell is one number with at most a unit behind it; two numbers in one cell are not
 * joined. Digits set apart by single spaces or cut by a line break may be one number or two: they are read as one, and
 * said to be `joined`, so that only a sum that agrees can confirm them. Money is turned into the unit of the fact here and
 * nowhere else.
 */
import { Big } from 'big.js'
import { withoutSpace } from './labels.js'
import type { CellReading, FactType } from './reading.js'

export interface CellText {
  readonly reading: CellReading
  /** Read by joining pieces that stand apart. */
  readonly joined: boolean
}

const DASHES = new Set([
  '/',
  '\\',
  '-',
  '--',
  '---',
  '—',
  '——',
  '———',
  '－',
  '－－',
  '–',
  '―',
  '─',
  '──',
  '⸺',
  '⸻',
  '无',
  '不适用',
  'N/A',
  'n/a',
])
const ZEROS = new Set(['零'])
/** ①, ⑴, ㈠, ² and their like mark notes and items; folding would make figures of them. */
const ENCLOSED = /[²³¹⁰-₉①-⓿❶-➓㈠-㋿]/
const NUMBER = /^([+\-−]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:(万|亿)?(元)|(件|条|项|个|次|份|人|人次|篇|万|起|宗))?$/
/** Beyond this no figure is exact as a number of JavaScript, and none is true. */
const LONGEST = 20
/** What nearly every cell holds. */
const PLAIN = /^\d{1,9}$/
const SIGN_WORD = /^(?:减少?|下降|↓)(?=\d)/
const PLUS_WORD = /^(?:增加?|新增|↑)(?=\d)/
/** Units of money, in 元. */
const YUAN: Record<string, number> = { 元: 1, 万元: 10_000, 亿元: 100_000_000 }

const TEXT: CellText = { reading: { kind: 'text' }, joined: false }

/** `headerUnit` is the unit that the column's header prints; null where it prints none. */
export function readCell(raw: string, type: FactType, unit: string, headerUnit: string | null): CellText {
  if (PLAIN.test(raw) && YUAN[unit] === undefined) return plainNumber(Number(raw))
  const bare = withoutSpace(raw)
  if (bare === '') return { reading: { kind: 'empty' }, joined: false }
  const inner = bare.replace(/^[（(]([^（）()]*)[)）]$/, '$1')
  if (DASHES.has(inner) || DASHES.has(inner.normalize('NFKC'))) return { reading: { kind: 'dash' }, joined: false }
  if (ENCLOSED.test(bare)) return TEXT
  if (ZEROS.has(bare)) return { reading: { kind: 'zero' }, joined: false }
  const pieces = raw.normalize('NFKC').trim().split(/\s+/)
  const joined = pieces.length > 1 && pieces.filter((piece) => /\d/.test(piece)).length > 1
  if (joined && !mayBeOneNumber(raw)) return TEXT
  const value = readNumber(bare, type, unit, headerUnit)
  if (value === null) return TEXT
  return { ...plainNumber(value.toNumber()), joined }
}

function plainNumber(value: number): CellText {
  return { reading: value === 0 ? { kind: 'zero' } : { kind: 'number', value }, joined: false }
}

/** 1 234 567, where the printer's separator is a space. */
const THOUSANDS = /^[+-]?\d{1,3}(?:\s\d{3})+$/

/** Single digits set apart (letter-spacing), thousands set apart, or a run of digits cut by the end of a line. */
function mayBeOneNumber(raw: string): boolean {
  const lines = raw
    .normalize('NFKC')
    .trim()
    .split(/\s*\n\s*/)
  return lines.every((line) => {
    const pieces = line.split(/[^\S\n]+/)
    return pieces.length === 1 || pieces.every((piece) => piece.length === 1) || THOUSANDS.test(line)
  })
}

function readNumber(bare: string, type: FactType, unit: string, headerUnit: string | null): Big | null {
  let text = bare.normalize('NFKC').replaceAll('﹣', '-').replaceAll('−', '-').replaceAll('–', '-').replaceAll('—', '-')
  if (type === 'signed_integer') text = text.replace(SIGN_WORD, '-').replace(PLUS_WORD, '')
  const match = NUMBER.exec(text)
  if (match === null || text.length > LONGEST) return null
  const [, sign = '', whole = '', fraction = '', scale = '', yuan, counter] = match
  const value = new Big(`${sign === '-' ? '-' : ''}${whole.replaceAll(',', '')}${fraction}`)
  if (YUAN[unit] === undefined) return yuan === undefined && counter !== '万' ? value : null
  if (counter !== undefined && counter !== '万') return null
  const printed = yuan !== undefined ? `${scale}${yuan}` : counter === '万' ? '万元' : (headerUnit ?? unit)
  return value.times(YUAN[printed] ?? 1).div(YUAN[unit] ?? 1)
}

/** 采购总金额（单位：万元） → 万元. */
export function unitInHeader(text: string): string | null {
  return /(?:单位[:：]?|[（(])(万元|亿元|元)/.exec(withoutSpace(text))?.[1] ?? null
}
