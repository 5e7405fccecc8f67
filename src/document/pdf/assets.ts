/**
 * Where the files lie that the two PDF libraries need beside their code. The only place of the core that looks at the file
 * system: what it reads comes with the package and is the same for every document. Resolved from this module, so that it
 * works from the sources and from a bundle alike, as long as the packages are installed.
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)

/** The machine code of PDFium, most of it made in the background. It may be given to another thread. */
export async function compilePdfium(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(require.resolve('@embedpdf/pdfium/pdfium.wasm')))
}

/** Paths with the separator at the end: pdf.js silently reads no text of non-embedded fonts when it is given file URLs. */
export function pdfjsFolders(): { readonly cMaps: string; readonly standardFonts: string; readonly wasm: string } {
  const root = dirname(require.resolve('pdfjs-dist/package.json'))
  const folder = (name: string) => join(root, name) + sep
  return { cMaps: folder('cmaps'), standardFonts: folder('standard_fonts'), wasm: folder('wasm') }
}

export function pdfjsWorkerUrl(): string {
  return pathToFileURL(require.resolve('pdfjs-dist/legacy/build/pdf.worker.mjs')).href
}
