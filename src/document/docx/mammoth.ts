/**
 * A Word file → a document, through mammoth: the independent second reading, asked where the first leaves a doubt.
 *
 * mammoth reads the text and the tables; what it is given is a copy of the file with the automatic numbers written out
 * (numbered-copy.ts), behind the same guard against bombs as the first reader, for mammoth has none. It tells neither headers
 * and footers, nor sizes and alignment: those are missing here.
 */
import { strToU8, zipSync } from 'fflate'
import { fail } from '../failure.js'
import type { Document, Result } from '../model.js'
import { Blocks } from './blocks.js'
import { itemsOfHtml } from './html-items.js'
import { ListCounter } from './list-counter.js'
import { numberedCopy } from './numbered-copy.js'
import { relationshipsOf } from './parts.js'
import { DOCX, openWordFile, type WordFile } from './word-file.js'

/** mammoth builds several trees of it, at some three seconds for this much. A report has a tenth. */
const LARGEST_TEXT = 8 * 2 ** 20

export async function readDocxWithMammoth(bytes: Uint8Array): Promise<Result<Document>> {
  const opened = await openWordFile(bytes)
  if (!opened.ok) return opened
  const word = opened.value
  const part = await word.file.read(word.parts.document)
  if (!part.ok) return part
  if (part.value.length > LARGEST_TEXT) return fail('too_large', '正文过长，不再用第二种方法读取')
  const copy = numberedCopy(part.value, word.styles, new ListCounter(word.numbering, word.styles))
  if (!copy.ok) return copy
  const html = await convert(await packCopy(word, copy.value.text))
  if (html === null) return fail('corrupt', '第二种方法未能读取')

  const text = new Blocks()
  text.place(itemsOfHtml(html, copy.value.widths))
  if (text.failure !== null) return { ok: false, failure: text.failure }
  const { blocks, doubts } = text
  return {
    ok: true,
    value: { mediaType: DOCX, pages: [], blocks, furniture: [], declaredTitle: word.title, doubts },
  }
}

/** Only what mammoth needs, under the names that it looks for first; without the lists, for their numbers stand in the text. */
async function packCopy({ file, parts }: WordFile, text: string): Promise<Uint8Array> {
  const styles = parts.styles === null ? null : await file.read(parts.styles)
  const relationships = file.has(relationshipsOf(parts.document))
    ? await file.read(relationshipsOf(parts.document))
    : null
  return zipSync(
    {
      'word/document.xml': strToU8(text),
      ...(styles?.ok === true && { 'word/styles.xml': styles.value }),
      ...(relationships?.ok === true && { 'word/_rels/document.xml.rels': relationships.value }),
    },
    { level: 0 },
  )
}

const STYLE_MAP = [1, 2, 3, 4, 5, 6].map((level) => `p[style-name='标题 ${level}'] => h${level}:fresh`)

/** null when mammoth throws, which it does on files that are sound but unusual. */
async function convert(file: Uint8Array): Promise<string | null> {
  const { default: mammoth } = await import('mammoth')
  const convertImage = mammoth.images.imgElement(async () => ({ src: '' }))
  try {
    const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(file) }, { convertImage, styleMap: STYLE_MAP })
    return value
  } catch {
    return null
  }
}
