/**
 * Blocks → a page pasted from Word into the editor of an old site: MsoNormal in every cell, a span for each change of script,
 * attributes without quotes, the article within tables that only lay out the page. Declares GB2312, as its bytes then are.
 */
import { escapeXml } from './docx.js'
import { ordinalOf } from './html.js'
import type { Block, SampleCell, SampleReport, SampleTable } from './model.js'

export function wordPage({ organ, title, blocks }: SampleReport): string {
  return `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312">
<meta name=Generator content="Microsoft Word 11 (filtered)">
<title>${title}</title>
<style>
<!-- p.MsoNormal, li.MsoNormal, div.MsoNormal {margin:0cm; text-align:justify; font-size:10.5pt; font-family:"Times New Roman";} -->
</style>
</head>
<body bgcolor=#FFFFFF>
<table width=980 border=0 cellspacing=0 cellpadding=0 align=center><tr><td><a href="#">网站首页</a>&nbsp;|&nbsp;<a href="#">信息公开</a>&nbsp;|&nbsp;<a href="#">公开年报</a></td></tr>
<tr><td><table width="100%" border=0><tr><td valign=top>
<div class=Section1>
${blocks.map(blockHtml).join('\n')}
</div>
</td></tr></table></td></tr>
<tr><td align=center>版权所有：${organ}</td></tr></table>
</body>
</html>
`
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'title':
      return block.lines.map((line) => centred(`<b>${spans(line, '22.0pt', '宋体')}</b>`)).join('\n')
    case 'caption':
      return centred(spans(block.text, '16.0pt', '黑体'))
    case 'heading':
      return indented(spans(`${ordinalOf(block)}${block.text}`, '16.0pt', block.level === 1 ? '黑体' : '楷体_GB2312'))
    case 'paragraph':
      return indented(spans(block.text, '16.0pt', '仿宋_GB2312'))
    case 'table':
      return tableHtml(block.table)
  }
}

function centred(content: string): string {
  return `<p class=MsoNormal align=center style='text-align:center'>${content}</p>`
}

function indented(content: string): string {
  return `<p class=MsoNormal style='text-indent:32.0pt;line-height:28.0pt'>${content}</p>`
}

function tableHtml({ rowCount, cells }: SampleTable): string {
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const own = cells.filter((cell) => cell.row === row)
    return ` <tr style='height:19.85pt'>\n${own.map(cellHtml).join('\n')}\n </tr>`
  })
  return `<div align=center>\n<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;border:none'>\n${rows.join('\n')}\n</table>\n</div>\n<p class=MsoNormal><span lang=EN-US>&nbsp;</span></p>`
}

function cellHtml(cell: SampleCell): string {
  const down = cell.rowSpan > 1 ? ` rowspan=${cell.rowSpan}` : ''
  const across = cell.columnSpan > 1 ? ` colspan=${cell.columnSpan}` : ''
  const text = cell.text === '' ? '<span lang=EN-US>&nbsp;</span>' : spans(cell.text, '9.0pt', '宋体')
  return `  <td${down}${across} style='border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt'>\n  ${centred(text)}\n  </td>`
}

/** Word gives Latin letters and digits a span of their own. */
function spans(text: string, size: string, font: string): string {
  return (text.match(/[\x20-\x7e]+|[^\x20-\x7e]+/g) ?? [])
    .map((piece) =>
      /^[\x20-\x7e]/.test(piece)
        ? `<span lang=EN-US style='font-size:${size}'>${escapeXml(piece)}</span>`
        : `<span style='font-size:${size};font-family:${font}'>${piece}</span>`,
    )
    .join('')
}
