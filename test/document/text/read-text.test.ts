import { describe, expect, test } from '@jest/globals'
import type { Document, Grid, Paragraph } from '../../../src/document/model.js'
import { readText } from '../../../src/document/text/read-text.js'
import { gbk } from '../../build/gbk.js'
import { expectOk, outline, uncovered } from '../../build/outline.js'

async function read(text: string): Promise<Document> {
  const document = expectOk(await readText(new TextEncoder().encode(text)))
  expect(uncovered(document)).toEqual([])
  return document
}

async function blocksOf(text: string) {
  return outline((await read(text)).blocks)
}

async function cuesOf(text: string) {
  return (await read(text)).blocks.map((block) => (block as Paragraph).cue)
}

async function gridOf(text: string): Promise<Grid> {
  const grid = (await read(text)).blocks.find((block): block is Grid => block.kind === 'grid')
  if (grid === undefined) throw new Error('no grid')
  return grid
}

async function doubtsOf(text: string) {
  const { cells } = await gridOf(text)
  return cells.filter(({ doubt }) => doubt !== undefined).map(({ row, doubt }) => `${row} ${doubt}`)
}

describe('bytes', () => {
  test.each([
    ['GBK', gbk('一、总体情况\r\n规章\t1\t2\r\n文件\t3\t4\r\n')],
    ['UTF-16', new Uint8Array(Buffer.from('\ufeff一、总体情况\n规章\t1\t2\n文件\t3\t4\n', 'utf16le'))],
    ['old line ends', new TextEncoder().encode('一、总体情况\r规章\t1\t2\r文件\t3\t4')],
  ])('%s', async (_, bytes) => {
    expect(outline(expectOk(await readText(bytes)).blocks)).toEqual([
      '一、总体情况',
      [
        ['规章', '1', '2'],
        ['文件', '3', '4'],
      ],
    ])
  })

  test('a byte that no set explains is a doubt at its line, or at its cell', async () => {
    const bytes = (text: string) => Uint8Array.from(Buffer.from(text).map((byte) => (byte === 1 ? 0xff : byte)))
    const prose = expectOk(await readText(bytes(`${'收到政府信息公开申请'.repeat(9)}\n\n共3\u0001件`)))
    expect(prose.doubts).toMatchObject([{ code: 'undecodable_text', location: { kind: 'line', line: 3 } }])
    const table = expectOk(await readText(bytes(`${'收到政府信息公开申请'.repeat(9)}\n\n规章\t1\u0001\n文件\t2`)))
    expect(table.blocks[1]).toMatchObject({ cells: [{}, { doubt: 'undecodable_text' }, {}, {}] })
  })

  test('form feeds and other control characters are dropped', async () => {
    expect(await blocksOf('一、总体\x0c情况\n\n\x0c二、其他\x00')).toEqual(['一、总体情况', '二、其他'])
  })
})

