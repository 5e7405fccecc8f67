import { describe, expect, test } from '@jest/globals'
import { PageBuilder } from '../../build/page.js'
import { coversOnce, gridsOf, paragraphsOf, readPages, rowsOf } from '../../build/read-pages.js'

const XS = [60, 220, 320, 420, 520]
const HEADER = ['信息内容', '本年制发', '本年废止', '现行有效']
const ROWS = [HEADER, ['规章', '0', '0', '12'], ['规范性文件', '16', '2', '165'], ['其他文件', '1', '', '7']]
const YS = [100, 122, 144, 166, 188]
const READ = [
  '信息内容 | 本年制发 | 本年废止 | 现行有效',
  '规章 | 0 | 0 | 12',
  '规范性文件 | 16 | 2 | 165',
  '其他文件 | 1 |  | 7',
]
const PROSE = [
  '根据《条例》和上级要求，编制并公布二〇二三年政府信息公开工作年度报告，',
  '本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止，请以此为准，',
  '全年主动公开信息1295条，收到申请254件，上年结转2件，办结245件，结转11件。',
]

const rule = (page: PageBuilder, ...ys: number[]) => {
  for (const y of ys) page.line(60, y, 520, y)
  return page
}
const withText = () => new PageBuilder().prose(60, 40, PROSE, { leading: 18 })

