import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { findChineseFont } from '../../src/adapters/fonts.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-fonts-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('the font that is named is taken, whatever there is', async () => {
  const path = join(folder, 'own.otf')
  writeFileSync(path, 'OTTO and so on')
  expect(await findChineseFont(path)).toEqual({ path, face: 0 })
})

test('a name that is no font is told to the operator', async () => {
  const path = join(folder, 'notes.txt')
  writeFileSync(path, 'no font')
  for (const wrong of [path, folder, join(folder, 'nowhere.ttf')]) {
    await expect(findChineseFont(wrong)).rejects.toThrow(
      `GOUJI_CJK_FONT：不是可用的字体文件 (not a usable font file): ${wrong}`,
    )
  }
})

test('what is found without a name is a font, or there is none', async () => {
  const found = await findChineseFont(null)
  if (found !== null) expect(await findChineseFont(found.path)).toMatchObject({ path: found.path })
})