describe('prose', () => {
  test('each line is a paragraph, located by its line', async () => {
    const { blocks } = await read('一、总体情况\n全年平稳。\n\n　　收到3件。')
    expect(outline(blocks)).toEqual(['一、总体情况', '全年平稳。', '收到3件。'])
    expect(blocks.map((block) => (block as Paragraph).location)).toEqual(
      [1, 2, 4].map((line) => ({ kind: 'line', line })),
    )
  })

  test('lines wrapped by a program are joined, up to a short line, an indent or an ordinal', async () => {
    const full = '政府信息公开工作年度报告按照国务院的要求编制并向社会公布全文'
    const text = [
      `　　${full.slice(0, -2)}`,
      full,
      '到此为止。',
      `　　${full.slice(0, -2)}`,
      full,
      '一、总体情况',
      full,
      full,
      '完。',
    ].join('\n')
    expect(await blocksOf(text)).toEqual([
      `${full.slice(0, -2)}${full}到此为止。`,
      `${full.slice(0, -2)}${full}`,
      '一、总体情况',
      `${full}${full}完。`,
    ])
  })

  test('Latin words are joined by a space', async () => {
    const line = 'The annual report on the disclosure of government'
    expect(await blocksOf([line, line, line, 'ends here'].join('\n'))).toEqual([`${line} ${line} ${line} ends here`])
  })

  test('lines of different length are not joined', async () => {
    const text =
      '全年主动公开政府信息若干条并做好解读工作取得成效\n共收到申请三件，均在法定期限内办结，没有结转下年度，也没有复议\n无'
    expect(await blocksOf(text)).toHaveLength(3)
  })

  test('page numbers alone on a line are furniture, bare figures are not', async () => {
    const { blocks, furniture } = await read('甲\n-4-\n乙\n— 12 —\n丙\n第 3 页 共 5 页\n2/5\n7\n－\n——\n-3')
    expect(outline(furniture)).toEqual(['-4-', '— 12 —', '第 3 页 共 5 页', '2/5'])
    expect(outline(blocks)).toEqual(['甲', '乙', '丙', '7', '－', '——', '-3'])
  })

  test('a flattened table stays one paragraph a line', async () => {
    const lines = ['信息内容', '本年制发件数', '规章', '0', '---', '规范性文件', '2', '/']
    expect(await blocksOf(lines.join('\n'))).toEqual(lines)
  })

  test('an indent as wide as a centred title is a cue', async () => {
    expect((await cuesOf('          年度报告\n　　正文')).map(({ centred }) => centred)).toEqual([true, false])
  })
})

describe('bars without a frame', () => {
  test('part the fields of a table, blank ones and those at the ends too', async () => {
    const { rowCount, columnCount, cells } = await gridOf('名称|甲||乙\n||1|\n规章|0|2|3')
    expect([rowCount, columnCount]).toEqual([3, 4])
    expect(cells.filter((cell) => cell.row === 1).map((cell) => cell.text)).toEqual(['', '', '1', ''])
  })

  test('are no table where they part the words of a menu', async () => {
    const { blocks } = await read('首页 | 公开 | 服务\n新闻 | 政策 | 解读\n登录 | 注册 | 帮助')
    expect(blocks.every((block) => block.kind === 'paragraph')).toBe(true)
  })
})

describe('Markdown', () => {
  test('headings in both styles have their level', async () => {
    const { blocks } = await read(
      '# 年度报告\n\n## 一、总体情况 ##\n###（一）主动公开\n\n二、其他\n====\n\n三、末\n---\n\n#### **四、粗**\n#1 号',
    )
    expect(
      blocks.map((block) => [(block as Paragraph).text, (block as Paragraph).cue.level, (block as Paragraph).cue.bold]),
    ).toEqual([
      ['年度报告', 1, false],
      ['一、总体情况', 2, false],
      ['（一）主动公开', 3, false],
      ['二、其他', 1, false],
      ['三、末', 2, false],
      ['四、粗', 4, true],
      ['#1 号', null, false],
    ])
  })

  test('a paragraph is bold when all of it is', async () => {
    expect(
      (await cuesOf('**一、总体情况**\n\n**一、**总体\n\n__二、其他__\n\n<b>三</b>')).map(({ bold }) => bold),
    ).toEqual([true, false, true, true])
  })

  test.each([
    ['**一、**总体*情况*', '一、总体情况'],
    ['1\\. 属于\\*国家\\_秘密', '1. 属于*国家_秘密'],
    ['收到&nbsp;3&#160;件&emsp;&lt;含&gt;', '收到 3 件 <含>'],
    ['详见[门户网站](http://a.cn/x)。', '详见门户网站。'],
    ['`代码` 2*3*4 号*注', '代码 2*3*4 号*注'],
    ['<u>下划</u><font color="red">红</font> a<b', '下划红 a<b'],
    ['共56<sup>1</sup>件，~~五~~六件', '共56¹件，六件'],
    ['第一行<br>第二行', '第一行\n第二行'],
    ['____年____件', '____年____件'],
    ['AT&T; 5 & 6 &unknown;', 'AT&T; 5 & 6 &unknown;'],
  ])('%s', async (source, text) => {
    expect(await blocksOf(source)).toEqual([text])
  })

  test('quotes, bullets, fences and dividers leave only their text', async () => {
    const text = '> 引用一\n> > 引用二\n\n- 条目\n* 条目二\n- 5\n\n```text\n一、总体情况\n```\n\n---\n\n***\n\n末'
    expect(await blocksOf(text)).toEqual(['引用一', '引用二', '条目', '条目二', '- 5', '一、总体情况', '末'])
  })

  test('front matter gives the title and is no text', async () => {
    expect(await read('---\ntitle: "年度报告"\ndate: 2024-01-01\n---\n\n正文')).toMatchObject({
      declaredTitle: '年度报告',
      blocks: [{ text: '正文', location: { line: 6 } }],
    })
    expect(outline((await read('---\n正文\n---\n其他')).blocks)).toContain('正文')
  })

  test('a picture is a doubt at its line', async () => {
    const { doubts, blocks } = await read('一、总体情况\n\n![](images/a1.jpg)\n\n正文')
    expect(doubts).toMatchObject([{ code: 'picture_page', location: { kind: 'line', line: 3 } }])
    expect(outline(blocks)).toEqual(['一、总体情况', '正文'])
  })
})

