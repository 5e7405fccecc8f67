import { describe, expect, test } from '@jest/globals'
import type { Grid } from '../../../src/document/model.js'
import type { PdfEngine } from '../../../src/document/pdf/page.js'
import { loadPdfium } from '../../../src/document/pdf/pdfium.js'
import { loadPdfjs } from '../../../src/document/pdf/pdfjs.js'
import { readPdf } from '../../../src/document/pdf/read-pdf.js'
import { PageBuilder } from '../../build/page.js'
import { buildPdf, PdfPage } from '../../build/pdf.js'
import { gridsOf, readPages } from '../../build/read-pages.js'

const XS = [60, 160, 230, 300, 370]
const YS = [100, 120, 140, 160, 180, 200]
const ROWS = [
  ['结果', '甲', '乙', '丙'],
  ['一、收到', '10', '2', '345'],
  ['二、结转', '7', '20', '1'],
  ['三、办结', '1234', '5', '66'],
  ['四、其他', '3', '41', '9'],
]

/** For each cell of a row its text, and where the second reading says otherwise or nothing, that behind it. */
function compared(grid: Grid | undefined): string[] {
  const rows = Array.from({ length: grid?.rowCount ?? 0 }, (): string[] => [])
  for (const { row, text, aligned } of grid?.cells ?? []) {
    const second = aligned === undefined ? ' ?' : aligned === text ? '' : ` → ${aligned || 'nothing'}`
    rows[row]?.push(text.replaceAll('\n', '/') + second)
  }
  return rows.map((cells) => cells.join(' | '))
}

async function rowsOfPage(...pages: PageBuilder[]): Promise<string[]> {
  return gridsOf(await readPages(...pages)).flatMap(compared)
}

const table = (rows = ROWS, xs = XS, ys = YS) => new PageBuilder().ruled(xs, ys).cells(xs, ys, rows)

/** All borders of the table but the pieces named by their two ends. */
function withoutBorders(
  missing: readonly (readonly [number, number, number, number])[],
  xs = XS,
  ys = YS,
): PageBuilder {
  const page = new PageBuilder()
  const draw = (x1: number, y1: number, x2: number, y2: number) => {
    if (!missing.some((line) => `${line}` === `${[x1, y1, x2, y2]}`)) page.line(x1, y1, x2, y2)
  }
  for (const y of ys) for (const [i, x] of xs.slice(1).entries()) draw(xs[i] ?? 0, y, x, y)
  for (const x of xs) for (const [i, y] of ys.slice(1).entries()) draw(x, ys[i] ?? 0, x, y)
  return page
}

