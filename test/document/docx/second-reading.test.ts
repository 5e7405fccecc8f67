import { describe, expect, test } from '@jest/globals'
import { readDocxWithMammoth } from '../../../src/document/docx/mammoth.js'
import { readDocx } from '../../../src/document/docx/read-docx.js'
import type { Block } from '../../../src/document/model.js'
import {
  docx,
  docxParts,
  goesOn,
  inList,
  level,
  list,
  type OtherParts,
  p,
  packageOf,
  paragraph,
  relationships,
  run,
  span,
  starts,
  tbl,
  tc,
  text,
  tr,
} from '../../build/docx.js'

/** Without what mammoth does not tell: alignment, sizes, faces. */
function comparable(blocks: readonly Block[]): unknown[] {
  return blocks.map((block) =>
    block.kind === 'grid'
      ? block
      : { text: block.text, location: block.location, level: block.cue.level, bold: block.cue.bold },
  )
}

async function bothReadings(body: string, other: OtherParts = {}): Promise<[first: unknown[], second: unknown[]]> {
  const bytes = docx(body, other)
  const first = await readDocx(bytes)
  const second = await readDocxWithMammoth(bytes)
  if (!first.ok || !second.ok) throw new Error('both readers read what these tests build')
  expect(second.value.declaredTitle).toBe(first.value.declaredTitle)
  expect(second.value.mediaType).toBe(first.value.mediaType)
  return [comparable(first.value.blocks), comparable(second.value.blocks)]
}

const REQUESTS = tbl(
  [1000, 1000, 3000, 800, 800],
  tr(
    tc('（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）', span(3) + starts),
    tc('申请人情况', span(2)),
  ),
  tr(tc('', span(3) + goesOn), tc('自然人'), tc('总计')),
  tr(tc('一、本年新收政府信息公开申请数量', span(3)), tc('12'), tc('12')),
  tr(
    tc([...'三、本年度办理结果'].map((letter) => p(letter)).join(''), starts),
    tc('（一）予以公开', span(2)),
    tc('１，２３４'),
    tc(''),
  ),
  tr(tc('', goesOn), tc('（三）不予公开', starts), tc('1.属于国家秘密'), tc('—'), tc(p('1') + p('0'))),
  tr(
    tc('', goesOn),
    tc('', goesOn),
    tc(`<w:p><w:r>${text('2.其他')}<w:br/>${text('情形')}</w:r></w:p>`),
    tc('0'),
    tc('0'),
  ),
)

