/**
 * Which Chinese font of this machine the pictures of pages are drawn with, where a file does not bring its own.
 *
 * The one that the settings name; else the first that is where systems and packages put theirs; else what fontconfig proposes.
 */
import { execFile } from 'node:child_process'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isSystemError } from './system-error.js'

export interface FontFile {
  readonly path: string
  /** Which of a collection, from 0. */
  readonly face: number
}

/** In Noto's collections the third face has the letter forms of the mainland. */
const NOTO_SC = 2
const WINDOWS = join(process.env.SystemRoot ?? 'C:\\Windows', 'Fonts')
const KNOWN: readonly FontFile[] = [
  { path: '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc', face: 0 },
  { path: '/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc', face: 0 },
  { path: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', face: NOTO_SC },
  { path: '/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc', face: NOTO_SC },
  { path: '/usr/share/fonts/noto/NotoSansCJK-Regular.ttc', face: NOTO_SC },
  { path: '/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc', face: NOTO_SC },
  { path: join(WINDOWS, 'simsun.ttc'), face: 0 },
  { path: join(WINDOWS, 'msyh.ttc'), face: 0 },
  { path: join(WINDOWS, 'simhei.ttf'), face: 0 },
  { path: '/System/Library/Fonts/Supplemental/Songti.ttc', face: 0 },
  { path: '/System/Library/Fonts/STHeiti Light.ttc', face: 0 },
]
/** What a TrueType or OpenType font or a collection of such begins with. */
const SIGNATURES = ['00010000', '74727565', '4f54544f', '74746366']
const ASK_MILLISECONDS = 5_000

/** null: this machine has none. Throws, with a message for the operator, when the font that was named is no font. */
export async function findChineseFont(named: string | null): Promise<FontFile | null> {
  if (named !== null) {
    if (await isFont(named)) return { path: named, face: 0 }
    throw new Error(`GOUJI_CJK_FONT：不是可用的字体文件 (not a usable font file): ${named}`)
  }
  for (const font of KNOWN) if (await isFont(font.path)) return font
  const proposed = await askFontconfig()
  return proposed !== null && (await isFont(proposed.path)) ? proposed : null
}

async function isFont(path: string): Promise<boolean> {
  try {
    const file = await open(path)
    try {
      const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
      return SIGNATURES.includes(buffer.toString('hex'))
    } finally {
      await file.close()
    }
  } catch (error) {
    if (isSystemError(error)) return false
    throw error
  }
}

/** It always proposes something, hence the look at the languages that the font has letters for. */
async function askFontconfig(): Promise<FontFile | null> {
  const question = ['--format', '%{file}\n%{index}\n%{lang}', ':lang=zh-cn:scalable=true']
  try {
    const { stdout } = await promisify(execFile)('fc-match', question, { timeout: ASK_MILLISECONDS })
    const [path = '', index = '', languages = ''] = stdout.split('\n')
    // Above the face stands the number of a named instance of a variable font.
    return languages.split('|').includes('zh-cn') ? { path, face: Number(index) & 0xffff } : null
  } catch {
    // Not installed, or not willing: there is no other way to find out.
    return null
  }
}
