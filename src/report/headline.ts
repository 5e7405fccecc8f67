/**
 * The head of a report: title, organ, year, period.
 *
 * The title may run over several lines, with the organ or the year on a line of its own, or be missing from the body; then
 * what the file says of itself and the signature serve. The period is only what the report states.
 */
import type { Document, Paragraph } from '../document/model.js'
import { withoutSpace } from './labels.js'
import { paragraphsOf } from './lines.js'

export interface Headline {
  readonly title: string | null
  readonly organ: string | null
  readonly year: number | null
  readonly period: { readonly start: string; readonly end: string } | null
  /** The paragraphs that make up the title. */
  readonly paragraphs: readonly Paragraph[]
}

/** A title is set over at most so many lines. */
const TITLE_LINES = 4
/** …none of them longer than this… */
const LINE_LENGTH = 80
/** …among the first paragraphs of a report. */
const HEAD = 40

const TITLE =
  /^(?<lead>\D{0,60}?)(?:关于)?(?:(?<year1>20\d{2})年?度?)?(?<organ>\D{0,40}?)政[府务]信息公开(?:工作)?(?:的)?(?:(?<year2>20\d{2})年?度?)?(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:报告|年报)(?:\((?:(?<year3>20\d{2})年?度?|\D{0,12})\))?$/
const NOT_IN_TITLE = /[。；;！？!?>|]|根据|按照|通知|的函$|办法|规定|格式/
const ORGAN =
  /(?:人民政府|政府|局|委|委员会|委会|厅|部|署|院|会|办公室|办公厅|办事处|办|镇|乡|街道|管委会|中心|馆|站|所|队|行|公司|集团|大学|学院|医院|学校)$/
const CHINESE_YEAR = /[二2][〇○零0oO][〇○零一二三四五六七八九\d]{2}(?=年)/
const DIGITS: Record<string, string> = {
  〇: '0',
  '○': '0',
  零: '0',
  o: '0',
  O: '0',
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
}
const PERIOD =
  /(?<y1>20\d{2})年?(?<m1>\d{1,2})月(?<d1>\d{1,2})日?(?:起)?(?:至|到|—+|-|~|～)(?:同年|(?<y2>20\d{2})年?|20(?<y2a>\d{2})(?<m2a>1[0-2])月)?(?:(?<m2>\d{1,2})月)?(?<d2>\d{1,2})日?(?:止|[^\d件条])/
const SIGNATURE_DATE = /^20\d{2}年\d{1,2}月\d{1,2}日$/

export function readHeadline(document: Document): Headline {
  const paragraphs = paragraphsOf(document)
  const printed = findTitle(document)
  const declared = document.declaredTitle === null ? null : readTitle(trimSiteName(document.declaredTitle))
  const text = paragraphs.map((paragraph) => withoutSpace(paragraph.text).normalize('NFKC')).join('\n')
  const period = readPeriod(text)
  const title = printed ?? (declared === null ? null : { ...declared, paragraphs: [] })
  const organ = title?.organ ?? declared?.organ ?? statedOrgan(text) ?? signature(paragraphs)
  const year = title?.year ?? declared?.year ?? (period === null ? null : Number(period.start.slice(0, 4)))
  return { title: title?.title ?? null, organ, year, period, paragraphs: title?.paragraphs ?? [] }
}

interface Title {
  readonly title: string
  readonly organ: string | null
  readonly year: number | null
}

interface PrintedTitle extends Title {
  readonly paragraphs: readonly Paragraph[]
}

/** The fullest title: with organ and year rather than without, then the first; without lines that are set in another way. */
function findTitle(document: Document): PrintedTitle | null {
  let best: PrintedTitle | null = null
  for (const lines of linesThatMayJoin(document)) {
    for (let from = 0; from < lines.length; from++) {
      const title = readTitleAt(lines, from)
      if (title === null || (best !== null && fullness(title) <= fullness(best))) continue
      if (best !== null && !title.title.includes(best.title)) continue
      best = title
    }
  }
  return best
}

/** Short paragraphs of the head of the document that follow each other directly. */
function linesThatMayJoin(document: Document): readonly (readonly Paragraph[])[] {
  const runs: Paragraph[][] = [[]]
  let count = 0
  for (const block of document.blocks) {
    if (block.kind === 'grid' || block.text.length > LINE_LENGTH) runs.push([])
    else runs.at(-1)?.push(block)
    if (block.kind === 'paragraph' && ++count >= HEAD) break
  }
  return runs
}

