import { describe, expect, test } from '@jest/globals'
import { readHtml } from '../../../src/document/html/read-html.js'
import { LIMITS } from '../../../src/document/limits.js'
import type { Document, Paragraph } from '../../../src/document/model.js'
import { gbk } from '../../build/gbk.js'
import { expectOk, outline, uncovered } from '../../build/outline.js'

const utf8 = (text: string) => new TextEncoder().encode(text)

async function read(html: string): Promise<Document> {
  const document = expectOk(await readHtml(utf8(html)))
  expect(uncovered(document)).toEqual([])
  return document
}

async function textOf(html: string) {
  return outline((await read(html)).blocks)
}

async function cuesOf(html: string) {
  return (await read(html)).blocks.map((block) => (block as Paragraph).cue)
}

describe('charset', () => {
  const page = (label: string) => `<html><head><meta charset="${label}"></head><body><p>一、总体情况</p></body></html>`
  const old = (label: string) =>
    `<html><head><meta http-equiv="Content-Type" content="text/html; charset=${label}"></head><body><p>一、总体情况</p>`

  test.each(['gb2312', 'gbk', 'GB18030', 'utf-8'])('GBK bytes are read under the label %s', async (label) => {
    for (const html of [page(label), old(label)]) {
      const document = expectOk(await readHtml(gbk(html)))
      expect(outline(document.blocks)).toEqual(['一、总体情况'])
      expect(document.doubts).toEqual([])
    }
  })

  test.each(['gb2312', 'utf-8'])('UTF-8 bytes are read under the label %s', async (label) => {
    expect(await textOf(page(label))).toEqual(['一、总体情况'])
    expect(await textOf(old(label))).toEqual(['一、总体情况'])
  })

  test('an XML declaration names the set as well', async () => {
    const html = '<?xml version="1.0" encoding="big5"?><html><body><p>'
    const document = expectOk(await readHtml(Uint8Array.from([...utf8(html), 0xa4, 0xa4, 0xa4, 0xe5])))
    expect(outline(document.blocks)).toEqual(['中文'])
  })

  test('bytes that no set explains are a doubt in the text, and at the cell they belong to', async () => {
    const broken = (html: string) =>
      Uint8Array.from(Buffer.from(html.replace('@', '\u0001')).map((byte) => (byte === 1 ? 0xff : byte)))
    const text = expectOk(await readHtml(broken(`<p>${'收到政府信息公开申请'.repeat(9)}@件</p>`)))
    expect(text.doubts).toMatchObject([{ code: 'undecodable_text', location: { kind: 'line', line: 1 } }])
    const table = expectOk(
      await readHtml(
        broken(
          `<p>${'申请'.repeat(99)}</p><table><tr><td>规章</td><td>1@</td></tr><tr><td>文件</td><td>2</td></tr></table>`,
        ),
      ),
    )
    expect(table.blocks[1]).toMatchObject({ cells: [{}, { doubt: 'undecodable_text' }, {}, {}] })
  })
})

