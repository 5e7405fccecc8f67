import { describe, expect, test } from '@jest/globals'
import type { Block } from '../../src/document/model.js'
import type { Section } from '../../src/record.js'
import { form2014 } from '../../src/report/forms/2014.js'
import { form2019 } from '../../src/report/forms/2019.js'
import { form2021 } from '../../src/report/forms/2021.js'
import { entriesOf, topHeadings } from '../../src/report/outline.js'
import { readSections } from '../../src/report/sections.js'
import { documentOf, grid } from '../build/document.js'

const FORMS = [form2021, form2019, form2014]
const read = (...blocks: (Block | string)[]) => {
  const entries = entriesOf(documentOf(blocks), FORMS, () => false, new Set())
  return readSections(entries, topHeadings(entries, FORMS))
}
const sections = (...blocks: (Block | string)[]) => read(...blocks).sections
const outline = (list: readonly Section[]) => list.map(({ key, ordinal, title }) => `${key}:${ordinal}:${title}`)

const SIX = [
  '一、总体情况',
  '二、主动公开政府信息情况',
  '三、收到和处理政府信息公开申请情况',
  '四、政府信息公开行政复议、行政诉讼情况',
  '五、存在的主要问题及改进情况',
  '六、其他需要报告的事项',
]
const KEYS = ['overview', 'proactive', 'requests', 'review_litigation', 'problems', 'other']

describe('the six sections', () => {
  test('are told by their titles, with the ordinal as printed', () => {
    expect(outline(sections(...SIX))).toEqual(SIX.map((line, i) => `${KEYS[i]}:${line.slice(0, 1)}:${line.slice(2)}`))
  })

  test.each([
    ['1.', '2.', '3.', '4.', '5.', '6.'],
    ['1、', '2、', '3、', '4、', '5、', '6、'],
    ['第一部分 ', '第二部分 ', '第三部分 ', '第四部分 ', '第五部分 ', '第六部分 '],
    ['（一）', '（二）', '（三）', '（四）', '（五）', '（六）'],
    ['', '', '', '', '', ''],
  ])('are found when they count %s', (...ordinals) => {
    const lines = SIX.map((line, i) => `${ordinals[i]}${line.slice(2)}`)
    expect(sections(...lines).map(({ key }) => key)).toEqual(KEYS)
  })

  test('are found with other wordings', () => {
    const lines = [
      '一、概况',
      '二、行政机关主动公开政府信息的情况',
      '三、收到并处理政府信息公开申请情况',
      '四、因政府信息公开工作被申请行政复议、提起行政诉讼情况',
      '五、政府信息公开工作存在问题及下一步改进措施',
      '六、其他报告事项',
    ]
    expect(sections(...lines).map(({ key }) => key)).toEqual(KEYS)
  })

  test('are not told by the labels of a flattened table', () => {
    const lines = [
      ...SIX.slice(0, 3),
      '一、本年新收政府信息公开申请数量',
      '0',
      '二、上年结转政府信息公开申请数量',
      '0',
      '三、本年度办理结果',
      '四、结转下年度继续办理',
      '0',
      ...SIX.slice(3),
    ]
    expect(sections(...lines).map(({ key }) => key)).toEqual(KEYS)
  })

  test('are those of the text, not of the table of contents before it', () => {
    const found = sections('目录', ...SIX, ...SIX.flatMap((line) => [line, '正文。']))
    expect(found).toHaveLength(6)
    expect(found.map(({ text }) => text)).toEqual(Array(6).fill('正文。'))
  })

  test('are not told by their parts, which may count in the same way or alone', () => {
    const parts = ['（一）存在的主要问题及改进情况', '正文。', '（二）改进措施', '正文。']
    const bracketed = SIX.map((line) => `（${line.slice(0, 1)}）${line.slice(2)}`)
    const bare = SIX.map((line) => line.slice(2))
    for (const lines of [bracketed, bare]) {
      const found = sections(...lines.slice(0, 5), ...parts, ...lines.slice(5))
      expect(found.map(({ key }) => key)).toEqual(KEYS)
      expect(found[4]?.children.map(({ title }) => title)).toEqual(['存在的主要问题及改进情况', '改进措施'])
    }
  })

  test('keep the text that runs in after their title', () => {
    const [first] = sections('一、总体情况。2023年，我局工作平稳。', '另起一段。', SIX[1] ?? '')
    expect(first).toMatchObject({ key: 'overview', title: '总体情况', text: '2023年，我局工作平稳。\n另起一段。' })
  })

  test('may have their title in a row across a table', () => {
    const blocks = [...SIX.slice(0, 2), grid([`${SIX[2]}|<|<`, 'a|b|c']), ...SIX.slice(3)]
    expect(sections(...blocks).map(({ key }) => key)).toEqual(KEYS)
  })

  test('stand beside sections that the form does not know', () => {
    const lines = [
      '一、概述',
      '二、主动公开政府信息的情况',
      '三、依申请公开政府信息的情况',
      '四、信息化建设进展',
      '五、存在的主要问题及改进措施',
    ]
    expect(outline(sections(...lines))[3]).toBe('null:四:信息化建设进展')
  })
})

