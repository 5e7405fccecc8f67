import { describe, expect, test } from '@jest/globals'
import { PageBuilder } from '../../build/page.js'
import { coversOnce, furnitureOf, gridsOf, paragraphsOf, readPages, rowsOf } from '../../build/read-pages.js'

const XS = [60, 100, 240, 320, 400]
const HEADER = ['类别', '事项', '本年', '上年']

/** Rows of 20 points from `top` on, with every border drawn. */
function table(
  page: PageBuilder,
  top: number,
  rows: readonly (readonly string[])[],
  xs: readonly number[] = XS,
): PageBuilder {
  const ys = Array.from({ length: rows.length + 1 }, (_, index) => top + index * 20)
  return page.ruled(xs, ys).cells(xs, ys, rows)
}

describe('a table over a page break', () => {
  test('is one grid with a location on each page', async () => {
    const first = table(new PageBuilder(), 700, [HEADER, ['一', '受理', '3', '0']])
    const second = table(new PageBuilder(), 60, [['二', '办结', '2', '1']])
    const grids = gridsOf(await readPages(first, second))
    expect(grids.map(rowsOf)).toEqual([['类别 | 事项 | 本年 | 上年', '一 | 受理 | 3 | 0', '二 | 办结 | 2 | 1']])
    expect(grids[0]?.locations.map((location) => (location.kind === 'page' ? location.page : 0))).toEqual([1, 2])
    expect(grids[0]?.cells.at(-1)?.location).toEqual({ kind: 'page', page: 2, box: [320, 60, 400, 80] })
  })

  test('loses the header that is repeated', async () => {
    const first = table(new PageBuilder(), 700, [HEADER, ['一', '受理', '3', '0']])
    const second = table(new PageBuilder(), 60, [HEADER, ['二', '办结', '2', '1']])
    const third = table(new PageBuilder(), 60, [HEADER, ['三', '结转', '1', '1']])
    expect(rowsOf(gridsOf(await readPages(first, second, third))[0])).toEqual([
      '类别 | 事项 | 本年 | 上年',
      '一 | 受理 | 3 | 0',
      '二 | 办结 | 2 | 1',
      '三 | 结转 | 1 | 1',
    ])
  })

  test('keeps a header that belongs to the banner at the foot of the page', async () => {
    const xs = [60, 200, 400]
    const first = table(
      new PageBuilder(),
      680,
      [
        ['信息内容', '数量'],
        ['许可', '5'],
      ],
      xs,
    )
    first.ruled([60, 400], [720, 740]).centred(60, 400, 733, '第（六）项')
    const second = table(
      new PageBuilder(),
      60,
      [
        ['信息内容', '数量'],
        ['处罚', '7'],
      ],
      xs,
    )
    expect(rowsOf(gridsOf(await readPages(first, second))[0])).toEqual([
      '信息内容 | 数量',
      '许可 | 5',
      '1x2 第（六）项',
      '信息内容 | 数量',
      '处罚 | 7',
    ])
  })

  test('begins with a banner alone at the foot of a page', async () => {
    const xs = [60, 200, 400]
    const first = new PageBuilder()
      .text(60, 100, '上文')
      .ruled([60, 400], [740, 760])
      .centred(60, 400, 753, '第（一）项')
    const second = table(
      new PageBuilder(),
      60,
      [
        ['信息内容', '数量'],
        ['规章', '7'],
      ],
      xs,
    )
    const document = await readPages(first, second)
    expect(rowsOf(gridsOf(document)[0])).toEqual(['1x2 第（一）项', '信息内容 | 数量', '规章 | 7'])
    expect(paragraphsOf(document)).toEqual(['上文'])
  })

  test('is not joined to another table when text stands between', async () => {
    const first = table(new PageBuilder(), 700, [HEADER, ['一', '受理', '3', '0']])
    const second = table(new PageBuilder().text(60, 60, '四、另一张表'), 80, [HEADER, ['二', '办结', '2', '1']])
    expect(gridsOf(await readPages(first, second))).toHaveLength(2)
  })

  test('is not joined to a table of other columns after half a page of room', async () => {
    const first = table(new PageBuilder(), 200, [HEADER, ['一', '受理', '3', '0']])
    const second = table(
      new PageBuilder(),
      60,
      [
        ['甲', '乙', '丙'],
        ['1', '2', '3'],
      ],
      [60, 170, 290, 400],
    )
    expect(gridsOf(await readPages(first, second))).toHaveLength(2)
  })

  test('goes on past page numbers and running titles', async () => {
    const pages = [
      table(new PageBuilder(), 700, [HEADER, ['一', '受理', '3', '0']]),
      table(new PageBuilder(), 60, [['二', '办结', '2', '1']]),
    ]
    pages.forEach((page, index) => {
      page.centred(0, 600, 30, '某局年度报告').centred(0, 600, 810, `- ${index + 1} -`)
    })
    const document = await readPages(...pages)
    expect(gridsOf(document)).toHaveLength(1)
    expect(document.furniture).toHaveLength(4)
  })

  test('runs on over a landscape page', async () => {
    const first = table(new PageBuilder(), 700, [HEADER, ['一', '受理', '3', '0']])
    const wide = XS.map((x) => 60 + (x - 60) * 2)
    const second = table(new PageBuilder(840, 600), 60, [['二', '办结', '2', '1']], wide)
    const third = table(new PageBuilder(), 60, [['三', '结转', '4', '4']])
    const grids = gridsOf(await readPages(first, second, third))
    expect(grids.map(rowsOf)).toEqual([
      ['类别 | 事项 | 本年 | 上年', '一 | 受理 | 3 | 0', '二 | 办结 | 2 | 1', '三 | 结转 | 4 | 4'],
    ])
  })

  test('runs on where the margins are mirrored', async () => {
    const first = table(new PageBuilder(), 700, [HEADER, ['一', '受理', '3', '0']])
    const second = table(
      new PageBuilder(),
      60,
      [['二', '办结', '2', '1']],
      XS.map((x) => x + 25),
    )
    expect(gridsOf(await readPages(first, second))).toHaveLength(1)
  })

  test('has the last row of the page closed where its lines end', async () => {
    const first = new PageBuilder().cells(
      XS,
      [700, 720, 740, 760],
      [HEADER, ['一', '受理', '3', '0'], ['二', '办结', '2', '1']],
    )
    for (const y of [700, 720, 740]) first.line(60, y, 400, y)
    for (const x of XS) first.line(x, 700, x, 758)
    const second = table(new PageBuilder(), 60, [['三', '结转', '4', '4']])
    const [grid] = gridsOf(await readPages(first, second))
    expect(rowsOf(grid).slice(1)).toEqual(['一 | 受理 | 3 | 0', '二 | 办结 | 2 | 1', '三 | 结转 | 4 | 4'])
    expect(grid?.cells.some((cell) => cell.doubt !== undefined)).toBe(false)
  })

  /** A header of two levels over four columns of figures, on the columns of `WIDE`. */
  const WIDE = [60, 140, 220, 300, 380]
  const header = (page: PageBuilder, top: number, depth: number) =>
    page
      .ruled([60, 140], [top, top + 20 + depth])
      .ruled([140, 220], [top, top + 20 + depth])
      .ruled([220, 380], [top, top + 20])

  test('a row of figures runs on into no heading above the break', async () => {
    const first = header(new PageBuilder(), 740, 20).ruled([220, 300, 380], [760, 780])
    first.centred(60, 140, 763, '结果维持').centred(140, 220, 763, '结果纠正').centred(220, 380, 753, '行政诉讼')
    first.centred(220, 300, 773, '维持').centred(300, 380, 773, '纠正')
    const second = table(new PageBuilder(), 60, [['2', '0', '6', '1']], WIDE)
    expect(rowsOf(gridsOf(await readPages(first, second))[0])).toEqual([
      '2x1 结果维持 | 2x1 结果纠正 | 1x2 行政诉讼',
      '维持 | 纠正',
      '2 | 0 | 6 | 1',
    ])
  })

  test('a header cut in the middle is put together column by column', async () => {
    const xs = [60, 80, 100, 200, 300]
    const first = new PageBuilder().ruled([60, 80, 100, 300], [740, 760])
    first.centred(60, 80, 753, '结').centred(80, 100, 753, '其').centred(100, 300, 753, '行政诉讼')
    // The borders end, and the letters of the stacked headings do not.
    first.text(65, 772, '果').text(85, 772, '他')
    const second = table(
      new PageBuilder(),
      60,
      [
        ['维', '计', '结果维持', '结果纠正'],
        ['2', '0', '6', '1'],
      ],
      xs,
    )
    const document = await readPages(first, second)
    expect(paragraphsOf(document)).toEqual([])
    expect(rowsOf(gridsOf(document)[0])).toEqual([
      '2x1 结果维 | 2x1 其他计 | 1x2 行政诉讼',
      '结果维持 | 结果纠正',
      '2 | 0 | 6 | 1',
    ])
  })

  test('words in columns under a table that is at its end are text', async () => {
    const first = table(new PageBuilder(), 700, [HEADER, ['一', '受理', '3', '0']])
      .text(65, 752, '备')
      .text(120, 752, '注')
    const second = table(new PageBuilder(), 60, [['二', '办结', '2', '1']])
    expect(gridsOf(await readPages(first, second))).toHaveLength(2)
  })

  test.each(['续表', '（续）', '表2申请情况（续表）', '续上表', '接上页表格'])(
    'goes on under the caption %s, which is set apart',
    async (caption) => {
      const first = table(new PageBuilder(), 700, [HEADER, ['一', '受理', '3', '0']])
      const second = table(new PageBuilder().text(200, 50, caption).text(400, 64, '单位：件'), 70, [
        HEADER,
        ['二', '办结', '2', '1'],
      ])
      const document = await readPages(first, second)
      expect(gridsOf(document).map((grid) => grid.rowCount)).toEqual([3])
      expect(furnitureOf(document)).toEqual([caption, '单位：件'])
      expect(paragraphsOf(document)).toEqual([])
    },
  )
})