describe('tables whose borders are not all drawn', () => {
  test('by three rules', async () => {
    const document = await readPages(rule(withText().cells(XS, YS, ROWS), 100, 122, 188))
    expect(gridsOf(document).map(rowsOf)).toEqual([READ])
    expect(paragraphsOf(document).join('').replace(/\s/g, '')).toBe(PROSE.join(''))
  })

  test('by a rule under each row', async () => {
    expect(rowsOf(gridsOf(await readPages(rule(withText().cells(XS, YS, ROWS), ...YS)))[0])).toEqual(READ)
  })

  test('by verticals alone', async () => {
    const page = withText().cells(XS, YS, ROWS)
    for (const x of XS.slice(1, -1)) page.line(x, 100, x, 188)
    expect(rowsOf(gridsOf(await readPages(page))[0])).toEqual(READ)
  })

  test('by nothing but alignment', async () => {
    const [grid] = gridsOf(await readPages(withText().cells(XS, YS, ROWS)))
    expect(rowsOf(grid)).toEqual(READ)
    expect(grid === undefined ? false : coversOnce(grid)).toBe(true)
  })

  test('with figures set flush right', async () => {
    const page = withText().cells(XS, YS.slice(0, 2), [HEADER])
    for (const [r, row] of ROWS.slice(1).entries()) {
      const y = (YS[r + 1] ?? 0) + 14
      page.text(62, y, row[0] ?? '')
      for (const c of [1, 2, 3]) page.text((XS[c + 1] ?? 0) - 5 - (row[c] ?? '').length * 5, y, row[c] ?? '')
    }
    expect(rowsOf(gridsOf(await readPages(page))[0])).toEqual(READ)
  })

  test('whose cells have boxes of their own that hold no other figure', async () => {
    const [grid] = gridsOf(await readPages(withText().cells(XS, YS, ROWS)))
    const boxes = (grid?.cells ?? []).flatMap(({ location }) => (location.kind === 'page' ? [location.box] : []))
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) {
        const shared = [Math.min(a[2], b[2]) - Math.max(a[0], b[0]), Math.min(a[3], b[3]) - Math.max(a[1], b[1])]
        expect(Math.min(...shared)).toBeLessThanOrEqual(0)
      }
    }
  })

  test('a label in two lines is one row, its figures standing between them', async () => {
    const page = withText().cells(XS, YS.slice(0, 3), ROWS.slice(0, 2))
    page.text(62, 157, '1.要求行政机关确认').text(62, 170, '或重新出具信息')
    for (const [c, figure] of ['3', '4', '5'].entries()) page.centred(XS[c + 1] ?? 0, XS[c + 2] ?? 0, 163.5, figure)
    page.cells(
      XS,
      [180, 202, 224],
      [
        ['2.其他', '7', '8', '9'],
        ['3.总计', '10', '12', '14'],
      ],
    )
    expect(rowsOf(gridsOf(await readPages(page))[0]).slice(2)).toEqual([
      '1.要求行政机关确认/或重新出具信息 | 3 | 4 | 5',
      '2.其他 | 7 | 8 | 9',
      '3.总计 | 10 | 12 | 14',
    ])
  })

  describe('whose long figures run over two lines, half a line above and below their row', () => {
    const withLong = (...parts: readonly [number, string][]) => {
      const page = withText().cells(XS, YS.slice(0, 2), ROWS.slice(0, 1)).text(62, 140, '行政许可')
      page.centred(320, 420, 140, '331').centred(420, 520, 140, '44')
      for (const [y, part] of parts) page.centred(220, 320, y, part)
      return page.cells(XS, [166, 188, 210], ROWS.slice(2))
    }
    const cellOf = async (page: PageBuilder, text: string) =>
      gridsOf(await readPages(page))[0]?.cells.find((cell) => cell.text === text)

    test('both parts are one figure', async () => {
      const cell = await cellOf(withLong([134, '1，'], [146, '517']), '1，\n517')
      expect(cell?.column).toBe(1)
      expect(cell?.doubt).toBeUndefined()
    })

    test('a part alone is in doubt', async () => {
      expect(await cellOf(withLong([134, '151']), '151')).toMatchObject({ doubt: 'open_grid' })
    })
  })

  test('a rule under a part of the header joins the columns over it', async () => {
    const ys = [100, 120, 140, 160, 180, 200]
    const page = rule(withText(), 100, 140, 200)
    page.line(220, 120, 520, 120).centred(220, 520, 114, '本年').centred(60, 220, 124, '信息内容')
    page.cells(XS, ys.slice(1), [['', '制发', '废止', '有效'], ...ROWS.slice(1)])
    const [grid] = gridsOf(await readPages(page))
    expect(grid?.cells.find((cell) => cell.text === '本年')).toMatchObject({ column: 1, columnSpan: 3 })
    expect(rowsOf(grid).slice(-3)).toEqual(READ.slice(1))
  })

  test('letters stacked beside the rows are one label over them', async () => {
    const xs = [60, 80, 220, 320, 420]
    const ys = Array.from({ length: 7 }, (_, index) => 100 + index * 22)
    const rows = ['甲', '乙', '丙', '丁', '戊', '己'].map((name, index) => [
      '',
      `${index + 1}.${name}种情形`,
      String(index),
      '0',
    ])
    const page = withText().cells(xs, ys, rows)
    for (const [index, letter] of [...'办理结果'].entries()) page.text(65, 140 + index * 14, letter)
    const [grid] = gridsOf(await readPages(page))
    expect(grid?.cells[0]).toMatchObject({ text: '办理结果', row: 0, rowSpan: 6, column: 0 })
  })

  test('go on over a page break', async () => {
    const first = new PageBuilder().prose(60, 600, PROSE).cells(XS, [690, 712, 734, 756], ROWS.slice(0, 3))
    const second = new PageBuilder().cells(
      XS,
      [60, 82, 104],
      [
        ['其他文件', '1', '3', '7'],
        ['合计', '17', '5', '184'],
      ],
    )
    first.cells(XS, [756, 778], [['公告', '5', '6', '8']])
    const grids = gridsOf(await readPages(first, second))
    expect(grids.map(rowsOf)).toEqual([
      [...READ.slice(0, 3), '公告 | 5 | 6 | 8', '其他文件 | 1 | 3 | 7', '合计 | 17 | 5 | 184'],
    ])
  })

  test('by headings over a single row', async () => {
    const document = await readPages(withText().cells(XS, YS, ROWS.slice(0, 2)))
    expect(gridsOf(document).map(rowsOf)).toEqual([READ.slice(0, 2)])
  })

  test('by a table next to it in the same columns, where they are small themselves', async () => {
    const page = withText().cells(XS, YS, ROWS.slice(0, 2))
    page.text(60, 200, '信息内容').centred(220, 520, 200, '处理决定数量')
    page.centred(60, 220, 215, '行政许可').centred(320, 420, 215, '7')
    expect(
      gridsOf(await readPages(page))
        .at(-1)
        ?.cells.some(({ text }) => text === '7'),
    ).toBe(true)
  })

  test('with rows far apart', async () => {
    const ys = YS.map((y) => 100 + (y - 100) * 2.4)
    expect(gridsOf(await readPages(withText().cells(XS, ys, ROWS))).map(rowsOf)).toEqual([READ])
  })

  test('with a figure that stands across the border between two others', async () => {
    const page = withText().cells(XS, YS, ROWS.slice(0, 2)).centred(60, 220, 158, '公告').centred(220, 420, 158, '5')
    page.centred(420, 520, 158, '8')
    expect(rowsOf(gridsOf(await readPages(page))[0])[1]).toBe(READ[1])
  })

  const WIDE = [60, 130, 200, 270, 340, 410, 480]
  const HEADINGS = ['结果维持', '结果纠正', '其他结果', '尚未审结', '合计', '总计']
  const FIGURES = ['3', '0', '1', '0', '4', '8']

  test('whose header stands at the foot of the page before', async () => {
    const first = withText().centred(60, 270, 720, '行政复议').centred(270, 480, 720, '行政诉讼')
    first.cells(WIDE, [725, 745], [HEADINGS])
    const grids = gridsOf(await readPages(first, new PageBuilder().cells(WIDE, [60, 80], [FIGURES])))
    expect(grids.map((grid) => rowsOf(grid).slice(-2))).toEqual([[HEADINGS.join(' | '), FIGURES.join(' | ')]])
    expect(grids[0]?.locations).toHaveLength(2)
  })

  test('whose wrapped headings of three columns stand at the foot of the page before', async () => {
    const first = withText().centred(60, 220, 725, '信息内容').centred(320, 420, 725, '本年增减')
    first.centred(220, 320, 718, '上一年项目').centred(420, 520, 718, '处理决定数')
    first.centred(220, 320, 732, '数量').centred(420, 520, 732, '量')
    const second = new PageBuilder().cells(
      XS,
      [60, 82, 104],
      [
        ['行政许可', '21', '0', '24169'],
        ['其他服务事项', '193', '0', '19285'],
      ],
    )
    const grids = gridsOf(await readPages(first, second))
    expect(grids).toHaveLength(1)
    expect(grids[0]?.cells.find(({ text }) => text.startsWith('上一年'))?.text).toBe('上一年项目\n数量')
    expect(rowsOf(grids[0]).slice(-2)).toEqual(['行政许可 | 21 | 0 | 24169', '其他服务事项 | 193 | 0 | 19285'])
  })

  test('that go on over the page break with a heading in the middle and a single row', async () => {
    const second = new PageBuilder().centred(60, 520, 70, '第二十条第（八）项')
    second.centred(60, 220, 90, '信息内容').centred(220, 520, 90, '本年收费金额')
    second.text(60, 110, '行政事业性收费').centred(220, 520, 110, '7').prose(60, 160, PROSE)
    const first = withText().cells(XS, [640, 662, 684, 706, 728], ROWS)
    const grids = gridsOf(await readPages(first, second))
    expect(
      grids.flatMap(({ cells }) => cells.filter(({ text }) => text === '7' || text === '行政事业性收费')),
    ).toHaveLength(3)
  })

  test('whose header goes on over the page break', async () => {
    const halves = (from: number, to: number) => [HEADINGS.slice(0, 4).map((heading) => heading.slice(from, to))]
    const large = { size: 20 }
    const first = withText().centred(60, 200, 720, '行政复议', large).centred(200, 340, 720, '行政诉讼', large)
    first.cells(WIDE, [725, 755], halves(0, 2), large)
    const second = new PageBuilder().cells(WIDE, [60, 90], halves(2, 4), large).cells(WIDE, [95, 125], [FIGURES], large)
    const grids = gridsOf(await readPages(first, second))
    expect(grids).toHaveLength(1)
    expect(grids[0]?.cells.find(({ text }) => text.startsWith('结果'))?.text).toBe('结果维持')
    expect(rowsOf(grids[0]).at(-1)).toBe(FIGURES.join(' | '))
  })

  test('whose labels all take two lines, with the figures between them', async () => {
    const page = withText().cells(XS, [100, 120], [HEADER])
    for (const [index, label] of ['一、新收申请', '二、结转申请', '三、办理结果'].entries()) {
      const y = 136 + index * 40
      page.text(60, y, label).text(60, y + 14, '的数量')
      page.cells(XS, [y - 7.5, y + 14.5], [['', '5', '6', '7']])
    }
    expect(rowsOf(gridsOf(await readPages(page))[0]).slice(1)).toEqual([
      '一、新收申请/的数量 | 5 | 6 | 7',
      '二、结转申请/的数量 | 5 | 6 | 7',
      '三、办理结果/的数量 | 5 | 6 | 7',
    ])
  })

  test('by rules, and parted from the next by a heading between the rules', async () => {
    const page = rule(withText().cells(XS, YS, ROWS), ...YS)
    page.text(60, 204, '三、另一张表')
    const ys = YS.map((y) => y + 110)
    expect(gridsOf(await readPages(rule(page.cells(XS, ys, ROWS), ...ys))).map(rowsOf)).toEqual([READ, READ])
  })

  test('by rules, with the header above the first of them', async () => {
    const page = new PageBuilder().centred(60, 520, 75, '第二十条').cells(
      XS,
      YS.map((y) => y - 15),
      ROWS,
    )
    expect(rowsOf(gridsOf(await readPages(rule(page, 107, 173)))[0]).slice(-3)).toEqual(READ.slice(1))
  })

  test('with dashes of any length for what is not counted', async () => {
    const xs = [60, 300, 360, 460]
    const rows = ['条', '⸺', '件'].map((unit, index) => [`${index + 1}.第${index + 1}项`, unit, index === 1 ? '' : '7'])
    const page = withText().cells(xs, YS, [['指标名称', '单位', '统计数'], ...rows])
    page.centred(60, 300, 206, '4.第4项').centred(300, 360, 206, '次').centred(360, 460, 206, '12')
    const grids = gridsOf(await readPages(page))
    expect(grids.map((grid) => grid.rowCount)).toEqual([5])
    expect(rowsOf(grids[0])[2]).toBe('2.第2项 | ⸺ | ')
  })

  test('with a label longer than the rows above it, its figures beside its two lines', async () => {
    const page = withText().text(60, 120, '1.第一项').text(320, 120, '条').text(400, 120, '7')
    page
      .text(60, 140, '2.第二项，不同渠道和方式公开相同信息计一')
      .text(60, 152, '条的')
      .text(320, 146, '条')
      .text(400, 146, '12')
    page.text(60, 172, '3.第三项').text(320, 172, '件').text(400, 172, '9')
    expect(rowsOf(gridsOf(await readPages(page))[0])).toEqual([
      '1.第一项 | 条 | 7',
      '2.第二项，不同渠道和方式公开相同信息计一/条的 | 条 | 12',
      '3.第三项 | 件 | 9',
    ])
  })

  test('by columns in a frame, with no line between the rows', async () => {
    const page = withText().cells(XS, YS, ROWS).line(60, 100, 520, 100).line(60, 188, 520, 188)
    for (const x of XS) page.line(x, 100, x, 188)
    expect(gridsOf(await readPages(page)).map(rowsOf)).toEqual([READ])
  })

  test('by columns in a frame, with one row of figures under the headings', async () => {
    const page = withText().cells(XS, YS.slice(0, 3), ROWS.slice(0, 2))
    page.line(60, 100, 520, 100).line(60, 144, 520, 144)
    for (const x of XS) page.line(x, 100, x, 144)
    expect(gridsOf(await readPages(page)).map(rowsOf)).toEqual([READ.slice(0, 2)])
  })

  test('by columns in a frame, one of figures alone', async () => {
    const rows = Array.from({ length: 9 }, (_, index) => [`${index + 1}.公开数`, '条', `${3 * index + 1}`])
    const ys = Array.from({ length: 10 }, (_, index) => 100 + index * 20)
    const page = withText().cells([60, 220, 320, 420], ys, rows).line(60, 100, 420, 100).line(60, 280, 420, 280)
    for (const x of [60, 220, 320, 420]) page.line(x, 100, x, 280)
    expect(gridsOf(await readPages(page)).map(rowsOf)).toEqual([rows.map((row) => row.join(' | '))])
  })

  test('by two headings over rows of a label and a figure', async () => {
    const rows = [
      ['信息内容', '本年处理决定数量'],
      ['行政处罚', '0'],
      ['行政强制', '4375'],
    ]
    const page = withText().cells([60, 260, 520], YS.slice(0, 4), rows)
    expect(gridsOf(await readPages(page)).map(rowsOf)).toEqual([rows.map((row) => row.join(' | '))])
  })

  test('by two headings over such rows, set in several lines', async () => {
    const page = withText().centred(60, 260, 107, '信息').centred(60, 260, 119, '内容')
    for (const [y, part] of [
      [101, '本年处'],
      [113, '理决定'],
      [125, '数量'],
    ] as const)
      page.centred(260, 520, y, part)
    page.cells(
      [60, 260, 520],
      [134, 156, 178],
      [
        ['行政处罚', '336'],
        ['行政强制', '0'],
      ],
    )
    expect(rowsOf(gridsOf(await readPages(page))[0]).slice(-2)).toEqual(['行政处罚 | 336', '行政强制 | 0'])
  })

  test('with a heading apart from the label below it, though the figure is set flush right of both', async () => {
    const page = withText().cells(XS, YS.slice(0, 4), ROWS.slice(0, 3))
    page.centred(60, 220, 186, '信息内容').centred(260, 420, 186, '处理决定数量')
    page.text(62, 202, '行政处罚').text(495, 202, '2139')
    const [grid] = gridsOf(await readPages(page))
    expect(rowsOf(grid).slice(-2)).toEqual(['信息内容 |  | 处理决定数量 | ', '行政处罚 |  |  | 2139'])
  })

  test('by rules of two lengths, without a line in two grids', async () => {
    const page = rule(withText().cells(XS, YS, ROWS), 100, 188)
    page.line(220, 122, 520, 122).line(220, 144, 520, 144).line(220, 166, 520, 166)
    const grids = gridsOf(await readPages(page))
    expect(grids.flatMap(({ cells }) => cells.filter(({ text }) => text === '165'))).toHaveLength(1)
  })

  test('the last lines of a label before the next item, though the label of their group stands beside', async () => {
    const page = withText().cells(XS, [100, 120], [HEADER])
    const labels = ['1.第一项办', '2.第二项办', '3.第三项办']
    for (const [index, label] of labels.entries()) {
      const y = 140 + index * 34
      page.text(90, y - 8, label).text(90, y + 8, '理情况')
      page.cells(XS, [y - 15, y + 7.4], [['', '5', '6', '7']])
    }
    page.text(60, 166, '公开')
    const rows = rowsOf(gridsOf(await readPages(page))[0])
    expect(rows.some((row) => row.includes('2.第二项办/理情况'))).toBe(true)
  })

  test('two of them with a heading between are two', async () => {
    const page = withText().cells(XS, YS, ROWS).text(60, 212, '三、另一张表', { size: 14 })
    page.cells(
      XS,
      YS.map((y) => y + 125),
      ROWS,
    )
    expect(gridsOf(await readPages(page))).toHaveLength(2)
  })
})