describe('the parts of a section', () => {
  test('are told by how they count', () => {
    const [first] = sections(
      '一、总体情况',
      '全年平稳。',
      '（一）主动公开',
      '公开信息10条。',
      '（二）依申请公开',
      '收到申请2件。',
      SIX[1] ?? '',
    )
    expect(first?.text).toBe('全年平稳。')
    expect(first?.children.map(({ ordinal, title, text }) => [ordinal, title, text])).toEqual([
      ['一', '主动公开', '公开信息10条。'],
      ['二', '依申请公开', '收到申请2件。'],
    ])
  })

  test.each([
    ['（一）主动公开情况。全年公开信息10条。', '主动公开情况', '全年公开信息10条。'],
    ['（一）主动公开：全年公开信息10条。', '主动公开', '全年公开信息10条。'],
    [
      '（一）主动公开情况全年通过门户网站、政务新媒体等渠道主动公开各类信息1692条，均按规定时限更新。',
      '主动公开情况',
      '全年通过门户网站、政务新媒体等渠道主动公开各类信息1692条，均按规定时限更新。',
    ],
  ])('may have their title run in: %s', (line, title, text) => {
    const [first] = sections('一、总体情况', line, SIX[1] ?? '')
    expect(first?.children[0]).toMatchObject({ title, text })
  })

  test('do not begin with a sentence that is merely numbered', () => {
    const [first] = sections(
      '一、总体情况',
      '1.全年公开信息10条，均按时更新。',
      '2.收到申请2件，均按时答复。',
      SIX[1] ?? '',
    )
    expect(first?.children).toEqual([])
    expect(first?.text.split('\n')).toHaveLength(2)
  })
})

describe('the passages of the sections', () => {
  const passages = (...lines: string[]) =>
    read(...lines).passages.map(({ section, text, location }) => [
      section,
      text,
      location?.kind === 'line' ? location.line : null,
    ])

  test('are their paragraphs and the headings within them, each with its place', () => {
    const lines = [
      '总体说明',
      '一、总体情况',
      '全年平稳。',
      '（一）依申请公开',
      '收到申请2件。',
      '办结2件。',
      '五、存在的主要问题及改进情况',
      '无。',
    ]
    expect(passages(...lines)).toEqual([
      ['overview', '全年平稳。', 3],
      ['overview', '依申请公开', 4],
      ['overview', '收到申请2件。', 5],
      ['overview', '办结2件。', 6],
      ['problems', '无。', 8],
    ])
  })

  test('stand where the heading stands that they run in after', () => {
    expect(passages('一、总体情况。全年平稳。', '（一）依申请公开。收到申请2件。', SIX[1] ?? '')).toEqual([
      ['overview', '全年平稳。', 1],
      ['overview', '依申请公开', 2],
      ['overview', '收到申请2件。', 2],
    ])
  })

  test('of a section that the form does not know have no key', () => {
    const lines = [
      '一、概述',
      '二、主动公开政府信息的情况',
      '三、信息化建设进展',
      '建成平台。',
      '四、存在的主要问题及改进措施',
    ]
    expect(passages(...lines)).toEqual([[null, '建成平台。', 4]])
  })

  test('are all there where parts of parts go on without end', () => {
    const { sections, passages } = read('一、总体情况', ...Array<string>(5_000).fill('（一）甲'), SIX[1] ?? '')
    expect(passages).toHaveLength(5_000)
    expect(depthOf(sections)).toBeLessThan(20)
  })
})

function depthOf(list: readonly Section[]): number {
  return Math.max(0, ...list.map(({ children }) => 1 + depthOf(children)))
}
