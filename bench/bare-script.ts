/** A whole process that reads its files with PDFium alone: what the command is measured beside. */
import { readFileSync } from 'node:fs'
import { startBarePdfium } from './bare-pdfium.js'

const pdfium = await startBarePdfium()
let count = 0
for (const path of process.argv.slice(2)) count += pdfium.read(readFileSync(path))
process.stdout.write(`${count}\n`)