describe('paragraphs', () => {
  test('block elements end a paragraph, inline elements do not', async () => {
    expect(await textOf('<div>一、<span>总体</span><b>情况</b><p>正文<u>一</u></p>其余</div><div>二</div>')).toEqual([
      '一、总体情况',
      '正文一',
      '其余',
      '二',
    ])
  })

  test('display in the style attribute overrides the tag', async () => {
    const html =
      '<span style="display:block">一</span><span style="display:block">二</span><div style="display:inline">三</div>四'
    expect(await textOf(html)).toEqual(['一', '二', '三四'])
  })

  test('white space collapses, and a line break in the source between Chinese characters is nothing', async () => {
    expect(await textOf('<p>  政府信息\n   公开  2023\n年 度  A\n B</p>')).toEqual(['政府信息公开 2023 年 度 A B'])
    expect(await textOf('<p>政府信息<span>\n</span>公开</p>')).toEqual(['政府信息公开'])
  })

  test('an indent of full-width or other spaces is dropped, full-width spaces within stay', async () => {
    expect(await textOf('<p>　　甲局　　乙办</p><p>&nbsp;&emsp;收到&nbsp;3&emsp;件</p>')).toEqual([
      '甲局　　乙办',
      '收到 3 件',
    ])
  })

  test('characters without width and soft hyphens are no text', async () => {
    expect(await textOf('<p>&#8203;1&#8203;2&shy;3&#65279;</p><p>&#8203;</p>')).toEqual(['123'])
  })

  test('<br> keeps a title on two lines together', async () => {
    expect(await textOf('<p align=center>甲市乙局<br>2023年政府信息公开工作年度报告</p>')).toEqual([
      '甲市乙局\n2023年政府信息公开工作年度报告',
    ])
  })

  test('<br> ends a paragraph at a sentence end, an empty line, an indent or an ordinal', async () => {
    const html =
      '<div>一、总体情况<br>全年平稳有序。<br>共收到申请，<br>　　另起一段<br><br>空行之后<br>（一）主动公开<br>1.第一<br>二、其他</div>'
    expect(await textOf(html)).toEqual([
      '一、总体情况',
      '全年平稳有序。',
      '共收到申请，',
      '另起一段',
      '空行之后',
      '（一）主动公开',
      '1.第一',
      '二、其他',
    ])
  })

  test('a figure at the head of a line is no ordinal', async () => {
    expect(await textOf('<p>收费<br>1.5万元</p>')).toEqual(['收费\n1.5万元'])
  })

  test('<pre> keeps its lines', async () => {
    expect(await textOf('<pre>一、总体情况\n正文\n\n二、其他</pre>')).toEqual(['一、总体情况', '正文', '二、其他'])
  })

  test('MsoNormal mark-up with conditional comments and o:p is read as shown', async () => {
    const html = `<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
      <xml><w:View>Normal</w:View></xml>
      <p class=MsoNormal style='text-indent:32pt'><![if !supportLists]><span style='mso-list:Ignore'>一、</span><![endif]><span
      style='font-family:黑体'>总体情况<o:p></o:p></span></p>
      <p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
      <st1:chsdate year="2023"><p class=MsoNormal>全年<st1:place>收到</st1:place>3件</p></st1:chsdate>`
    expect(await textOf(html)).toEqual(['一、总体情况', '全年收到3件'])
  })

  test('what is hidden is not read', async () => {
    const html = `<p>甲</p><p style="display:none">乙</p><p hidden>丙</p><p><span style="visibility:hidden">丁</span></p>
      <script>戊</script><style>.k{}</style><noscript>己</noscript><template><p>庚</p></template><textarea>辛</textarea>
      <span style="mso-hide:all">壬</span><span style="font-size:0">癸</span><p>${'正文'.repeat(20)}</p>`
    expect(await textOf(html)).toEqual(['甲', '正文'.repeat(20)])
  })

  test('a page that is blank until its fonts are there is read, and what is shown again is shown', async () => {
    expect(await textOf('<body style="visibility:hidden"><p>正文</p></body>')).toEqual(['正文'])
    expect(
      await textOf(
        '<style>.t{display:none}</style><p class=t style="display:block">一</p><p class=t>二</p><p>三四五</p>',
      ),
    ).toEqual(['一', '三四五'])
  })

  test('text in blocks within a gapless parent of size 0 is read', async () => {
    expect(await textOf('<div style="font-size:0"> <p style="font-size:12pt">正文</p> </div>')).toEqual(['正文'])
  })

  test('a page whose text waits for a script to show it is read all the same', async () => {
    expect(await textOf('<div id=zoom style="display:none"><p>一、总体情况</p><p>正文</p></div><p>加载中</p>')).toEqual(
      ['一、总体情况', '正文', '加载中'],
    )
  })

  test('struck-out text and readings of characters are left out', async () => {
    expect(await textOf('<p>收到<del>5</del>6<span style="text-decoration:line-through">7</span>件</p>')).toEqual([
      '收到6件',
    ])
    expect(await textOf('<p><ruby>勾<rt>gōu</rt></ruby>稽</p>')).toEqual(['勾稽'])
  })

  test('a raised figure does not become part of the one before it', async () => {
    expect(await textOf('<p>收到56<sup>1</sup>件</p><p>56<span style="vertical-align:super">[12]</span></p>')).toEqual([
      '收到56¹件',
      '56[¹²]',
    ])
  })

  test('the ordinals that a browser prints before list items are text, unless they stand there already', async () => {
    const html = `<ol style="list-style-type:cjk-ideographic"><li><p>总体情况</p><p>正文</p></li><li>主动公开</li></ol>
      <ol class="custom_cn2 list-paddingleft-1"><li><p>其一</p></li></ol><ol start=3><li>三项</li><li>4.四项</li></ol>
      <ul><li>无序</li></ul><ol style="list-style:none"><li>无号</li></ol>`
    expect(await textOf(html)).toEqual([
      '一、总体情况',
      '正文',
      '二、主动公开',
      '（一）其一',
      '3.三项',
      '4.四项',
      '无序',
      '无号',
    ])
  })

  test('paragraphs are located by their number, furniture counted', async () => {
    const document = await read('<nav><p>首页</p></nav><p>甲</p><table><tr><td>1<td>2<tr><td>3<td>4</table><p>乙</p>')
    expect(document.blocks.map((block) => (block.kind === 'paragraph' ? block.location : block.locations))).toEqual([
      { kind: 'line', line: 2 },
      [{ kind: 'cell', table: 0, row: 0, column: 0 }],
      { kind: 'line', line: 3 },
    ])
  })
})