describe('tables with bars', () => {
  const FORM = [
    ['内容', '件数'],
    ['规章', '0'],
    ['文件', '2'],
  ]

  test.each([
    ['with outer bars', '| 内容 | 件数 |\n|---|:--:|\n| 规章 | 0 |\n| 文件 | 2 |'],
    ['without them', '内容 | 件数\n--- | ---\n规章 | 0\n文件 | 2'],
    ['without a rule', '|内容|件数|\n|规章|0|\n|文件|2|'],
    ['with marks', '| **内容** | 件数&nbsp; |\n|-|-|\n| 规章 | `0` |\n| 文件 | 2 |'],
    [
      'drawn with signs',
      '+------+------+\n| 内容 | 件数 |\n+======+======+\n| 规章 | 0    |\n+------+------+\n| 文件 | 2    |\n+------+------+',
    ],
    [
      'drawn with box characters',
      '┌────┬────┐\n│内容│件数│\n├────┼────┤\n│规章│ 0  │\n├────┼────┤\n│文件│ 2  │\n└────┴────┘',
    ],
  ])('%s', async (_, text) => {
    expect(await blocksOf(`前\n\n${text}\n\n后`)).toEqual(['前', FORM, '后'])
  })

  test('empty fields keep their place, escaped bars are text, <br> is a line break', async () => {
    expect(await blocksOf('| 甲 | | 丙 |\n|---|---|---|\n| | 1 | |\n| a\\|b | 本年<br>新收 | 2 |')).toEqual([
      [
        ['甲', '', '丙'],
        ['', '1', ''],
        ['a|b', '本年\n新收', '2'],
      ],
    ])
  })

  test('a drawn cell over several lines is one cell', async () => {
    expect(await blocksOf('+----+----+\n| 本年 | 1 |\n| 新收 |   |\n+----+----+\n| 结转 | 2 |\n+----+----+')).toEqual([
      [
        ['本年\n新收', '1'],
        ['结转', '2'],
      ],
    ])
  })

  test('a merged cell of a drawn table leaves the places of its row alone', async () => {
    const text = '┌────┬─────────┐\n│ 甲 │   横幅  │\n├────┼────┬────┤\n│ 乙 │ 1  │ 2  │\n└────┴────┴────┘'
    expect(await blocksOf(text)).toEqual([
      [
        ['甲', '横幅', ''],
        ['乙', '1', '2'],
      ],
    ])
  })

  test('a bar in a sentence is no table', async () => {
    expect(await blocksOf('办理结果|答复\n\n全年收到|申请')).toEqual(['办理结果|答复', '全年收到|申请'])
  })

  test('an HTML table within the text is read with its spans', async () => {
    const { blocks } = await read(
      '## 二\n\n<table><tr><td colspan="2">横幅</td></tr>\n<tr><td>规章</td><td>0</td></tr></table>\n\n正文',
    )
    expect(outline(blocks)).toEqual([
      '二',
      [
        ['横幅', ''],
        ['规章', '0'],
      ],
      '正文',
    ])
    expect(blocks[1]).toMatchObject({
      locations: [{ kind: 'line', line: 3 }],
      cells: [{ columnSpan: 2, location: { kind: 'line', line: 3 } }, {}, {}],
    })
  })

  test('an HTML table that never ends is text', async () => {
    expect(await blocksOf('<table><tr><td>规章\n\n正文')).toContain('正文')
  })
})

