import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { pdfjsFiles } from './pdfjs-files.js'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [pdfjsFiles()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Its names carry a hash, so that what has them never changes (adapters/http/pages.ts).
    assetsDir: 'assets',
    // A data: address would be another origin to the content security policy.
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
