/** Several tables whose headings nobody knows: one laid after the other by Enter alone, on a page of HTML and on one of a PDF. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Locator, Page } from 'playwright-core'
import { handIn, openReport, type RunningServer, seriousFaults, startSignedIn } from '../build/browser.js'
import { samplePath } from '../build/samples.js'
import { withUnknownHeadings, withUnknownSection2 } from '../build/unknown-headings.js'
import { unknownPdf } from '../build/unknown-pdf.js'

const SAMPLE = samplePath('临澜市商务局2024年度报告.html')
const HTML = '临澜市商务局2024年度报告'
const PDF = '临水镇人民政府2023年度报告'

let server: RunningServer
let browser: Browser
let page: Page
let troubles: string[]
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-assign-'))
  ;({ server, browser, page, troubles } = await startSignedIn())
  const files = [`${HTML}.html`, `${PDF}.pdf`].map((name) => join(folder, name))
  const sample = readFileSync(SAMPLE, 'utf8')
  // The table says 4.
  const html = sample.replace('引起的行政复议4件', '引起的行政复议5件')
  writeFileSync(files[0] ?? '', withUnknownSection2(withUnknownHeadings(html)))
  writeFileSync(files[1] ?? '', unknownPdf())
  await handIn(page, server.address, files)
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

const dialog = (): Locator => page.getByRole('dialog', { name: '指定表格' })
const cell = (name: string): Locator => page.getByRole('gridcell', { name })

describe('a report in which several tables were not recognised', () => {
  test('is gone through table by table: what is suggested for each is taken by Enter', async () => {
    await openReport(page, server.address, HTML)
    await page.getByText('此表未读出').first().waitFor()
    await page.keyboard.press('Enter')
    for (const [at, cells] of [6, 1, 2, 1, 15].entries()) {
      await dialog()
        .getByText(`第 ${at + 1}/5 表`)
        .waitFor()
      await dialog().getByText(`共 ${cells} 格`).waitFor()
      if (at === 0) expect(await seriousFaults(page)).toEqual([])
      await page.keyboard.press('Enter')
    }
    await dialog().waitFor({ state: 'detached' })
  })

  test('says that its prose says otherwise, and leads to that, which keeps the report from nothing', async () => {
    await page.getByText('正文“行政复议5件”，表中「行政复议·总计」为 4，相差 1。').first().waitFor()
    await cell('行政复议，总计，4，指定').and(page.locator(':focus')).waitFor()
    expect(await page.getByRole('button', { name: '接受，开下一份' }).isEnabled()).toBe(true)
  })

  test('has each table as it was assigned', async () => {
    await page.getByRole('button', { name: /^二 / }).click()
    for (const name of [
      '行政规范性文件，现行有效件数，16，指定',
      '行政许可，本年处理决定数量，213，指定',
      '行政强制，本年处理决定数量，126，指定',
      '行政事业性收费，本年收费金额（单位：万元），224.08，指定',
    ]) {
      await cell(name).waitFor()
    }
  })

  test('lets a table be left for later', async () => {
    for (let undone = 0; undone < 5; undone++) await page.keyboard.press('u')
    await page.getByText('5 处错误', { exact: true }).waitFor()
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    await dialog().getByText('第 1/5 表').waitFor()
    await dialog().getByRole('button', { name: '此表先不指定' }).click()
    await dialog().getByText('第 2/5 表').waitFor()
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
  })
})

describe('a table on a page of a PDF', () => {
  test('is assigned by the menu, whatever item is looked at', async () => {
    await openReport(page, server.address, PDF)
    await page.getByRole('button', { name: /^四 / }).click()
    await page.getByText('更多', { exact: true }).click()
    await page.locator('.rv-more').getByRole('button', { name: '指定表格…' }).press('Enter')
    await dialog().getByText('共 15 格').waitFor()
    expect(await dialog().getByRole('combobox', { name: '表', exact: true }).inputValue()).toBe('review_litigation')
    await page.keyboard.press('Enter')
    await dialog().waitFor({ state: 'detached' })
    await cell('行政复议，总计，4，指定').waitFor()
  })

  test('has its cells framed where they are printed', async () => {
    const current = page.locator('.op-current')
    const total = cell('行政复议，总计，4，指定')
    await total.click()
    await current.waitFor()
    // The fifth of fifteen columns, of which each is 32 points wide, in the second row of the table.
    const [left, top, right, bottom] = await placeOf(current)
    expect([left, right].map(Math.round)).toEqual([62 + 4 * 32, 62 + 5 * 32])
    expect([top, bottom].map(Math.round)).toEqual([330 + 26, 330 + 2 * 26])
    expect(await page.locator('.op-box.look-corrected').count()).toBe(15)
  })

  test('leads from the page to the cell', async () => {
    await page.locator('.op-box.look-corrected').last().scrollIntoViewIfNeeded()
    const box = await page.locator('.op-box.look-corrected').nth(3).boundingBox()
    if (box === null) throw new Error('no box')
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    await page
      .getByRole('gridcell', { name: /^行政复议，尚未审结，2/ })
      .and(page.locator(':focus'))
      .waitFor()
  })

  test('has had no trouble of its own', () => {
    expect(troubles).toEqual([])
  })
})

/** In points of the page. */
function placeOf(box: Locator): Promise<readonly [number, number, number, number]> {
  return box.evaluate((element) => {
    const own = element.getBoundingClientRect()
    const paper = element.parentElement?.getBoundingClientRect()
    if (paper === undefined) throw new Error('on no page')
    const points = 595 / paper.width
    const across = (x: number) => (x - paper.left) * points
    const down = (y: number) => (y - paper.top) * points
    return [across(own.left), down(own.top), across(own.right), down(own.bottom)] as const
  })
}
