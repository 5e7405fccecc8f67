/**
 * `npm run bench [-- FILE...]`: what gouji costs beside the libraries it stands on, as ratios taken in one run.
 *
 * Reports of 5, 50 and 500 pages and a DOCX are made first; files given on the command line are measured like the five-page
 * report. Absolute times depend on the machine and are printed for orientation only; the bounds are on the ratios.
 *
 * Bundled into dist/bench before it runs, as what is shipped is bundled: run from its sources by a loader, the core pays for what the
 * loader adds to every inner function (a fifth of a DOCX), and the libraries it is measured beside do not.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import mammoth from 'mammoth'
import { loadPdfium } from '../src/document/pdf/pdfium.js'
import { chooseReader } from '../src/document/read.js'
import { type ExtractOptions, extract } from '../src/extract.js'
import { reconcile } from '../src/reconcile/reconcile.js'
import { readReport } from '../src/report/read-report.js'
import { startBarePdfium } from './bare-pdfium.js'
import { readBarePdfjs } from './bare-pdfjs.js'
import { peakOfWorker, run } from './processes.js'
import { docxReport, pdfReport } from './reports.js'
import { compare, median, timed } from './rounds.js'

const OPTIONS: ExtractOptions = { engine: 'pdfium', secondReading: 'doubt' }
const WITH_PDFJS: ExtractOptions = { ...OPTIONS, engine: 'pdfjs' }
/** Files that each process reads in a short and in a long run: what the long one takes longer is the time of processes that are warm. */
const FILES_OF_EACH = [160, 480] as const
const dist = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'gouji-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.once('SIGINT', () => process.exit(130))

let missed = 0

function say(what: string, value: string, bound = '', isMet = true): void {
  if (!isMet) missed += 1
  process.stdout.write(`${what.padEnd(58)} ${value.padStart(10)}   ${bound}${isMet ? '' : '  MISSED'}\n`)
}

function sayRatio(what: string, ratio: number, atMost: number): void {
  say(what, ratio.toFixed(2), Number.isFinite(atMost) ? `at most ${atMost}` : '', ratio <= atMost)
}

const milliseconds = (value: number) => `${value.toFixed(1)} ms`

async function measureStages(name: string, bytes: Uint8Array, rounds: number): Promise<void> {
  const engine = await loadPdfium()
  const stages = {
    engine: [] as number[],
    reading: [] as number[],
    understanding: [] as number[],
    checking: [] as number[],
  }
  for (let round = 0; round < rounds + 2; round += 1) {
    const opened = await engine.open(bytes)
    if (!opened.ok) throw new Error(opened.failure.message)
    const pages = await timed(async () => {
      for (let index = 0; index < opened.value.pageCount; index += 1) await opened.value.page(index)
    })
    opened.value.close()
    const started = performance.now()
    const document = await chooseReader(bytes, 'pdfium').read(bytes)
    if (!document.ok) throw new Error(document.failure.message)
    const read = performance.now()
    const reading = readReport(document.value)
    if (!reading.ok) throw new Error(reading.failure.message)
    const understood = performance.now()
    reconcile(reading.value)
    const checked = performance.now()
    stages.engine.push(pages)
    stages.reading.push(read - started - pages)
    stages.understanding.push(understood - read)
    stages.checking.push(checked - understood)
  }
  for (const [stage, times] of Object.entries(stages)) say(`${name}: ${stage}`, milliseconds(median(times.slice(2))))
}

async function measurePdf(name: string, bytes: Uint8Array, rounds: number, isLong = false): Promise<number> {
  const pdfium = await startBarePdfium()
  const toPdfium = await compare(
    () => extract(bytes, name, OPTIONS),
    () => pdfium.read(bytes),
    rounds,
  )
  say(`${name}: gouji`, milliseconds(toPdfium.ours))
  say(`${name}: PDFium alone`, milliseconds(toPdfium.theirs))
  sayRatio(`${name}: gouji / PDFium alone`, toPdfium.ratio, 1.8)
  const toPdfjs = await compare(
    () => extract(bytes, name, OPTIONS),
    () => readBarePdfjs(bytes),
    Math.ceil(rounds / 2),
  )
  say(`${name}: pdf.js operator lists alone`, milliseconds(toPdfjs.theirs))
  const withPdfjs = await compare(
    () => extract(bytes, name, WITH_PDFJS),
    () => readBarePdfjs(bytes),
    Math.ceil(rounds / 2),
  )
  // pdf.js spends its time on fonts, once a file: the longer the file, the less it says about a report.
  const bound = isLong ? Number.POSITIVE_INFINITY : 1
  sayRatio(`${name}: gouji / pdf.js operator lists`, toPdfjs.ratio, 0.25 * bound)
  sayRatio(`${name}: gouji --engine pdfjs / pdf.js operator lists`, withPdfjs.ratio, 1.25 * bound)
  return toPdfium.ours
}

