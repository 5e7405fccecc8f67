import { describe, expect, test } from '@jest/globals'
import { readHtml } from '../../../src/document/html/read-html.js'
import { expectOk, type Outline, outline } from '../../build/outline.js'

async function read(html: string): Promise<{ blocks: Outline[]; furniture: Outline[] }> {
  const { blocks, furniture } = expectOk(await readHtml(new TextEncoder().encode(html)))
  return { blocks: outline(blocks), furniture: outline(furniture) }
}

const TITLE = '甲市乙局2023年政府信息公开工作年度报告'
const SENTENCE = '全年通过门户网站主动公开各类信息935条，制发规范性文件2件，全部同步配发解读材料。'
const TABLE = [
  ['信息内容', '本年制发件数'],
  ['规章', '0'],
  ['规范性文件', '2'],
]
const table = '<table><tr><td>信息内容<td>本年制发件数<tr><td>规章<td>0<tr><td>规范性文件<td>2</table>'

/** A report as it stands in the content of a page, and what is to be read of it. */
const REPORT: Outline[] = [
  '一、总体情况',
  SENTENCE.repeat(3),
  '（一）主动公开',
  SENTENCE,
  '二、主动公开政府信息情况',
  TABLE,
  '五、存在的主要问题及改进情况',
  SENTENCE,
  '六、其他需要报告的事项',
  '无',
]
const report = REPORT.map((part) => (typeof part === 'string' ? `<p>${part}</p>` : table)).join('\n')

const links = (...names: string[]) => names.map((name) => `<li><a href="/${name}/">${name}</a></li>`).join('')
const NAVIGATION = `<ul>${links('首页', '政务公开', '办事服务', '互动交流', '数据开放')}</ul>`

