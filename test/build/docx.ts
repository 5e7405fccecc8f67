/**
 * Word files for tests, from the XML of their parts. The helpers give what a construct needs and leave the rest out.
 */
import { strToU8, zipSync } from 'fflate'

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
export const NAMESPACES = [
  W,
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
].join(' ')
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A zip of named parts; text is written as UTF-8. */
export function packageOf(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const data = Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part])
  return zipSync(Object.fromEntries(data), { level: 6, mtime: new Date(2024, 0, 1) })
}

export interface OtherParts {
  /** What stands within `w:styles` and `w:numbering`. */
  readonly styles?: string
  readonly numbering?: string
  /** What stands in a header and in the notes. */
  readonly header?: string
  readonly footnotes?: string
  /** The title among the properties of the file. */
  readonly title?: string
}

/** A whole file around what stands within `w:body`. */
export function docx(body: string, other: OtherParts = {}): Uint8Array {
  return packageOf(docxParts(body, other))
}

export function docxParts(body: string, other: OtherParts = {}): Record<string, string> {
  const { styles, numbering, header, footnotes, title } = other
  const related: [type: string, root: string, content: string | undefined][] = [
    ['styles', 'w:styles', styles],
    ['numbering', 'w:numbering', numbering],
    ['header', 'w:hdr', header],
    ['footnotes', 'w:footnotes', footnotes],
  ]
  const present = related.filter(([, , content]) => content !== undefined)
  return {
    '_rels/.rels': relationships([
      ['officeDocument', 'word/document.xml'],
      ...(title === undefined ? [] : [['metadata/core-properties', 'docProps/core.xml'] as const]),
    ]),
    'word/document.xml': part('w:document', `<w:body>${body}</w:body>`),
    'word/_rels/document.xml.rels': relationships(present.map(([type]) => [type, `${type}.xml`])),
    ...Object.fromEntries(present.map(([type, root, content]) => [`word/${type}.xml`, part(root, content ?? '')])),
    ...(title !== undefined && { 'docProps/core.xml': coreProperties(title) }),
  }
}

export function part(root: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><${root} ${NAMESPACES}>${content}</${root}>`
}

export function relationships(list: readonly (readonly [type: string, target: string])[]): string {
  const entries = list.map(
    ([type, target], index) => `<Relationship Id="rId${index}" Type="${RELATIONSHIPS}/${type}" Target="${target}"/>`,
  )
  const namespace = 'http://schemas.openxmlformats.org/package/2006/relationships'
  return `<Relationships xmlns="${namespace}">${entries.join('')}</Relationships>`
}

function coreProperties(title: string): string {
  const cp = 'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
  return `<cp:coreProperties ${cp} xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title></cp:coreProperties>`
}

export const text = (content: string): string => `<w:t xml:space="preserve">${content}</w:t>`
export const run = (content: string, properties = ''): string =>
  `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}${text(content)}</w:r>`
export const properties = (content: string): string => (content === '' ? '' : `<w:pPr>${content}</w:pPr>`)
/** A paragraph of one run. */
export const p = (content: string, about = '', ofRun = ''): string =>
  `<w:p>${properties(about)}${run(content, ofRun)}</w:p>`
/** A paragraph of whatever is given. */
export const paragraph = (content: string, about = ''): string => `<w:p>${properties(about)}${content}</w:p>`
export const inList = (list: number, level = 0): string =>
  `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`

/** A cell; its content is one paragraph of text unless it is mark-up already. */
export const tc = (content = '', about = ''): string =>
  `<w:tc><w:tcPr>${about}</w:tcPr>${content.startsWith('<') ? content : p(content)}</w:tc>`
export const tr = (...cells: string[]): string => `<w:tr>${cells.join('')}</w:tr>`
export const tbl = (widths: readonly number[], ...rows: string[]): string =>
  `<w:tbl><w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')}</w:tblGrid>${rows.join('')}</w:tbl>`
export const span = (columns: number): string => `<w:gridSpan w:val="${columns}"/>`
export const width = (twentieths: number): string => `<w:tcW w:w="${twentieths}" w:type="dxa"/>`
export const starts = '<w:vMerge w:val="restart"/>'
export const goesOn = '<w:vMerge/>'

export const level = (index: number, format: string, levelText: string, more = ''): string =>
  `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${levelText}"/></w:lvl>`
/** An abstract list, and one list of it, both of this number. */
export const list = (id: number, ...levels: string[]): string =>
  `<w:abstractNum w:abstractNumId="${id}">${levels.join('')}</w:abstractNum>` +
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`

/** The bytes with every occurrence of one 32-bit figure in the directory of a zip replaced by another. */
export function withDeclaredSize(file: Uint8Array, name: string, size: number): Uint8Array {
  const copy = Buffer.from(file)
  for (let at = 0; at + 46 < copy.length; at += 1) {
    if (copy.readUInt32LE(at) !== 0x02014b50) continue
    const length = copy.readUInt16LE(at + 28)
    if (copy.subarray(at + 46, at + 46 + length).toString() === name) copy.writeUInt32LE(size, at + 24)
  }
  return copy
}
