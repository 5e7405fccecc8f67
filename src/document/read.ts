/**
 * Bytes → Document, by the kind that the bytes tell.
 *
 * PDF and DOCX have two readers each. The first reads everything; the second is another program's view of the same file, asked
 * where there is doubt. HTML and text have one.
 */
import { fail } from './failure.js'
import { LIMITS } from './limits.js'
import type { Document, Result } from './model.js'
import { sniff } from './sniff.js'

export type PdfEngineName = 'pdfium' | 'pdfjs'

export interface Reader {
  readonly mediaType: string
  read(bytes: Uint8Array): Promise<Result<Document>>
  /** null: there is no second program for this kind. */
  readSecond: ((bytes: Uint8Array) => Promise<Result<Document>>) | null
}

/** `engine` is the first to read a PDF; the other one is then the second. */
export function chooseReader(bytes: Uint8Array, engine: PdfEngineName): Reader {
  const { kind, mediaType } = sniff(bytes)
  if (bytes.byteLength > LIMITS.fileBytes) return refuse(mediaType, 'too_large')
  switch (kind) {
    case 'pdf': {
      const other = engine === 'pdfium' ? 'pdfjs' : 'pdfium'
      return { mediaType, read: (data) => readPdfWith(data, engine), readSecond: (data) => readPdfWith(data, other) }
    }
    case 'docx':
      return {
        mediaType,
        read: async (data) => (await import('./docx/read-docx.js')).readDocx(data),
        readSecond: async (data) => (await import('./docx/mammoth.js')).readDocxWithMammoth(data),
      }
    case 'html':
      return {
        mediaType,
        read: async (data) => (await import('./html/read-html.js')).readHtml(data),
        readSecond: null,
      }
    case 'text':
      return {
        mediaType,
        read: async (data) => (await import('./text/read-text.js')).readText(data),
        readSecond: null,
      }
    case 'empty':
      return refuse(mediaType, 'empty')
    case 'encrypted_office':
      return refuse(mediaType, 'encrypted')
    case 'zip':
    case 'doc':
    case 'wps':
    case 'ofd':
    case 'image':
    case 'rtf':
    case 'unknown':
      return refuse(mediaType, 'unsupported')
  }
}

async function readPdfWith(bytes: Uint8Array, engine: PdfEngineName): Promise<Result<Document>> {
  const [{ readPdf }, loaded] = await Promise.all([
    import('./pdf/read-pdf.js'),
    engine === 'pdfium'
      ? import('./pdf/pdfium.js').then(({ loadPdfium }) => loadPdfium())
      : import('./pdf/pdfjs.js').then(({ loadPdfjs }) => loadPdfjs()),
  ])
  return readPdf(bytes, loaded)
}

function refuse(mediaType: string, code: Parameters<typeof fail>[0]): Reader {
  return { mediaType, read: async () => fail(code), readSecond: null }
}