describe('cues', () => {
  const plain = { level: null, bold: false, centred: false, size: null }

  test('headings have their level, also where they are laid out', async () => {
    expect(await cuesOf('<h2>一</h2><h3 style="font-weight:400"><div>二</div></h3>')).toMatchObject([
      { level: 2 },
      { level: 3, bold: false },
    ])
  })

  test('bold is what is bold throughout', async () => {
    expect(
      await cuesOf('<p><b>一、</b><strong>总体</strong></p><p><b>一、</b>总体</p><p style="font-weight:bold">三</p>'),
    ).toEqual([{ ...plain, bold: true }, plain, { ...plain, bold: true }])
  })

  test('a heading face counts as bold, by style or by <font>', async () => {
    const html =
      '<p style="font-family:黑体">一</p><p><font face="方正小标宋简体">二</font></p><p style="font-family:仿宋_GB2312">三</p>'
    expect((await cuesOf(html)).map(({ bold }) => bold)).toEqual([true, true, false])
  })

  test('centred by attribute, style, tag or style sheet', async () => {
    const html = `<style>.t{text-align:center} p.u { text-align : center; }</style><p align=center>一</p>
      <p style="text-align: center;">二</p><center>三</center><p class=t>四</p><p class="x u">五</p><div class=u>六</div>
      <div align=center><p style="text-align:left">七</p></div>`
    expect((await cuesOf(html)).map(({ centred }) => centred)).toEqual([true, true, true, true, true, false, false])
  })

  test('sizes are points, from points or pixels, that of most characters', async () => {
    const html = `<p style="font-size:16pt">一</p><p style="font-size:20px">二</p><p style="font-size:1.2em">三</p>
      <p><span style="font-size:16pt">四四四</span><span style="font-size:9pt">注</span></p><font size=4>五</font>`
    expect((await cuesOf(html)).map(({ size }) => size)).toEqual([16, 15, null, 16, 13.5])
  })

  test('rules for other media and for places in the tree are passed over', async () => {
    const html = `<style><!-- @import "a.css"; @media print { p { display:none } .x{font-weight:bold} } /* p{display:none} */
      div p { font-weight: bold } p.y { font-size: 22pt } --></style><div><p class="x y">一</p></div>`
    expect(await cuesOf(html)).toEqual([{ ...plain, size: 22 }])
  })
})

describe('the page as a whole', () => {
  test('the declared title is the article title, else the title of the page', async () => {
    expect((await read('<title> 甲局\n年度报告 - 甲市 </title><p>x')).declaredTitle).toBe('甲局 年度报告 - 甲市')
    expect((await read('<meta name="ArticleTitle" content="甲局年度报告"><title>甲市</title><p>x')).declaredTitle).toBe(
      '甲局年度报告',
    )
    expect((await read('<p>x')).declaredTitle).toBeNull()
  })

  test('a large picture in the text is a doubt at the paragraph after it', async () => {
    const { doubts } = await read(
      '<p>甲</p><p><img src="1.jpg" width=800 height=1100></p><p><img src="data/W02.png"></p>',
    )
    expect(doubts).toMatchObject([{ code: 'picture_page', location: { kind: 'line', line: 2 } }])
  })

  test('icons, logos, linked pictures and spacers are none', async () => {
    const { doubts } =
      await read(`<p>甲</p><img src="icon_doc.gif"><img src="a.jpg" width=16 height=16><img src="b.png" height=1>
      <a href="/"><img src="c.jpg"></a><img src="ewm.png"><img src="d.jpg" style="width:120px;height:120px">`)
    expect(doubts).toEqual([])
  })

  test('a page without text is an empty document', async () => {
    expect(await read('<html><body><script>render()</script></body></html>')).toMatchObject({
      blocks: [],
      furniture: [],
    })
    expect(await read('<frameset><frame src="a.htm"></frameset>')).toMatchObject({ blocks: [] })
  })

  test.each([
    ['deep nesting', '<div>'.repeat(LIMITS.markupDepth + 10)],
    ['deep formatting', Array.from({ length: LIMITS.markupDepth + 10 }, (_, index) => `<b id=b${index}>`).join('')],
    [
      'a staircase of spans',
      `<table>${Array.from({ length: 750 }, (_, index) => `<tr><td>1<td colspan=${index + 1}>2<td>3`).join('')}`,
    ],
  ])('%s is too large', async (_, html) => {
    const result = await readHtml(utf8(html))
    expect(!result.ok && result.failure.code).toBe('too_large')
  })

  test('a fragment of a table is a table', async () => {
    expect(await textOf('<tr><td>规章</td><td>1</td></tr><tr><td>文件</td><td>2</td></tr>')).toEqual([
      [
        ['规章', '1'],
        ['文件', '2'],
      ],
    ])
  })
})
