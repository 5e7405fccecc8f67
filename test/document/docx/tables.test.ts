import { describe, expect, test } from '@jest/globals'
import { goesOn, p, paragraph, run, span, starts, tbl, tc, text, tr, width } from '../../build/docx.js'
import { gridsOf, placesOf, read, readWithDoubts, rowsOf, texts } from '../../build/docx-reading.js'

const grid = async (body: string) => gridsOf(await read(body))[0]
const places = async (body: string): Promise<string[]> => placesOf(await grid(body))
const cellText = async (content: string): Promise<string | undefined> =>
  (await grid(tbl([1000, 1000], tr(tc(content), tc('0')))))?.cells[0]?.text

describe('grids', () => {
  test('are located by table, row and column', async () => {
    const document = await read(tbl([1000], tr(tc('甲'))) + p('间') + tbl([1000, 1000], tr(tc('乙'), tc('丙'))))
    expect(gridsOf(document).map(({ locations }) => locations)).toEqual([
      [{ kind: 'cell', table: 0, row: 0, column: 0 }],
      [{ kind: 'cell', table: 1, row: 0, column: 0 }],
    ])
    expect(gridsOf(document)[1]?.cells[1]?.location).toEqual({ kind: 'cell', table: 1, row: 0, column: 1 })
  })

  test('that follow each other directly stay two', async () => {
    expect(await texts(tbl([1000], tr(tc('甲'))) + tbl([1000], tr(tc('乙'))))).toEqual([[['甲']], [['乙']]])
  })

  test('cells are merged over columns and rows', async () => {
    const body = tbl(
      [1000, 1000, 1000],
      tr(tc('一', starts + span(2)), tc('二')),
      tr(tc('', goesOn + span(2)), tc('三')),
      tr(tc('四'), tc('五', span(2))),
    )
    expect(await places(body)).toEqual(['一@0,0 2x2', '二@0,2', '三@1,2', '四@2,0', '五@2,1 1x2'])
  })

  test('two merges under each other stay two', async () => {
    const body = tbl(
      [1000, 1000],
      ...[
        tr(tc('甲', starts), tc('1')),
        tr(tc('', goesOn), tc('2')),
        tr(tc('乙', starts), tc('3')),
        tr(tc('', goesOn), tc('4')),
      ],
    )
    expect(await places(body)).toEqual(['甲@0,0 2x1', '1@0,1', '2@1,1', '乙@2,0 2x1', '3@2,1', '4@3,1'])
  })

  test('a merge that goes on from nothing is a cell of its own', async () => {
    const body = tbl([1000, 1000], tr(tc('甲', goesOn), tc('1')), tr(tc('乙'), tc('2')), tr(tc('丙', goesOn), tc('3')))
    expect(await places(body)).toEqual(['甲@0,0', '1@0,1', '乙@1,0', '2@1,1', '丙@2,0', '3@2,1'])
  })

  test('text under a merged cell is not shown, and a doubt', async () => {
    const document = await readWithDoubts(
      tbl([1000, 1000], tr(tc('12', starts), tc('1')), tr(tc('34', goesOn), tc('2'))),
    )
    const [first] = gridsOf(document)[0]?.cells ?? []
    expect([first?.text, first?.doubt]).toEqual(['12', 'straddling_text'])
  })

  test('cells merged sideways in the old way are one', async () => {
    const merged = (value: string): string => `<w:hMerge w:val="${value}"/>`
    const body = tbl(
      [1000, 1000, 1000],
      tr(tc('甲', merged('restart')), tc('', merged('continue')), tc('1')),
      tr(tc('乙'), tc('2'), tc('3')),
    )
    expect(await places(body)).toEqual(['甲@0,0 1x2', '1@0,2', '乙@1,0', '2@1,1', '3@1,2'])
  })

  test('columns that a row leaves out are empty cells', async () => {
    const row = `<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>${tc('中')}</w:tr>`
    expect(await places(tbl([1000, 1000, 1000], tr(tc('甲'), tc('乙'), tc('丙')), row))).toEqual([
      '甲@0,0',
      '乙@0,1',
      '丙@0,2',
      '@1,0',
      '中@1,1',
      '@1,2',
    ])
  })

  test('the rows decide where the declared columns are wrong', async () => {
    expect(await places(tbl([1000], tr(tc('甲'), tc('乙')), tr(tc('丙'), tc('丁'))))).toEqual([
      '甲@0,0',
      '乙@0,1',
      '丙@1,0',
      '丁@1,1',
    ])
    expect(await places(tbl([], tr(tc('甲', span(2))), tr(tc('丙'), tc('丁'))))).toEqual([
      '甲@0,0 1x2',
      '丙@1,0',
      '丁@1,1',
    ])
  })

  test('a row whose spans do not add up is placed by the widths of its cells', async () => {
    const body = tbl(
      [1000, 2000, 1000],
      tr(tc('甲', width(1000)), tc('乙', width(2000)), tc('丙', width(1000))),
      tr(tc('丁', width(3010)), tc('戊', width(990))),
    )
    expect(await places(body)).toEqual(['甲@0,0', '乙@0,1', '丙@0,2', '丁@1,0 1x2', '戊@1,2'])
  })

  test('so is one without declared columns, by the cells of the other rows', async () => {
    const full = (a: string, b: string, c: string): string =>
      tr(tc(a, width(1000)), tc(b, width(2000)), tc(c, width(1000)))
    const body = tbl([], full('甲', '乙', '丙'), tr(tc('丁', width(1000)), tc('戊', width(3000))), full('1', '2', '3'))
    expect(await places(body)).toEqual([
      '甲@0,0',
      '乙@0,1',
      '丙@0,2',
      '丁@1,0',
      '戊@1,1 1x2',
      '1@2,0',
      '2@2,1',
      '3@2,2',
    ])
  })

  test.each([
    ['that ends before the table does', tr(tc('1', width(1000)), tc('2', width(1000)))],
    ['whose widths contradict its spans', tr(tc('1', width(1000) + span(2)), tc('2', width(3000)))],
    ['whose borders lie at no edge', tr(tc('1', width(1400)), tc('2', width(2600)))],
  ])('a row %s carries a doubt, widths or not', async (_, row) => {
    const cell = (content: string): string => tc(content, width(1000))
    const body = tbl([1000, 1000, 1000, 1000], tr(...['甲', '乙', '丙', '丁'].map(cell)), row)
    const [found] = gridsOf(await readWithDoubts(body))
    const doubted = found?.cells.filter(({ doubt }) => doubt === 'ragged_row')
    expect(doubted?.map(({ text }) => text)).toEqual(['1', '2'])
  })

  test('a row that neither spans nor widths can place carries a doubt', async () => {
    const body = tbl([1000, 1000, 1000], tr(tc('甲'), tc('乙'), tc('丙')), tr(tc('1'), tc('2')))
    const [found] = gridsOf(await readWithDoubts(body))
    expect(placesOf(found)).toEqual(['甲@0,0', '乙@0,1', '丙@0,2', '1@1,0', '2@1,1', '@1,2'])
    expect(found?.cells.map(({ doubt }) => doubt)).toEqual([
      undefined,
      undefined,
      undefined,
      'ragged_row',
      'ragged_row',
      undefined,
    ])
  })

  test('a span beyond any table ends with the table', async () => {
    const body = tbl(
      [1000, 1000],
      ...[
        tr(tc('甲'), tc('乙')),
        tr(tc('丙', span(999_999_999))),
        tr(tc('丁', span(70))),
        tr(tc('戊', span(-5)), tc('己')),
      ],
    )
    expect(await places(body)).toEqual(['甲@0,0', '乙@0,1', '丙@1,0 1x2', '丁@2,0 1x2', '戊@3,0', '己@3,1'])
  })

  test('borders that were dragged almost under each other make no column', async () => {
    const body = tbl(
      [2000, 40, 1960],
      tr(tc('甲'), tc('乙', span(2))),
      tr(tc('丙', span(2)), tc('丁')),
      tr(tc('戊', span(3))),
    )
    expect(await places(body)).toEqual(['甲@0,0', '乙@0,1', '丙@1,0', '丁@1,1', '戊@2,0 1x2'])
  })

  test('a narrow column with a cell of its own stays', async () => {
    expect(await places(tbl([2000, 40], tr(tc('甲'), tc('1')), tr(tc('乙', span(2)))))).toEqual([
      '甲@0,0',
      '1@0,1',
      '乙@1,0 1x2',
    ])
  })

  test('every position is covered exactly once', async () => {
    const body = tbl(
      [1000, 1000, 1000, 1000],
      tr(tc('甲', starts), tc('乙', span(3))),
      tr(tc('', goesOn), tc('丙')),
      tr(tc('丁', span(4))),
    )
    const [found] = gridsOf(await readWithDoubts(body))
    const covered = new Map<string, number>()
    for (const { row, column, rowSpan, columnSpan } of found?.cells ?? []) {
      for (let r = row; r < row + rowSpan; r += 1)
        for (let c = column; c < column + columnSpan; c += 1)
          covered.set(`${r},${c}`, (covered.get(`${r},${c}`) ?? 0) + 1)
    }
    expect(covered.size).toBe(12)
    expect([...covered.values()].every((times) => times === 1)).toBe(true)
  })
})