function readTitleAt(lines: readonly Paragraph[], from: number): PrintedTitle | null {
  let best: PrintedTitle | null = null
  for (let count = 1; count <= TITLE_LINES && from + count <= lines.length; count++) {
    const paragraphs = lines.slice(from, from + count)
    const title = readTitle(paragraphs.map((line) => line.text).join(''))
    if (title !== null && (best === null || fullness(title) > fullness(best))) best = { ...title, paragraphs }
  }
  return best === null ? null : withoutStrangers(best)
}

/** What stands over a title that is complete without it, and is set in another way, is no part of it: a button, a caption. */
function withoutStrangers(title: PrintedTitle): PrintedTitle {
  const [first, ...rest] = title.paragraphs
  const second = rest[0]
  if (first === undefined || second === undefined || setAlike(first, second)) return title
  const shorter = readTitle(rest.map((line) => line.text).join(''))
  if (shorter === null || fullness(shorter) < fullness(title)) return title
  return withoutStrangers({ ...shorter, paragraphs: rest })
}

function setAlike(a: Paragraph, b: Paragraph): boolean {
  return a.cue.level === b.cue.level && a.cue.size === b.cue.size && a.cue.centred === b.cue.centred
}

function fullness(title: Title): number {
  return (title.organ === null ? 0 : 1) + (title.year === null ? 0 : 1)
}

export function readTitle(text: string): Title | null {
  const title = withoutSpace(text)
  if (title.length > 100 || NOT_IN_TITLE.test(title)) return null
  const match = TITLE.exec(withArabicYear(title.normalize('NFKC')))
  if (match?.groups === undefined) return null
  const { lead = '', year1, organ = '', year2, year3 } = match.groups
  const name = lead !== '' && organ !== '' ? `${lead}${organ}` : lead || organ
  const year = year1 ?? year2 ?? year3
  if (name !== '' && !ORGAN.test(name)) return null
  return { title, organ: name === '' ? null : name, year: year === undefined ? null : Number(year) }
}

/** 二〇二三年 → 2023年. */
function withArabicYear(text: string): string {
  return text.replace(CHINESE_YEAR, (year) => [...year].map((digit) => DIGITS[digit] ?? digit).join(''))
}

/** 某局2023年政府信息公开工作年度报告-某市人民政府门户网站 → the part before the site's name. */
function trimSiteName(text: string): string {
  return text.split(/\s*[-_|—–]\s*(?=[^\d])/)[0] ?? text
}

function readPeriod(text: string): Headline['period'] {
  for (const match of text.matchAll(new RegExp(PERIOD, 'g'))) {
    const { y1, m1, d1, y2, y2a, m2a, m2, d2 } = match.groups ?? {}
    const endMonth = m2 ?? m2a
    if (y1 === undefined || m1 === undefined || d1 === undefined || d2 === undefined || endMonth === undefined) continue
    const start = isoDate(y1, m1, d1)
    const end = isoDate(y2 ?? (y2a === undefined ? y1 : `20${y2a}`), endMonth, d2)
    if (start !== null && end !== null && start < end) return { start, end }
  }
  return null
}

function isoDate(year: string, month: string, day: string): string | null {
  const inRange = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31
  return inRange ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : null
}

/** 编制并公布某局2021年政府信息公开…; 发布机构：某局. */
function statedOrgan(text: string): string | null {
  const stated =
    /(?:编制并公布|编制|公布|发布)(?:了)?(?<a>[^，。；\d\n]{2,40}?)20\d{2}年?度?政[府务]信息公开/.exec(text)?.groups
      ?.a ??
    /(?:发布机构|发布单位|发文机关|公开机构|信息来源|编制单位|填报单位(?:（盖章）)?)[:：](?<b>[^，。；\n]{2,40})/.exec(
      text,
    )?.groups?.b
  return stated !== undefined && ORGAN.test(stated) ? stated : null
}

/** The organ over the date at the foot of the report. */
function signature(paragraphs: readonly Paragraph[]): string | null {
  const texts = paragraphs.map((paragraph) => withoutSpace(paragraph.text))
  for (let i = texts.length - 1; i > 0; i--) {
    const name = texts[i - 1] ?? ''
    if (SIGNATURE_DATE.test(withArabicYear(texts[i] ?? '')) && name.length <= 40 && ORGAN.test(name)) return name
  }
  return null
}
