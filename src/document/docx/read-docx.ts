/**
 * A Word file (DOCX, DOCM, DOTX; strict or transitional; by Word, WPS or anything else) → a document.
 *
 * The package is read directly: styles and lists first, then the text in one pass. Automatic numbers stand in the text as Word
 * prints them, revisions are accepted, hidden text is left out. Headers, footers and notes are furniture. Word files have no
 * pages: where those fall is decided when they are printed.
 *
 * mammoth.ts reads the same files by other means, for a second opinion.
 */
import { fail } from '../failure.js'
import type { Document, Result } from '../model.js'
import { Blocks } from './blocks.js'
import { Body } from './body.js'
import { DOCUMENT, FURNITURE } from './content.js'
import type { Item } from './items.js'
import { ListCounter } from './list-counter.js'
import { DOCX, openWordFile, type WordFile } from './word-file.js'
import { type ElementTable, walkXml } from './xml.js'

export async function readDocx(bytes: Uint8Array): Promise<Result<Document>> {
  const opened = await openWordFile(bytes)
  if (!opened.ok) return opened
  const word = opened.value

  const body = await readText(word, word.parts.document, DOCUMENT)
  if (!body.ok) return body
  if (!body.value.isFound) return fail('corrupt', '文件的主要部分不是 Word 正文')
  const text = new Blocks()
  text.place(body.value.finish())
  if (text.failure !== null) return { ok: false, failure: text.failure }

  const furniture = new Blocks()
  for (const name of word.parts.furniture) {
    const part = await readText(word, name, FURNITURE)
    if (!part.ok) return part
    furniture.place(part.value.finish().flatMap(onlyParagraphs))
  }
  return {
    ok: true,
    value: {
      mediaType: DOCX,
      pages: [],
      blocks: text.blocks,
      furniture: furniture.blocks,
      declaredTitle: word.title,
      doubts: [...body.value.doubts, ...text.doubts],
    },
  }
}

async function readText(
  { file, styles, numbering }: WordFile,
  name: string,
  table: ElementTable<Body>,
): Promise<Result<Body>> {
  const part = await file.read(name)
  if (!part.ok) return part
  const body = new Body(styles, new ListCounter(numbering, styles))
  const failure = walkXml(part.value, table, body, body)
  return failure === null ? { ok: true, value: body } : { ok: false, failure }
}

/** A table in a header only lines up its words. */
function onlyParagraphs(item: Item): Item[] {
  if (item.kind === 'table') return item.cells.flatMap((cell) => cell.content.flatMap(onlyParagraphs))
  return item.kind === 'paragraph' ? [item] : []
}
