import { describe, expect, test } from '@jest/globals'
import { inList, level, list, p, paragraph, run, tbl, tc, tr } from '../../build/docx.js'
import { texts } from '../../build/docx-reading.js'

const CHAPTERS = list(1, level(0, 'chineseCountingThousand', '%1、'), level(1, 'chineseCounting', '（%2）'))
const DECIMAL = list(1, level(0, 'decimal', '%1.'), level(1, 'decimal', '%1.%2'), level(2, 'decimal', '%1.%2.%3'))
const at = (depth: number, content: string, listId = 1): string => p(content, inList(listId, depth))

describe('automatic numbers', () => {
  test('stand in front of the text as they are printed', async () => {
    const body = at(0, '总体情况') + at(1, '主动公开') + at(1, '依申请公开') + at(0, '问题') + at(1, '不足')
    expect(await texts(body, { numbering: CHAPTERS })).toEqual([
      '一、总体情况',
      '（一）主动公开',
      '（二）依申请公开',
      '二、问题',
      '（一）不足',
    ])
  })

  test('show the counters of several levels', async () => {
    const body = at(0, '甲') + at(1, '乙') + at(2, '丙') + at(2, '丁') + at(1, '戊') + at(2, '己')
    expect(await texts(body, { numbering: DECIMAL })).toEqual([
      '1.甲',
      '1.1乙',
      '1.1.1丙',
      '1.1.2丁',
      '1.2戊',
      '1.2.1己',
    ])
  })

  test('a level above that has not been counted yet shows its start', async () => {
    expect(await texts(at(1, '甲') + at(0, '乙'), { numbering: DECIMAL })).toEqual(['1.1甲', '1.乙'])
  })

  test('are continued over paragraphs that are in no list, and over tables', async () => {
    const body = at(0, '甲') + p('文') + tbl([1000], tr(tc(at(0, '乙')))) + at(0, '丙')
    expect(await texts(body, { numbering: CHAPTERS })).toEqual(['一、甲', '文', [['二、乙']], '三、丙'])
  })

  test('start where the level says so', async () => {
    const numbering = list(1, level(0, 'decimal', '%1）').replace('w:start w:val="1"', 'w:start w:val="5"'))
    expect(await texts(at(0, '甲') + at(0, '乙'), { numbering })).toEqual(['5）甲', '6）乙'])
  })

  test('lists of one abstract list count together, unless one starts anew', async () => {
    const numbering = `${DECIMAL}<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`
    const body = at(0, '甲') + at(0, '乙', 2) + at(0, '丙', 3) + at(0, '丁', 3) + at(0, '戊')
    expect(await texts(body, { numbering })).toEqual(['1.甲', '2.乙', '1.丙', '2.丁', '3.戊'])
  })

  test('a list may replace a level of its abstract list', async () => {
    const numbering = `${DECIMAL}<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">${level(0, 'decimalEnclosedCircle', '%1')}</w:lvlOverride></w:num>`
    expect(await texts(at(0, '甲', 2), { numbering })).toEqual(['①甲'])
  })

  test('a level that never restarts counts on', async () => {
    const numbering = list(
      1,
      level(0, 'decimal', '%1.'),
      level(1, 'decimal', '(%2)', '<w:lvlRestart w:val="0"/>'),
      level(2, 'decimal', '[%3]', '<w:lvlRestart w:val="1"/>'),
    )
    const body =
      at(0, '甲') + at(1, '乙') + at(2, '丙') + at(1, '丁') + at(2, '戊') + at(0, '己') + at(1, '庚') + at(2, '辛')
    expect(await texts(body, { numbering })).toEqual([
      '1.甲',
      '(1)乙',
      '[1]丙',
      '(2)丁',
      '[2]戊',
      '2.己',
      '(3)庚',
      '[1]辛',
    ])
  })

  test('a legal level shows all counters in arabic digits', async () => {
    const numbering = list(1, level(0, 'chineseCounting', '第%1章'), level(1, 'chineseCounting', '%1.%2', '<w:isLgl/>'))
    expect(await texts(at(0, '甲') + at(1, '乙'), { numbering })).toEqual(['第一章甲', '1.1乙'])
  })

  test('bullets are not numbers, and a format of none prints its text alone', async () => {
    expect(await texts(at(0, '甲'), { numbering: list(1, level(0, 'bullet', '●')) })).toEqual(['甲'])
    expect(await texts(at(0, '甲'), { numbering: list(1, level(0, 'none', '附件：')) })).toEqual(['附件：甲'])
  })

  test('a custom format of newer versions is read from its fallback', async () => {
    const custom =
      '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>' +
      '<mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>'
    expect(await texts(at(0, '甲'), { numbering: list(1, custom) })).toEqual(['01.甲'])
  })

  test('an empty paragraph in a list is printed as its number', async () => {
    const body = tbl([1000, 1000], tr(tc(paragraph('', inList(1))), tc('5')), tr(tc(paragraph('', inList(1))), tc('6')))
    expect(await texts(body, { numbering: list(1, level(0, 'decimal', '%1')) })).toEqual([
      [
        ['1', '5'],
        ['2', '6'],
      ],
    ])
  })

  test('a number never runs into a figure behind it', async () => {
    const body = at(0, '5') + at(0, '2023年新收12件')
    expect(await texts(body, { numbering: DECIMAL })).toEqual(['1. 5', '2. 2023年新收12件'])
  })

  test('a number that was typed as well is not repeated', async () => {
    expect(await texts(at(0, '一、总体情况') + at(1, '(一)主动公开'), { numbering: CHAPTERS })).toEqual([
      '一、总体情况',
      '(一)主动公开',
    ])
    expect(await texts(at(0, '1．甲') + at(0, '2、乙'), { numbering: DECIMAL })).toEqual(['1．甲', '2、乙'])
  })

  test('another number, a bare figure and a decimal are not taken for the number', async () => {
    expect(await texts(at(0, '三、总体情况') + at(0, '（二）乙'), { numbering: CHAPTERS })).toEqual([
      '一、三、总体情况',
      '二、（二）乙',
    ])
    expect(await texts(at(0, '1') + at(0, '2.5万元'), { numbering: DECIMAL })).toEqual(['1. 1', '2. 2.5万元'])
  })

  test('hidden and deleted paragraphs do not count', async () => {
    const hidden = p('隐', `${inList(1)}<w:rPr><w:vanish/></w:rPr>`, '<w:vanish/>')
    const deleted = `<w:p><w:pPr>${inList(1)}<w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>`
    expect(await texts(at(0, '甲') + hidden + deleted + at(0, '乙'), { numbering: CHAPTERS })).toEqual([
      '一、甲',
      '二、乙',
    ])
  })

  test('lists that are not defined print nothing', async () => {
    expect(await texts(at(0, '甲', 9) + at(7, '乙') + at(99, '丙'), { numbering: CHAPTERS })).toEqual([
      '甲',
      '乙',
      '丙',
    ])
    expect(await texts(at(0, '甲'))).toEqual(['甲'])
  })
})

