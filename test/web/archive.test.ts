/** The archive in a real browser: an invitation, a delivery, its receipt, what the lists show of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import {
  acceptInvitation,
  openBrowser,
  openContext,
  type RunningServer,
  seriousFaults,
  startServing,
  troublesOf,
} from '../build/browser.js'
import { PASSWORD } from '../build/http-service.js'

const sample = (name: string) => fileURLToPath(new URL(`../../samples/reports/${name}`, import.meta.url))
const UNFILLED = '望岫县人民政府2023年度报告-复议总计为零.pdf'
const CLEAN = '临澜市商务局2024年度报告.html'
const NOTICE = '清源市人民政府办公室关于报送年度报告的通知.docx'

let server: RunningServer
let browser: Browser
let page: Page
let troubles: string[]
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-page-'))
  server = await startServing()
  browser = await openBrowser()
  page = await (await openContext(browser)).newPage()
  troubles = troublesOf(page)
  await acceptInvitation(page, server.invitation, '王管理')
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function deliver(paths: readonly string[]): Promise<void> {
  await page.goto(`${server.address}/archive/upload`)
  await page
    .locator('input[type=file]:not([webkitdirectory])')
    .first()
    .setInputFiles([...paths])
  await page.getByRole('button', { name: '开始上传' }).click()
  await page.getByText('已封存').first().waitFor()
}

describe('the archive', () => {
  test('takes a delivery, tells what came of each file, and seals its receipt', async () => {
    await deliver([UNFILLED, CLEAN, NOTICE].map(sample))
    const row = (name: string) => page.getByRole('row').filter({ hasText: name })
    await row('临澜市商务局').getByText('接受', { exact: true }).waitFor()
    await row('望岫县人民政府').getByText('待复核', { exact: true }).waitFor()
    await row('通知').getByText('失败', { exact: true }).waitFor()
    await page.getByText('3 = 3，与提交数一致').waitFor()
  })

  test('says of the same bytes that they are there already', async () => {
    await deliver([sample(CLEAN)])
    await page.getByRole('row').filter({ hasText: '临澜市商务局' }).getByText(/已有/).first().waitFor()
  })

  test('lists the reports, and finds them by organ', async () => {
    await page.goto(`${server.address}/archive/reports`)
    await page.getByText('共 3 份').waitFor()
    await page.goto(`${server.address}/archive/reports?q=${encodeURIComponent('望岫')}`)
    await page.getByText('共 1 份').waitFor()
  })

  test('shows which organ reported in which year', async () => {
    await page.goto(`${server.address}/archive/coverage`)
    await page.getByText('望岫县人民政府').first().waitFor()
    await page.getByText('临澜市商务局').first().waitFor()
  })

  test('shows a hostile file name as text', async () => {
    const name = '<img src=x onerror=globalThis.hacked=1>.txt'
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, name), '不是年报')
    await deliver([join(folder, name)])
    await page.getByRole('row').filter({ hasText: 'onerror' }).getByText('失败', { exact: true }).waitFor()
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false)
  })
})

describe('the page', () => {
  test('speaks English when asked, and remembers it', async () => {
    await page.goto(`${server.address}/archive/reports`)
    await page.getByRole('button', { name: '切换为英文' }).click()
    await page.getByRole('heading', { name: 'All reports' }).waitFor()
    expect(await page.getAttribute('html', 'lang')).toBe('en')
    await page.reload()
    await page.getByRole('heading', { name: 'All reports' }).waitFor()
    await page.getByRole('button', { name: 'Switch to Chinese' }).click()
    await page.getByRole('heading', { name: '全部报告' }).waitFor()
  })

  test('lets nobody in who has signed out, and brings one back to where one was', async () => {
    await page.getByLabel('王管理').click()
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByRole('button', { name: '登录' }).waitFor()
    await page.goto(`${server.address}/archive/coverage`)
    await page.getByLabel('用户名').fill('王管理')
    await page.getByLabel('密码').fill('别的密码别的密码')
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByText('用户名或密码不正确。').waitFor()
    await page.getByLabel('密码').fill(PASSWORD)
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('heading', { name: '覆盖' }).waitFor()
  })

  test.each(['/archive/upload', '/archive/reports', '/archive/coverage', '/review'])(
    'has nothing serious against it at %s for those who do not see it',
    async (address) => {
      await page.goto(server.address + address)
      await page.getByRole('heading').first().waitFor()
      expect(await seriousFaults(page)).toEqual([])
    },
  )

  test('has had no trouble of its own', () => {
    expect(troubles).toEqual([])
  })
})
