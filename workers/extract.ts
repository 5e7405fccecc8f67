/**
 * One task in, one answer out, over and over: the reading end of src/adapters/vessel.ts, as a forked process or as a thread.
 *
 * No judgement of its own: it reads the file, calls the core, and sends what came of it. A process among several also ends
 * itself when its parent is gone: at once when it is idle, through its watch when it is busy.
 */
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { failedRecordOf, readSource } from '../src/adapters/reading.js'
import { isSystemError } from '../src/adapters/system-error.js'
import { type Answer, type Task, toLine } from '../src/adapters/task.js'
import { fail, failure } from '../src/document/failure.js'
import type { ExtractOptions } from '../src/extract.js'

/** A header further on is found by the reader, which only starts later then. */
const PDF_HEADER = new TextEncoder().encode('%PDF-')

async function answer({ work, source, fileName, options }: Task): Promise<Answer> {
  try {
    const bytes = await readSource(source).catch(unreachable)
    if (bytes instanceof Error) return { kind: 'unreachable', reason: bytes.message }
    const [{ extract, read }] = await Promise.all([import('../src/extract.js'), warmUp(bytes, options)])
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
async function warmUp(bytes: Uint8Array | null, { engine }: ExtractOptions): Promise<void> {
  if (engine !== 'pdfium' || bytes === null || !PDF_HEADER.every((byte, index) => bytes[index] === byte)) return
  const { loadPdfium } = await import('../src/document/pdf/pdfium.js')
  await loadPdfium()
}

function unreachable(error: unknown): Error {
  if (isSystemError(error)) return error
  throw error
}

/** The source, run by tsx, has no watch: tsx does not reach into threads. */
const WATCH = import.meta.url.endsWith('.ts') ? null : new URL('./orphan-watch.js', import.meta.url)

if (isMainThread) {
  if (WATCH !== null) new Worker(WATCH, { workerData: { residentLimit: Number(process.argv[2]) } }).unref()
  process.on('disconnect', () => process.exit())
  // Ctrl-C reaches every process of the terminal; the parent decides, so that a file in hand is not taken for a crash.
  process.on('SIGINT', () => undefined)
  process.on('message', async (task: Task) => {
    const answered = await answer(task)
    if (process.connected) process.send?.(answered)
  })
} else {
  parentPort?.on('message', async (task: Task) => parentPort?.postMessage(await answer(task)))
}
