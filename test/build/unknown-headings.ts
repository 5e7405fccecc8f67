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

const OF_SECTION_2: readonly (readonly [string, string])[] = [
  ['第二十条第（一）项', '甲项'],
  ['第二十条第（五）项', '乙项'],
  ['第二十条第（六）项', '丙项'],
  ['第二十条第（八）项', '丁项'],
  ['信息内容', '种类'],
  ['行政规范性文件', '子类'],
  ['规章', '丑类'],
  ['行政许可', '寅类'],
  ['行政处罚', '卯类'],
  ['行政强制', '辰类'],
  ['行政事业性收费', '巳类'],
  ['本年制发件数', '上栏'],
  ['本年废止件数', '中栏'],
  ['现行有效件数', '下栏'],
  ['本年处理决定数量', '栏'],
  ['本年收费金额（单位：万元）', '栏（单位：万元）'],
]

/** The same of the table that holds all of section 2. */
export function withUnknownSection2(html: string): string {
  const from = html.lastIndexOf('<table', html.indexOf('第二十条第（一）项'))
  const to = html.indexOf('</table>', from)
  const table = OF_SECTION_2.reduce((text, [known, unknown]) => text.replaceAll(known, unknown), html.slice(from, to))
  return html.slice(0, from) + table + html.slice(to)
}