const BODIES: Record<string, [body: string, other?: OtherParts]> = {
  'a table with merged cells': [p('三、收到和处理政府信息公开申请情况') + REQUESTS + p('完')],
  'tables that follow each other': [REQUESTS + REQUESTS],
  'header rows': [
    tbl(
      [1000, 1000],
      `<w:tr><w:trPr><w:tblHeader/></w:trPr>${tc('甲', starts)}${tc('乙')}</w:tr>`,
      tr(tc('', goesOn), tc('1')),
    ),
  ],
  'automatic numbers': [
    p('总体情况', inList(1)) +
      p('主动公开', inList(1, 1)) +
      p('依申请公开', inList(1, 1)) +
      p('一、已有', inList(2)) +
      p('5', inList(2)),
    {
      numbering:
        list(1, level(0, 'chineseCountingThousand', '%1、'), level(1, 'chineseCounting', '（%2）')) +
        list(2, level(0, 'decimal', '%1.')),
    },
  ],
  'numbers in cells': [
    tbl([1000, 1000], tr(tc(p('规章', inList(1))), tc('1')), tr(tc(p('规范性文件', inList(1))), tc('2'))),
    { numbering: list(1, level(0, 'decimal', '%1.')) },
  ],
  'hidden text': [
    paragraph(run('甲') + run('隐', '<w:vanish/>')) +
      p('全隐', '<w:rPr><w:vanish/></w:rPr>', '<w:vanish/>') +
      tbl([1000, 1000], tr(tc(paragraph(run('1') + run('2', '<w:vanish/>'))), tc('3'))),
  ],
  'headings and bold': [
    p('总体情况', '<w:pStyle w:val="1"/>') + p('甲', '', '<w:b/>') + paragraph(run('乙', '<w:b/>') + run('丙')),
    { styles: '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>', title: '年度报告' },
  ],
  revisions: [
    paragraph(`${run('甲')}<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins>${run('新')}</w:ins>`) +
      paragraph(run('乙'), '<w:rPr><w:del/></w:rPr>') +
      p('丙') +
      tbl(
        [1000, 1000],
        tr(tc('1'), tc('9', '<w:cellDel/>'), tc('2')),
        `<w:tr><w:trPr><w:del/></w:trPr>${tc('3')}${tc('4')}</w:tr>`,
      ),
  ],
  'content controls, fields, links and notes': [
    paragraph(
      `<w:sdt><w:sdtPr/><w:sdtContent>${run('甲')}</w:sdtContent></w:sdt><w:hyperlink>${run('乙')}</w:hyperlink>` +
        `<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>` +
        `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run('3')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
    ),
    { footnotes: `<w:footnote w:id="2">${p('注')}</w:footnote>` },
  ],
  'tabs and hyphens': [
    paragraph(
      `<w:r>${text('甲')}<w:tab/>${text('乙')}<w:noBreakHyphen/><w:softHyphen/>${text('丙 &amp; &lt;丁&gt;')}</w:r>`,
    ),
  ],
  'text boxes': [
    paragraph(
      `${run('甲')}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>${p('框', inList(1))}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>` +
        `<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>${p('框', inList(1))}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
    ) + p('乙', inList(1)),
    { numbering: list(1, level(0, 'decimal', '%1.')) },
  ],
  'tables in tables': [
    tbl([1000, 1000], tr(tc('甲'), tc(`${REQUESTS}<w:p/>`)), tr(tc('乙'), tc('1'))) + tbl([1000], tr(tc(REQUESTS))),
  ],
  'columns left out and columns that nobody sees': [
    tbl([2000, 40, 1960], tr(tc('甲'), tc('乙', span(2))), tr(tc('丙', span(2)), tc('丁'))) +
      tbl([1000, 1000], tr(tc('甲'), tc('乙')), `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>${tc('1')}</w:tr>`),
  ],
}

describe('the second reading', () => {
  test.each(Object.entries(BODIES))('agrees on %s', async (_, [body, other]) => {
    const [first, second] = await bothReadings(body, other)
    expect(first.length).toBeGreaterThan(0)
    expect(second).toEqual(first)
  })

  test('finds a figure that only one of the readers would show', async () => {
    // mammoth merges a cell that goes on from nothing into whatever stands above it, and drops its text.
    const body = tbl([1000, 1000], tr(tc('甲'), tc('1')), tr(tc('9', goesOn), tc('2')))
    const [first, second] = await bothReadings(body)
    expect(second).not.toEqual(first)
  })

  test('reads a file whose document lies elsewhere and uses other prefixes', async () => {
    const parts = docxParts(p('甲', inList(1)), { numbering: list(1, level(0, 'chineseCounting', '%1、')) })
    const renamed = (part = ''): string => part.replaceAll(/(<\/?|\s)w:/g, '$1q:').replace('xmlns:w=', 'xmlns:q=')
    const bytes = packageOf({
      '_rels/.rels': relationships([['officeDocument', 'a/b.xml']]),
      'a/b.xml': renamed(parts['word/document.xml']),
      'a/_rels/b.xml.rels': relationships([['numbering', '../c.xml']]),
      'c.xml': renamed(parts['word/numbering.xml']),
    })
    const second = await readDocxWithMammoth(bytes)
    expect(second.ok && second.value.blocks).toMatchObject([{ text: '一、甲' }])
  })
})