describe('the second reading of a ruled table', () => {
  test('agrees with the rulings on every figure', async () => {
    expect(await rowsOfPage(table())).toEqual([
      '结果 ? | 甲 ? | 乙 ? | 丙 ?',
      '一、收到 ? | 10 | 2 | 345',
      '二、结转 ? | 7 | 20 | 1',
      '三、办结 ? | 1234 | 5 | 66',
      '四、其他 ? | 3 | 41 | 9',
    ])
  })

  test.each(['left', 'right'] as const)('agrees on columns of unlike figures set to the %s', async (side) => {
    const page = new PageBuilder().ruled(XS, YS)
    ROWS.forEach((row, r) => {
      row.forEach((text, c) => {
        const width = [...text].reduce((sum, letter) => sum + (/[\d]/.test(letter) ? 5 : 10), 0)
        const x = side === 'left' ? (XS[c] ?? 0) + 3 : (XS[c + 1] ?? 0) - 3 - width
        page.text(x, (YS[r] ?? 0) + 13.8, text)
      })
    })
    const rows = await rowsOfPage(page)
    expect(rows.slice(1).join()).not.toContain('→')
    expect(rows[3]).toBe('三、办结 ? | 1234 | 5 | 66')
  })

  test('sees a border that runs through one figure', async () => {
    const rows = await rowsOfPage(table().line(195, 120, 195, 140))
    expect(rows[1]).toBe('一、收到 ? | 1 → 10 | 0 → nothing | 2 | 345')
    expect(rows[3]).toBe('三、办结 ? | 1234 | 5 | 66')
  })

  test('sees a border that runs through a whole column of figures', async () => {
    const rows = await rowsOfPage(
      table([...ROWS.slice(0, 2), ...ROWS.slice(3), ['五、', '88', '1', '2']]).line(195, 100, 195, 200),
    )
    expect(rows.slice(1)).toEqual([
      '一、收到 ? | 1 → 10 | 0 → nothing | 2 | 345',
      '三、办结 ? | 12 → 1234 | 34 → nothing | 5 | 66',
      expect.stringMatching(/^四、其他 \?.* \| 41 \| 9$/),
      '五、 ? | 8 → 88 | 8 → nothing | 1 | 2',
    ])
  })

  test('sees a border that runs through a figure of a single row, by the header above', async () => {
    const page = table(ROWS.slice(0, 2), XS, YS.slice(0, 3)).line(195, 120, 195, 140)
    expect((await rowsOfPage(page))[1]).toBe('一、收到 ? | 1 → 10 | 0 → nothing | 2 | 345')
  })

  test('sees that a border is missing between two figures of a row', async () => {
    const rows = await rowsOfPage(withoutBorders([[230, 160, 230, 180]]).cells(XS, YS, ROWS))
    expect(rows[3]).toBe('三、办结 ? | 1234 5 → 1234 | 66')
  })

  test('sees that a border is missing between two figures of a column', async () => {
    const rows = await rowsOfPage(withoutBorders([[230, 140, 300, 140]]).cells(XS, YS, ROWS))
    expect(rows.slice(1, 3)).toEqual(['一、收到 ? | 10 | 2/20 → 2 | 345', '二、结转 ? | 7 | 1'])
  })

  test('puts a figure into the row of its line where a border runs above it', async () => {
    const xs = [...XS, 440]
    const rows = ROWS.map((row, r) => [...row, r === 0 ? '丁' : String(r)])
    const page = withoutBorders([[230, 140, 300, 140]], xs, YS)
      .line(230, 126, 300, 126)
      .cells(xs, YS, rows)
    const read = await rowsOfPage(page)
    expect(read[1]).toBe('一、收到 ? | 10 |  → 2 | 345 | 1')
    expect(read[2]).toBe('2/20 → 20')
  })

  test('puts a figure across a border into the column that it is aligned with', async () => {
    const page = new PageBuilder().ruled(XS, YS)
    ROWS.forEach((row, r) => {
      const [label = '', ...figures] = row
      page.text(63, (YS[r] ?? 0) + 13.8, label.slice(0, 2))
      for (const [c, text] of figures.entries()) {
        if (text !== '1234') page.text((XS[c + 2] ?? 0) - 3 - text.length * 5, (YS[r] ?? 0) + 13.8, text)
      }
    })
    // Set to the right like the others, and so long that it begins in the label's column.
    page.text(227 - 15 * 5, 173.8, '123456789012345')
    const rows = await rowsOfPage(page)
    expect(rows[3]).toBe('三、 12 ? | 3456789012345 → 123456789012345 | 5 | 66')
  })

  test('says that an empty cell among figures is empty', async () => {
    const rows = ROWS.map((row, r) => (r === 2 ? ['二、结转', '7', '', '1'] : row))
    const grid = gridsOf(await readPages(table(rows)))[0]
    expect(grid?.cells.find((cell) => cell.row === 2 && cell.column === 2)).toMatchObject({ text: '', aligned: '' })
  })

  test('says nothing of a form that is not filled in', async () => {
    const grid = gridsOf(await readPages(table(ROWS.map((row, r) => (r === 0 ? row : [row[0] ?? '', '', '', ''])))))[0]
    expect(grid?.cells.some((cell) => cell.aligned !== undefined)).toBe(false)
  })
})