describe('tables with tabs', () => {
  test('rows are located by their line', async () => {
    const grid = await gridOf('二、主动公开\n规章\t0\t1\n文件\t2\t3')
    expect(grid.locations).toEqual([{ kind: 'line', line: 2 }])
    expect(grid.cells.map(({ location }) => location)).toEqual(
      [2, 2, 2, 3, 3, 3].map((line) => ({ kind: 'line', line })),
    )
  })

  test('short rows are filled up, and a last column that is empty throughout is none', async () => {
    expect(await blocksOf('横幅\t\t\t\n内容\t甲\t乙\t\n规章\t1\n文件\t2\t3\t')).toEqual([
      [
        ['横幅', '', ''],
        ['内容', '甲', '乙'],
        ['规章', '1', ''],
        ['文件', '2', '3'],
      ],
    ])
  })

  test('a header cut by a rule of dashes and a blank line is one table with what follows', async () => {
    const text =
      '（第一项加第\t申请人情况\n-----------\t-------\n\n二项之和）\t\t自然人\t总计\n一、本年新收\t\t1\t2\n二、上年结转\t\t0\t0'
    expect(await blocksOf(text)).toEqual([
      [
        ['（第一项加第', '申请人情况', '', ''],
        ['二项之和）', '', '自然人', '总计'],
        ['一、本年新收', '', '1', '2'],
        ['二、上年结转', '', '0', '0'],
      ],
    ])
  })

  test('rows that stand apart are one table', async () => {
    expect(await blocksOf('内容\t件数\n\n规章\t0\n\n文件\t2\n\n末')).toEqual([
      [
        ['内容', '件数'],
        ['规章', '0'],
        ['文件', '2'],
      ],
      '末',
    ])
  })

  test('a wide table goes on over a page break', async () => {
    const { blocks, furniture } = await read('甲\t乙\t丙\t丁\t戊\n公开\t1\t2\t3\t4\n\n-4-\n\n不予\t5\t6\t7\t8\n\n末')
    expect(outline(blocks)).toEqual([
      [
        ['甲', '乙', '丙', '丁', '戊'],
        ['公开', '1', '2', '3', '4'],
        ['不予', '5', '6', '7', '8'],
      ],
      '末',
    ])
    expect(outline(furniture)).toEqual(['-4-'])
  })

  test('two tables with a blank line between stay two', async () => {
    expect(await blocksOf('内容\t件数\n规章\t0\n文件\t2\n\n内容\t甲\t乙\n许可\t1\t2\n处罚\t3\t4')).toEqual([
      [
        ['内容', '件数'],
        ['规章', '0'],
        ['文件', '2'],
      ],
      [
        ['内容', '甲', '乙'],
        ['许可', '1', '2'],
        ['处罚', '3', '4'],
      ],
    ])
  })

  test('a row whose empty fields were trimmed away is a row between rows, and no heading or sentence is', async () => {
    expect(await blocksOf('规章\t0\n第二十条第（五）项\n许可\t1\n## 三、其他\n甲\t2\n以上。\n乙\t3')).toEqual([
      [
        ['规章', '0'],
        ['第二十条第（五）项', ''],
        ['许可', '1'],
      ],
      '三、其他',
      [['甲', '2']],
      '以上。',
      [['乙', '3']],
    ])
  })

  test('a quoted field may run over lines, quotes around a word are text', async () => {
    expect(await blocksOf('"本年度\n办理结果"\t公开\t1\n"危及"\t"三安全"\t2\n"a ""b"""\tc\t3')).toEqual([
      [
        ['本年度\n办理结果', '公开', '1'],
        ['"危及"', '"三安全"', '2'],
        ['a "b"', 'c', '3'],
      ],
    ])
  })

  test('values of dashes are no rule', async () => {
    expect(await blocksOf('甲\t乙\t丙\n公开\t-\t--\n不予\t---\t---\n---\t---\t---')).toEqual([
      [
        ['甲', '乙', '丙'],
        ['公开', '-', '--'],
        ['不予', '---', '---'],
        ['---', '---', '---'],
      ],
    ])
  })

  test('a tab that indents, or parts words of one line, makes no table', async () => {
    expect(await blocksOf('\t全年平稳有序。\n\n负责人：张某\t审核人：孙某\n\n末')).toEqual([
      '全年平稳有序。',
      '负责人：张某 审核人：孙某',
      '末',
    ])
  })

  test('marks within fields are read', async () => {
    expect(await blocksOf('**内容**\t件数&nbsp;\n1\\. 规章\t5<sup>2</sup>')).toEqual([
      [
        ['内容', '件数'],
        ['1. 规章', '5²'],
      ],
    ])
    expect(await doubtsOf('内容\t件数\n规章\t~~5~~6')).toEqual(['1 overprinted_text'])
  })
})

