/** A report whose last table, that of review and litigation, bears headings that no form has. */

const HEADINGS: readonly (readonly [string, string])[] = [
  ['未经复议直接起诉', '前'],
  ['复议后起诉', '后'],
  ['行政复议', '第一栏'],
  ['行政诉讼', '第二栏'],
  ['结果维持', '甲类'],
  ['结果纠正', '乙类'],
  ['其他结果', '丙类'],
  ['尚未审结', '丁类'],
  ['总计', '小结'],
]

export function withUnknownHeadings(html: string): string {
  const at = html.lastIndexOf('<table')
  const table = HEADINGS.reduce((text, [known, unknown]) => text.replaceAll(known, unknown), html.slice(at))
  return html.slice(0, at) + table
}
