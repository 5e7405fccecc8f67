/**
 * A PDF file, by way of an engine → Document.
 *
 * Each page is laid out for itself (drawn grids, lines of text); then the document as a whole says what is furniture, which lines
 * are tables without borders, which tables go on over a page break, and how lines make paragraphs. A page that cannot be read
 * leaves a doubt; when none can, the file is corrupt. Boxes come out in points as displayed, rounded to a tenth, within their page.
 */

import { fail } from '../failure.js'
import { findAlignedGrids, openingUnderHeader } from '../grid/aligned.js'
import type { JoinedGrid } from '../grid/continuation.js'
import type { PageCell } from '../grid/page-grid.js'
import { LIMITS } from '../limits.js'
import {
  type Block,
  type Box,
  type Cell,
  type Document,
  type Doubt,
  type DoubtCode,
  type Grid,
  type Location,
  type Paragraph,
  pageLocation,
  type Result,
} from '../model.js'
import { findFurniture } from './furniture.js'
import type { Line } from './lines.js'
import { type Item, joinOverPages, type PlacedText, sizeOf } from './over-pages.js'
import type { PdfEngine, PdfFile } from './page.js'
import { layOutPage, type PageLayout } from './page-layout.js'
import { boxWithin, ParagraphBuilder } from './paragraphs.js'
import { turnBack } from './sideways.js'
import { findTextAreas, usesIndents } from './text-area.js'

export async function readPdf(bytes: Uint8Array, engine: PdfEngine): Promise<Result<Document>> {
  const opened = await engine.open(bytes)
  if (!opened.ok) return opened
  const file = opened.value
  try {
    const pages = await layOutPages(file)
    return pages.ok ? readPages(pages.value, file.declaredTitle) : pages
  } finally {
    file.close()
  }
}

interface LaidOut {
  readonly pages: readonly PageLayout[]
  readonly damaged: readonly number[]
}

async function layOutPages(file: PdfFile): Promise<Result<LaidOut>> {
  if (file.pageCount > LIMITS.pages)
    return fail('too_large', `文件共 ${file.pageCount} 页，超过 ${LIMITS.pages} 页的上限`)
  const pages: PageLayout[] = []
  const damaged: number[] = []
  for (let index = 0; index < file.pageCount; index++) {
    const content = await file.page(index)
    if (!content.ok) {
      if (content.failure.code !== 'corrupt') return content
      damaged.push(index + 1)
      pages.push(layOutPage(EMPTY_PAGE, index + 1))
      continue
    }
    const { glyphs, rulings } = content.value
    if (glyphs.length > LIMITS.glyphsPerPage || rulings.length > LIMITS.pathsPerPage) {
      return fail('too_large', `第 ${index + 1} 页的内容超过处理上限`)
    }
    pages.push(layOutPage(content.value, index + 1))
  }
  if (damaged.length === file.pageCount) return fail('corrupt')
  return { ok: true, value: { pages, damaged } }
}

/** Type this much larger than the text is a title's. */
const LARGE = 1.1

const EMPTY_PAGE = { width: 0, height: 0, glyphs: [], rulings: [], images: [] }

function readPages({ pages, damaged }: LaidOut, declaredTitle: string | null): Result<Document> {
  const furniture = findFurniture(pages)
  const items: Item[] = []
  const apart: PlacedText[] = []
  const proseLines: { width: number; lines: Line[] }[] = []
  let columnsAbove: readonly number[] | null = null
  const freeLines = pages.map(({ lines }, index) => lines.filter((line) => furniture[index]?.has(line) !== true))
  pages.forEach((layout, index) => {
    const { page } = layout
    const set = furniture[index] ?? new Set<Line>()
    const free = freeLines[index] ?? []
    const aligned = findAlignedGrids(free, layout, columnsAbove, openingBelow(pages, freeLines, index))
    const grids = [...layout.grids, ...aligned.grids]
    const found: Item[] = [...grids, ...aligned.rest.map((line): Item => ({ kind: 'line', line, page }))]
    found.sort((a, b) => topOf(a) - topOf(b) || leftOf(a) - leftOf(b))
    for (const item of found) items.push(item)
    const last = found.at(-1)
    columnsAbove = last?.kind === 'grid' && last.origin === 'aligned' ? last.xs : null
    for (const line of [...set, ...layout.watermark]) apart.push({ kind: 'line', line, page })
    proseLines.push({ width: layout.width, lines: aligned.rest })
  })

  const { items: joined, apart: captions } = joinOverPages(items, pages)
  for (const caption of captions) apart.push(caption)
  let cellCount = 0
  for (const item of joined) if (item.kind === 'joined') cellCount += item.grid.cells.length
  if (cellCount > LIMITS.cells) return fail('too_large', `表格单元格共 ${cellCount} 个，超过上限`)

  const areas = findTextAreas(proseLines)
  const builder = new ParagraphBuilder(usesIndents(proseLines, areas))
  const blocks: Block[] = []
  const addLine = (line: Line, page: number) => {
    const { width, height } = sizeOf(pages, page)
    const { left, right, size } = areas[page - 1] ?? { left: 0, right: width, size: line.size }
    builder.add({ line, page, width, height, left, right, large: line.size > LARGE * size })
  }
  for (const item of joined) {
    if (item.kind === 'line') addLine(item.line, item.page)
    else {
      for (const paragraph of builder.take()) blocks.push(paragraph)
      blocks.push(toGrid(item.grid, pages))
    }
  }
  for (const paragraph of builder.take()) blocks.push(paragraph)
  return {
    ok: true,
    value: asDisplayed(pages, {
      mediaType: 'application/pdf',
      pages: pages.map(({ width, height, turn }) => turn?.displayed ?? { width, height }),
      blocks,
      furniture: apart.map(({ line, page }) => toFurniture(line, page, pages)),
      declaredTitle,
      doubts: documentDoubts(pages, damaged),
    }),
  }
}

