/**
 * The catalogue → samples/reports/, by `npx tsx scripts/samples/make.ts`.
 *
 * What the script writes itself comes out the same in every run. What LibreOffice and Chromium make is never the same twice, so
 * a file of theirs that is there already is left alone: delete it to have it made again. Both must be installed for that
 * (Debian: libreoffice-writer-nogui, chromium, fonts-noto-cjk, fonts-droid-fallback, fonts-liberation).
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Made, SAMPLES } from './catalogue.js'

const folder = fileURLToPath(new URL('../../samples/reports/', import.meta.url))
const CHROMIUM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-pdf-header-footer',
]

mkdirSync(folder, { recursive: true })
for (const { file, made } of SAMPLES) {
  const path = join(folder, file)
  if (made.by === 'script') writeFileSync(path, made.bytes)
  else if (!existsSync(path)) convert(made, path)
}

function convert(made: Exclude<Made, { by: 'script' }>, path: string): void {
  const scratch = mkdtempSync(join(tmpdir(), 'gouji-samples-'))
  try {
    const source = join(scratch, made.by === 'chromium' ? 'report.html' : 'report.docx')
    const printed = join(scratch, 'report.pdf')
    writeFileSync(source, made.by === 'chromium' ? made.html : made.docx)
    const profile = pathToFileURL(join(scratch, 'profile')).href
    if (made.by === 'chromium') {
      run('chromium', [
        ...CHROMIUM_FLAGS,
        `--user-data-dir=${join(scratch, 'profile')}`,
        `--print-to-pdf=${printed}`,
        source,
      ])
    } else {
      run('soffice', [
        `-env:UserInstallation=${profile}`,
        '--headless',
        '--convert-to',
        'pdf',
        '--outdir',
        scratch,
        source,
      ])
    }
    copyFileSync(printed, path)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function run(program: string, argument: readonly string[]): void {
  execFileSync(program, argument, { stdio: 'pipe' })
}
