import { describe, expect, test } from '@jest/globals'
import { readDocxWithMammoth } from '../../../src/document/docx/mammoth.js'
import { readDocx } from '../../../src/document/docx/read-docx.js'
import type { Document, Grid, Result } from '../../../src/document/model.js'
import {
  docxParts,
  goesOn,
  inList,
  level,
  list,
  p,
  packageOf,
  paragraph,
  run,
  span,
  starts,
  tbl,
  tc,
  tr,
} from '../../build/docx.js'
import { gridsOf } from '../../build/docx-reading.js'
import { SEEDS, type Seeded, seeded } from '../../build/seeded.js'

const INNER = tbl([1000, 1000], tr(tc('甲'), tc('1')), tr(tc('乙'), tc('2')))
const BOX = `<w:r><w:pict><v:shape><v:textbox><w:txbxContent>${p('框')}${INNER}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`
const PARTS = docxParts(
  p('总体情况', inList(1)) +
    paragraph(run('甲') + BOX + run('隐', '<w:vanish/>')) +
    paragraph(run('删'), '<w:rPr><w:del/></w:rPr>') +
    tbl(
      [1000, 40, 960, 1000],
      tr(tc('合计', starts + span(2)), tc('1'), tc('2')),
      tr(tc('', goesOn + span(2)), tc(`${INNER}<w:p/>`), tc('3')),
      `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>${tc('4')}${tc('5')}</w:tr>`,
    ) +
    `<w:sdt><w:sdtPr/><w:sdtContent>${p('控')}</w:sdtContent></w:sdt>`,
  {
    numbering: list(1, level(0, 'chineseCounting', '%1、'), level(1, 'decimal', '%1.%2')),
    styles: '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>',
    footnotes: `<w:footnote w:id="3">${p('注')}</w:footnote>`,
  },
)

/** Something that was left out, doubled, wrapped, or given another number. */
function damageMarkup(markup: string, { integer, pick }: Seeded): string {
  const tags = [...markup.matchAll(/<[^>]+>/g)].map(({ index }) => index)
  const from = pick(tags)
  const to = pick(tags.filter((at) => at >= from))
  const values = [...markup.matchAll(/"[^"]*"/g)]
  switch (integer(0, 4)) {
    case 0:
      return markup.slice(0, from) + markup.slice(to)
    case 1:
      return markup.slice(0, to) + markup.slice(from)
    case 2:
      return markup.replace(
        /<(w:tc|w:r|w:p)>(.*?)<\/\1>/,
        pick(['', '<w:ins>$&</w:ins>', '<w:tbl><w:tr>$&</w:tr></w:tbl>', '$&$&']),
      )
    case 3: {
      const { index, 0: value } = pick(values)
      const other = pick(['-1', '0', '63', '2147483648', '', 'x'])
      return `${markup.slice(0, index)}"${other}"${markup.slice(index + value.length)}`
    }
    default:
      return (
        markup.slice(0, from) +
        pick(['<w:vMerge/>', '<w:fldChar w:fldCharType="begin"/>', '</w:tc>', '&#0;', '<w:tc>']) +
        markup.slice(from)
      )
  }
}

function damageBytes(bytes: Uint8Array, { integer }: Seeded): Uint8Array {
  const damaged = Uint8Array.from(bytes)
  for (let times = integer(1, 6); times > 0; times -= 1) damaged[integer(0, damaged.length - 1)] = integer(0, 255)
  return integer(0, 2) === 0 ? damaged.subarray(0, integer(0, damaged.length)) : damaged
}

/** How often each position of a grid is covered. */
function coverage({ rowCount, columnCount, cells }: Grid): number[] {
  const times = new Array<number>(rowCount * columnCount).fill(0)
  for (const { row, column, rowSpan, columnSpan } of cells) {
    for (let at = 0; at < rowSpan * columnSpan; at += 1) {
      const place = (row + Math.floor(at / columnSpan)) * columnCount + column + (at % columnSpan)
      times[place] = (times[place] ?? 0) + 1
    }
  }
  return times
}

function expectSound(result: Result<Document>): void {
  if (!result.ok) {
    expect(['corrupt', 'too_large', 'encrypted']).toContain(result.failure.code)
    return
  }
  for (const grid of gridsOf(result.value)) expect(new Set(coverage(grid))).toEqual(new Set([1]))
}

describe('damaged Word files', () => {
  test.each(SEEDS)('end in a document or a failure, seed %i', async (seed) => {
    const random = seeded(seed)
    for (let round = 0; round < 2; round += 1) {
      const name = random.pick(Object.keys(PARTS))
      const damaged = packageOf({ ...PARTS, [name]: damageMarkup(PARTS[name] ?? '', random) })
      for (const bytes of [damaged, damageBytes(packageOf(PARTS), random)]) {
        expectSound(await readDocx(bytes))
        expectSound(await readDocxWithMammoth(bytes))
      }
    }
  })
})
