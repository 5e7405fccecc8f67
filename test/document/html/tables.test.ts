import { describe, expect, test } from '@jest/globals'
import { readHtml } from '../../../src/document/html/read-html.js'
import type { Document, Grid } from '../../../src/document/model.js'
import { expectOk, outline, uncovered } from '../../build/outline.js'

async function read(html: string): Promise<Document> {
  const document = expectOk(await readHtml(new TextEncoder().encode(html)))
  expect(uncovered(document)).toEqual([])
  return document
}

async function blocksOf(html: string) {
  return outline((await read(html)).blocks)
}

/** The text of each cell of the first table. */
async function cellsOf(html: string) {
  const grid = (await read(html)).blocks.find((block): block is Grid => block.kind === 'grid')
  return grid?.cells.map((cell) => cell.text)
}

/** A table of two columns around the cell in question. */
const around = (cell: string) => `<table><tr><td>规章<td>1<tr><td>文件${cell}<tr><td>许可<td>3</table>`
const FORM = [
  ['规章', '1'],
  ['文件', '2'],
]
const form = '<table><tr><td>规章<td>1<tr><td>文件<td>2</table>'

describe('tables', () => {
  test('cells and spans are those of a browser', async () => {
    const html = `<table border=1><thead><tr><th rowspan=2>结果</th><th colspan=2>申请人</th></tr><tr><th>自然人</th><th>总计</th></tr></thead>
      <tbody><tr><td>公开</td><td>1</td><td>2</td></tr></tbody></table>`
    const [grid] = (await read(html)).blocks
    expect(grid).toMatchObject({
      kind: 'grid',
      rowCount: 3,
      columnCount: 3,
      cells: [
        {
          text: '结果',
          row: 0,
          column: 0,
          rowSpan: 2,
          columnSpan: 1,
          location: { kind: 'cell', table: 0, row: 0, column: 0 },
        },
        { text: '申请人', row: 0, column: 1, rowSpan: 1, columnSpan: 2 },
        { text: '自然人', row: 1, column: 1 },
        { text: '总计', row: 1, column: 2 },
        { text: '公开' },
        { text: '1' },
        { text: '2', location: { kind: 'cell', table: 0, row: 2, column: 2 } },
      ],
    })
  })

  test('header rows come first and footer rows last, wherever they stand', async () => {
    const html = `<table><tfoot><tr><td>总计<td>3</tfoot><tbody><tr><td>规章<td>1</tbody><thead><tr><td>内容<td>数</thead>
      <tbody><tr><td>文件<td>2</tbody></table>`
    expect(await blocksOf(html)).toEqual([
      [
        ['内容', '数'],
        ['规章', '1'],
        ['文件', '2'],
        ['总计', '3'],
      ],
    ])
  })

  test('rowspan 0 and a rowspan too long end with their row group', async () => {
    for (const rows of [0, 9]) {
      const html = `<table><tbody><tr><td rowspan=${rows}>甲<td>1<tr><td>2</tbody><tbody><tr><td>乙<td>3</tbody></table>`
      expect(await blocksOf(html)).toEqual([
        [
          ['甲', '1'],
          ['', '2'],
          ['乙', '3'],
        ],
      ])
    }
  })

  test.each(['0', '-3', 'x', '', '1.5'])('colspan="%s" is one column', async (colspan) => {
    expect(await blocksOf(`<table><tr><td colspan="${colspan}">甲<td>1<tr><td>乙<td>2</table>`)).toEqual([
      [
        ['甲', '1'],
        ['乙', '2'],
      ],
    ])
  })

  test('a huge colspan does not widen the table', async () => {
    const [grid] = (await read(`<table><tr><td colspan=99999>横幅<tr><td>规章<td>1<tr><td>文件<td>2</table>`)).blocks
    expect(grid).toMatchObject({ columnCount: 2 })
  })

  test('hidden rows and cells are not there', async () => {
    const html = `<table><tr style="display:none"><td>宽<td>宽<tr><td>规章<td style="display:none">9<td>1<tr hidden><td>x<td>y<tr>
      <td>文件<td>2</table>`
    expect(await blocksOf(html)).toEqual([FORM])
  })

  test('a caption is the paragraph before its table', async () => {
    expect(
      await blocksOf('<table><caption>统计表<br>（2023年）</caption><tr><td>规章<td>1<tr><td>文件<td>2</table>'),
    ).toEqual(['统计表\n（2023年）', FORM])
  })

  test('stray text within a table stands before it, as browsers show it', async () => {
    expect(await blocksOf('<table>单位：件<tr><td>规章<td>1<tr><td>文件<td>2</table>')).toEqual(['单位：件', FORM])
  })

  test('a table without anything in it is none', async () => {
    expect(await blocksOf(`<table><tr><td>&nbsp;<td> </table>${form}`)).toEqual([FORM])
  })

  test('tables are numbered in document order, those of the site counted', async () => {
    const document = await read(
      `<table><tr><td><a href="/a">甲局</a><td><a href="/b">乙局</a><td><a href="/c">丙局</a></table>${form}<p>正文</p>`,
    )
    expect(document.furniture).toMatchObject([{ kind: 'grid' }])
    expect(document.blocks[0]).toMatchObject({ locations: [{ table: 1 }] })
  })
})