describe('numbers by style', () => {
  const style = (id: string, content: string): string =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id}"/>${content}</w:style>`
  const numbered = (content: string): string => `<w:pPr><w:numPr>${content}</w:numPr></w:pPr>`
  const styled = (id: string, content: string, more = ''): string => p(content, `<w:pStyle w:val="${id}"/>${more}`)
  const HEADINGS = list(
    1,
    level(0, 'chineseCounting', '%1、', '<w:pStyle w:val="h1"/>'),
    level(1, 'chineseCounting', '（%2）', '<w:pStyle w:val="h2"/>'),
  )

  test('the list says at which level a style takes part', async () => {
    const styles = style('h1', numbered('<w:numId w:val="1"/>')) + style('h2', numbered('<w:numId w:val="1"/>'))
    const body = styled('h1', '甲') + styled('h2', '乙') + styled('h1', '丙')
    expect(await texts(body, { styles, numbering: HEADINGS })).toEqual(['一、甲', '（一）乙', '二、丙'])
  })

  test('a style inherits the list, and may go one level deeper', async () => {
    const styles =
      style('h1', numbered('<w:numId w:val="1"/>')) +
      style('same', '<w:basedOn w:val="h1"/>') +
      style('deeper', `<w:basedOn w:val="h1"/>${numbered('<w:ilvl w:val="1"/>')}`)
    const body = styled('same', '甲') + styled('deeper', '乙')
    expect(await texts(body, { styles, numbering: HEADINGS })).toEqual(['一、甲', '（一）乙'])
  })

  test('a paragraph may leave the list of its style', async () => {
    const styles = style('h1', numbered('<w:numId w:val="1"/>'))
    const out = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    const body = styled('h1', '甲') + styled('h1', '乙', out) + styled('h1', '丙')
    expect(await texts(body, { styles, numbering: HEADINGS })).toEqual(['一、甲', '乙', '二、丙'])
  })

  test('an abstract list may be defined through a list style', async () => {
    const styles = `<w:style w:type="numbering" w:styleId="outline">${numbered('<w:numId w:val="1"/>')}</w:style>`
    const numbering = `${HEADINGS}<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="outline"/></w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>`
    expect(await texts(p('甲', inList(2, 0)), { styles, numbering })).toEqual(['一、甲'])
  })

  test('the number of a heading does not change how it is set', async () => {
    const body = paragraph(run('总体情况', '<w:b/>'), inList(1))
    expect(await texts(body, { numbering: HEADINGS })).toEqual(['一、总体情况'])
  })
})
