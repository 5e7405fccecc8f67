/**
 * Doubt → another program's reading, and doubtful figures → flags, by what other witnesses say of them.
 *
 * A figure that its reader was not sure of is a reason for review unless something independent bears it out: every identity it
 * takes part in holds and at least one of them is of figures that are not all nothing, or a second reader saw the same without
 * doubt. Then the doubt stays on record as a warning.
 */
import type { Check, Flag } from '../record.js'
import { type FactDoubt, type FormFact, numberOf, type ReportReading } from '../report/reading.js'
import { type SecondReading, wordOfOrder } from './second-reading.js'

/** A sum cannot tell whose figure it is that stands for several, nor whether a picture was recognised rightly throughout. */
const NOT_FOR_SUMS: ReadonlySet<FactDoubt> = new Set<FactDoubt>(['merged_value', 'recognised_text'])
/** Both readers see the same layout; only what the characters are do they settle on their own. */
const FOR_READERS: ReadonlySet<FactDoubt> = new Set<FactDoubt>([
  'distrusted_glyph',
  'undecodable_text',
  'overprinted_text',
])

const WORDING: Record<FactDoubt, string> = {
  distrusted_glyph: '字体未说明字形对应的字符',
  open_grid: '单元格边线不全，文字归属不明',
  straddling_text: '文字跨越单元格边线',
  overprinted_text: '文字重叠印刷',
  picture_page: '所在页面是图片',
  recognised_text: '文字由扫描件识别得来',
  damaged_part: '所在部分已损坏',
  ragged_row: '所在行的数值个数与栏数不符',
  undecodable_text: '字符编码有误',
  joined_digits: '由分开印刷的数字合并而成',
  merged_value: '一个单元格跨越表式的多个栏目',
}

/** Both readers see the same picture, and to decode it costs much: there is nothing that a second one could settle. */
const PICTURES: ReadonlySet<string> = new Set<FactDoubt>(['picture_page', 'recognised_text'])

/** Is there anything that a second reader could bear out or contradict? */
export function isDoubtful(reading: ReportReading, checks: readonly Check[]): boolean {
  if (reading.flags.some(({ code }) => PICTURES.has(code))) return false
  return (
    reading.flags.some(({ severity }) => severity === 'error') ||
    reading.facts.some((fact) => fact.doubt !== undefined || wordOfOrder(fact) === 'differs') ||
    checks.some(({ level, outcome }) => level === 'error' && outcome === 'fail') ||
    standAlone(reading.facts, checks)
  )
}

/** A figure that nothing but the cell it lies in speaks for: no sum holds through it, and its row says nothing of its column. */
function standAlone(facts: readonly FormFact[], checks: readonly Check[]): boolean {
  const alone = facts.filter((fact) => fact.reading !== null && wordOfOrder(fact) === 'silent')
  if (alone.length === 0) return false
  const held = checks.filter(({ level, outcome, facts }) => level === 'error' && outcome === 'pass' && facts.length > 1)
  const borne = new Set(held.flatMap((check) => check.facts))
  return alone.some(({ key }) => !borne.has(key))
}

export function doubtFlags(
  facts: readonly FormFact[],
  checks: readonly Check[],
  second: SecondReading | null,
): readonly Flag[] {
  const values = new Map(facts.map((fact) => [fact.key, numberOf(fact.reading)]))
  return facts.flatMap((fact) => {
    const { doubt } = fact
    if (doubt === undefined) return []
    const settled =
      (FOR_READERS.has(doubt) && second?.agreed.has(fact.key) === true) ||
      (!NOT_FOR_SUMS.has(doubt) && borneOut(fact, checks, values))
    return [flag(fact, doubt, settled)]
  })
}

function borneOut(fact: FormFact, checks: readonly Check[], values: ReadonlyMap<string, number | null>): boolean {
  const identities = checks.filter(
    (check) => check.level === 'error' && check.facts.length > 1 && check.facts.includes(fact.key),
  )
  const telling = identities.some((check) => check.facts.some((key) => (values.get(key) ?? 0) !== 0))
  return telling && identities.every((check) => check.outcome === 'pass')
}

function flag(fact: FormFact, doubt: FactDoubt, settled: boolean): Flag {
  const remark = settled ? '，但与相关勾稽关系或另一读取方法相符' : '，请核对原件'
  const message = `「${fact.label}」读作「${fact.raw ?? ''}」：${WORDING[doubt]}${remark}。`
  return {
    code: 'doubtful_figure',
    severity: settled ? 'warning' : 'error',
    message,
    facts: [fact.key],
    location: fact.location,
  }
}