describe('text that is no table', () => {
  const noTable = async (page: PageBuilder) => gridsOf(await readPages(page))

  test('running text, also when its lines are stretched', async () => {
    const page = new PageBuilder()
    for (const [index, line] of PROSE.entries()) page.text(60, 100 + index * 20, line, { spacing: index * 1.5 })
    expect(await noTable(page)).toEqual([])
  })

  test('running text between the rules of a header and a footer', async () => {
    expect(await noTable(rule(new PageBuilder().prose(60, 100, [...PROSE, ...PROSE, ...PROSE]), 60, 780))).toEqual([])
  })

  test('signatures side by side', async () => {
    const page = withText()
      .text(60, 200, '单位负责人：陈某')
      .text(240, 200, '审核人：孙某')
      .text(420, 200, '填报人：冯某')
    page.text(60, 225, '联系电话：85230001').text(240, 225, '填报日期：2024年1月').text(420, 225, '（盖章）')
    expect(await noTable(page)).toEqual([])
  })

  test('a numbered list', async () => {
    const page = withText()
    for (const [index, text] of ['制度还不健全；', '人员力量不足；', '平台有待完善。'].entries()) {
      page.text(80, 120 + index * 20, `${index + 1}.`).text(105, 120 + index * 20, text)
    }
    expect(await noTable(page)).toEqual([])
  })

  test('words in a row over words and one figure', async () => {
    const page = withText().text(60, 200, '联系人').text(240, 200, '联系电话').text(420, 200, '日期')
    page.text(60, 220, '陈某').text(240, 220, '85230001').text(420, 220, '一月')
    expect(await noTable(page)).toEqual([])
  })

  test('a centred title, a date flush right and a page number', async () => {
    const page = new PageBuilder()
      .centred(0, 600, 80, '年度报告', { size: 22 })
      .centred(0, 600, 110, '2024', { size: 22 })
    page.prose(60, 150, PROSE).text(420, 240, '2024年1月25日').centred(0, 600, 800, '1')
    expect(await noTable(page)).toEqual([])
  })

  test('two rows that happen to have a figure behind a gap', async () => {
    const page = withText()
      .text(60, 120, '电话')
      .text(200, 120, '85230001')
      .text(60, 140, '邮编')
      .text(200, 140, '223100')
    expect(await noTable(page)).toEqual([])
  })
})