/** What was found on pages that were turned to be read, located where it is displayed. */
function asDisplayed(pages: readonly PageLayout[], document: Document): Document {
  if (pages.every(({ turn }) => turn === null)) return document
  const shown = (location: Location): Location => {
    const turn = location.kind === 'page' ? (pages[location.page - 1]?.turn ?? null) : null
    return turn === null ? location : turnBack(location, turn)
  }
  const shownBlock = (block: Block): Block =>
    block.kind === 'paragraph'
      ? { ...block, location: shown(block.location) }
      : {
          ...block,
          cells: block.cells.map((cell) => ({ ...cell, location: shown(cell.location) })),
          locations: block.locations.map(shown),
        }
  return {
    ...document,
    blocks: document.blocks.map(shownBlock),
    furniture: document.furniture.map(shownBlock),
    doubts: document.doubts.map(({ location, ...doubt }) => ({ ...doubt, location: location && shown(location) })),
  }
}

/** What opens the next page down to its first row of figures, where this page may end with the header. */
function openingBelow(
  pages: readonly PageLayout[],
  freeLines: readonly (readonly Line[])[],
  index: number,
): readonly Line[] {
  const [page, next] = [pages[index], pages[index + 1]]
  const [last, below] = [freeLines[index]?.at(-1), freeLines[index + 1] ?? []]
  if (page === undefined || next === undefined || last === undefined || page.width !== next.width) return []
  const opening = openingUnderHeader(below, freeLines[index] ?? [])
  const foot = opening.at(-1)?.box[3] ?? 0
  const isLast = page.grids.every((grid) => grid.box[3] < last.box[3])
  const isFirst = next.grids.every((grid) => grid.box[1] > foot)
  return isLast && isFirst ? opening : []
}

function topOf(item: Item): number {
  return item.kind === 'line' ? item.line.box[1] : item.box[1]
}

function leftOf(item: Item): number {
  return item.kind === 'line' ? item.line.box[0] : item.box[0]
}

function toGrid({ xs, rowCount, cells, pieces }: JoinedGrid, pages: readonly PageLayout[]): Grid {
  const locate = (page: number, box: Box) => {
    const { width, height } = sizeOf(pages, page)
    return pageLocation(page, boxWithin(box, width, height))
  }
  return {
    kind: 'grid',
    rowCount,
    columnCount: xs.length - 1,
    cells: cells.map((cell) => toCell(cell, locate(cell.page, cell.box), pages[cell.page - 1]?.recognised ?? false)),
    locations: pieces.map((piece) => locate(piece.page, piece.box)),
  }
}

function toCell(cell: PageCell, location: Cell['location'], recognised: boolean): Cell {
  const { row, column, rowSpan, columnSpan, text, hasImage, aligned } = cell
  const doubt: DoubtCode | null = recognised ? 'recognised_text' : cell.doubt
  return {
    row,
    column,
    rowSpan,
    columnSpan,
    text,
    location,
    ...(aligned === undefined || recognised ? {} : { aligned }),
    ...(doubt === null ? {} : { doubt }),
    ...(hasImage && text === '' ? { hasImage: true } : {}),
  }
}

function toFurniture(line: Line, page: number, pages: readonly PageLayout[]): Paragraph {
  const { width, height } = sizeOf(pages, page)
  return {
    kind: 'paragraph',
    text: line.text,
    location: pageLocation(page, boxWithin(line.box, width, height)),
    cue: { level: null, bold: line.bold, centred: false, size: line.size },
  }
}

function documentDoubts(pages: readonly PageLayout[], damaged: readonly number[]): Doubt[] {
  const doubts = damaged.map(
    (page): Doubt => ({
      code: 'damaged_part',
      message: `第 ${page} 页已损坏，未能读取。`,
      location: null,
    }),
  )
  for (const { page, width, height, lines, recognised, picture, tooManyEdges } of pages) {
    const location = pageLocation(page, boxWithin([0, 0, width, height], width, height))
    const add = (code: DoubtCode, message: string) => doubts.push({ code, message, location })
    if (recognised) add('recognised_text', `第 ${page} 页是扫描图像，文字来自识别结果而非原文。`)
    else if (picture) add('picture_page', `第 ${page} 页的大部分是图片，其中的文字未能读取。`)
    if (tooManyEdges) add('open_grid', `第 ${page} 页的线条过多，未能按表格读取。`)
    // Once a page is enough: a font that says nothing spoils every line.
    const at = (line: Line) => pageLocation(page, boxWithin(line.box, width, height))
    const distrusted = lines.find((line) => line.distrusted)
    const overprinted = lines.find((line) => line.overprinted)
    if (distrusted !== undefined) {
      const message = `第 ${page} 页有文字的字符编码不可信。`
      doubts.push({ code: 'distrusted_glyph', message, location: at(distrusted) })
    }
    if (overprinted !== undefined) {
      doubts.push({ code: 'overprinted_text', message: `第 ${page} 页有文字相互重叠。`, location: at(overprinted) })
    }
  }
  return doubts
}
