/**
 * What pdf.js loads while it works (character maps, fonts that every reader of PDFs has, decoders of pictures) → beside the page, under
 * the version it belongs to, so that browsers may keep it for good like all else there.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, normalize } from 'node:path'
import type { Plugin } from 'vite'

const FOLDERS = ['cmaps', 'standard_fonts', 'wasm']

export function pdfjsFiles(): Plugin {
  const manifest = createRequire(import.meta.url).resolve('pdfjs-dist/package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const from = dirname(manifest)
  const at = `assets/pdfjs-${version}`
  const names = FOLDERS.flatMap((folder) => readdirSync(join(from, folder)).map((name) => `${folder}/${name}`))
  return {
    name: 'pdfjs-files',
    generateBundle() {
      for (const name of names) {
        this.emitFile({ type: 'asset', fileName: `${at}/${name}`, source: readFileSync(join(from, name)) })
      }
    },
    configureServer({ middlewares }) {
      middlewares.use(`/${at}`, (request, answer, next) => {
        const name = normalize(request.url ?? '').replace(/^\/|\?.*$/g, '')
        if (!names.includes(name)) return next()
        answer.setHeader('content-type', name.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream')
        answer.end(readFileSync(join(from, name)))
      })
    },
  }
}
