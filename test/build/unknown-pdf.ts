/** A report as a PDF whose only table, that of review and litigation, bears headings that no form has. */
import { buildPdf, PdfPage } from './pdf.js'

const LEFT = 62
const COLUMN = 32
const LINES = [
  '一、总体情况',
  '　　2023年我镇新收政府信息公开申请0件，因政府信息公开引起的行政复议5件。',
  '二、主动公开政府信息情况',
  '　　无。',
  '三、收到和处理政府信息公开申请情况',
  '　　无。',
  '四、政府信息公开行政复议、行政诉讼情况',
]
const AFTER = [
  '五、存在的主要问题及改进情况',
  '　　公开的内容还不够及时，下一年将安排专人逐条核对。',
  '六、其他需要报告的事项',
  '　　本年度未收取信息处理费。',
]
const TOP = 330
const ROW = 26
const FIGURES = ['1', '0', '1', '2', '4', '0', '0', '1', '0', '1', '1', '0', '0', '0', '1']
const SIGNS = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰'

export function unknownPdf(): Uint8Array {
  const page = new PdfPage().text(110, 90, '临水镇人民政府2023年政府信息公开工作年度报告', { font: 'hei', size: 16 })
  LINES.forEach((line, at) => {
    page.text(LEFT, 130 + at * 24, line)
  })
  const right = LEFT + FIGURES.length * COLUMN
  for (let row = 0; row < 3; row++) page.line(LEFT, TOP + row * ROW, right, TOP + row * ROW)
  for (let column = 0; column <= FIGURES.length; column++) {
    page.line(LEFT + column * COLUMN, TOP, LEFT + column * COLUMN, TOP + 2 * ROW)
  }
  FIGURES.forEach((figure, column) => {
    page.text(LEFT + column * COLUMN + 10, TOP + 17, SIGNS.charAt(column))
    page.text(LEFT + column * COLUMN + 13, TOP + ROW + 17, figure)
  })
  AFTER.forEach((line, at) => {
    page.text(LEFT, 430 + at * 24, line)
  })
  return buildPdf([page])
}