describe('rows with more or fewer values than columns', () => {
  const HEADER = '甲\t乙\t丙\t丁\t戊'

  test('a value more than the header has columns', async () => {
    const text = `${HEADER}\t\n0\t0\t0\t0\t0\t0`
    expect((await gridOf(text)).columnCount).toBe(6)
    expect(await doubtsOf(text)).toEqual(Array.from({ length: 6 }, () => '1 ragged_row'))
  })

  test('a value more than other rows have', async () => {
    const rows = ['公开\t1\t2\t3\t4', '不予\t1\t2\t3\t4\t5', '其他\t1\t2\t3\t4']
    expect(new Set(await doubtsOf(`${HEADER}\n${rows.join('\n')}`))).toEqual(new Set(['2 ragged_row']))
    expect(new Set(await doubtsOf(rows.join('\n')))).toEqual(new Set(['1 ragged_row']))
  })

  test('a value fewer than other rows have, where many are asked for', async () => {
    const rows = ['公开\t1\t2\t3\t4\t5', '不予\t1\t2\t3\t4', '其他\t1\t2\t3\t4\t5']
    expect(new Set(await doubtsOf(rows.join('\n')))).toEqual(new Set(['1 ragged_row']))
  })

  test.each([
    ['a field more at the end, empty', `${HEADER}\n公开\t1\t2\t3\t4\t\n不予\t1\t2\t3\t4`],
    [
      'labels in another column',
      `label\t\t甲\t乙\t总计\t\n一\t\t1\t2\t3\t\n\t（一）\t1\t2\t3\t\n\t（二）\t1.a\t1\t2\t3\n\t\t2.b\t1\t2\t3\n\t\t3.c\t1\t2\t3`,
    ],
    ['blank cells', `${HEADER}\n公开\t1\t\t\t1\n不予\t\t\t\t\n其他\t\t2\t\t2`],
    [
      'banners and blocks of other widths',
      '横幅\n内容\t甲\t乙\t丙\n规章\t1\t2\t3\n横幅\t\t\t\n内容\t甲\t\t\n许可\t9\t\t',
    ],
  ])('%s: no doubt', async (_, text) => {
    expect(await doubtsOf(text)).toEqual([])
  })
})