describe('revisions in tables', () => {
  test('a deleted row goes, an inserted one stays', async () => {
    const row = (kind: string, content: string): string => `<w:tr><w:trPr><w:${kind}/></w:trPr>${tc(content)}</w:tr>`
    expect(await texts(tbl([1000], tr(tc('甲')), row('del', '乙'), row('ins', '丙')))).toEqual([[['甲'], ['丙']]])
  })

  test('a table whose rows are all deleted is gone', async () => {
    expect(await texts(`${p('甲')}${tbl([1000], `<w:tr><w:trPr><w:del/></w:trPr>${tc('1')}</w:tr>`)}`)).toEqual(['甲'])
  })

  test('a deleted column goes', async () => {
    const gone = '<w:cellDel w:id="1"/>'
    const body = tbl([1000, 1000], tr(tc('甲'), tc('旧', gone), tc('乙')), tr(tc('1'), tc('9', gone), tc('2')))
    expect(await texts(body)).toEqual([
      [
        ['甲', '乙'],
        ['1', '2'],
      ],
    ])
  })

  test('an accepted merge holds', async () => {
    const merge = (how: string): string => `<w:cellMerge w:vMerge="${how}"/>`
    expect(
      await places(tbl([1000, 1000], tr(tc('甲', merge('rest')), tc('1')), tr(tc('', merge('cont')), tc('2')))),
    ).toEqual(['甲@0,0 2x1', '1@0,1', '2@1,1'])
  })

  test('a hidden row goes, unless something in it is shown', async () => {
    const row = (content: string): string => `<w:tr><w:trPr><w:hidden/></w:trPr>${tc(content)}</w:tr>`
    expect(await texts(tbl([1000], tr(tc('甲')), row(p('隐', '', '<w:vanish/>')), row('乙')))).toEqual([
      [['甲'], ['乙']],
    ])
  })
})

