/**
 * Facts and sums in the words of a reviewer: 自然人：本年新收 33 ＋ 上年结转 0 ＝ 33.
 *
 * What all facts of a rule have in common (the row, the column) is said once, before the colon; each is then named by what is
 * its own. Labels come from the form; enumerators, notes in brackets and headings that only group are left out.
 */
import { type FormFact, numberOf } from '../report/reading.js'
import type { Source } from './rule.js'

export interface Addend {
  readonly fact: FormFact
  readonly factor: number
  readonly source: Source
}

/** More parts than this are not listed, only counted. */
const MOST_LISTED = 6
const LONGEST_NAME = 18

const ENUMERATOR = /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、]|其中[:：])\s*/
const NOTE = /[（(][^（）()]*[）)]$/
const OUTCOMES = '本年度办理结果'
const GROUPING = new Set(['申请人情况', '法人或其他组织', '统计数', ''])
const SOURCE_NAMES: Record<Source, string> = { report: '', previous: '上年报告', children: '所属机关合计' }

/** The labels are those of the forms, and each fact is named in several rules: a label is taken apart once. */
const paths = new Map<string, readonly string[]>()

/** What the cell is called, from the outside in. */
function pathOf({ label }: FormFact): readonly string[] {
  const known = paths.get(label)
  if (known !== undefined) return known
  const parts = label.split(' / ').map(shorten)
  const telling = parts.filter((part) => !GROUPING.has(part))
  const path = telling.length > 0 ? telling : parts
  paths.set(label, path)
  return path
}

function shorten(part: string): string {
  const bare = part
    .replace(ENUMERATOR, '')
    .replace(NOTE, '')
    .replace(/政府信息公开申请数量?$/, '')
  return bare.length > LONGEST_NAME ? `${bare.slice(0, LONGEST_NAME)}…` : bare
}

/** The name of one fact by itself. */
export function nameOf(fact: FormFact): string {
  return phrase(pathOf(fact))
}

export interface Names {
  /** With its colon; empty where the facts have nothing in common. */
  readonly subject: string
  nameOf(addend: Addend): string
}

export function nameApart(addends: readonly Addend[]): Names {
  const all = addends.map((addend) => pathOf(addend.fact))
  const [first = []] = all
  const shortest = Math.min(...all.map((path) => path.length))
  const alike = (at: (path: readonly string[]) => string | undefined): boolean =>
    all.every((path) => at(path) === at(first))
  let head = 0
  while (head < shortest - 1 && alike((path) => path[head])) head++
  if (head === 1 && first[0] === OUTCOMES) head = 0
  let tail = 0
  while (head + tail < shortest - 1 && alike((path) => path[path.length - 1 - tail])) tail++
  const subject = [phrase(first.slice(0, head)), column(first.slice(first.length - tail))].filter((part) => part !== '')
  const own = (fact: FormFact): readonly string[] => pathOf(fact).slice(head, pathOf(fact).length - tail)
  const lasts = new Set(all.map((path) => path[path.length - 1 - tail]))
  const lastTells = lasts.size === all.length
  return {
    subject: all.length > 1 && subject.length > 0 ? `${subject.join('·')}：` : '',
    nameOf: ({ fact, source }) => {
      const path = own(fact)
      const name = lastTells && path[0] !== OUTCOMES ? path.slice(-1) : path
      return `${SOURCE_NAMES[source]}${phrase(name)}`
    },
  }
}

/** The heading over all outcomes is said only where nothing else would name its total. */
function phrase(path: readonly string[]): string {
  const [first, second] = path
  if (first !== OUTCOMES) return path.join('·')
  return second === '总计' ? ['办理结果总计', ...path.slice(2)].join('·') : path.slice(1).join('·')
}

/** 总计 is a row as well as a column. */
function column(path: readonly string[]): string {
  return path.map((part) => (part === '总计' ? '总计栏' : part)).join('·')
}

/** 本年新收 33 ＋ 上年结转 0 ＝ 33 */
export function describeSum(addends: readonly Addend[], sum: number, names: Names): string {
  const [only] = addends
  if (only === undefined) return `规定为 ${sum}`
  if (addends.length === 1 && only.factor === 1) return `${names.nameOf(only)} ${sum}`
  if (addends.length > MOST_LISTED) return `${addends.length} 个分项之和 ${sum}`
  const listed = addends.map((addend, position) => {
    const sign = addend.factor < 0 ? '－ ' : position > 0 ? '＋ ' : ''
    const size = Math.abs(addend.factor)
    return `${sign}${names.nameOf(addend)} ${numberOf(addend.fact.reading) ?? '空'}${size === 1 ? '' : ` × ${size}`}`
  })
  return `${listed.join(' ')} ＝ ${sum}`
}

export function blankNote(blanks: number): string {
  return blanks > 0 ? `（${blanks} 个空白栏按 0 计）` : ''
}

/** Up to three names, and how many more. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `「${name}」`)
  return names.length > shown.length ? `${shown.join('、')}等 ${names.length} 栏` : shown.join('、')
}
