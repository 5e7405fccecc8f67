/**
 * The bytes of an HTML page, or of a piece of one → Document.
 *
 * Read as a browser shows it, without running scripts or loading anything: what is hidden is left out, what the site puts around
 * the text is furniture, and a picture in the text is a doubt. Paragraphs are located by their number, cells by table, row and
 * column. Left to the caller: pages whose text is filled in by a script, or lies in a frame, come out without text.
 */
import { decodeText } from '../charset.js'
import { fail } from '../failure.js'
import { LIMITS } from '../limits.js'
import type { Block, Document, Doubt, Result } from '../model.js'
import { Chrome } from './chrome.js'
import { PageReader, pictureDoubt } from './page-reader.js'
import { StyleSheet } from './style.js'
import { surveyPage } from './survey.js'
import { parseHtml } from './tree.js'

export async function readHtml(bytes: Uint8Array): Promise<Result<Document>> {
  return readHtmlText(decodeText(bytes, declaredCharset(bytes)).text)
}

/** For mark-up that is part of another text. */
export async function readHtmlText(text: string): Promise<Result<Document>> {
  if (text.length > LIMITS.textCharacters) return fail('too_large', `网页超过 ${LIMITS.textCharacters} 个字符`)
  const tree = await parseHtml(ROWS_ALONE.test(text) ? `<table>${text}` : text)
  if (!tree.ok) return tree

  const survey = surveyPage(tree.value)
  const reader = new PageReader(new StyleSheet(survey.css), new Chrome(survey), survey.measures)
  if (survey.body !== null) reader.read(survey.body)
  if (reader.failure !== null) return { ok: false, failure: reader.failure }
  const { blocks, furniture, pictures } = reader
  return {
    ok: true,
    value: {
      mediaType: 'text/html',
      pages: [],
      blocks,
      furniture,
      declaredTitle: survey.declaredTitle,
      doubts: [...pictureDoubt(pictures), ...decodingDoubt(blocks)],
    },
  }
}

/** Rows copied out of their table, which a browser would run together. */
const ROWS_ALONE = /^\s*<(?:tr|td|th|tbody|thead)\b/i

const PRESCAN_BYTES = 8_192

/** What the page says of itself, in ASCII as all sets that occur have it: <meta charset>, http-equiv, or the XML declaration. */
function declaredCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, PRESCAN_BYTES)).toString('latin1')
  const meta = /<meta\b[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w-]+)/i.exec(head)
  return meta?.[1] ?? /^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w-]+)/.exec(head)?.[1] ?? null
}

/** Characters lost on the way matter where they belong to the text. */
function decodingDoubt(blocks: readonly Block[]): Doubt[] {
  const lost = blocks.find((block) => block.kind === 'paragraph' && block.text.includes('\ufffd'))
  if (lost?.kind !== 'paragraph') return []
  return [{ code: 'undecodable_text', message: '正文中有无法解码的字符，文字可能有缺失。', location: lost.location }]
}