describe('the text of a cell', () => {
  test('joins its paragraphs and soft breaks by line ends, without blank ones', async () => {
    expect(await cellText(p('行政许可') + paragraph('') + p('（件）'))).toBe('行政许可\n（件）')
    expect(await cellText(paragraph(`<w:r>${text('商业')}<w:br/>${text('企业')}</w:r>`))).toBe('商业\n企业')
  })

  test('of letters stacked one a paragraph or one a line is one line', async () => {
    const letters = [...'三、本年度办理结果']
    expect(await cellText(letters.map((letter) => p(letter)).join(''))).toBe('三、本年度办理结果')
    const lines = letters.map((letter) => text(letter)).join('<w:br/>')
    expect(await cellText(paragraph(`<w:r>${lines}</w:r>`))).toBe('三、本年度办理结果')
    expect(await cellText(['三、', '本', '年', '度', '办'].map((line) => p(line)).join(''))).toBe('三、本年度办')
  })

  test('of figures stacked, of few letters and of words stays in lines', async () => {
    expect(await cellText(['1', '2', '3', '4', '5'].map((figure) => p(figure)).join(''))).toBe('1\n2\n3\n4\n5')
    expect(await cellText(p('合') + p('计'))).toBe('合\n计')
    expect(await cellText(['商业', '企业', '数量', '件'].map((word) => p(word)).join(''))).toBe('商业\n企业\n数量\n件')
  })

  test('reads the same in any direction of writing', async () => {
    const body = tbl([1000, 1000], tr(tc('三、本年度办理结果', '<w:textDirection w:val="tbRlV"/>'), tc('1')))
    expect((await grid(body))?.cells[0]?.text).toBe('三、本年度办理结果')
  })

  test('keeps the white space within it', async () => {
    expect(await cellText('第二十条 第（一）项')).toBe('第二十条 第（一）项')
  })

  test('of a content control around cells and rows is read', async () => {
    const sdt = (content: string): string => `<w:sdt><w:sdtPr/><w:sdtContent>${content}</w:sdtContent></w:sdt>`
    const body = tbl([1000, 1000], tr(tc('甲'), sdt(tc('1'))), sdt(tr(tc('乙'), tc(sdt(p('2'))))))
    expect(await texts(body)).toEqual([
      [
        ['甲', '1'],
        ['乙', '2'],
      ],
    ])
  })

  test('of a floating box anchored in it is a doubt, since it may be drawn anywhere', async () => {
    const box = (frame: string): string =>
      `<w:r><w:drawing><wp:${frame}><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>${p('7')}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:${frame}></w:drawing></w:r>`
    const body = (frame: string): string => tbl([1000, 1000], tr(tc(paragraph(box(frame))), tc('1')))
    const cell = async (frame: string) => gridsOf(await readWithDoubts(body(frame)))[0]?.cells[0]
    expect(await cell('anchor')).toMatchObject({ text: '7', doubt: 'overprinted_text' })
    expect((await cell('inline'))?.doubt).toBeUndefined()
  })

  test('is missing where a picture stands instead, and the cell says so', async () => {
    const picture =
      '<w:r><w:drawing><wp:inline><wp:extent cx="90000" cy="90000"/><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    const found = await grid(tbl([1000, 1000], tr(tc(paragraph(picture)), tc(paragraph(run('1') + picture)))))
    expect(found?.cells.map(({ hasImage }) => hasImage)).toEqual([true, undefined])
  })
})

