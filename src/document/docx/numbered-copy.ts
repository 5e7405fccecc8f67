/**
 * The text of a document part → the same part made fit for mammoth, which loses automatic numbers and keeps hidden text.
 *
 * The numbers are written into the paragraphs as runs of their own, hidden runs and references to notes are cut out, deleted cells
 * too, and columns that a row leaves out at its start are filled. All else stays as it was. Beside it go the column widths of each
 * table in order, which mammoth does not pass on.
 *
 * Counts by the same lists and styles as the direct reader, but finds its paragraphs by itself: mammoth reads the fallback of
 * alternate content, so that is what counts here.
 */
import { failure } from '../failure.js'
import type { Failure, Result } from '../model.js'
import { DEEPEST_TABLE } from './items.js'
import { type ListCounter, putBefore } from './list-counter.js'
import {
  integer,
  isOn,
  noParagraphProperties,
  noRunProperties,
  type ParagraphProperties,
  paragraphProperties,
  type RunProperties,
  runProperties,
} from './properties.js'
import type { Styles } from './styles.js'
import { type Attributes, decodePart, type ElementReader, type ElementTable, type Watch, walkXml } from './xml.js'

export interface NumberedCopy {
  readonly text: string
  /** In twentieths of a point. */
  readonly widths: readonly (readonly number[])[]
}

export function numberedCopy(part: Uint8Array, styles: Styles, counter: ListCounter): Result<NumberedCopy> {
  const copy = new Copy(decodePart(part), styles, counter)
  const trouble = walkXml(part, DOCUMENT, copy, copy)
  if (trouble !== null) return { ok: false, failure: trouble }
  return { ok: true, value: { text: copy.edited(), widths: copy.widths } }
}

interface Paragraph {
  readonly properties: ParagraphProperties
  /** Where a run can be put in, in front of all others. */
  start: number
  mark: 'kept' | 'deleted' | 'hidden'
  text: string
}

interface Run {
  readonly properties: RunProperties
  readonly start: number
  text: string
}

interface Cut {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/** Declares its prefix, since the file may use another. */
const NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

class Copy implements Watch {
  failure: Failure | null = null
  readonly widths: number[][] = []
  private readonly cuts: Cut[] = []
  private readonly paragraphs: Paragraph[] = []
  private readonly runs: Run[] = []
  private readonly cells: { readonly start: number; isDeleted: boolean }[] = []
  private readonly tables: number[][] = []
  private position = 0
  private columnsBefore = 0

  constructor(
    private readonly source: string,
    private readonly styles: Styles,
    private readonly counter: ListCounter,
  ) {}

  at(position: number): void {
    this.position = position
  }

  edited(): string {
    const pieces: string[] = []
    let done = 0
    for (const { from, to, insert } of [...this.cuts].sort((one, other) => one.from - other.from)) {
      // Within something that has been cut out already.
      if (from < done) continue
      pieces.push(this.source.slice(done, from), insert)
      done = to
    }
    return pieces.join('') + this.source.slice(done)
  }

  private get tagStart(): number {
    return this.source.lastIndexOf('<', this.position - 1)
  }

  get paragraph(): ParagraphProperties {
    return this.paragraphs.at(-1)?.properties ?? noParagraphProperties()
  }

  get run(): RunProperties {
    return this.runs.at(-1)?.properties ?? noRunProperties()
  }

  openParagraph(): void {
    this.paragraphs.push({ properties: noParagraphProperties(), start: this.position, mark: 'kept', text: '' })
  }

  closeProperties(): void {
    const paragraph = this.paragraphs.at(-1)
    if (paragraph !== undefined) paragraph.start = this.position
  }

  loseMark(mark: 'deleted' | 'hidden'): void {
    const paragraph = this.paragraphs.at(-1)
    if (paragraph !== undefined && paragraph.mark !== 'deleted') paragraph.mark = mark
  }

  closeParagraph(): void {
    const paragraph = this.paragraphs.pop()
    if (paragraph === undefined || paragraph.mark === 'deleted') return
    const style = this.styles.paragraph(paragraph.properties.style)
    const isHidden = paragraph.mark === 'hidden' || style.hidden
    if (isHidden && paragraph.text.trim() === '') return
    const place = this.counter.place(paragraph.properties, style)
    const number = place === null ? null : this.counter.next(place)
    if (number === null) return
    const whole = putBefore(number, paragraph.text)
    const added = whole.slice(0, whole.length - paragraph.text.length)
    // Bold, so that it does not make a bold paragraph look like one that is bold in part.
    const run = `<w:r ${NAMESPACE}><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${escapeText(added)}</w:t></w:r>`
    if (added !== '') this.cuts.push({ from: paragraph.start, to: paragraph.start, insert: run })
  }

  openRun(): void {
    this.runs.push({ properties: noRunProperties(), start: this.tagStart, text: '' })
  }

