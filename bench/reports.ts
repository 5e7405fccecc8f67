/**
 * Reports to measure with: PDF of any number of pages, and DOCX, with tables by the form of 2021 and figures that agree.
 *
 * Each five pages hold the same mix (prose, a small table, the table of requests, a small table, prose), so that the cost of a
 * page can be compared between files of different length; beyond the first five, the tables are statistics of the organ's own.
 */
import { strToU8, zipSync } from 'fflate'
import { PdfFileWriter } from './pdf-file.js'
import { type BenchCell, type BenchTable, officesTable, proactiveTable, requestsTable, reviewTable } from './tables.js'

const TITLE = '洪川市人民政府2023年政府信息公开工作年度报告'
const SENTENCE =
  '本年度，本机关认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，加强制度建设，规范公开内容，拓宽公开渠道，' +
  '依法办理公开申请，强化监督保障，各项工作取得了新的进展。'

const LEFT = 50
const RIGHT = 545
const TOP = 60
const LINE = 24
const PROSE_SIZE = 14
const TABLE_SIZE = 8
const TABLE_LINE = 11

export function pdfReport(pageCount: number): Uint8Array {
  const file = new PdfFileWriter()
  for (let index = 0; index < pageCount; index += 1) {
    file.addPage()
    draw(file, index)
    file.text(290, 815, `- ${index + 1} -`, 'calibri', 9)
  }
  return file.toBytes()
}

function draw(file: PdfFileWriter, index: number): void {
  if (index === 0) {
    file.text(LEFT + 40, TOP, TITLE, 'title', 18)
    drawProse(file, '一、总体情况', 24)
    file.text(LEFT + 2 * PROSE_SIZE, TOP + 27 * LINE, '（一）主动公开', 'kai', PROSE_SIZE)
  } else if (index === 1) drawTable(file, '二、主动公开政府信息情况', proactiveTable())
  else if (index === 2) drawTable(file, '三、收到和处理政府信息公开申请情况', requestsTable())
  else if (index === 3) drawTable(file, '四、政府信息公开行政复议、行政诉讼情况', reviewTable())
  else if (index === 4) {
    drawProse(file, '五、存在的主要问题及改进情况', 13)
    drawProse(file, '六、其他需要报告的事项', 10, TOP + 15 * LINE)
  } else if (index % 5 === 2) drawTable(file, '各街道公开信息条数如下。', officesTable(24))
  else if (index % 5 === 1 || index % 5 === 3) drawTable(file, '各街道办理答复件数如下。', officesTable(8))
  else drawProse(file, null, 26)
}

function drawProse(file: PdfFileWriter, heading: string | null, lineCount: number, top = TOP + LINE * 1.5): void {
  let y = top
  if (heading !== null) file.text(LEFT + 2 * PROSE_SIZE, y, heading, 'hei', PROSE_SIZE)
  const perLine = Math.floor((RIGHT - LEFT) / PROSE_SIZE)
  const text = SENTENCE.repeat(Math.ceil((lineCount * perLine) / SENTENCE.length))
  for (let line = 0; line < lineCount; line += 1) {
    y += LINE
    const from = line * perLine
    const indent = line === 0 ? 2 : 0
    file.text(LEFT + indent * PROSE_SIZE, y, text.slice(from, from + perLine - indent), 'fang', PROSE_SIZE)
  }
}

function drawTable(file: PdfFileWriter, heading: string, table: BenchTable): void {
  file.text(LEFT + 2 * PROSE_SIZE, TOP, heading, 'hei', PROSE_SIZE)
  const unit = (RIGHT - LEFT) / table.columns.reduce((sum, width) => sum + width, 0)
  const xs = runningSum(
    LEFT,
    table.columns.map((width) => width * unit),
  )
  const lines = (cell: BenchCell) => wrap(cell.text, at(xs, cell.column + cell.columnSpan) - at(xs, cell.column) - 4)
  const heights = Array.from({ length: table.rowCount }, (_, row) => {
    const single = table.cells.filter((cell) => cell.row === row && cell.rowSpan === 1)
    return 8 + TABLE_LINE * Math.max(1, ...single.map((cell) => lines(cell).length))
  })
  const ys = runningSum(TOP + LINE, heights)
  for (const cell of table.cells) {
    const [left, right] = [at(xs, cell.column), at(xs, cell.column + cell.columnSpan)]
    const [top, bottom] = [at(ys, cell.row), at(ys, cell.row + cell.rowSpan)]
    if (!/^\d*$/.test(cell.text)) file.whiten(left, top, right, bottom)
    const last = { column: right === xs.at(-1), row: bottom === ys.at(-1) }
    file.cell(left, top, right, bottom, last)
    const text = lines(cell)
    const first = (top + bottom) / 2 - (text.length * TABLE_LINE) / 2 + TABLE_SIZE
    text.forEach((line, index) => {
      const x = (left + right) / 2 - (line.length * TABLE_SIZE) / 2
      const face = /^\d+$/.test(line) ? 'times' : 'song'
      file.text(Math.max(left + 2, x), first + index * TABLE_LINE, line, face, TABLE_SIZE)
    })
  }
}