describe('tables aligned by spaces', () => {
  test('fields go where they stand', async () => {
    const text =
      '信息内容          制发    废止    有效\n规章                 0       0       0\n规范性文件           2               12\n许可                         3'
    expect(await blocksOf(text)).toEqual([
      [
        ['信息内容', '制发', '废止', '有效'],
        ['规章', '0', '0', '0'],
        ['规范性文件', '2', '', '12'],
        ['许可', '', '3', ''],
      ],
    ])
    expect(await doubtsOf(text)).toEqual([])
  })

  test('full-width spaces part fields too', async () => {
    expect(await blocksOf('规章　　1　　2\n文件　　3　　4\n许可　　5　　6')).toEqual([
      [
        ['规章', '1', '2'],
        ['文件', '3', '4'],
        ['许可', '5', '6'],
      ],
    ])
  })

  test('figures copied from a page are counted from the right, and a row with fewer is in doubt', async () => {
    const text = '一、本年新收申请数量 13 0 0 0 13\n（一）予以公开 6 0 6\n（二）部分公开 1 0 0 0 1\n四、结转 7 0 0 0 7'
    const grid = await gridOf(text)
    expect(outline([grid])).toEqual([
      [
        ['一、本年新收申请数量', '13', '0', '0', '0', '13'],
        ['（一）予以公开', '', '', '6', '0', '6'],
        ['（二）部分公开', '1', '0', '0', '0', '1'],
        ['四、结转', '7', '0', '0', '0', '7'],
      ],
    ])
    expect(grid.cells.filter(({ row, doubt }) => row === 1 && doubt !== undefined)).toHaveLength(6)
    expect(grid.cells.filter(({ row, doubt }) => row !== 1 && doubt !== undefined)).toEqual([])
  })

  test('places mean nothing where fields are a single space apart', async () => {
    const doubts = await doubtsOf('甲局 1 2 3\n乙局 4 5\n丙局 6 7 8')
    expect(new Set(doubts)).toEqual(new Set(['1 open_grid']))
  })

  test('one line of many figures under its headers is a table', async () => {
    expect(await blocksOf('维持  纠正  其他  未结  总计\n0     0     3     0     3')).toEqual([
      [
        ['维持', '纠正', '其他', '未结', '总计'],
        ['0', '0', '3', '0', '3'],
      ],
    ])
  })

  test.each([
    '单位负责人：张某　　审核人：孙某　　填报人：冯某',
    '年  度  报  告',
    '2023 年 1 月 1 日至 2023 年 12 月 31 日',
    '电话  0100-1234567\n邮编  100000',
    '目录  1\n一、总体情况……  2',
  ])('%s: no table', async (text) => {
    expect((await blocksOf(text)).every((block) => typeof block === 'string')).toBe(true)
  })
})

describe('limits', () => {
  test.each([['a wide row over many rows', `${'1\t'.repeat(1000)}1\n${'1\t1\n'.repeat(600)}`]])(
    '%s is too large',
    async (_, text) => {
      const result = await readText(new TextEncoder().encode(text))
      expect(!result.ok && result.failure.code).toBe('too_large')
    },
  )

  test.each([
    ['tabs', '\t'.repeat(200_000)],
    ['bars', '| '.repeat(100_000)],
    ['brackets', '['.repeat(200_000)],
    ['stars', '*'.repeat(200_000)],
    ['open quotes', '"a\t'.repeat(50_000)],
    ['spaces', `a${' '.repeat(300_000)}b`],
    ['lines of pairs', 'a  b\n'.repeat(50_000)],
    ['open tables', '<table>\n'.repeat(50_000)],
    ['open tables before a closed one', `${'<table>\n'.repeat(50_000)}</table>`],
    ['bars over lines', '+--+\n|\n'.repeat(50_000)],
  ])('%s come to an end', async (_, text) => {
    await readText(new TextEncoder().encode(text))
  })
})
