/**
 * What each element of a text part does (ECMA-376 part 1, clause 17; [MS-DOCX]). Read with body.ts, which keeps the state.
 *
 * Most elements only hold others and are read through. A text box stands twice, as a drawing and as a shape for old readers: the
 * first version that we can read is taken, never both.
 */
import type { Body } from './body.js'
import { integer, isOn, paragraphProperties, runProperties } from './properties.js'
import type { Merge } from './spread.js'
import { symbol } from './symbols.js'
import type { Attributes, ElementReader, ElementTable } from './xml.js'

type Readers = Readonly<Record<string, ElementReader<Body>>>
type Act = (body: Body, attributes: Attributes) => void

type Contents = Map<string, ElementReader<Body>>

/** Everything that may stand in a body, a cell, a paragraph or a run. */
const CONTENT: Contents = new Map()
/** In a table, but for what its cells hold. Figures that stand anywhere else in it are in doubt, and the order kept here says so. */
const ROWS: Contents = new Map()
const CELLS: Contents = new Map()

/** A mark or a property: it holds no others. */
const leaf = (open: Act): ElementReader<Body> => ({ open })
const holder = (open: Act, close: (body: Body) => void, inside = CONTENT): ElementReader<Body> => ({
  open,
  close,
  inside,
})
const table = (readers: Readers): ElementTable<Body> => new Map(Object.entries(readers))
const names = (list: string): string[] => list.trim().split(/\s+/)

/** These stand around runs, paragraphs, rows and cells alike. */
const AROUND_ANYTHING = 'w:sdt w:sdtContent w:customXml w:ins w:moveTo'

const READ_THROUGH = `
  w:smartTag w:hyperlink w:fldSimple w:dir w:bdo w:ruby w:rubyBase
  a:graphic a:graphicData wps:wsp wps:txbx wpg:wgp wpg:grpSp wpc:wpc v:textbox`

/** Properties and marks that may stand anywhere, and hold no text. */
const MARKS = `
  w:sdtPr w:sdtEndPr w:customXmlPr w:tblPr w:tblPrEx
  w:bookmarkStart w:bookmarkEnd w:proofErr w:permStart w:permEnd w:commentRangeStart w:commentRangeEnd
  w:moveFromRangeStart w:moveFromRangeEnd w:moveToRangeStart w:moveToRangeEnd
  w:customXmlInsRangeStart w:customXmlInsRangeEnd w:customXmlDelRangeStart w:customXmlDelRangeEnd
  w:customXmlMoveFromRangeStart w:customXmlMoveFromRangeEnd w:customXmlMoveToRangeStart w:customXmlMoveToRangeEnd`

/** Deleted text and instructions, notes, layout, and the reading printed above a character (`w:rt`). */
const PASSED_OVER = `
  w:del w:moveFrom w:delText w:instrText w:delInstrText w:fldData w:numberingChange w:rt w:rubyPr w:softHyphen
  w:sectPr w:smartTagPr w:control w:lastRenderedPageBreak w:pgNum w:commentReference w:annotationRef
  w:footnoteReference w:endnoteReference w:footnoteRef w:endnoteRef w:separator w:continuationSeparator
  wp:docPr wp:cNvGraphicFramePr wp:effectExtent wp:simplePos wp:positionH wp:positionV wp14:sizeRelH wp14:sizeRelV
  wp:wrapNone wp:wrapSquare wp:wrapTight wp:wrapThrough wp:wrapTopAndBottom c:chart
  wps:cNvPr wps:cNvSpPr wps:cNvCnPr wps:spPr wps:style wps:bodyPr wpg:cNvPr wpg:cNvGrpSpPr wpg:grpSpPr wpc:bg wpc:whole
  v:shapetype v:path v:fill v:stroke v:shadow v:textpath v:formulas v:handles o:lock o:OLEObject w10:wrap`