describe('labels and rows cut by the page break', () => {
  /** A label over all rows in the first column. */
  function labelled(page: PageBuilder, top: number, label: string, rows: readonly (readonly string[])[]): PageBuilder {
    const ys = Array.from({ length: rows.length + 1 }, (_, index) => top + index * 20)
    const [left, bottom] = [60, ys.at(-1) ?? top]
    page.ruled(XS.slice(1), ys).line(left, top, 100, top).line(left, bottom, 100, bottom).line(left, top, left, bottom)
    page.cells(
      XS,
      ys,
      rows.map((row) => ['', ...row]),
    )
    if (label !== '') page.centred(60, 100, (top + bottom) / 2 + 4, label)
    return page
  }

  test('a label runs on into an empty merged cell', async () => {
    const first = labelled(table(new PageBuilder(), 660, [HEADER]), 680, '（三）', [
      ['1.甲', '3', '0'],
      ['2.乙', '2', '1'],
    ])
    const second = labelled(new PageBuilder(), 60, '', [
      ['3.丙', '1', '1'],
      ['4.丁', '0', '0'],
    ])
    const [grid] = gridsOf(await readPages(first, second))
    expect(rowsOf(grid)).toEqual([
      '类别 | 事项 | 本年 | 上年',
      '4x1 （三） | 1.甲 | 3 | 0',
      '2.乙 | 2 | 1',
      '3.丙 | 1 | 1',
      '4.丁 | 0 | 0',
    ])
    expect(grid === undefined ? false : coversOnce(grid)).toBe(true)
  })

  test('a label cut in two is put together', async () => {
    const first = labelled(table(new PageBuilder(), 660, [HEADER]), 680, '四）无', [
      ['1.甲', '3', '0'],
      ['2.乙', '2', '1'],
    ])
    const second = labelled(new PageBuilder(), 60, '法提供', [['3.丙', '1', '1']])
    expect(rowsOf(gridsOf(await readPages(first, second))[0])[1]).toBe('3x1 四）无法提供 | 1.甲 | 3 | 0')
  })

  test('a label that stands on the second page only is that of both', async () => {
    const first = labelled(table(new PageBuilder(), 660, [HEADER]), 680, '', [
      ['1.甲', '3', '0'],
      ['2.乙', '2', '1'],
    ])
    const second = labelled(new PageBuilder(), 60, '（三）', [['3.丙', '1', '1']])
    expect(rowsOf(gridsOf(await readPages(first, second))[0])[1]).toBe('3x1 （三） | 1.甲 | 3 | 0')
  })

  test('the next group stays a group of its own', async () => {
    const first = labelled(table(new PageBuilder(), 660, [HEADER]), 680, '（三）', [
      ['1.甲', '3', '0'],
      ['2.乙', '2', '1'],
    ])
    const second = labelled(new PageBuilder(), 60, '（四）', [
      ['1.丙', '1', '1'],
      ['2.丁', '0', '0'],
    ])
    expect(rowsOf(gridsOf(await readPages(first, second))[0])[3]).toBe('2x1 （四） | 1.丙 | 1 | 1')
  })

  test('a row cut through its label is one row', async () => {
    const rows = [HEADER, ['一', '5.要求行政机关确认或重新出', '3', '0']]
    const first = table(new PageBuilder(), 700, rows)
    const second = table(new PageBuilder(), 60, [
      ['', '具已获取信息', '', ''],
      ['二', '6.其他', '2', '1'],
    ])
    const [grid] = gridsOf(await readPages(first, second))
    expect(rowsOf(grid)).toEqual([
      '类别 | 事项 | 本年 | 上年',
      '一 | 5.要求行政机关确认或重新出具已获取信息 | 3 | 0',
      '二 | 6.其他 | 2 | 1',
    ])
    const figure = grid?.cells.find((cell) => cell.text === '3')
    expect(figure?.location).toEqual({ kind: 'page', page: 1, box: [240, 720, 320, 740] })
  })

  test('figures that fell to the next page are those of the label above', async () => {
    const first = table(new PageBuilder(), 700, [
      HEADER,
      ['一', '1.甲', '3', '0'],
      ['二', '5.要求行政机关确认或重新出', '', ''],
    ])
    const second = table(new PageBuilder(), 60, [
      ['', '具已获取信息', '8', '9'],
      ['三', '6.其他', '2', '1'],
    ])
    expect(rowsOf(gridsOf(await readPages(first, second))[0]).slice(2)).toEqual([
      '二 | 5.要求行政机关确认或重新出具已获取信息 | 8 | 9',
      '三 | 6.其他 | 2 | 1',
    ])
  })

  test('a row with figures is a row of its own', async () => {
    const first = table(new PageBuilder(), 700, [HEADER, ['一', '要求行政机关确认或重新出具', '3', '0']])
    const second = table(new PageBuilder(), 60, [
      ['', '已获取信息', '2', '1'],
      ['二', '其他', '2', '1'],
    ])
    expect(gridsOf(await readPages(first, second))[0]?.rowCount).toBe(4)
  })

  test('a blank row with an item of its own stays a row', async () => {
    const first = table(new PageBuilder(), 700, [HEADER, ['一', '5.要求行政机关确认或重新出', '3', '0']])
    const second = table(new PageBuilder(), 60, [
      ['二', '6.其他', '', ''],
      ['三', '7.总计', '2', '1'],
    ])
    expect(gridsOf(await readPages(first, second))[0]?.rowCount).toBe(4)
  })

  test('where a cut row and a blank row would look alike, the cells are in doubt', async () => {
    const first = table(new PageBuilder(), 700, [HEADER, ['甲', '要求行政机关确认或重新出具', '3', '0']])
    const second = table(new PageBuilder(), 60, [
      ['', '已获取信息', '', ''],
      ['丙', '其他', '2', '1'],
    ])
    const [grid] = gridsOf(await readPages(first, second))
    expect(grid?.cells.some((cell) => cell.doubt === 'open_grid')).toBe(true)
  })
})