async function measureDocx(bytes: Uint8Array): Promise<void> {
  const buffer = Buffer.from(bytes)
  const toMammoth = await compare(
    () => extract(bytes, 'report.docx', OPTIONS),
    () => mammoth.convertToHtml({ buffer }),
    20,
  )
  say('DOCX: gouji', milliseconds(toMammoth.ours))
  say('DOCX: mammoth alone', milliseconds(toMammoth.theirs))
  sayRatio('DOCX: gouji / mammoth alone', toMammoth.ratio, 0.25)
}

/**
 * Copies of one file by one process and twice as many by two, so that each is as warm as any other: what the second one gains, ours
 * against theirs.
 */
async function measureWorkers(path: string, bare: string): Promise<void> {
  const bytes = readFileSync(path)
  const copies = (count: number): Copies => {
    const inside = join(folder, `copies-${count}`)
    mkdirSync(inside)
    const names = Array.from({ length: count }, (_, index) => join(inside, `${index}.pdf`))
    for (const name of names) writeFileSync(name, bytes)
    return { folder: inside, names }
  }
  const gouji = (jobs: number) => (files: Copies) =>
    timed(() => run(dist('cli.cjs'), 'extract', files.folder, '--jobs', String(jobs)))
  const alone = (jobs: number) => (files: Copies) =>
    timed(() => Promise.all(shares(files.names, jobs).map((share) => run(bare, ...share))))
  const [short, long] = FILES_OF_EACH
  const runs = { 1: [copies(short), copies(long)], 2: [copies(2 * short), copies(2 * long)] } as const
  const warm = async (reading: (jobs: number) => (files: Copies) => Promise<number>, jobs: 1 | 2) => {
    const read = reading(jobs)
    const begun = await read(runs[jobs][0])
    return (await read(runs[jobs][1])) - begun
  }
  const gains: { ours: number; theirs: number }[] = []
  for (let round = 0; round < 4; round += 1) {
    const ours = (2 * (await warm(gouji, 1))) / (await warm(gouji, 2))
    gains.push({ ours, theirs: (2 * (await warm(alone, 1))) / (await warm(alone, 2)) })
  }
  const ours = median(gains.map((gain) => gain.ours))
  const theirs = median(gains.map((gain) => gain.theirs))
  say('gain of a second worker', ours.toFixed(2))
  say('gain of a second process of PDFium alone', theirs.toFixed(2))
  say('gain / gain of PDFium alone', (ours / theirs).toFixed(2), 'at least 0.95', ours / theirs >= 0.95)
}

function shares(names: readonly string[], count: number): readonly string[][] {
  return Array.from({ length: count }, (_, share) => names.filter((_, index) => index % count === share))
}

interface Copies {
  readonly folder: string
  readonly names: readonly string[]
}

async function measureCold(path: string, bare: string): Promise<void> {
  const cold = await compare(
    () => run(dist('cli.cjs'), 'extract', path),
    () => run(bare, path),
    20,
  )
  say('cold: gouji extract', milliseconds(cold.ours))
  say('cold: a bare script with PDFium', milliseconds(cold.theirs))
  sayRatio('cold: gouji extract / bare script', cold.ratio, 1.5)
}

const bare = dist('bench/bare-script.mjs')

process.stdout.write(`Node ${process.version}, ${availableParallelism()} cores\n\n`)
const perPage: number[] = []
const paths = new Map<number, string>()
for (const pageCount of [5, 50, 500]) {
  const bytes = pdfReport(pageCount)
  const path = join(folder, `${pageCount}.pdf`)
  writeFileSync(path, bytes)
  paths.set(pageCount, path)
  const rounds = pageCount > 100 ? 4 : pageCount > 10 ? 8 : 40
  await measureStages(`${pageCount} pages`, bytes, rounds)
  perPage.push((await measurePdf(`${pageCount} pages`, bytes, rounds, pageCount > 5)) / pageCount)
  process.stdout.write('\n')
}
for (const [index, pageCount] of [5, 50, 500].entries()) {
  say(`cost of a page, of ${pageCount}`, milliseconds(perPage[index] ?? Number.NaN))
}
const [ofFive = Number.NaN, , ofFiveHundred = Number.NaN] = perPage
sayRatio('cost of a page, of 500 / of 5', ofFiveHundred / ofFive, 1.1)
const peak = await peakOfWorker(dist('worker.cjs'), paths.get(500) ?? '')
if (peak !== null) {
  const megabytes = peak / 10 ** 6
  say('peak memory of a worker, 500 pages', `${megabytes.toFixed(0)} MB`, 'at most 300 MB', megabytes <= 300)
}
process.stdout.write('\n')
await measureDocx(docxReport())
process.stdout.write('\n')
await measureWorkers(paths.get(5) ?? '', bare)
await measureCold(paths.get(5) ?? '', bare)
for (const path of process.argv.slice(2)) {
  process.stdout.write('\n')
  const bytes = readFileSync(path)
  await measureStages(basename(path), bytes, 20)
  await measurePdf(basename(path), bytes, 20)
}
process.stdout.write(missed === 0 ? '\nAll bounds met.\n' : `\n${missed} bounds missed.\n`)
