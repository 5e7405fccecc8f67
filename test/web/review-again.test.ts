/**
 * What was decided outlives another reading of the document, in a real browser; who a report is of is told by a person where the page does
 * not; keys alone do all of it; and what a file says of itself is text wherever it is shown.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { type Database, openDatabase } from '../../src/adapters/store/database.js'
import { keepExtraction } from '../../src/adapters/store/extractions.js'
import type { ReportRecord } from '../../src/record.js'
import { handIn, listedAs, openReport, type RunningServer, seriousFaults, startSignedIn } from '../build/browser.js'
import { lineOf } from '../build/received.js'
import { golden, MISPRINTED, readAgain } from '../build/review.js'
import { samplePath } from '../build/samples.js'
import { freshDatabase } from '../build/services.js'

const UNFILLED = '复议总计为零'
const NAMELESS = '无名'
const MARK = '<img src=x onerror=globalThis.hacked=1>'
const HOSTILE = `敌意${MARK}.html`
const CELL = 'requests.outcome.granted.total'

let folder: string
let database: Awaited<ReturnType<typeof freshDatabase>>
let store: Database
let server: RunningServer
let browser: Browser
let page: Page
let troubles: string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-page-'))
  database = await freshDatabase()
  ;({ server, browser, page, troubles } = await startSignedIn({ DATABASE_URL: database.url }))
  store = await openDatabase({ databaseUrl: database.url, dataFolder: folder })
  writeFileSync(join(folder, `${NAMELESS}.html`), namelessReport())
  writeFileSync(join(folder, HOSTILE), hostileReport())
  const samples = ['清源市民政局2022年度报告-行合计有误.docx', '望岫县人民政府2023年度报告-复议总计为零.pdf']
  await handIn(page, server.address, [
    ...samples.map(samplePath),
    ...[`${NAMELESS}.html`, HOSTILE].map((name) => join(folder, name)),
  ])
})

afterAll(async () => {
  await browser?.close()
  await store?.close()
  await server?.close()
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

const report = () => readFileSync(samplePath('临澜市商务局2024年度报告.html'), 'utf8')

/** A report that says nowhere whose it is, nor of which year. */
function namelessReport(): string {
  return report().replaceAll(/临澜市商务局|市商务局|2024年度|202[34]/g, '')
}

/** Marks in its title, its prose and a cell that would run if any of it were taken for HTML. */
function hostileReport(): string {
  const mark = MARK.replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return report()
    .replaceAll('临澜市商务局2024年', `${mark}临澜市商务局2022年`)
    .replace(/<td>(\d+)<\/td>/, `<td>$1${mark}</td>`)
    .replace(/<p>/, `<p>${mark}`)
}

const open = (name: string) => openReport(page, server.address, name)
const shown = (text: RegExp | string) => page.getByText(text).first().waitFor()
const acceptable = () => page.getByRole('button', { name: /^接受/ }).and(page.locator(':enabled')).waitFor()
const reviewOf = async (name: string) => (await listedAs(page, server.address, name)).review
const readSo = (record: ReportRecord) => keepExtraction(store.db, record.document.sha256, record, lineOf(record), 100)

describe('a document that is read again', () => {
  const record = golden(MISPRINTED)

  test('keeps what was decided where it is read as it was', async () => {
    await open(MISPRINTED)
    await page.getByRole('button', { name: '按原文保留' }).and(page.locator(':enabled')).waitFor()
    await page.keyboard.press('p')
    await acceptable()
    await shown(/^已存/)
    await readSo(readAgain(record, '9.0.0'))
    await open(MISPRINTED)
    await acceptable()
    await page.locator('.rv-it.done').filter({ hasText: '原文如此' }).waitFor()
    expect(await page.getByText('依据已变').count()).toBe(0)
  })

  test('asks anew where it is read otherwise: what it was decided on stands beside what is read now', async () => {
    const facts = record.facts.map((fact) => (fact.key === CELL ? { ...fact, raw: '１４' } : fact))
    await readSo(readAgain(record, '9.1.0', { facts }))
    await open(MISPRINTED)
    await shown('依据已变，请重看')
    const beside = page.locator('.rv-standing.lapsed')
    await expect(beside.textContent()).resolves.toMatch(/作决定时.*=14;.*现在.*=１４;/)
    await expect(beside.textContent()).resolves.toContain('王管理')
    expect(await page.getByRole('button', { name: /^接受/ }).isDisabled()).toBe(true)
    expect(await seriousFaults(page)).toEqual([])
  })

  test('and is accepted when it was decided again', async () => {
    await page.keyboard.press('p')
    await acceptable()
    await page.keyboard.press('a')
    await shown('清源市民政局 2022 已接受')
    expect(await reviewOf(MISPRINTED)).toBe('accepted')
  })
})

