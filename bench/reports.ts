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
  return zipSync({
    '[Content_Types].xml': strToU8(
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${office}.document.main+xml"/></Types>`,
    ),
    '_rels/.rels': strToU8(
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    ),
    'word/document.xml': strToU8(
      `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body.join('')}</w:body></w:document>`,
    ),
  })
}

function paragraph(text: string): string {
  const run = `<w:r><w:rPr><w:rFonts w:hint="eastAsia" w:ascii="仿宋" w:eastAsia="仿宋"/><w:sz w:val="32"/></w:rPr><w:t>${text}</w:t></w:r>`
  return `<w:p><w:pPr><w:spacing w:line="560" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>${run}</w:p>`
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
  return `<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/>${across}${down}<w:vAlign w:val="center"/></w:tcPr>${paragraph(cell.row === row ? cell.text : '')}</w:tc>`
}