describe('what is no difference', () => {
  test('cells merged over columns, beside and below blocks with columns of their own', async () => {
    const ys = [100, 120, 140, 160, 180, 200, 220]
    const missing = [120, 180, 200].flatMap((y) => [230, 300].map((x) => [x, y, x, y + 20] as const))
    const page = withoutBorders([...missing, [160, 120, 160, 140]], XS, ys)
    page.cells(XS, ys, [
      ['内容', '制发', '废止', '现行'],
      [],
      ['规章', '1', '2', '30'],
      ['文件', '12', '0', '456'],
      [],
      [],
    ])
    page.centred(60, 370, 133.8, '第二十条第（五）项')
    for (const [y, label, figure] of [
      [180, '许可', '77'],
      [200, '处罚', '1024'],
    ] as const) {
      page.centred(60, 160, y + 13.8, label).centred(160, 370, y + 13.8, figure)
    }
    const rows = await rowsOfPage(page)
    expect(rows.slice(2)).toEqual(['规章 ? | 1 | 2 | 30', '文件 ? | 12 | 0 | 456', '许可 ? | 77', '处罚 ? | 1024'])
  })

  test('a figure on two lines, a footnote mark, and digits set apart: nothing is said of them', async () => {
    const page = table(ROWS.map((row, r) => (r === 2 ? ['二、结转', '', '', ''] : row)))
    page.centred(160, 230, 148, '12345').centred(160, 230, 158, '678')
    page.text(262, 153.8, '20').text(272, 150, '1', { size: 5 })
    page.text(320, 153.8, '1').text(330, 153.8, '0')
    expect((await rowsOfPage(page))[2]).toMatch(/^二、结转 \? \| 12345\/678 \? \| 20 ?1 \? \| 1 0 \?$/)
  })

  test('a figure on two lines in a merged cell, level with the rows beside it', async () => {
    const ys = [100, 120, 132, 144, 156]
    const page = withoutBorders([[230, 132, 300, 132]], XS, ys).cells(XS, ys, [
      ROWS[0] ?? [],
      ['一、', '1', '', '2'],
      ['二、', '3', '', '4'],
      ['三、', '5', '6', '7'],
    ])
    page.centred(230, 300, 129.8, '1234567890123').centred(230, 300, 141.8, '45')
    expect((await rowsOfPage(page))[1]).toBe('一、 ? | 1 | 1234567890123/45 ? | 2')
  })

  test('digits set apart in a merged cell, the first of them under a column', async () => {
    const page = withoutBorders([[230, 160, 230, 180]])
    ROWS.forEach((row, r) => {
      for (const [c, text] of row.entries())
        if (r !== 3 || c !== 1) page.text((XS[c] ?? 0) + 3, (YS[r] ?? 0) + 13.8, r === 3 && c === 2 ? '' : text)
    })
    page.text(163, 173.8, '1').text(173, 173.8, '0')
    expect((await rowsOfPage(page))[3]).toBe('三、办结 ? | 1 0 ? | 66')
  })

  test('letters printed twice to look bold', async () => {
    const page = table().cells(
      XS.map((x) => x + 0.3),
      YS,
      ROWS,
    )
    expect((await rowsOfPage(page)).slice(1)).toEqual((await rowsOfPage(table())).slice(1))
  })

  test('figures of neighbours that fill their cells up to the border', async () => {
    const xs = [60, 160, 190.4, 220.8, 251.2]
    const rows = [
      ROWS[0] ?? [],
      ...Array.from({ length: 4 }, (_, r) => ['项目', '123456', r < 3 ? '7' : '654321', '9']),
    ]
    const read = await rowsOfPage(table(rows, xs))
    expect(read.join()).not.toContain('→')
    expect(read[1]).toBe('项目 ? | 123456 | 7 | 9')
  })

  test('signs in the place of figures, thousands separators and units', async () => {
    const rows = ROWS.map((row, r) =>
      r === 2 ? ['二、结转', '/', '1,234', '5件'] : r === 3 ? ['三、', '无', '—', '-1.5'] : row,
    )
    expect((await rowsOfPage(table(rows))).slice(2, 4)).toEqual([
      '二、结转 ? | / | 1,234 | 5件',
      '三、 ? | 无 | — | -1.5',
    ])
  })

  test('figures beside the middle of a label of two lines, and set lower than a label of one', async () => {
    const page = new PageBuilder().ruled([60, 160, 230], [100, 130, 160])
    page.text(63, 112, '一、收到的').text(63, 126, '申请数量').centred(160, 230, 119, '12')
    page.text(63, 149, '二、结转').centred(160, 230, 150.5, '3')
    expect(await rowsOfPage(page)).toEqual(['一、收到的/申请数量 ? | 12', '二、结转 ? | 3'])
  })

  test('turned and vertical letters: nothing is said of them', async () => {
    const page = table(ROWS.map((row, r) => (r === 2 ? ['二、结转', '', '20', '1'] : row)))
    page.text(198, 156, '12', { direction: 270 })
    expect((await rowsOfPage(page))[2]).toBe('二、结转 ? | 12 ? | 20 | 1')
  })
})

