/**
 * src/, workers/ and web/ → dist/: the command, its worker, the page, the library with its types, and the JSON Schema of the record.
 *
 * Bundled, because most of the time of one small file is start-up, and one file loads faster than a hundred. Split, so that
 * what is not needed by every run (pdf.js, mammoth, the validator) stays in files of its own until it is asked for.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
// What is built replaces what was there only when all of it could be built.
const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
const common = {
  write: false,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  logLevel: 'warning',
  outdir: 'dist',
}
// A thread starts from CommonJS in two thirds of the time that it needs for a module, and a process somewhat sooner.
const asScript = {
  ...common,
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  define: { 'import.meta.url': 'bundleUrl' },
}
const OWN_URL = "const bundleUrl = require('node:url').pathToFileURL(__filename).href"
// The command is one file with all that every run needs; what it asks for later is built as the modules that those are.
const askedLater = {}
const cutLater = {
  name: 'cut-later',
  setup(command) {
    command.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return null
      const module = relative('src', join(resolveDir, path)).replace(/\.js$/, '')
      askedLater[module] = `src/${module}.ts`
      return { path: `./${module}.js`, external: true }
    })
  },
}
const { outputFiles: commands } = await build({
  ...asScript,
  entryPoints: { cli: 'src/cli.ts' },
  banner: { js: OWN_URL },
  packages: 'external',
  plugins: [cutLater],
})
const { outputFiles: modules } = await build({
  ...common,
  entryPoints: { ...askedLater, extract: 'src/extract.ts', record: 'src/record.ts', compiled: 'workers/compiled.ts' },
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
  format: 'esm',
  packages: 'external',
})
const { outputFiles: workers } = await build({
  ...asScript,
  entryPoints: { worker: 'workers/extract.ts', 'orphan-watch': 'workers/orphan-watch.ts' },
  banner: { js: OWN_URL },
  // The source it would run from is a bundle of its own.
  external: ['./answer.js'],
})
// What every file needs is inside; what few need is loaded from its package.
const { outputFiles: scripts } = await build({
  ...asScript,
  entryPoints: { answer: 'workers/answer.ts' },
  external: ['pdfjs-dist', 'mammoth', 'parse5', 'yauzl'],
  supported: { 'dynamic-import': false },
  legalComments: 'none',
  minifyWhitespace: true,
  minifySyntax: true,
})
rmSync('dist', { recursive: true, force: true })
const write = (path, contents) => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, contents)
}
for (const { path, contents } of [...commands, ...modules, ...workers]) write(path, contents)
// A text of ASCII alone is half as large in memory, and read in half the time.
for (const { path, text } of scripts) write(path, text.replace(/[^\0-\x7f]/g, escaped))
chmodSync('dist/cli.cjs', 0o755)

const { openBundle } = await import(new URL('../dist/compiled.js', import.meta.url).href)
const { script, bundle } = openBundle()
for (const name of readdirSync('samples/reports')) {
  const source = { kind: 'path', path: `samples/reports/${name}` }
  await bundle.answer({
    work: 'extract',
    fileName: name,
    source,
    options: { engine: 'pdfium', secondReading: 'doubt' },
  })
}
writeFileSync('dist/answer.notes', script.createCachedData())

const { z } = await import('zod')
const { ReportRecord } = await import(new URL('../dist/record.js', import.meta.url).href)
writeFileSync('dist/report.schema.json', `${JSON.stringify(z.toJSONSchema(ReportRecord), null, 2)}\n`)

const { build: buildPage } = await import('vite')
await buildPage({ configFile: 'web/vite.config.ts', logLevel: 'error' })

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
