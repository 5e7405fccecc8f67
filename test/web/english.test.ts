/**
 * The page in English, in a real browser: nothing of the program's own words is Chinese. What documents print, and names, stay so, and are
 * marked as Chinese or quoted.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { ENGLISH_TITLES } from '../../src/reconcile/rules/english.js'
import { planTable } from '../../src/report/form.js'
import { FORMS } from '../../src/report/forms/all.js'
import { handIn, listedAs, type RunningServer, startSignedIn } from '../build/browser.js'
import { samplePath } from '../build/samples.js'
import { withUnknownHeadings } from '../build/unknown-headings.js'

const SLIP = '清源市民政局2022年度报告-行合计有误.docx'
const UNFILLED = '望岫县人民政府2023年度报告-复议总计为零.pdf'
const CLEAN = '临澜市商务局2024年度报告.html'
const NOTICE = '清源市人民政府办公室关于报送年度报告的通知.docx'

const UNKNOWN = 'unknown.html'

let folder: string
let server: RunningServer
let browser: Browser
let page: Page
let troubles: string[]

beforeAll(async () => {
  ;({ server, browser, page, troubles } = await startSignedIn({}, 'Li Si'))
  folder = mkdtempSync(join(tmpdir(), 'gouji-english-'))
  const unknown = join(folder, UNKNOWN)
  writeFileSync(unknown, withUnknownHeadings(readFileSync(samplePath(CLEAN), 'utf8')))
  await handIn(page, server.address, [...[SLIP, UNFILLED, CLEAN, NOTICE].map(samplePath), unknown])
  await page.evaluate("localStorage.setItem('gouji.language', 'en')")
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

const ORGANS = ['清源市民政局', '望岫县人民政府', '临澜市商务局']
/** As it was named when it was handed in, in Chinese. */
const BATCH = /\d+月\d+日 \d\d:\d\d 上传/g
const QUOTED = /「[^」]*」|“[^”]*”/g
const PRINTED = [...new Set(Object.values(ENGLISH_TITLES).flatMap((title) => title.match(/\p{Script=Han}+/gu) ?? []))]
const LABELS = FORMS.flatMap(({ tables }) => tables).flatMap((table) => {
  const { rows, columns } = planTable(table)
  return [table.title, ...[...rows, ...columns].flatMap(({ path }) => path.map(({ label }) => label))]
})
/** Of sections. */
const TITLES = [
  '总体情况',
  '存在的主要问题及改进情况',
  '其他需要报告的事项',
  '主动公开',
  '依申请公开',
  '政府信息管理',
  '平台建设',
  '监督保障',
]
const DATA = [...TITLES, SLIP, UNFILLED, CLEAN, NOTICE, ...ORGANS, ...PRINTED, ...LABELS].sort(
  (one, other) => other.length - one.length,
)
/** The way back. */
const SWITCH = '中 Switch to Chinese'

/** Texts and spoken attributes with Chinese in them that are not marked as such. */
const UNMARKED = `(() => {
  const found = []
  const take = (text, element, where) => {
    if (/\\p{Script=Han}/u.test(text ?? '') && element.closest('noscript, [lang^="zh"]') === null) {
      found.push(where + ' ' + element.tagName + '.' + element.className + ': ' + text.trim())
    }
  }
  document.documentElement.lang === 'en' || found.push('the page is not in English: 中文')
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) take(texts.currentNode.textContent, texts.currentNode.parentElement, 'text')
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) take(element.getAttribute(name), element, name)
  }
  return [...new Set(found)]
})()`

/** Without what is known to be data. */
async function chineseOf(page: Page): Promise<string[]> {
  const told = (await page.evaluate(UNMARKED)) as string[]
  const own = (text: string) =>
    DATA.reduce((rest, name) => rest.replaceAll(name, ''), text.replace(BATCH, '').replace(SWITCH, '')).replace(
      QUOTED,
      '',
    )
  return told.filter((text) => /\p{Script=Han}/u.test(own(text)))
}

/** A select does not tell that its text is cut: a copy that takes the room it needs does. */
function isReasonCut(page: Page): Promise<boolean> {
  return page.evaluate(`(() => {
    const select = document.querySelector('.rv-reason select')
    if (select === null) return false
    const copy = select.cloneNode(true)
    copy.style.position = 'fixed'
    select.parentElement.append(copy)
    const needed = copy.offsetWidth
    copy.remove()
    return select.offsetWidth < needed
  })()`)
}

async function see(path: string): Promise<void> {
  await page.goto(`${server.address}${path}`)
  await page.locator('main, .rv-case').first().waitFor()
  await page.waitForLoadState('networkidle')
}

describe('in English no word of the program is Chinese', () => {
  test.each([
    '/archive/upload',
    '/archive/reports',
    '/archive/coverage',
    '/review',
    '/organs',
    '/overview',
    '/settings',
    '/admin/people',
    '/admin/keys',
  ])('at %s', async (path) => {
    await see(path)
    expect(await chineseOf(page)).toEqual([])
  })

  test('in a batch', async () => {
    const { batches } = (await (await page.request.get(`${server.address}/api/v1/batches`)).json()) as {
      batches: { id: string }[]
    }
    await see(`/batches/${batches[0]?.id}`)
    expect(await chineseOf(page)).toEqual([])
  })

  test('of an organ', async () => {
    const { organs } = (await (await page.request.get(`${server.address}/api/v1/organs`)).json()) as {
      organs: { id: string }[]
    }
    await see(`/organs/${organs[0]?.id}`)
    expect(await chineseOf(page)).toEqual([])
  })

  test('where a table is assigned', async () => {
    const { sha256 } = await listedAs(page, server.address, UNKNOWN)
    await see(`/review/${sha256}`)
    expect(await chineseOf(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('table').first().waitFor()
    expect(await chineseOf(page)).toEqual([])
  })

  test.each([SLIP, UNFILLED, CLEAN])('in the review of %s', async (name) => {
    const { sha256 } = await listedAs(page, server.address, name)
    await see(`/review/${sha256}`)
    expect(await chineseOf(page)).toEqual([])
    expect(await isReasonCut(page)).toBe(false)
    // What is advised of the first item, where there is one.
    if (name !== CLEAN) {
      await page.keyboard.press('Enter')
      await page.waitForLoadState('networkidle')
      expect(await chineseOf(page)).toEqual([])
    }
    for (const key of ['Shift+Slash', 'h']) {
      await page.keyboard.press(key)
      await page.getByRole('dialog').waitFor()
      await page.waitForLoadState('networkidle')
      expect(await chineseOf(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
  })

  test('in what is refused', async () => {
    await page.goto(`${server.address}/review/${'0'.repeat(64)}`)
    await page.getByText('There is no such file.').waitFor()
    expect(await chineseOf(page)).toEqual([])
  })

  test('and nothing went wrong meanwhile', () => {
    expect(troubles).toEqual([])
  })
})
