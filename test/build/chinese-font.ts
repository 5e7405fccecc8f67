/** The font of this machine that pictures are drawn with, read; null, with a sentence that says so, where there is none. */
import { readFileSync } from 'node:fs'
import { findChineseFont } from '../../src/adapters/fonts.js'
import type { ChineseFont } from '../../src/document/pdf/chinese-font.js'

export async function chineseFont(): Promise<ChineseFont | null> {
  const found = await findChineseFont(null)
  if (found !== null) return { bytes: readFileSync(found.path), face: found.face }
  console.info(
    'Not tested here: drawing with a Chinese font of the machine; it has none (fonts-wqy-microhei on Debian).',
  )
  return null
}