describe('a report that does not say whose it is, nor of which year', () => {
  test('is told by a person, and accepted', async () => {
    await open(NAMELESS)
    await shown('机关不明')
    await shown('年份不明')
    expect(await page.getByRole('button', { name: /^接受/ }).isDisabled()).toBe(true)
    await page.keyboard.press('n')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('机关').fill('临澜市商务局')
    await dialog.getByLabel('年份').fill('2021')
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '临澜市商务局' }).waitFor()
    await acceptable()
    await page.waitForTimeout(500)
    await page.keyboard.press('a')
    await shown('临澜市商务局 2021 已接受')
    expect(await reviewOf(NAMELESS)).toBe('accepted')
    const organs = await page.request.get(`${server.address}/api/v1/organs?q=${encodeURIComponent('临澜市商务局')}`)
    expect(await organs.json()).toMatchObject({ organs: [{ name: '临澜市商务局' }] })
  })
})

describe('by keyboard alone', () => {
  test('a report is opened from the queue, looked through, corrected by typing, taken back, and accepted', async () => {
    await page.goto(`${server.address}/review`)
    await page.getByRole('row').filter({ hasText: '望岫县人民政府' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '按原文保留' }).and(page.locator(':enabled')).waitFor()
    await page.keyboard.press('j')
    await page.locator('.rv-it.on').filter({ hasText: '正文' }).waitFor()
    await page.keyboard.press('k')
    // The current cell has the focus; a digit begins to write over it.
    await page.locator('[role="gridcell"]:focus').waitFor()
    await page.keyboard.press('Digit1')
    await page.keyboard.press('Digit2')
    await page.keyboard.press('Enter')
    await acceptable()
    await page.keyboard.press('u')
    await page.getByRole('button', { name: /^接受/ }).and(page.locator(':disabled')).waitFor()
    await page.keyboard.press('Shift+u')
    await acceptable()
    await page.waitForTimeout(500)
    await page.keyboard.press('a')
    await shown('望岫县人民政府 2023 已接受')
    expect(await reviewOf(UNFILLED)).toBe('accepted')
  })

  test('every region is reached, and every dialog gives the focus back', async () => {
    await open(UNFILLED)
    const where = () =>
      page.evaluate<string>(
        `(document.activeElement.closest('.op-pane, .rv-form, .rv-dock') ?? document.activeElement).className`,
      )
    const seen = new Set<string>()
    for (let step = 0; step < 3; step += 1) {
      await page.keyboard.press('F6')
      seen.add(await where())
    }
    expect([...seen].map((each) => each.split(' ')[0]).sort()).toEqual(['op-pane', 'rv-dock', 'rv-form'])
    const before = await where()
    for (const key of ['Shift+Slash', 'h']) {
      await page.keyboard.press(key)
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      expect(await where()).toBe(before)
    }
  })
})

describe('dialogs', () => {
  test.each(['zh', 'en'])(
    'have nothing serious against them for those who do not see the page (%s)',
    async (language) => {
      await page.evaluate(`localStorage.setItem('gouji.language', '${language}')`)
      await open('敌意')
      await page.locator('.rv-items').waitFor()
      for (const [key, theme] of [
        ['Shift+Slash', 'dark'],
        ['h', 'light'],
        ['n', 'dark'],
        ['m', 'light'],
        ['f', 'dark'],
        ['x', 'light'],
      ] as const) {
        await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`)
        await page.keyboard.press(key)
        await page.getByRole('dialog').waitFor()
        expect([key, await seriousFaults(page)]).toEqual([key, []])
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
      await page.evaluate("localStorage.setItem('gouji.language', 'zh')")
    },
  )
})

describe('the name of a file, its title, a cell, and what people write', () => {
  const unharmed = async () => {
    expect(await page.locator('img[src="x"]').count()).toBe(0)
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false)
  }

  test('are text in lists, on the review screen and in its history', async () => {
    await page.goto(`${server.address}/archive/reports`)
    await shown(/onerror/)
    await unharmed()
    await open('敌意')
    await page.getByRole('region', { name: '原件内容' }).getByText(MARK).first().waitFor()
    await page
      .getByRole('tab', { name: /首部/ })
      .or(page.getByRole('button', { name: /^首部/ }))
      .first()
      .click()
    await page.locator('.rv-head').getByText(HOSTILE).waitFor()
    await unharmed()
    await page.keyboard.press('n')
    await page.getByRole('dialog').getByLabel('机关').fill(`${MARK}局`)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: `${MARK}局` }).waitFor()
    await page.keyboard.press('m')
    await page.getByRole('dialog').getByRole('textbox').fill(`${MARK}记`)
    await page.getByRole('dialog').getByRole('button', { name: '存' }).click()
    await shown(/^已存/)
    await page.keyboard.press('h')
    await page.getByRole('dialog').getByText(`${MARK}记`).first().waitFor()
    await unharmed()
    await page.keyboard.press('Escape')
    await page.goto(`${server.address}/review`)
    await page.getByRole('heading').first().waitFor()
    await unharmed()
    expect(troubles).toEqual([])
  })
})
