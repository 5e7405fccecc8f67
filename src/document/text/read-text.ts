/**
 * The bytes of Markdown or plain text → Document.
 *
 * Markdown is not declared, so its marks are read wherever they stand: headings, emphasis, pipe tables, fences. Tables are
 * lines with tabs, with bars, drawn with characters, or aligned by spaces where that is evident; HTML tables within the text are read
 * as in a page. Everything is located by its line. Left to the caller: tables flattened to one figure a line stay paragraphs.
 */
import { decodeText } from '../charset.js'
import { fail } from '../failure.js'
import { LIMITS } from '../limits.js'
import type { Block, Cue, Document, Doubt, Paragraph, Result } from '../model.js'
import { fieldGrid } from './field-grid.js'
import { readHtmlTable } from './html-table.js'
import { joinTexts, joinWrapped } from './paragraphs.js'
import { type MarkedLine, type Part, partsOf } from './parts.js'
import { linesOf, type SourceLine } from './source.js'

export async function readText(bytes: Uint8Array): Promise<Result<Document>> {
  const { text } = decodeText(bytes)
  if (text.length > LIMITS.textCharacters) return fail('too_large', `文字超过 ${LIMITS.textCharacters} 个字符`)
  const { title, rest } = readFrontMatter(linesOf(text))
  const parts = partsOf(rest)
  const prose = parts.flatMap((part) => (part.kind === 'prose' ? [part.prose] : []))
  const paragraphs = new Map(joinWrapped(prose).map((lines) => [lines[0], lines]))

  const blocks: Block[] = []
  const furniture: Block[] = []
  let cells = 0
  for (const part of parts) {
    const read = await readPart(part, paragraphs)
    if (!read.ok) return read
    for (const block of read.value) {
      if (block.kind === 'grid') cells += block.cells.length
      if (part.kind === 'page_number') furniture.push(block)
      else blocks.push(block)
    }
    if (cells > LIMITS.cells) return fail('too_large', `表格的单元格超过 ${LIMITS.cells} 个`)
  }
  const doubts = [...pictureDoubt(prose), ...decodingDoubt(blocks)]
  return { ok: true, value: { mediaType: 'text/plain', pages: [], blocks, furniture, declaredTitle: title, doubts } }
}

async function readPart(
  part: Part,
  paragraphs: ReadonlyMap<MarkedLine | undefined, readonly MarkedLine[]>,
): Promise<Result<Block[]>> {
  switch (part.kind) {
    case 'table': {
      const grid = fieldGrid(part.table)
      return grid.ok ? { ok: true, value: [grid.value] } : grid
    }
    case 'html':
      return readHtmlTable(part.lines)
    case 'heading':
      return one(paragraph(part.text, part.line, { level: part.level, bold: part.bold }))
    case 'page_number':
      return one(paragraph(part.text, part.line, {}))
    case 'prose': {
      // A line joined to the one before it is read with that.
      const lines = paragraphs.get(part.prose)
      if (lines === undefined) return { ok: true, value: [] }
      const text = joinTexts(lines)
      const { line, centred } = part.prose
      return text === ''
        ? { ok: true, value: [] }
        : one(paragraph(text, line, { bold: lines.every(({ bold }) => bold), centred }))
    }
  }
}

function one(block: Block): Result<Block[]> {
  return { ok: true, value: [block] }
}

function paragraph(text: string, line: number, cue: Partial<Cue>): Paragraph {
  return {
    kind: 'paragraph',
    text,
    location: { kind: 'line', line },
    cue: { level: null, bold: false, centred: false, size: null, ...cue },
  }
}

const LONGEST_FRONT_MATTER = 50

/** The keys and values between two rules at the head of a Markdown file; only the title is of use. */
function readFrontMatter(lines: SourceLine[]): { title: string | null; rest: SourceLine[] } {
  const first = lines.findIndex(({ text }) => text.trim() !== '')
  const none = { title: null, rest: lines }
  if (first === -1 || lines[first]?.text.trim() !== '---') return none
  const length = lines
    .slice(first + 1, first + LONGEST_FRONT_MATTER)
    .findIndex(({ text }) => /^(?:---|\.\.\.)\s*$/.test(text))
  const matter = lines.slice(first + 1, first + 1 + length)
  if (length < 1 || !matter.every(({ text }) => /^(?:[\w-]+:.*|\s+.*|- .*)$/.test(text))) return none
  const title = matter
    .map(({ text }) => /^title:\s*["']?(.*?)["']?\s*$/.exec(text)?.[1])
    .find((value) => value !== undefined)
  return { title: title === undefined || title === '' ? null : title, rest: lines.slice(first + length + 2) }
}

function pictureDoubt(prose: readonly MarkedLine[]): Doubt[] {
  const shown = prose.filter(({ pictures }) => pictures > 0)
  const [first] = shown
  if (first === undefined) return []
  const count = shown.reduce((sum, { pictures }) => sum + pictures, 0)
  const message = `正文中有 ${count} 幅图片，图片中的文字未能读出。`
  return [{ code: 'picture_page', message, location: { kind: 'line', line: first.line } }]
}

function decodingDoubt(blocks: readonly Block[]): Doubt[] {
  const lost = blocks.find((block) => block.kind === 'paragraph' && block.text.includes('\ufffd'))
  if (lost?.kind !== 'paragraph') return []
  return [{ code: 'undecodable_text', message: '正文中有无法解码的字符，文字可能有缺失。', location: lost.location }]
}