describe('cells', () => {
  test.each([
    ['nothing but spaces', '<td>&nbsp; &emsp;<p>&nbsp;</p>', ''],
    ['paragraphs, a line each', '<td><p>本年</p><p>新收</p>', '本年\n新收'],
    ['breaks', '<td>本年<br/>新收', '本年\n新收'],
    ['a figure over two lines, kept apart', '<td>12<br>34', '12\n34'],
    ['source lines, joined', '<td>结果\n  <span>\n  维持</span>\n', '结果维持'],
    ['full-width spaces within', '<td>　总　计　', '总　计'],
    ['Word mark-up', '<td><p class=MsoNormal align=center><span lang=EN-US>2<o:p></o:p></span></p>', '2'],
    ['a raised figure', '<td>12<sup>3</sup>', '12³'],
    [
      'what is shown of a form',
      '<td><input type=text value=5> 件<input type=hidden value=7><button>确定</button>',
      '5 件确定',
    ],
    ['hidden text', '<td>5<span style="display:none">9</span>', '5'],
    ['invisible text', '<td style="visibility:hidden">5', ''],
    ['preformatted text', '<td><pre>1\n2</pre>', '1\n2'],
  ])('a cell of %s', async (_, cell, text) => {
    expect((await cellsOf(around(cell)))?.[3]).toBe(text)
  })

  test('letters set one a line are one line', async () => {
    for (const parts of [
      ['三、', '本', '年', '度', '办', '理', '结', '果'],
      ['其', '他', '处', '理'],
      ['︵', '三', '︶', '不', '予', '公', '开'],
    ]) {
      expect((await cellsOf(around(`<td>${parts.join('<br>')}`)))?.[3]).toBe(parts.join(''))
      expect((await cellsOf(around(`<td>${parts.map((part) => `<p>${part}</p>`).join('\n')}`)))?.[3]).toBe(
        parts.join(''),
      )
    }
  })

  test('figures set one a line are not one figure', async () => {
    expect((await cellsOf(around('<td>1<br>0<br>2<br>0<br>5')))?.[3]).toBe('1\n0\n2\n0\n5')
    expect((await cellsOf(around('<td><p>—</p><p>—</p><p>—</p><p>—</p>')))?.[3]).toBe('—\n—\n—\n—')
  })

  test('struck-out text is left out and doubted', async () => {
    const [grid] = (await read(around('<td><s>5</s>6'))).blocks
    expect(grid).toMatchObject({ cells: [{}, {}, {}, { text: '6', doubt: 'overprinted_text' }, {}, {}] })
    const [row] = (await read(around('<td style="text-decoration:line-through">5'))).blocks
    expect(row).toMatchObject({ cells: [{}, {}, {}, { text: '', doubt: 'overprinted_text' }, {}, {}] })
  })

  test('a picture without text is said, a spacer or one beside text is not', async () => {
    const images = async (cell: string) => {
      const [grid] = (await read(around(cell))).blocks
      return grid?.kind === 'grid' ? grid.cells.map(({ hasImage }) => hasImage ?? false)[3] : null
    }
    expect(await images('<td><img src="5.png">')).toBe(true)
    expect(await images('<td><img src="s.gif" width=1 height=1>')).toBe(false)
    expect(await images('<td>5<img src="5.png">')).toBe(false)
  })

  test('a small table within a cell is read line by line', async () => {
    expect((await cellsOf(around('<td><table><tr><td>甲<td>1<tr><td>乙<td>2</table>')))?.[3]).toBe('甲 1\n乙 2')
    expect((await cellsOf(around('<td><table><tr><td>2</table>')))?.[3]).toBe('2')
  })
})