  write(text: string): void {
    const run = this.runs.at(-1)
    if (run !== undefined) run.text += text
  }

  closeRun(): void {
    const run = this.runs.pop()
    const paragraph = this.paragraphs.at(-1)
    if (run === undefined || paragraph === undefined) return
    const style = this.styles.paragraph(paragraph.properties.style)
    const character = this.styles.character(run.properties.style)
    const isHidden = run.properties.hidden ?? (character?.hidden === true ? !style.hidden : style.hidden)
    if (isHidden) this.cut(run.start)
    else paragraph.text += run.text
  }

  /** From there to the end of the tag that has just been read. */
  private cut(from: number): void {
    this.cuts.push({ from, to: this.position, insert: '' })
  }

  cutEmptyElement(): void {
    this.cut(this.tagStart)
  }

  openTable(): void {
    const widths: number[] = []
    this.tables.push(widths)
    this.widths.push(widths)
    if (this.tables.length > DEEPEST_TABLE) this.failure ??= failure('too_large', '表格嵌套过深')
  }

  addColumn(attributes: Attributes): void {
    this.tables.at(-1)?.push(integer(attributes['w:w']) ?? 0)
  }

  closeTable(): void {
    this.tables.pop()
  }

  leaveOut(attributes: Attributes): void {
    this.columnsBefore = Math.min(63, Math.max(0, integer(attributes['w:val']) ?? 0))
  }

  closeRowProperties(): void {
    const insert = `<w:tc ${NAMESPACE}><w:p/></w:tc>`.repeat(this.columnsBefore)
    if (insert !== '') this.cuts.push({ from: this.position, to: this.position, insert })
    this.columnsBefore = 0
  }

  openCell(): void {
    this.cells.push({ start: this.tagStart, isDeleted: false })
  }

  deleteCell(): void {
    const cell = this.cells.at(-1)
    if (cell !== undefined) cell.isDeleted = true
  }

  closeCell(): void {
    const cell = this.cells.pop()
    if (cell?.isDeleted === true) this.cut(cell.start)
  }
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

type Readers = Readonly<Record<string, ElementReader<Copy>>>

const CONTENT = new Map<string, ElementReader<Copy>>()
const table = (readers: Readers): ElementTable<Copy> => new Map(Object.entries(readers))
const through: ElementReader<Copy> = { inside: CONTENT }
const deleted: ElementReader<Copy> = { open: (copy) => copy.loseMark('deleted') }
const cut: ElementReader<Copy> = { open: (copy) => copy.cutEmptyElement() }

const READERS: Readers = {
  'w:p': {
    open: (copy) => copy.openParagraph(),
    close: (copy) => copy.closeParagraph(),
    inside: CONTENT,
  },
  'w:pPr': {
    close: (copy) => copy.closeProperties(),
    inside: paragraphProperties((copy: Copy) => copy.paragraph, {
      inside: table({
        'w:del': deleted,
        'w:moveFrom': deleted,
        'w:vanish': {
          open: (copy, attributes) => {
            if (isOn(attributes)) copy.loseMark('hidden')
          },
        },
      }),
    }),
  },
  'w:r': { open: (copy) => copy.openRun(), close: (copy) => copy.closeRun(), inside: CONTENT },
  'w:rPr': { inside: runProperties((copy: Copy) => copy.run) },
  'w:t': { text: (copy, text) => copy.write(text) },
  'w:footnoteReference': cut,
  'w:endnoteReference': cut,
  'w:tbl': { open: (copy) => copy.openTable(), close: (copy) => copy.closeTable(), inside: CONTENT },
  'w:tblGrid': { inside: table({ 'w:gridCol': { open: (copy, attributes) => copy.addColumn(attributes) } }) },
  'w:trPr': {
    close: (copy) => copy.closeRowProperties(),
    inside: table({ 'w:gridBefore': { open: (copy, attributes) => copy.leaveOut(attributes) } }),
  },
  'w:tc': { open: (copy) => copy.openCell(), close: (copy) => copy.closeCell(), inside: CONTENT },
  'w:tcPr': { inside: table({ 'w:cellDel': { open: (copy) => copy.deleteCell() } }) },
}

/** What mammoth reads through. */
const READ_THROUGH = [
  ...['tr', 'sdt', 'sdtContent', 'customXml', 'smartTag', 'hyperlink', 'ins', 'moveTo', 'object', 'drawing', 'pict'],
  ...['txbxContent'],
].map((name) => `w:${name}`)
const SHAPES = ['roundrect', 'shape', 'textbox', 'group', 'rect'].map((name) => `v:${name}`)

for (const name of [...READ_THROUGH, ...SHAPES, 'mc:AlternateContent', 'mc:Fallback']) CONTENT.set(name, through)
for (const [name, reader] of Object.entries(READERS)) CONTENT.set(name, reader)

const DOCUMENT = table({ 'w:document': { inside: table({ 'w:body': through }) } })
