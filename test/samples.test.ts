/**
 * What is read from each sample, held against what the sample was made from: no record made by gouji takes part.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { SAMPLES } from '../scripts/samples/catalogue.js'
import type { SampleReport } from '../scripts/samples/model.js'
import { extract } from '../src/extract.js'
import type { ReportRecord, Section } from '../src/record.js'
import { type SampleInput, sampleBytes, sampleInputs, sampleNames } from './build/samples.js'

const OPTIONS = { engine: 'pdfium', secondReading: 'doubt' } as const

const CLEAN = { status: 'accepted', failed: [], flags: [] }

/** Checks that fail, and flags other than theirs: what is wanted of each sample and nothing else. */
const OUTCOMES: Record<string, unknown> = {
  'luoyang-2020.md': { status: 'accepted', failed: [], flags: ['row_ragged'] },
  '清源市水务局2023年度报告.docx': CLEAN,
  '清源市水务局2023年度报告.pdf': CLEAN,
  '临澜市人民政府2022年度报告.pdf': CLEAN,
  '临澜市商务局2024年度报告.html': CLEAN,
  '望岫县教育局2020年度报告.docx': CLEAN,
  '青墟县自然资源局2019年度报告.html': CLEAN,
  '云岫区司法局2016年度报告.docx': CLEAN,
  '桃屿镇人民政府2023年度报告.txt': CLEAN,
  '杏汀街道办事处2023年度报告.docx': CLEAN,
  '石杏镇人民政府2020年度报告-零值留空.txt': { status: 'accepted', failed: ['warning ST-BLANK'], flags: [] },
  '澜东街道办事处2021年度报告-正文与表格不符.md': { status: 'accepted', failed: ['warning N-NEW'], flags: [] },
  '青墟县林业局2023年度报告-沿用旧表.docx': {
    status: 'accepted',
    failed: ['info ST-FORM-MIX'],
    flags: ['form_variant'],
  },
  '清源市民政局2022年度报告-行合计有误.docx': {
    status: 'needs_review',
    failed: ['error T3-OUTCOME-21 total', 'error T3-ROW-21 requests.outcome.granted', 'warning N-OUT-GRANTED'],
    flags: [],
  },
  '云岫区教育局2022年度报告-勾稽不平.html': {
    status: 'needs_review',
    failed: ['error T3-BALANCE natural_person', 'error T3-BALANCE commercial_enterprise'],
    flags: [],
  },
  '望岫县人民政府2023年度报告-复议总计为零.pdf': {
    status: 'needs_review',
    failed: ['error T4-REVIEW', 'warning N-REVIEW'],
    flags: [],
  },
  '清源市人民政府办公室关于报送年度报告的通知.docx': { status: 'failed', failed: ['not_a_report'], flags: [] },
}

const inputs = await sampleInputs()
const generated = inputs.flatMap((input) => (input.report === null ? [] : [{ ...input, report: input.report }]))

const records = new Map<string, Promise<ReportRecord>>()
/** Each sample is read once for all that is asked about it. */
function recordOf({ name, bytes }: SampleInput): Promise<ReportRecord> {
  const record = records.get(name) ?? extract(bytes, name, OPTIONS)
  records.set(name, record)
  return record
}

describe('samples', () => {
  test.each(SAMPLES)('$file is what the script makes', ({ file, made }) => {
    if (made.by === 'script') expect(Buffer.compare(sampleBytes(file), made.bytes)).toBe(0)
    else expect(sampleNames()).toContain(file)
  })

  test('every sample is accounted for', () => {
    const sources = readFileSync(new URL('../samples/SOURCES.md', import.meta.url), 'utf8')
    expect(sampleNames().filter((name) => !sources.includes(`\`${name}\``))).toEqual([])
  })

  test.each(generated)('$name: every figure is read as printed', async (sample) => {
    const { facts } = await recordOf(sample)
    const found = facts.filter(({ raw }) => raw !== null)
    const read = Object.fromEntries(found.map(({ key, raw, value }) => [key, { raw, value }]))
    const printed = [...sample.report.printed].map(([key, text]) => [key, { raw: text, value: numberOf(text) }])
    expect(read).toEqual(Object.fromEntries(printed))
  })

  test.each(generated)('$name: title, organ, year and period are read', async (sample) => {
    const { organ, year, title } = sample.report
    const period = { start: `${year}-01-01`, end: `${year}-12-31` }
    expect((await recordOf(sample)).report).toMatchObject({ title, organ, year, period })
  })

  test.each(generated)('$name: sections and their prose are read', async (sample) => {
    const { sections } = await recordOf(sample)
    expect(sections.flatMap(outline)).toEqual(headings(sample.report))
    const text = sections.map(proseOf).join('\n')
    expect(paragraphs(sample.report).filter((paragraph) => !text.includes(paragraph))).toEqual([])
  })

  test('luoyang-2020.md: every figure is read as printed', async () => {
    const luoyang = inputs.find(({ name }) => name === 'luoyang-2020.md')
    if (luoyang === undefined) throw new Error('the sample is missing')
    const { report, facts } = await recordOf(luoyang)
    expect(report).toMatchObject({ organ: '洛阳市政务服务和大数据管理局', year: 2020, vintage: '2019' })
    expect(facts).toHaveLength(198)
    const notZero = facts.filter(({ value, raw }) => value !== 0 || raw !== '0')
    expect(notZero.map(({ key, value }) => [key, value])).toEqual([
      ['proactive.normative_documents.made', 1],
      ['proactive.normative_documents.newly_disclosed', 1],
      ['proactive.normative_documents.disclosed_total', 2],
    ])
  })

  test.each(inputs)('$name: what is wrong with it is found and nothing else', async (sample) => {
    expect(outcomeOf(await recordOf(sample))).toEqual(OUTCOMES[baseName(sample.name)])
  })
})

function outcomeOf({ status, failure, checks, flags }: ReportRecord): unknown {
  const failed = checks.filter(({ outcome }) => outcome === 'fail')
  return {
    status,
    failed: [
      ...(failure === null ? [] : [failure.code]),
      ...failed.map(({ level, rule, subject }) => `${level} ${rule} ${subject}`.trim()),
    ],
    flags: flags.map(({ code }) => code).filter((code) => code !== 'check_failed'),
  }
}

function numberOf(text: string): number | null {
  return text === '' ? null : Number(text.replaceAll(',', ''))
}

function outline({ ordinal, title, children }: Section): string[] {
  return [`${ordinal} ${title}`, ...children.flatMap(outline)]
}

function headings({ blocks }: SampleReport): string[] {
  return blocks.flatMap((block) => (block.kind === 'heading' ? [`${block.ordinal} ${block.text}`] : []))
}

function proseOf({ text, children }: Section): string {
  return [text, ...children.map(proseOf)].join('\n')
}

function paragraphs({ blocks }: SampleReport): string[] {
  return blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []))
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
