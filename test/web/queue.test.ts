/** The queue and its keys, in a real browser: what others hand in comes up by itself, and a key is the one that its person chose. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { handIn, openReport, type RunningServer, seriousFaults, startSignedIn } from '../build/browser.js'
import { samplePath } from '../build/samples.js'

const FIRST = '清源市民政局2022年度报告-行合计有误.docx'
const SECOND = '望岫县人民政府2023年度报告-复议总计为零.pdf'

let server: RunningServer
let browser: Browser
let context: BrowserContext
let page: Page
let troubles: string[]

beforeAll(async () => {
  ;({ server, browser, page, troubles } = await startSignedIn())
  context = page.context()
  await handIn(page, server.address, [samplePath(FIRST)])
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const rowOf = (organ: string) => page.getByRole('row').filter({ hasText: organ })

describe('the queue', () => {
  test('shows what is handed in elsewhere while one looks at it, and the chosen row stays chosen', async () => {
    await page.goto(`${server.address}/review`)
    await rowOf('清源市民政局').waitFor()
    const chosen = page.locator('tr[aria-current="true"]')
    await chosen.filter({ hasText: '清源市民政局' }).waitFor()
    await page.evaluate("globalThis.stillHere = 'yes'")
    const elsewhere = await context.newPage()
    await handIn(elsewhere, server.address, [samplePath(SECOND)])
    await rowOf('望岫县人民政府').waitFor()
    await elsewhere.close()
    expect(await chosen.textContent()).toContain('清源市民政局')
    expect(await page.evaluate('globalThis.stillHere')).toBe('yes')
  })
})

describe('a report that is not opened', () => {
  const whose = () => page.getByRole('combobox', { name: /^领取/ })
  const preview = () => page.getByRole('complementary', { name: '选中的报告' })

  test('is handed over from the queue, and is that person’s', async () => {
    await rowOf('清源市民政局').click()
    await page.keyboard.press('f')
    const dialog = page.getByRole('dialog', { name: '移交' })
    await dialog.getByLabel('交给').fill('王管理')
    expect(await seriousFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: '移交' }).click()
    await rowOf('清源市民政局').getByTitle('王管理').waitFor()
    await preview()
      .getByRole('button', { name: /^继续复核/ })
      .waitFor()
  })

  test('is found by whose it is, and given back', async () => {
    await whose().selectOption({ label: '我的' })
    await rowOf('望岫县人民政府').waitFor({ state: 'detached' })
    await rowOf('清源市民政局').waitFor()
    await preview().getByRole('button', { name: '放回队列' }).click()
    await page.getByText('没有符合条件的报告').waitFor()
    await whose().selectOption({ label: '全部' })
    await rowOf('清源市民政局').waitFor()
    const way = page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: /^复核/ })
    expect(await way.textContent()).toBe('复核2')
  })
})

describe('a key of one’s own', () => {
  const change = () => page.getByRole('button', { name: /^原文如此（发布方差错）：现为/ })
  const open = async () => {
    await openReport(page, server.address, FIRST)
    await page.getByRole('button', { name: '按原文保留' }).and(page.locator(':enabled')).waitFor()
  }
  const accepting = () => page.getByRole('button', { name: /^接受/ })

  test('that another command has is refused, and the page says whose it is', async () => {
    await page.goto(`${server.address}/settings`)
    await change().click()
    await page.keyboard.press('a')
    await page.getByRole('alert').filter({ hasText: '互换' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
  })

  test('does what it was given to, and the old one nothing any more', async () => {
    await change().click()
    await page.keyboard.press('w')
    await page.getByRole('button', { name: '原文如此（发布方差错）：现为 W，点此更改' }).waitFor()
    await open()
    await page.keyboard.press('p')
    await page.waitForTimeout(300)
    expect(await accepting().isDisabled()).toBe(true)
    await page.keyboard.press('w')
    await accepting().and(page.locator(':enabled')).waitFor()
    await page.keyboard.press('Shift+Slash')
    const help = page.getByRole('dialog').locator('.kr').filter({ hasText: '原文如此（发布方差错）' })
    await expect(help.textContent()).resolves.toMatch(/^W/)
    expect(troubles).toEqual([])
  })
})