describe('pages of government sites', () => {
  test('a detail page with particulars, toolbar, neighbours and footer', async () => {
    const { blocks, furniture } = await read(`<html><head><title>${TITLE}-甲市人民政府</title></head><body>
      <div class="header"><div class="logo"><a href="/"><img src="logo.png"></a>甲市人民政府</div><div class="nav">${NAVIGATION}</div>
      <div class="search"><input value="请输入关键字"><a href="/so">搜索</a></div></div>
      <div class="wrap"><div class="crumb">您所在的位置：<a href="/">首页</a> > <a href="/zwgk">政务公开</a> > 正文</div>
      <div class="article"><h1>${TITLE}</h1>
      <div class="info"><span>发布时间：2024-01-22 09:30</span><span>来源：乙局</span><span>浏览次数：<script>hits()</script></span>
        字体：[<a href="javascript:;">大</a> <a href="javascript:;">中</a> <a href="javascript:;">小</a>]</div>
      <div class="TRS_Editor" id="zoom">${report}</div>
      <div class="editor">责任编辑：张某</div>
      <div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>
      <p class="tool"><a href="javascript:window.print()">【打印本页】</a><a href="javascript:window.close()">【关闭窗口】</a></p>
      <p>附件：<a href="P0.docx">${TITLE}.docx</a></p>
      <p>上一篇：<a href="1.html">丙局2023年政府信息公开工作年度报告</a></p><p>下一篇：没有了</p></div></div>
      <div class="footer"><p>主办：甲市人民政府　承办：甲市大数据局</p><p>地址：建设路1号　邮编：100000</p><p>网站标识码：1100000001</p></div>
      </body></html>`)
    expect(blocks).toEqual([TITLE, ...REPORT])
    expect(furniture).toContain('附件：甲市乙局2023年政府信息公开工作年度报告.docx')
    expect(furniture).toContain('地址：建设路1号　邮编：100000')
  })

  test('a page set in tables, as sites were built for years', async () => {
    const { blocks } = await read(`<title>${TITLE}</title><table width=1000><tr><td>
      <table><tr><td><a href="/">首页</a></td><td><a href="/a">信息公开</a></td><td><a href="/b">办事</a></td></tr></table></td></tr>
      <tr><td><table><tr><td width=200><table><tr><td><a href="/1">栏目一</a></td></tr><tr><td><a href="/2">栏目二</a></td></tr></table></td>
      <td><table><tr><td align=center><b>${TITLE}</b></td></tr><tr><td>发布日期：2024-01-22　来源：乙局</td></tr>
      <tr><td>${report}</td></tr><tr><td align=right>【<a href="javascript:print()">打印</a>】【<a href="javascript:close()">关闭</a>】</td></tr>
      </table></td></tr></table></td></tr><tr><td align=center>版权所有：甲市人民政府　技术支持：丙公司</td></tr></table>`)
    expect(blocks).toEqual([TITLE, ...REPORT])
  })

  test('particulars in a table stay before the text', async () => {
    const { blocks } =
      await read(`<div class="xxgk"><table><tr><td>索引号</td><td>014/2024-00001</td><td>发布机构</td><td>乙局</td></tr>
      <tr><td>名称</td><td colspan=3>${TITLE}</td></tr></table><div id="UCAP-CONTENT">${report}</div></div>`)
    expect(blocks.slice(1)).toEqual(REPORT)
    expect(blocks[0]).toContainEqual(['名称', TITLE, '', ''])
  })

  test('a report written in a spreadsheet and published as one table', async () => {
    const rows = [TITLE, ...REPORT].map((part) =>
      typeof part === 'string'
        ? `<tr><td colspan=3>${part}</td></tr>`
        : part.map((row) => `<tr>${row.map((text) => `<td>${text}</td>`).join('')}</tr>`).join(''),
    )
    const { blocks } = await read(`<table><col width=72><col width=72>${rows.join('')}</table>`)
    expect(blocks).toEqual([TITLE, ...REPORT])
  })

  test('semantic tags', async () => {
    const { blocks } =
      await read(`<header><a href="/">甲市</a></header><nav>${NAVIGATION}</nav><main><article><header><h1>${TITLE}</h1>
      </header>${report}<footer>责任编辑：张某</footer></article></main><aside><h3>推荐</h3>${NAVIGATION}</aside><footer>甲市人民政府</footer>`)
    expect(blocks).toEqual([TITLE, ...REPORT])
  })

  test('a content element closed too early loses nothing', async () => {
    const [head, tail] = [report.slice(0, report.indexOf('<p>五')), report.slice(report.indexOf('<p>五'))]
    const { blocks } = await read(
      `<div class="wrap"><h1>${TITLE}</h1><div id="zoom">${head}</div></div>${tail}<div class="foot">主办：甲市人民政府</div>`,
    )
    expect(blocks).toEqual([TITLE, ...REPORT])
  })

  test('text within elements that are called like the site stays', async () => {
    for (const name of ['top', 'content-header', 'main_bottom', 'nav', 'footer', 'position', 'links', 'share-box']) {
      const { blocks } = await read(`<div class="${name}"><h1>${TITLE}</h1>${report}</div>`)
      expect(blocks).toEqual([TITLE, ...REPORT])
    }
  })

  test('headings and paragraphs, each in an element called head or top, stay', async () => {
    const parts = REPORT.map((part) =>
      typeof part === 'string' ? `<div class="head"><div class="top">${part}</div></div>` : table,
    )
    const { blocks } = await read(`<div class="title">${TITLE}</div>${parts.join('')}`)
    expect(blocks).toEqual([TITLE, ...REPORT])
  })

  test('a page that is only the report has no furniture', async () => {
    expect(await read(`<p align=center>${TITLE}</p>${report}`)).toEqual({ blocks: [TITLE, ...REPORT], furniture: [] })
  })

  test('links within the text stay', async () => {
    const { blocks } =
      await read(`<div>${report}<p>详见<a href="http://www.jia.gov.cn/">门户网站</a>（<a href="http://www.jia.gov.cn/">www.jia.gov.cn</a>）。</p>
      <p><a href="http://www.jia.gov.cn/">http://www.jia.gov.cn/</a></p></div>`)
    expect(blocks.slice(-2)).toEqual(['详见门户网站（www.jia.gov.cn）。', 'http://www.jia.gov.cn/'])
  })

  test('a table of contents that leads into the page stays', async () => {
    const toc =
      '<p><a href="#_1">一、总体情况</a></p><p><a href="#_2">二、主动公开政府信息情况</a></p><p><a href="#_6">六、其他</a></p>'
    const { blocks } = await read(`<div>${toc}${report}</div>`)
    expect(blocks.slice(0, 3)).toEqual(['一、总体情况', '二、主动公开政府信息情况', '六、其他'])
  })

  test('a bare list of values is no toolbar', async () => {
    const values = ['规章', '/', '-', '0', '+', '（）', 'A', '大']
    const { blocks } = await read(`<div>${report}${values.map((value) => `<p>${value}</p>`).join('')}</div>`)
    expect(blocks.slice(-values.length)).toEqual(values)
  })

  test.each([
    '单位负责人：张某　　审核人：孙某　　填报人：冯某',
    '主办的各类活动12场，承办会议3次。',
    '联系地址：建设路1号，电话：0100-1234567',
    '中小企业服务',
    '打印材料共计12份，收费0元。',
    '首页访问量12万次。',
  ])('"%s" is text', async (line) => {
    expect((await read(`<div>${report}<p>${line}</p></div>`)).blocks.at(-1)).toBe(line)
  })

  test.each([
    '【打印】 【关闭】',
    '打印本页 | 关闭窗口',
    '字体：大 中 小',
    '分享到：微信 新浪微博 QQ空间',
    '扫一扫在手机打开当前页',
    '信息来源：乙局',
    '发布日期：2024-01-22 来源：乙局 浏览次数：583',
    '责任编辑：张某',
    '当前位置：首页 > 政务公开 > 年报',
    '首页 > 政务公开 > 政府信息公开年报 > 甲市乙局2023年政府信息公开工作年度报告',
    '上一篇：没有了',
    '相关链接',
    'Copyright © 2024 甲市人民政府 All Rights Reserved',
    '京ICP备2023083号',
  ])('"%s" is furniture', async (line) => {
    const { blocks, furniture } = await read(`<div>${report}<p>${line}</p></div>`)
    expect([blocks.at(-1), furniture]).toEqual(['无', [line]])
  })
})
