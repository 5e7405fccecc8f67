/** What pdf.js alone costs: the file opened and the operator list of every page fetched, nothing made of them. */
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'

const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
const folder = (name: string) => join(root, name) + sep

export async function readBarePdfjs(bytes: Uint8Array): Promise<number> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: folder('cmaps'),
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
    verbosity: 0,
  })
  const file = await task.promise
  let count = 0
  for (let number = 1; number <= file.numPages; number += 1) {
    const page = await file.getPage(number)
    count += (await page.getOperatorList()).fnArray.length
    page.cleanup()
  }
  await task.destroy()
  return count
}