const TEXT: Readers = {
  'w:p': holder(
    (body) => body.openParagraph(),
    (body) => body.closeParagraph(),
  ),
  'w:pPr': {
    inside: paragraphProperties((body: Body) => body.paragraph.properties, {
      inside: table({
        'w:del': leaf((body) => body.loseMark('deleted')),
        'w:moveFrom': leaf((body) => body.loseMark('deleted')),
        'w:vanish': leaf((body, attributes) => {
          if (isOn(attributes)) body.loseMark('hidden')
        }),
      }),
    }),
  },
  'w:r': holder(
    (body) => body.openRun(),
    (body) => body.closeRun(),
  ),
  'w:rPr': { inside: runProperties((body: Body) => body.run) },
  'w:t': {
    open: (body, attributes) => body.openText(attributes['xml:space'] === 'preserve'),
    text: (body, text) => body.addText(text),
    close: (body) => body.closeText(),
    inside: new Map(),
  },
  'w:tab': leaf((body) => body.write('\t')),
  'w:ptab': leaf((body) => body.write('\t')),
  'w:br': leaf((body) => body.write('\n')),
  'w:cr': leaf((body) => body.write('\n')),
  'w:noBreakHyphen': leaf((body) => body.write('-')),
  'w:sym': leaf((body, attributes) => body.write(symbol(attributes['w:font'] ?? '', attributes['w:char'] ?? ''))),
  'w:fldChar': leaf((body, attributes) => {
    const type = attributes['w:fldCharType']
    if (type === 'begin') body.openField()
    else if (type === 'separate') body.showField()
    else if (type === 'end') body.closeField()
  }),
  'w:altChunk': leaf((body) => body.doubt('文中嵌入了另一个文件，其内容没有读入。')),
  'w:subDoc': leaf((body) => body.doubt('文中引用了子文档，其内容没有读入。')),
}

const TABLE: Readers = {
  'w:tbl': holder(
    (body) => body.openTable(),
    (body) => body.closeTable(),
    ROWS,
  ),
}

const IN_TABLE: Readers = {
  'w:tblGrid': {
    inside: table({
      'w:gridCol': leaf((body, attributes) => body.table.widths.push(integer(attributes['w:w']) ?? 0)),
    }),
  },
  'w:tr': holder(
    (body) => body.openRow(),
    (body) => body.closeRow(),
    CELLS,
  ),
}

const IN_ROW: Readers = {
  'w:trPr': {
    inside: table({
      'w:gridBefore': leaf(({ row }, attributes) => {
        row.before = Math.max(0, integer(attributes['w:val']) ?? 0)
      }),
      'w:gridAfter': leaf(({ row }, attributes) => {
        row.after = Math.max(0, integer(attributes['w:val']) ?? 0)
      }),
      'w:wBefore': leaf(({ row }, attributes) => {
        row.widthBefore = twentieths(attributes)
      }),
      'w:hidden': leaf(({ row }, attributes) => {
        row.isHidden = isOn(attributes)
      }),
      'w:del': leaf(({ row }) => {
        row.isDeleted = true
      }),
    }),
  },
  'w:tc': holder(
    (body) => body.openCell(),
    (body) => body.closeCell(),
  ),
}

const IN_CELL: Readers = {
  'w:tcPr': {
    inside: table({
      'w:tcW': leaf(({ cell }, attributes) => {
        cell.width = twentieths(attributes)
      }),
      'w:gridSpan': leaf(({ cell }, attributes) => {
        cell.span = integer(attributes['w:val']) ?? 1
      }),
      'w:vMerge': leaf(({ cell }, attributes) => {
        cell.verticalMerge = merge(attributes['w:val'])
      }),
      'w:hMerge': leaf(({ cell }, attributes) => {
        cell.horizontalMerge = merge(attributes['w:val'])
      }),
      'w:cellDel': leaf(({ cell }) => {
        cell.isDeleted = true
      }),
      // A merge made under revision; accepted, it holds.
      'w:cellMerge': leaf(({ cell }, attributes) => {
        const value = attributes['w:vMerge']
        if (value !== undefined) cell.verticalMerge = value === 'rest' ? 'restart' : 'continue'
      }),
    }),
  },
}

/** Without a value a merge goes on (17.4.84). */
function merge(value: string | undefined): Merge {
  return value === 'restart' ? 'restart' : 'continue'
}

/** Widths in percent, and automatic ones, say nothing about where a border is. */
function twentieths(attributes: Attributes): number | null {
  const type = attributes['w:type'] ?? 'dxa'
  return type === 'dxa' ? integer(attributes['w:w']) : null
}

// Drawings and the shapes of old. The size of a picture is that of the innermost frame that states one.

const frame = (floats: boolean): ElementReader<Body> =>
  holder(
    (body) => body.openFrame(floats),
    (body) => body.closeFrame(),
  )

