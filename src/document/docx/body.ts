/**
 * A part with text (the document, a header, the notes) → its paragraphs, tables and pictures, in order, as Word shows them with
 * all revisions accepted.
 *
 * CONTENT says what each element does to the state that is kept here. Where an element stands decides what it belongs to, so the
 * state is a handful of stacks: containers (body, cell, text box), paragraphs, runs, tables. What is passed over on purpose
 * stands in the table with nothing inside; text in an element that is not there at all becomes a doubt.
 */
import { failure } from '../failure.js'
import { LIMITS } from '../limits.js'
import type { Doubt, Failure } from '../model.js'
import { textOf } from './cell-text.js'
import { DEEPEST_TABLE, type Item } from './items.js'
import { type ListCounter, putBefore } from './list-counter.js'
import { type Look, ParagraphDraft } from './paragraph.js'
import type { RunProperties } from './properties.js'
import { type Merge, spreadRows, type WrittenCell, type WrittenRow } from './spread.js'
import type { ResolvedStyle, Styles } from './styles.js'

interface Container {
  readonly items: Item[]
  /** A paragraph that has lost its mark, waiting for the one it runs on into. */
  carried: { readonly draft: ParagraphDraft; readonly style: ResolvedStyle } | null
  readonly floats: boolean
}

class Run implements RunProperties {
  style: string | null = null
  bold: boolean | null = null
  hidden: boolean | null = null
  heading: boolean | null = null
  size: number | null = null
  /** Known once text in it has been read. */
  look: Look | null = null
}

interface CellDraft {
  content: readonly Item[]
  span: number
  width: number | null
  verticalMerge: Merge
  horizontalMerge: Merge
  isDeleted: boolean
}

interface RowDraft {
  before: number
  widthBefore: number | null
  after: number
  isDeleted: boolean
  isHidden: boolean
  readonly cells: WrittenCell<readonly Item[]>[]
}

interface TableDraft {
  readonly widths: number[]
  readonly rows: WrittenRow<readonly Item[]>[]
}

/** What a drawing or a shape is set in, in EMU; it floats unless it stands in a line of the text. */
interface Frame {
  readonly floats: boolean
  width: number
  height: number
}

const newTable = (): TableDraft => ({ widths: [], rows: [] })
const newRow = (): RowDraft => ({
  before: 0,
  widthBefore: null,
  after: 0,
  isDeleted: false,
  isHidden: false,
  cells: [],
})
const newCell = (): CellDraft => ({
  content: [],
  span: 1,
  width: null,
  verticalMerge: null,
  horizontalMerge: null,
  isDeleted: false,
})
const newContainer = (floats: boolean): Container => ({ items: [], carried: null, floats })

/** 8 cm in EMU: stamps and emblems are smaller, pictures of tables are not. */
const LARGE = 8 * 360_000

export class Body {
  failure: Failure | null = null
  readonly doubts: Doubt[] = []
  /** Whether the part has turned out to be what it was taken for. */
  isFound = false
  /** White space around text counts even where the text does not say so. */
  keepsSpace = false
  /** Whether each open alternate content has been read in one of its versions. */
  readonly alternates: { isRead: boolean }[] = []
  private readonly containers: Container[] = [newContainer(false)]
  private readonly paragraphs: ParagraphDraft[] = []
  private readonly runs: Run[] = []
  private readonly tables: TableDraft[] = []
  private readonly rows: RowDraft[] = []
  private readonly cells: CellDraft[] = []
  private readonly frames: Frame[] = []
  /** For each open field, whether its instruction is being read, which is not shown. */
  private readonly fields: { isInstruction: boolean }[] = []
  private instructions = 0
  private heard = ''
  private hearsSpace = false
  private readonly surprises = new Set<string>()
  private characters = 0
  private cellCount = 0

  constructor(
    private readonly styles: Styles,
    private readonly counter: ListCounter,
  ) {}

