/**
 * Structure rules: what a report must be made of, whatever its figures say. Sections in order, tables with all their cells, no
 * blanks, something said on problems and on fees. Each is judged once for the report.
 */
import type { ReportReading } from '../report/reading.js'
import type { Capture } from './captures.js'
import { isBlankFact } from './fact-index.js'
import { type Finding, finding, skip, type Verdict } from './finding.js'
import { textOf } from './prose.js'
import { judgeYear } from './report-year.js'
import type { StructureId, StructureRule } from './rule.js'
import { listNames, nameOf } from './wording.js'

type Judgement = { readonly verdict: Verdict; readonly facts?: readonly string[] }
type Judge = (reading: ReportReading, captures: readonly Capture[]) => Judgement | null

/** Less than this on problems and improvements says nothing. */
const SHORTEST_PROBLEMS = 10

export function checkStructure(
  rule: StructureRule,
  reading: ReportReading,
  captures: readonly Capture[],
): Finding | null {
  const judgement = JUDGES[rule.id](reading, captures)
  return judgement === null ? null : finding(rule, '', judgement.facts ?? [], judgement.verdict)
}

function verdict(
  holds: boolean,
  held: string,
  broken: string,
  expected: number | null = null,
  actual: number | null = null,
) {
  return { outcome: holds ? 'pass' : 'fail', expected, actual, message: holds ? held : broken } as const
}

const JUDGES: Record<StructureId, Judge> = {
  'ST-SECTIONS': ({ sections, expectedSections }) => {
    const expected = expectedSections.map(({ key }) => key)
    const found = sections.flatMap(({ key }) => (key !== null && expected.includes(key) ? [key] : []))
    const titleOf = (key: string): string => expectedSections.find((section) => section.key === key)?.title ?? key
    const missing = expected.filter((key) => !found.includes(key))
    const twice = expected.filter((key) => found.indexOf(key) !== found.lastIndexOf(key))
    const complaints = [
      ...missing.map((key) => `缺少「${titleOf(key)}」`),
      ...twice.map((key) => `「${titleOf(key)}」出现多次`),
      ...(missing.length + twice.length === 0 && found.join() !== expected.join() ? ['各部分次序与规定不符'] : []),
    ]
    const count = new Set(found).size
    return {
      verdict: verdict(
        complaints.length === 0,
        `${expected.length} 个部分齐全且按序。`,
        `${complaints.join('，')}。`,
        expected.length,
        count,
      ),
    }
  },

  'ST-TABLES': ({ formTables, facts }) => {
    const absent = formTables.filter(({ state }) => state !== 'found')
    const names = absent.map(({ name, state }) => `「${name}」${state === 'picture' ? '是图片' : '未找到'}`)
    return {
      verdict: verdict(
        absent.length === 0,
        '各部分表格齐全。',
        `${names.join('，')}。`,
        formTables.length,
        formTables.length - absent.length,
      ),
      facts: facts.filter(({ table }) => absent.some(({ key }) => key === table)).map(({ key }) => key),
    }
  },

  'ST-ROWS': ({ facts }) => {
    const missing = facts.filter(({ reading, absentByVariant }) => reading === null && !absentByVariant)
    return {
      verdict: verdict(
        missing.length === 0,
        '表格行列齐全。',
        `表格中有 ${missing.length} 栏未找到：${listNames(missing.map(nameOf))}。`,
        0,
        missing.length,
      ),
      facts: missing.map(({ key }) => key),
    }
  },

  'ST-BLANK': ({ facts }) => {
    const blank = facts.filter(isBlankFact)
    return {
      verdict: verdict(
        blank.length === 0,
        '表格各栏均有数字。',
        `表格中有 ${blank.length} 栏空白或填“/”，没有的应填 0。`,
        0,
        blank.length,
      ),
      facts: blank.map(({ key }) => key),
    }
  },

  'ST-YEAR': (reading, captures) => ({
    verdict: judgeYear(reading, captures) ?? skip('未能确定报告年度，无法核对年份。'),
  }),

  'ST-SEC5': ({ sections }) => {
    const section = sections.find(({ key }) => key === 'problems')
    if (section === undefined) return null
    const { length } = textOf(section)
    return {
      verdict: verdict(
        length >= SHORTEST_PROBLEMS,
        '第五部分有实质内容。',
        '第五部分（存在的主要问题及改进情况）为空或仅写“无”。',
      ),
    }
  },

  'ST-SEC6-FEE': ({ sections }) => {
    const section = sections.find(({ key }) => key === 'other')
    if (section === undefined) return null
    return {
      verdict: verdict(
        textOf(section).includes('处理费'),
        '第六部分已报告信息处理费收取情况。',
        '第六部分（其他需要报告的事项）未报告信息处理费收取情况。',
      ),
    }
  },

  'ST-FORM-MIX': ({ mixedForms }) => ({
    verdict: verdict(mixedForms.length === 0, '未混用旧版表格。', `混用旧版表格：${mixedForms.join('、')}。`),
  }),
}