const SHAPE = holder(
  (body, attributes) => {
    const style = attributes.style ?? ''
    body.openFrame(/position:\s*absolute/.test(style))
    body.frame.width = length(style, 'width') ?? body.frame.width
    body.frame.height = length(style, 'height') ?? body.frame.height
  },
  (body) => body.closeFrame(),
)

const VISIBLE: ElementReader<Body> = { when: (body) => body.isVisible(), inside: CONTENT }

const DRAWINGS: Readers = {
  'w:drawing': VISIBLE,
  'w:pict': VISIBLE,
  'w:object': VISIBLE,
  'wp:inline': frame(false),
  'wp:anchor': frame(true),
  'wp:extent': leaf(({ frame }, attributes) => {
    frame.width = integer(attributes.cx) ?? 0
    frame.height = integer(attributes.cy) ?? 0
  }),
  'pic:pic': leaf((body) => body.picture()),
  'v:imagedata': leaf((body) => body.picture()),
  'dgm:relIds': leaf((body) => body.doubt('文中有 SmartArt 图形，其中的文字没有读入。')),
  'w:txbxContent': holder(
    (body) => body.openBox(),
    (body) => body.closeBox(),
  ),
  'mc:AlternateContent': holder(
    (body) => body.alternates.push({ isRead: false }),
    (body) => body.alternates.pop(),
  ),
  'mc:Choice': { when: (body, attributes) => readsAlternate(body, attributes.Requires ?? ''), inside: CONTENT },
  'mc:Fallback': { when: (body) => readsAlternate(body, ''), inside: CONTENT },
}
for (const shape of names('v:shape v:group v:rect v:roundrect v:oval v:line v:polyline v:arc v:curve')) {
  CONTENT.set(shape, SHAPE)
}

/** Extensions whose elements stand in the tables above; any other has a fallback that we can read. */
const EXTENSION = /^(?:wps|wpg|wpc|wp14|w1[456]\w*|a14)$/

function readsAlternate(body: Body, requires: string): boolean {
  const alternate = body.alternates.at(-1)
  if (alternate === undefined || alternate.isRead) return false
  alternate.isRead = requires.split(/\s+/).every((prefix) => prefix === '' || EXTENSION.test(prefix))
  return alternate.isRead
}

const EMU: Readonly<Record<string, number>> = { pt: 12_700, in: 914_400, cm: 360_000, mm: 36_000, px: 9_525 }

function length(style: string, property: 'width' | 'height'): number | null {
  const found = new RegExp(`(?:^|;)\\s*${property}:\\s*([\\d.]+)(pt|in|cm|mm|px)`).exec(style)
  return found === null ? null : Number(found[1]) * (EMU[found[2] ?? ''] ?? 0)
}

for (const inside of [CONTENT, ROWS, CELLS]) {
  for (const name of names(AROUND_ANYTHING)) inside.set(name, { inside })
  for (const name of names(MARKS)) inside.set(name, {})
}
for (const name of names(READ_THROUGH)) CONTENT.set(name, { inside: CONTENT })
for (const name of names(PASSED_OVER)) CONTENT.set(name, {})
for (const [inside, ...groups] of [
  [CONTENT, TEXT, TABLE, IN_CELL, DRAWINGS],
  [ROWS, IN_TABLE],
  [CELLS, IN_ROW],
] as const) {
  for (const readers of groups) for (const [name, reader] of Object.entries(readers)) inside.set(name, reader)
}

const keepSpace: Act = (body, attributes) => {
  if (attributes['xml:space'] === 'preserve') body.keepsSpace = true
}

const ROOT: ElementReader<Body> = {
  open: (body, attributes) => {
    body.isFound = true
    keepSpace(body, attributes)
  },
  inside: CONTENT,
}

/** Notes are kept in one part; the lines drawn above them are notes as well, of a type. */
const NOTE: ElementReader<Body> = {
  when: (_, attributes) => (attributes['w:type'] ?? 'normal') === 'normal',
  inside: CONTENT,
}
const NOTES: ElementReader<Body> = { inside: table({ 'w:footnote': NOTE, 'w:endnote': NOTE }) }

export const DOCUMENT: ElementTable<Body> = table({
  'w:document': { open: keepSpace, inside: table({ 'w:body': ROOT, 'w:background': {} }) },
})
export const FURNITURE: ElementTable<Body> = table({
  'w:hdr': ROOT,
  'w:ftr': ROOT,
  'w:footnotes': NOTES,
  'w:endnotes': NOTES,
})