  /** All that was found, once the part has been read. */
  finish(): readonly Item[] {
    if (this.instructions > 0) this.doubt('文中有一个域没有结束，其后的文字可能没有读入。')
    return this.closeContainer()
  }

  doubt(message: string): void {
    this.doubts.push({ code: 'damaged_part', message, location: null })
  }

  unread(name: string): void {
    if (this.surprises.has(name)) return
    this.surprises.add(name)
    this.doubt(`文中有不能识别的内容（${name}），其中的文字没有读入。`)
  }

  // The innermost of each kind that is open. In a malformed file there may be none: what is set on it is then lost.

  get paragraph(): ParagraphDraft {
    return this.paragraphs.at(-1) ?? new ParagraphDraft()
  }
  get run(): Run {
    return this.runs.at(-1) ?? new Run()
  }
  get table(): TableDraft {
    return this.tables.at(-1) ?? newTable()
  }
  get row(): RowDraft {
    return this.rows.at(-1) ?? newRow()
  }
  get cell(): CellDraft {
    return this.cells.at(-1) ?? newCell()
  }
  get frame(): Frame {
    return this.frames.at(-1) ?? { floats: false, width: 0, height: 0 }
  }
  private get container(): Container {
    return this.containers.at(-1) ?? newContainer(false)
  }

  openText(keepsSpace: boolean): void {
    this.heard = ''
    this.hearsSpace = keepsSpace || this.keepsSpace
  }

  addText(text: string): void {
    this.heard += text
  }

  /** Unless told to keep it, Word drops white space around a text; a line end within one is shown as a space. */
  closeText(): void {
    const text = this.hearsSpace ? this.heard : this.heard.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
    this.write(text.includes('\n') ? text.replace(/\n+/g, ' ') : text)
  }

  write(text: string): void {
    if (!this.isVisible()) return
    this.countCharacters(text)
    this.paragraph.write(text, this.look())
  }

  private countCharacters(text: string): void {
    this.characters += text.length
    if (this.characters > LIMITS.textCharacters) this.failure ??= failure('too_large', '文字过多')
  }

  isVisible(): boolean {
    return this.instructions === 0 && !this.look().isHidden
  }

  openField(): void {
    this.fields.push({ isInstruction: true })
    this.instructions += 1
  }

  /** From here on the innermost field is its result. */
  showField(): void {
    const field = this.fields.at(-1)
    if (field?.isInstruction !== true) return
    field.isInstruction = false
    this.instructions -= 1
  }

  closeField(): void {
    this.showField()
    this.fields.pop()
  }

  openRun(): void {
    this.runs.push(new Run())
  }

  closeRun(): void {
    this.runs.pop()
  }

  /** How the open run comes out. A property that toggles is undone where paragraph and character style both set it. */
  private look(): Look {
    const { run } = this
    if (run.look !== null) return run.look
    const style = this.styleOf(this.paragraph)
    const character = this.styles.character(run.style)
    const toggled = (property: 'bold' | 'hidden'): boolean =>
      run[property] ?? (character?.[property] === true ? !style[property] : style[property])
    run.look = {
      isHidden: toggled('hidden'),
      isStrong: toggled('bold') || (run.heading ?? character?.heading ?? style.heading ?? false),
      size: run.size ?? character?.size ?? style.size,
    }
    return run.look
  }

  private styleOf(draft: ParagraphDraft): ResolvedStyle {
    draft.style ??= this.styles.paragraph(draft.properties.style)
    return draft.style
  }

  openParagraph(): void {
    this.paragraphs.push(new ParagraphDraft())
  }

  loseMark(mark: 'deleted' | 'hidden'): void {
    if (this.paragraph.mark !== 'deleted') this.paragraph.mark = mark
  }

