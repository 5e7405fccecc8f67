/**
 * One task → one answer: reads the file, calls the core, and says what came of it. No judgement of its own.
 *
 * The whole of what a worker does between two messages; workers/extract.ts does the talking.
 */
import { failedRecordOf, readSource } from '../src/adapters/reading.js'
import { isSystemError } from '../src/adapters/system-error.js'
import { type Answer, type Task, toLine } from '../src/adapters/task.js'
import { fail, failure } from '../src/document/failure.js'
import type { ExtractOptions } from '../src/extract.js'

/** A header further on is found by the reader, which only starts later then. */
const PDF_HEADER = new TextEncoder().encode('%PDF-')

export async function answer({ work, source, fileName, options, pdfium }: Task): Promise<Answer> {
  try {
    const bytes = await readSource(source).catch(unreachable)
    if (bytes instanceof Error) return { kind: 'unreachable', reason: bytes.message }
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