describe('layout tables', () => {
  const PROSE = '全年平稳有序推进各项工作。'.repeat(30)

  test('one cell around everything is unwrapped', async () => {
    expect(await blocksOf(`<table><tr><td><p>一、总体情况</p>${form}<p>其余</p></td></tr></table>`)).toEqual([
      '一、总体情况',
      FORM,
      '其余',
    ])
  })

  test('tables within tables within tables are unwrapped to the innermost', async () => {
    const html = `<table><tr><td><table><tr><td></td><td><table><tr><td>${form}</td></tr></table></td></tr></table></td></tr></table>`
    expect(await blocksOf(html)).toEqual([FORM])
  })

  test('a column of headings and tables is unwrapped', async () => {
    const html = `<table><tr><td>第二十条第（一）项</td></tr><tr><td>${form}</td></tr><tr><td>第（五）项</td></tr><tr><td>${form}</td></tr></table>`
    expect(await blocksOf(html)).toEqual(['第二十条第（一）项', FORM, '第（五）项', FORM])
  })

  test('tables side by side are unwrapped', async () => {
    expect(await blocksOf(`<table><tr><td>${form}</td><td>${form}</td></tr></table>`)).toEqual([FORM, FORM])
  })

  test('a text beside a side column, or under a table of particulars, is unwrapped', async () => {
    const beside = `<table><tr><td>栏目</td><td><p>${PROSE}</p>${form}</td></tr></table>`
    expect(await blocksOf(beside)).toEqual(['栏目', PROSE, FORM])
    const under = `<table><tr><td>索引</td><td>X01</td></tr><tr><td>名称</td><td>报告</td></tr><tr><td colspan=2><p>${PROSE}</p>${form}</td></tr></table>`
    expect((await blocksOf(under)).slice(-2)).toEqual([PROSE, FORM])
  })

  test('a frame around a single line is a paragraph', async () => {
    expect(await blocksOf('<table border=1><tr><td>第二十条第（一）项</td></tr></table>')).toEqual([
      '第二十条第（一）项',
    ])
  })

  test('a table with figures of its own is kept, however long its notes', async () => {
    const html = `<table><tr><td>规章<td>1<tr><td>文件<td>2<tr><td>许可<td>3<tr><td colspan=2>${PROSE}</table>`
    expect(await blocksOf(html)).toEqual([[...FORM, ['许可', '3'], [PROSE, '']]])
  })

  test('a blank form is kept', async () => {
    expect(
      await blocksOf('<table><tr><td>信息内容<td>本年制发件数<tr><td>规章<td>&nbsp;<tr><td>文件<td></table>'),
    ).toEqual([
      [
        ['信息内容', '本年制发件数'],
        ['规章', ''],
        ['文件', ''],
      ],
    ])
  })
})
