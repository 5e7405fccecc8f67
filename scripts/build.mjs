/**
 * src/ and workers/ → dist/: the command, its worker, the library with its types, and the JSON Schema of the record.
 *
 * Bundled, because most of the time of one small file is start-up, and one file loads faster than a hundred. Split, so that
 * what is not needed by every run (pdf.js, mammoth, the validator) stays in files of its own until it is asked for.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
// What is built replaces what was there only when all of it could be built.
const { outputFiles } = await build({
  write: false,
  entryPoints: {
    cli: 'src/cli.ts',
    worker: 'workers/extract.ts',
    'orphan-watch': 'workers/orphan-watch.ts',
    extract: 'src/extract.ts',
    record: 'src/record.ts',
  },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  logLevel: 'warning',
})
rmSync('dist', { recursive: true, force: true })
for (const { path, contents } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, contents)
}
chmodSync('dist/cli.js', 0o755)

const { z } = await import('zod')
const { ReportRecord } = await import(new URL('../dist/record.js', import.meta.url).href)
writeFileSync('dist/report.schema.json', `${JSON.stringify(z.toJSONSchema(ReportRecord), null, 2)}\n`)

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
