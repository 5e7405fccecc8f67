/** Blocks → a page of a government's site, with all that surrounds an article there; or a bare page to be printed. */
import { escapeXml } from './docx.js'
import type { Block, SampleReport, SampleTable } from './model.js'

export function sitePage({ organ, year, title, blocks }: SampleReport): string {
  const site = `${organ}门户网站`
  const row = (name: string, value: string) => `<td class="k">${name}：</td><td>${value}</td>`
  return `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>${title}_${site}</title>
<meta name="ArticleTitle" content="${title}">
<style>.k{color:#666}.nav li{display:inline}.zoom p{text-indent:2em;line-height:2}.zoom table{border-collapse:collapse}.zoom table p{text-indent:0}</style>
<script>function fontSize(n){document.getElementById('zoom').style.fontSize=n+'px'}</script>
</head>
<body>
<div class="top"><a href="#">无障碍浏览</a> | <a href="#">长者模式</a> | <a href="#">繁体</a></div>
<ul class="nav"><li><a href="#">首页</a></li><li><a href="#">机构概况</a></li><li><a href="#">政务动态</a></li><li><a href="#">政府信息公开</a></li><li><a href="#">办事服务</a></li><li><a href="#">互动交流</a></li></ul>
<form><input type="text" value="请输入关键字"><button type="button">搜索</button></form>
<div class="crumbs">您当前的位置：<a href="#">首页</a> &gt; <a href="#">政府信息公开</a> &gt; <a href="#">政府信息公开年报</a> &gt; 正文</div>
<table class="meta" width="100%"><tr>${row('索引号', `LL-${year + 1}-00117`)}${row('发布机构', organ)}</tr><tr>${row('生成日期', `${year + 1}-01-22`)}${row('文　　号', '无')}</tr></table>
<h1>${title}</h1>
<div class="tools">发布时间：${year + 1}-01-22 09:30　来源：${organ}　字体：【<a href="javascript:fontSize(18)">大</a> <a href="javascript:fontSize(16)">中</a> <a href="javascript:fontSize(14)">小</a>】　<a href="javascript:print()">打印</a></div>
<div class="zoom" id="zoom">
${blocks
  .filter(({ kind }) => kind !== 'title')
  .map(articleBlock)
  .join('\n')}
</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<div class="more"><h4>相关链接</h4><ul><li><a href="#">${organ}${year - 1}年政府信息公开工作年度报告</a></li><li><a href="#">政府信息公开指南</a></li></ul></div>
<div class="footer"><p>主办：${organ}　<a href="#">网站地图</a>　<a href="#">联系我们</a></p><p>地址：观澜大道6号　网站标识码：0000000000</p></div>
</body>
</html>
`
}

function articleBlock(block: Block): string {
  switch (block.kind) {
    case 'title':
    case 'caption':
      return `<p style="text-align:center"><strong>${lines(block).map(escapeXml).join('<br>')}</strong></p>`
    case 'heading': {
      const text = `${ordinalOf(block)}${escapeXml(block.text)}`
      return `<p>${block.level === 1 ? `<strong>${text}</strong>` : text}</p>`
    }
    case 'paragraph':
      return `<p>&nbsp;&nbsp;&nbsp;&nbsp;${escapeXml(block.text)}</p>`
    case 'table':
      return tableHtml(block.table, 'border="1" cellspacing="0" width="100%"', true)
  }
}

export interface PrintStyle {
  /** Chromium embeds a subset of the first, and draws the letters of the second (CFF) as many Type 3 fonts. */
  readonly font: 'Droid Sans Fallback' | 'Noto Serif CJK SC'
  /** The table with the most columns on a page of its own, turned. */
  readonly landscape?: true
}

export function printPage({ title, blocks }: SampleReport, { font, landscape }: PrintStyle): string {
  const sheet = [
    '@page{size:A4;margin:25mm 22mm 22mm;@bottom-center{content:"— " counter(page) " —";font-size:10pt}}',
    '@page wide{size:A4 landscape}',
    `body{font-family:"${font}";font-size:12pt;margin:0}`,
    'h1{font-size:20pt;text-align:center;margin:0 0 18pt}',
    'h2,p{text-indent:2em;line-height:1.9;margin:0;text-align:justify}',
    'h2{font-size:14pt;break-after:avoid}',
    'table{border-collapse:collapse;width:100%;margin:6pt 0 12pt;table-layout:fixed}',
    'td{border:.5pt solid #000;padding:3pt;text-align:center;font-size:8.5pt;line-height:1.35}',
    '.upright{writing-mode:vertical-rl}',
    '.wide{page:wide}',
  ]
  const body = blocks.map((block) => printBlock(block, landscape ?? false)).join('\n')
  return `<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title><style>${sheet.join('\n')}</style></head><body>\n${body}\n</body></html>\n`
}

function printBlock(block: Block, landscape: boolean): string {
  switch (block.kind) {
    case 'title':
    case 'caption':
      return `<h1>${lines(block).map(escapeXml).join('<br>')}</h1>`
    case 'heading':
      return block.level === 1
        ? `<h2>${ordinalOf(block)}${escapeXml(block.text)}</h2>`
        : `<p><b>${ordinalOf(block)}${escapeXml(block.text)}</b></p>`
    case 'paragraph':
      return `<p>${escapeXml(block.text)}</p>`
    case 'table': {
      const table = tableHtml(block.table, '', false)
      return landscape && block.table.rowCount > 20 ? `<div class="wide">${table}</div>` : table
    }
  }
}

function tableHtml(table: SampleTable, attributes: string, paragraphs: boolean): string {
  const total = table.widths.reduce((sum, width) => sum + width, 0)
  const columns = table.widths.map((width) => `<col style="width:${((width / total) * 100).toFixed(2)}%">`)
  const rows = Array.from({ length: table.rowCount }, (_, row) => {
    const cells = table.cells.filter((cell) => cell.row === row)
    return `<tr>${cells.map(cellHtml).join('')}</tr>`
  })
  const head = table.headerRows === 0 ? '' : `<thead>${rows.slice(0, table.headerRows).join('\n')}</thead>`
  return `<table ${attributes}><colgroup>${columns.join('')}</colgroup>${head}\n<tbody>${rows.slice(table.headerRows).join('\n')}</tbody></table>`

  function cellHtml(cell: SampleTable['cells'][number]): string {
    const down = cell.rowSpan > 1 ? ` rowspan="${cell.rowSpan}"` : ''
    const across = cell.columnSpan > 1 ? ` colspan="${cell.columnSpan}"` : ''
    const upright = cell.upright ? ' class="upright"' : ''
    const text = cell.text === '' ? '&nbsp;' : escapeXml(cell.text)
    return `<td${down}${across}${upright}>${paragraphs ? `<p>${text}</p>` : text}</td>`
  }
}

export function ordinalOf(heading: Extract<Block, { kind: 'heading' }>): string {
  return heading.level === 1 ? `${heading.ordinal}、` : `（${heading.ordinal}）`
}

function lines(block: Extract<Block, { kind: 'title' | 'caption' }>): readonly string[] {
  return block.kind === 'title' ? block.lines : [block.text]
}