describe('tables over a page break', () => {
  const head = (rows: readonly (readonly string[])[]) => {
    const ys = [740, 760, 780, 800]
    return new PageBuilder().ruled(XS, ys).cells(XS, ys, rows)
  }

  test('keep what each page says', async () => {
    const below = new PageBuilder().ruled(XS, [60, 80, 100]).cells(XS, [60, 80, 100], ROWS.slice(3))
    const rows = await rowsOfPage(head(ROWS.slice(0, 3)), below)
    expect(rows.slice(1)).toEqual([
      '一、收到 ? | 10 | 2 | 345',
      '二、结转 ? | 7 | 20 | 1',
      '三、办结 ? | 1234 | 5 | 66',
      '四、其他 ? | 3 | 41 | 9',
    ])
  })

  test('say nothing of the row that the break goes through', async () => {
    const above = head([ROWS[0] ?? [], ROWS[1] ?? [], ['（二）结转的申请数量', '', '20', '1']])
    const below = new PageBuilder()
      .ruled(XS, [60, 80, 100])
      .cells(XS, [60, 80, 100], [['申请', '', '', ''], ROWS[3] ?? []])
    const rows = await rowsOfPage(above, below)
    expect(rows.slice(2)).toEqual(['（二）结转的申请数量申请 ? |  ? | 20 ? | 1 ?', '三、办结 ? | 1234 | 5 | 66'])
  })
})

test('both engines say the same of a file', async () => {
  const page = new PdfPage()
  for (const y of YS) page.line(60, y, 370, y)
  for (const x of XS) page.line(x, 100, x, 200)
  page.line(195, 120, 195, 140)
  ROWS.forEach((row, r) => {
    row.forEach((text, c) => {
      const width = [...text].reduce((sum, letter) => sum + (/\d/.test(letter) ? 5 : 10), 0)
      page.text(((XS[c] ?? 0) + (XS[c + 1] ?? 0) - width) / 2, (YS[r] ?? 0) + 13.8, text, { size: 10 })
    })
  })
  const bytes = buildPdf([page])
  const readWith = async (engine: PdfEngine) => {
    const read = await readPdf(bytes, engine)
    if (!read.ok) throw new Error(read.failure.code)
    return gridsOf(read.value).flatMap(compared)
  }
  const rows = await readWith(await loadPdfium())
  expect(rows[1]).toBe('一、收到 ? | 1 → 10 | 0 → nothing | 2 | 345')
  expect(rows[2]).toBe('二、结转 ? | 7 | 20 | 1')
  expect(await readWith(await loadPdfjs())).toEqual(rows)
})