  closeParagraph(): void {
    const draft = this.paragraphs.pop()
    if (draft === undefined) return
    const style = this.styleOf(draft)
    if (draft.mark === 'kept' && style.hidden) draft.mark = 'hidden'
    // With its mark deleted, a paragraph gives its text to the one that follows, which keeps its own properties. With its mark
    // hidden it stays, and counts if anything of it is seen, but runs on.
    const isGone = draft.mark === 'deleted' || (draft.mark === 'hidden' && draft.text.trim() === '')
    if (!isGone) this.number(draft, style)
    const { carried } = this.container
    if (carried !== null) draft.follow(carried.draft)
    this.container.carried = draft.mark === 'kept' ? null : { draft, style }
    if (draft.mark === 'kept') this.put(draft, style)
  }

  private number(draft: ParagraphDraft, style: ResolvedStyle): void {
    const place = this.counter.place(draft.properties, style)
    const number = place === null ? null : this.counter.next(place)
    if (number !== null) draft.text = putBefore(number, draft.text)
  }

  private put(draft: ParagraphDraft, style: ResolvedStyle): void {
    const { items, floats } = this.container
    const text = draft.text.replace(/^\n+|\n+$/g, '')
    if (text.trim() !== '') items.push({ kind: 'paragraph', text, cue: draft.cue(style), floats })
    for (const item of draft.boxes ?? []) items.push(item)
  }

  /** Nothing follows that a carried paragraph could run on into. */
  private dropCarried(): void {
    const { carried } = this.container
    this.container.carried = null
    if (carried !== null) this.put(carried.draft, carried.style)
  }

  private closeContainer(): readonly Item[] {
    this.dropCarried()
    return this.containers.pop()?.items ?? []
  }

  openTable(): void {
    this.dropCarried()
    this.tables.push(newTable())
    if (this.tables.length > DEEPEST_TABLE) this.failure ??= failure('too_large', '表格嵌套过深')
  }

  closeTable(): void {
    const table = this.tables.pop()
    if (table === undefined || table.rows.length === 0 || this.failure !== null) return
    const { rowCount, columnCount, cells } = spreadRows(table.rows, table.widths)
    const told = cells.map(({ row, column, rowSpan, columnSpan, content, isRagged, covered }) => {
      const text = textOf(content)
      this.countCharacters(text)
      const coversText = covered.some((other) => textOf(other) !== '')
      return { row, column, rowSpan, columnSpan, content, text, isRagged, coversText }
    })
    this.container.items.push({ kind: 'table', rowCount, columnCount, cells: told })
  }

  openRow(): void {
    this.rows.push(newRow())
  }

  closeRow(): void {
    const row = this.rows.pop()
    if (row === undefined || row.isDeleted || row.cells.length === 0) return
    // A row is hidden with all that is in it; one that shows something is there.
    if (row.isHidden && row.cells.every((cell) => cell.content.length === 0)) return
    this.table.rows.push(row)
  }

  openCell(): void {
    this.cellCount += 1
    if (this.cellCount > LIMITS.cells) this.failure ??= failure('too_large', '表格单元格过多')
    this.cells.push(newCell())
    this.containers.push(newContainer(false))
  }

  closeCell(): void {
    const content = this.closeContainer()
    const cell = this.cells.pop()
    if (cell === undefined || cell.isDeleted) return
    cell.content = content
    this.row.cells.push(cell)
  }

  openFrame(floats: boolean): void {
    const { width, height } = this.frame
    this.frames.push({ floats, width, height })
  }

  closeFrame(): void {
    this.frames.pop()
  }

  openBox(): void {
    this.containers.push(newContainer(this.frame.floats))
  }

  closeBox(): void {
    for (const item of this.closeContainer()) this.besides.push(item)
  }

  picture(): void {
    const { width, height } = this.frame
    this.besides.push({ kind: 'picture', isLarge: width > LARGE && height > LARGE })
  }

  /** Where things go that stand at a paragraph but not in its text. */
  private get besides(): Item[] {
    const paragraph = this.paragraphs.at(-1)
    if (paragraph === undefined) return this.container.items
    paragraph.boxes ??= []
    return paragraph.boxes
  }
}
