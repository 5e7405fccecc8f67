/**
 * Blocks → a Word file as offices make them: styles, numbered headings (typed, or by Word itself, which then stores no 一、 at all),
 * tables with merged cells, an upright label, a page number in the footer. The same blocks give the same bytes.
 */
import { strToU8, zipSync } from 'fflate'
import type { Block, SampleCell, SampleTable } from './model.js'

export interface WordStyle {
  readonly numbering: 'automatic' | 'typed'
}

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const OFFICE = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
/** Twentieths of a point between margins on A4. */
const TEXT_WIDTH = 9000
/** Zip stores local time: this is the same in every time zone. */
const MADE_AT = new Date(2024, 0, 15)

export function docxOf(title: string, blocks: readonly Block[], { numbering }: WordStyle): Uint8Array {
  const body = blocks.map((block) => blockXml(block, numbering)).join('')
  const parts: Record<string, string> = {
    '[Content_Types].xml': contentTypes(),
    '_rels/.rels': relationships([
      [`${R}/officeDocument`, 'word/document.xml'],
      [`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
    ]),
    'docProps/core.xml': `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(title)}</dc:title></cp:coreProperties>`,
    'word/document.xml': `<w:document xmlns:w="${W}" xmlns:r="${R}"><w:body>${body}${SECTION}</w:body></w:document>`,
    'word/_rels/document.xml.rels': relationships([
      [`${R}/styles`, 'styles.xml'],
      [`${R}/numbering`, 'numbering.xml'],
      [`${R}/footer`, 'footer1.xml'],
    ]),
    'word/styles.xml': STYLES,
    'word/numbering.xml': NUMBERING,
    'word/footer1.xml': FOOTER,
  }
  const entries = Object.entries(parts).map(([name, xml]) => [name, strToU8(HEAD + xml)] as const)
  return zipSync(Object.fromEntries(entries), { mtime: MADE_AT, level: 9 })
}

function blockXml(block: Block, numbering: WordStyle['numbering']): string {
  switch (block.kind) {
    case 'title':
      return paragraph('Title', block.lines.map(run).join('<w:r><w:br/></w:r>'))
    case 'caption':
      return paragraph('TableCaption', run(block.text))
    case 'paragraph':
      return paragraph('BodyText', run(block.text))
    case 'heading': {
      const typed = block.level === 1 ? `${block.ordinal}、` : `（${block.ordinal}）`
      if (numbering === 'typed') return paragraph(`Heading${block.level}`, run(`${typed}${block.text}`))
      const list = `<w:numPr><w:ilvl w:val="${block.level - 1}"/><w:numId w:val="1"/></w:numPr>`
      return paragraph(`Heading${block.level}`, run(block.text), list)
    }
    case 'table':
      return `${tableXml(block.table)}<w:p/>`
  }
}

function tableXml({ widths, rowCount, cells }: SampleTable): string {
  const unit = TEXT_WIDTH / widths.reduce((sum, width) => sum + width, 0)
  const columns = widths.map((width) => Math.round(width * unit))
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const covering = cells
      .filter((cell) => cell.row <= row && row < cell.row + cell.rowSpan)
      .sort((a, b) => a.column - b.column)
    return `<w:tr><w:trPr><w:trHeight w:val="380"/></w:trPr>${covering.map((cell) => cellXml(cell, row, columns)).join('')}</w:tr>`
  })
  const grid = columns.map((width) => `<w:gridCol w:w="${width}"/>`).join('')
  return `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="${TEXT_WIDTH}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${rows.join('')}</w:tbl>`
}

function cellXml(cell: SampleCell, row: number, columns: readonly number[]): string {
  const width = columns.slice(cell.column, cell.column + cell.columnSpan).reduce((sum, column) => sum + column, 0)
  const across = cell.columnSpan > 1 ? `<w:gridSpan w:val="${cell.columnSpan}"/>` : ''
  const down = cell.rowSpan === 1 ? '' : cell.row === row ? '<w:vMerge w:val="restart"/>' : '<w:vMerge/>'
  const direction = cell.upright ? '<w:textDirection w:val="tbRlV"/>' : ''
  const text = cell.row === row && cell.text !== '' ? run(cell.text) : ''
  const style = cell.kind === 'label' && cell.text.length > 8 ? 'TableLabel' : 'TableFigure'
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${across}${down}${direction}<w:vAlign w:val="center"/></w:tcPr>${paragraph(style, text)}</w:tc>`
}

function paragraph(style: string, content: string, properties = ''): string {
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${properties}</w:pPr>${content}</w:p>`
}

function run(text: string): string {
  return `<w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

function relationships(targets: readonly (readonly [string, string])[]): string {
  const items = targets.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${type}" Target="${target}"/>`)
  return `<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`
}

function contentTypes(): string {
  const overrides = [
    ['/word/document.xml', `${OFFICE}.document.main+xml`],
    ['/word/styles.xml', `${OFFICE}.styles+xml`],
    ['/word/numbering.xml', `${OFFICE}.numbering+xml`],
    ['/word/footer1.xml', `${OFFICE}.footer+xml`],
    ['/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'],
  ].map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`)
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`
}

const SECTION =
  '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1453" w:bottom="1417" w:left="1453" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'

const FOOTER = `<w:ftr xmlns:w="${W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">- </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> -</w:t></w:r></w:p></w:ftr>`

const NUMBERING = `<w:numbering xmlns:w="${W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>${[
  ['%1、', 0],
  ['（%2）', 1],
]
  .map(
    ([text, level]) =>
      `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/></w:lvl>`,
  )
  .join('')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`

function style(id: string, name: string, font: string, halfPoints: number, paragraphProperties: string, bold = false) {
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:pPr>${paragraphProperties}</w:pPr><w:rPr><w:rFonts w:eastAsia="${font}"/>${bold ? '<w:b/>' : ''}<w:sz w:val="${halfPoints}"/></w:rPr></w:style>`
}

const INDENT = '<w:spacing w:line="540" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="600"/>'
const STYLES = `<w:styles xmlns:w="${W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312"/><w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>${[
  style('Title', 'Title', '方正小标宋简体', 40, '<w:spacing w:after="400"/><w:jc w:val="center"/>', true),
  style('Heading1', 'heading 1', '黑体', 30, `<w:keepNext/>${INDENT}<w:outlineLvl w:val="0"/>`, true),
  style('Heading2', 'heading 2', '楷体_GB2312', 30, `<w:keepNext/>${INDENT}<w:outlineLvl w:val="1"/>`),
  style('BodyText', 'Body Text', '仿宋_GB2312', 30, INDENT),
  style('TableCaption', 'Table Caption', '黑体', 28, '<w:keepNext/><w:jc w:val="center"/>'),
  style('TableLabel', 'Table Label', '宋体', 18, '<w:jc w:val="left"/>'),
  style('TableFigure', 'Table Figure', '宋体', 18, '<w:jc w:val="center"/>'),
].join(
  '',
)}<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>${['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`).join('')}</w:tblBorders><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`