function wrap(text: string, width: number): string[] {
  const perLine = Math.max(1, Math.floor(width / TABLE_SIZE))
  const lines = Math.max(1, Math.ceil(text.length / perLine))
  return Array.from({ length: lines }, (_, index) => text.slice(index * perLine, (index + 1) * perLine))
}

function runningSum(start: number, steps: readonly number[]): number[] {
  const sums = [start]
  for (const step of steps) sums.push((sums.at(-1) ?? start) + step)
  return sums
}

function at(values: readonly number[], index: number): number {
  const value = values[index]
  if (value === undefined) throw new Error(`no position ${index}`)
  return value
}

export function docxReport(): Uint8Array {
  const prose = paragraph(SENTENCE.repeat(3)).repeat(6)
  const body = [
    paragraph(TITLE),
    paragraph('一、总体情况'),
    prose,
    paragraph('二、主动公开政府信息情况'),
    wordTable(proactiveTable()),
    paragraph('三、收到和处理政府信息公开申请情况'),
    wordTable(requestsTable()),
    paragraph('四、政府信息公开行政复议、行政诉讼情况'),
    wordTable(reviewTable()),
    paragraph('五、存在的主要问题及改进情况'),
    prose,
    paragraph('六、其他需要报告的事项'),
    prose,
  ]
  const office = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
  const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  return zipSync({
    '[Content_Types].xml': strToU8(
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${office}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${office}.styles+xml"/></Types>`,
    ),
    '_rels/.rels': strToU8(relationshipsOf(`${relationships}/officeDocument`, 'word/document.xml')),
    'word/_rels/document.xml.rels': strToU8(relationshipsOf(`${relationships}/styles`, 'styles.xml')),
    'word/styles.xml': strToU8(styles()),
    'word/document.xml': strToU8(
      `<w:document ${WORD} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:body>${body.join('')}</w:body></w:document>`,
    ),
  })
}

const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

function relationshipsOf(type: string, target: string): string {
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${type}" Target="${target}"/></Relationships>`
}

/** As many as a document begins with. */
function styles(): string {
  const heading = (level: number) =>
    `<w:style w:type="paragraph" w:styleId="${level + 1}"><w:name w:val="heading ${level}"/><w:basedOn w:val="1"/><w:next w:val="1"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="260" w:after="260"/><w:outlineLvl w:val="${level - 1}"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val="32"/></w:rPr></w:style>`
  const normal = `<w:style w:type="paragraph" w:default="1" w:styleId="1"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr><w:rPr>${LETTERS}</w:rPr></w:style>`
  return `<w:styles ${WORD}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="宋体"/></w:rPr></w:rPrDefault></w:docDefaults>${normal}${Array.from({ length: 9 }, (_, index) => heading(index + 1)).join('')}</w:styles>`
}

/** Word and WPS say of every run what it looks like, in full, and of every cell what is drawn around it. */
const LETTERS =
  '<w:rFonts w:hint="eastAsia" w:ascii="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:cs="仿宋_GB2312"/><w:b w:val="0"/><w:bCs w:val="0"/><w:color w:val="000000"/><w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar"/>'
const BORDERS = ['top', 'left', 'bottom', 'right']
  .map((side) => `<w:${side} w:val="single" w:color="000000" w:sz="4" w:space="0"/>`)
  .join('')

/** A run ends where letters of another script begin, and at some places more. */
function paragraph(text: string): string {
  const runs = text
    .split(/(\d+|[（）《》、])/)
    .filter((part) => part !== '')
    .map((part) => `<w:r><w:rPr>${LETTERS}</w:rPr><w:t>${part}</w:t></w:r>`)
  const properties = `<w:pPr><w:keepNext w:val="0"/><w:widowControl/><w:spacing w:before="0" w:line="560" w:lineRule="exact"/><w:ind w:left="0" w:right="0"/><w:jc w:val="both"/><w:rPr>${LETTERS}</w:rPr></w:pPr>`
  return `<w:p w14:paraId="1D2C3B4A" w:rsidR="00A17B3C" w:rsidRDefault="00A17B3C" w:rsidP="00A17B3C">${properties}${runs.join('')}</w:p>`
}

function wordTable({ columns, rowCount, cells }: BenchTable): string {
  const grid = columns.map((width) => `<w:gridCol w:w="${Math.round(width * 900)}"/>`).join('')
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const covering = cells
      .filter((cell) => cell.row <= row && row < cell.row + cell.rowSpan)
      .sort((a, b) => a.column - b.column)
    return `<w:tr><w:trPr><w:trHeight w:val="400"/></w:trPr>${covering.map((cell) => wordCell(cell, row)).join('')}</w:tr>`
  })
  return `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${rows.join('')}</w:tbl>`
}

function wordCell(cell: BenchCell, row: number): string {
  const across = cell.columnSpan > 1 ? `<w:gridSpan w:val="${cell.columnSpan}"/>` : ''
  const down = cell.rowSpan === 1 ? '' : cell.row === row ? '<w:vMerge w:val="restart"/>' : '<w:vMerge/>'
  return `<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/>${across}${down}<w:tcBorders>${BORDERS}</w:tcBorders><w:noWrap w:val="0"/><w:vAlign w:val="center"/></w:tcPr>${paragraph(cell.row === row ? cell.text : '')}</w:tc>`
}