describe('tables in tables', () => {
  const inner = tbl([1000, 1000], tr(tc('甲'), tc('1')), tr(tc('乙'), tc('2')))
  const rows = [
    ['甲', '1'],
    ['乙', '2'],
  ]

  test('a cell around everything is dissolved', async () => {
    expect(await texts(tbl([1000], tr(tc(p('标题') + inner + p('说明')))))).toEqual(['标题', rows, '说明'])
  })

  test('so is a cell around the whole text, and a box around a line is not', async () => {
    expect(await texts(tbl([1000], tr(tc(p('一、总体情况') + p('甲') + p('乙')))))).toEqual([
      '一、总体情况',
      '甲',
      '乙',
    ])
    expect(await texts(tbl([1000], tr(tc(p('注') + p('甲')))))).toEqual([[['注\n甲']]])
  })

  test('so is a column of boxes, and tables side by side', async () => {
    expect(await texts(tbl([1000], tr(tc('标题')), tr(tc(inner + p('')))))).toEqual(['标题', rows])
    expect(await texts(tbl([1000, 1000], tr(tc(inner), tc(inner))))).toEqual([rows, rows])
  })

  test('in a cell among figures they are told in its text and behind the grid', async () => {
    const document = await read(
      tbl([1000, 1000], tr(tc('项目'), tc(inner)), tr(tc('其他'), tc('3'))) + tbl([1000], tr(tc('后'))),
    )
    expect(gridsOf(document).map(rowsOf)).toEqual([
      [
        ['项目', '甲\t1\n乙\t2'],
        ['其他', '3'],
      ],
      rows,
      [['后']],
    ])
    expect(gridsOf(document).map(({ locations }) => locations[0])).toEqual(
      [0, 1, 2].map((table) => ({ kind: 'cell', table, row: 0, column: 0 })),
    )
  })
})
