/**
 * The bundle of answer.ts with the machine's notes on it: what V8 compiled while scripts/build.mjs read a few reports, kept
 * beside the bundle. A worker then starts without compiling again what every file needs, which is a sixth of the time of one
 * small file. V8 refuses notes made by another version or from another text; the bundle then runs without them.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'

type Bundle = typeof import('./answer.js')

const BUNDLE = new URL('./answer.cjs', import.meta.url)
const NOTES = new URL('./answer.notes', import.meta.url)

export function loadAnswer(): Bundle {
  return openBundle().bundle
}

export function openBundle(): { readonly script: Script; readonly bundle: Bundle } {
  const text = readFileSync(BUNDLE, 'latin1')
  const script = new Script(`(function (module, exports, require, bundleUrl) {${text}\n})`, {
    filename: fileURLToPath(BUNDLE),
    cachedData: readNotes(),
  })
  const module = { exports: {} as Bundle }
  script.runInThisContext()(module, module.exports, createRequire(BUNDLE), BUNDLE.href)
  return { script, bundle: module.exports }
}

function readNotes(): Buffer | undefined {
  try {
    return readFileSync(NOTES)
  } catch {
    // Only while they are being made.
    return undefined
  }
}
