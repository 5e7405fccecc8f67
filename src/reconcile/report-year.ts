/**
 * ST-YEAR: the title, the period and the prose speak of the year that the report is about.
 *
 * Prose names other years for good reasons (last year's carry-over, a document's number, a law's date), so the rule only fails where
 * the report's year is contradicted: by the title, by the period, or by the year that opens a sentence and so governs a
 * figure that a prose rule found in it (2022年我镇收到…, left over from last year's text).
 */
import type { ReportReading } from '../report/reading.js'
import type { Capture } from './captures.js'
import type { Verdict } from './finding.js'
import { normaliseProse } from './prose.js'

const YEAR = /20\d{2}(?=年)/
const YEARS = new RegExp(YEAR, 'g')
/** Only a number, a heading that ran into the sentence or the organ's own name may stand before the year. */
const OPENING =
  /^[(（]?[一二三四五六七八九十\d]{0,2}(?:[)）、.．]|是)?(?:[^\d,，;；、:：。]{0,20}情况[:：.]?|[我本][^\d,，;；、:：]{1,6}|[^\d,，;；、:：]{2,20}(?:政府|局|厅|委|办|镇|乡|街道|中心|处|院|会))?/
/** A year that is named for a month, a document or a carry-over is not the year reported on. */
const YEAR_REPORTED =
  /^(20\d{2})年(?!\d|以来|起|底|末|初|度?(?:结转|转结|遗留|顺延|转入|印发|制定|出台|修订|修正|颁布|公布|施行))/
/** Rules whose figures come from another year, or from many. */
const ABOUT_OTHER_YEARS = new Set(['N-CARRIED-IN', 'N-CARRIED-OUT', 'N-NO-CARRY-OUT', 'N-DOCS-VALID'])

export function judgeYear(reading: ReportReading, captures: readonly Capture[]): Verdict | null {
  const { year, title, period } = reading
  if (year === null) return null
  const other = otherYearIn(year, title, period) ?? otherYearOfProse(year, captures)
  if (other === null) {
    return { outcome: 'pass', expected: year, actual: year, message: `标题、统计期限和正文均为 ${year} 年。` }
  }
  return {
    outcome: 'fail',
    expected: year,
    actual: other.year,
    message: `报告年度为 ${year} 年，${other.where}却为 ${other.year} 年，请核对是否沿用了其他年度的文字。`,
  }
}

interface OtherYear {
  readonly year: number
  readonly where: string
}

function otherYearIn(year: number, title: string | null, period: ReportReading['period']): OtherYear | null {
  const titleYears = [...normaliseProse(title ?? '').matchAll(YEARS)].map(([year]) => Number(year))
  const [titleYear] = titleYears
  if (titleYear !== undefined && !titleYears.includes(year)) return { year: titleYear, where: '标题' }
  for (const date of period === null ? [] : [period.start, period.end]) {
    const periodYear = Number(date.slice(0, 4))
    if (periodYear !== year) return { year: periodYear, where: '统计期限' }
  }
  return null
}

function otherYearOfProse(year: number, captures: readonly Capture[]): OtherYear | null {
  for (const { rule, sentence, start } of captures) {
    if (ABOUT_OTHER_YEARS.has(rule.id) || sentence.includes(`${year}年`)) continue
    const named = openingYear(sentence)
    if (named !== null && named.end <= start && named.year !== year) {
      return { year: named.year, where: `正文“${sentence.slice(0, 40)}${sentence.length > 40 ? '…' : ''}”` }
    }
  }
  return null
}

function openingYear(sentence: string): { readonly year: number; readonly end: number } | null {
  const at = sentence.search(YEAR)
  if (at < 0 || OPENING.exec(sentence.slice(0, at))?.[0].length !== at) return null
  const match = YEAR_REPORTED.exec(sentence.slice(at))
  return match === null ? null : { year: Number(match[1]), end: at + match[0].length }
}
