/**
 * One task → one answer: reads the file, calls the core, and says what came of it. No judgement of its own.
 *
 * The whole of what a worker does between two messages; workers/extract.ts does the talking.
 */
import { readFile } from 'node:fs/promises'
import type { FontFile } from '../src/adapters/fonts.js'
import { failedRecordOf, readSource } from '../src/adapters/reading.js'
import { isSystemError } from '../src/adapters/system-error.js'
import { type Answer, type PageTextTask, type PictureTask, type Task, toLine } from '../src/adapters/task.js'
import { fail, failure } from '../src/document/failure.js'
import type { Result } from '../src/document/model.js'
import type { ChineseFont } from '../src/document/pdf/chinese-font.js'
import type { PageText } from '../src/document/pdf/page-text.js'
import type { Picture } from '../src/document/pdf/picture.js'
import type { ExtractOptions } from '../src/extract.js'

/** A header further on is found by the reader, which only starts later then. */
const PDF_HEADER = new TextEncoder().encode('%PDF-')

export async function answer(task: Task): Promise<Answer> {
  try {
    const bytes = await readSource(task.source).catch(unreachable)
    if (bytes instanceof Error) return { kind: 'unreachable', reason: bytes.message }
    if (task.work === 'picture' || task.work === 'text') return await answerPage(task, bytes)
    const { work, source, fileName, options, pdfium } = task
    const [{ extract, read }] = await Promise.all([import('../src/extract.js'), warmUp(bytes, options, pdfium)])
    if (work === 'read') {
      const result = bytes === null ? fail('too_large') : await read(bytes, options)
      return result.ok ? { kind: 'document', line: toLine(result.value) } : { kind: 'refused', failure: result.failure }
    }
    const record =
      bytes === null
        ? await failedRecordOf(source, fileName, failure('too_large'))
        : await extract(bytes, fileName, options)
    return { kind: 'record', status: record.status, line: toLine(record) }
  } catch (error) {
    return { kind: 'threw', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

async function answerPage(task: PictureTask | PageTextTask, bytes: Uint8Array | null): Promise<Answer> {
  if (bytes === null) return { kind: 'refused', failure: failure('too_large') }
  const { sniff } = await import('../src/document/sniff.js')
  if (sniff(bytes).kind !== 'pdf') return { kind: 'no_page', isPaged: false }
  const result = task.work === 'picture' ? await draw(task, bytes) : await readText(task, bytes)
  if (!result.ok) return { kind: 'refused', failure: result.failure }
  if (result.value === null) return { kind: 'no_page', isPaged: true }
  return 'png' in result.value
    ? { kind: 'picture', picture: result.value }
    : { kind: 'text', line: toLine(result.value) }
}

async function draw({ page, dpi, font }: PictureTask, bytes: Uint8Array): Promise<Result<Picture | null>> {
  const { drawPage } = await import('../src/document/pdf/picture.js')
  return drawPage(bytes, page - 1, dpi, await loadFont(font))
}

async function readText({ page }: PageTextTask, bytes: Uint8Array): Promise<Result<PageText | null>> {
  const [{ loadPdfium }, { readPageText }] = await Promise.all([
    import('../src/document/pdf/pdfium.js'),
    import('../src/document/pdf/page-text.js'),
  ])
  return readPageText(await loadPdfium(), bytes, page - 1)
}

let loaded: { readonly path: string; readonly font: ChineseFont | null } | null = null

/** Read once. One that is gone, or was exchanged for something else, is as good as none. */
async function loadFont(file: FontFile | null): Promise<ChineseFont | null> {
  if (file === null) return null
  const { path, face } = file
  if (loaded?.path !== path) {
    const bytes = await readFile(path).catch(unreachable)
    loaded = { path, font: bytes instanceof Error ? null : { bytes, face } }
  }
  return loaded.font
}

/** Most of PDFium's start is machine code being made in the background: time enough to load the rest of the core. */
async function warmUp(
  bytes: Uint8Array | null,
  { engine }: ExtractOptions,
  pdfium: WebAssembly.Module | undefined,
): Promise<void> {
  if (engine !== 'pdfium' || bytes === null || !PDF_HEADER.every((byte, index) => bytes[index] === byte)) return
  const { adoptPdfium, loadPdfium } = await import('../src/document/pdf/pdfium.js')
  if (pdfium !== undefined) adoptPdfium(pdfium)
  await loadPdfium()
}

function unreachable(error: unknown): Error {
  if (isSystemError(error)) return error
  throw error
}
