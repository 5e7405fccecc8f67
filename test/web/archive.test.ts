/** The archive in a real browser: an invitation, a delivery, its receipt, what the lists show of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { type RunningServer, seriousFaults, startSignedIn } from '../build/browser.js'
import { PASSWORD } from '../build/http-service.js'
import { samplePath } from '../build/samples.js'

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
  ;({ server, browser, page, troubles } = await startSignedIn())
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function deliver(paths: readonly string[], on = page): Promise<void> {
  await on.goto(`${server.address}/archive/upload`)
  await on
    .locator('input[type=file]:not([webkitdirectory])')
    .first()
    .setInputFiles([...paths])
  await on.getByRole('button', { name: '开始上传' }).click()
  await on.getByText('已封存').first().waitFor()
}

describe('the archive', () => {
  test('takes a delivery, tells what came of each file, and seals its receipt', async () => {
    await deliver([UNFILLED, CLEAN, NOTICE].map(samplePath))
    const row = (name: string) => page.getByRole('row').filter({ hasText: name })
    await row('临澜市商务局').getByText('接受', { exact: true }).waitFor()
    await row('望岫县人民政府').getByText('待复核', { exact: true }).waitFor()
    await row('通知').getByText('失败', { exact: true }).waitFor()
    await page.getByText('3 = 3，与提交数一致').waitFor()
  })

  test('says of the same bytes that they are there already', async () => {
    await deliver([samplePath(CLEAN)])
    await page.getByRole('row').filter({ hasText: '临澜市商务局' }).getByText(/已有/).first().waitFor()
  })

  test('lists the reports, and finds them by organ', async () => {
    await page.goto(`${server.address}/archive/reports`)
    await page.getByText('共 3 份').waitFor()
    await page.goto(`${server.address}/archive/reports?q=${encodeURIComponent('望岫')}`)
    await page.getByText('共 1 份').waitFor()
    await page.goto(`${server.address}/archive/reports`)
    await page.getByRole('button', { name: '望岫县人民政府', exact: true }).click()
    await page.getByText('共 1 份').waitFor()
    expect(page.url()).toContain('organId=')
    await page.getByRole('button', { name: '取消筛选：机关 望岫县人民政府' }).click()
    await page.getByText('共 3 份').waitFor()
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

describe('the originals', () => {
  test('are checked when an administrator asks, and the page says when and how many were sound', async () => {
    await page.goto(`${server.address}/archive/upload`)
    const card = page.getByRole('region', { name: '原件核对' })
    await card.getByText('还没有核对过').waitFor()
    await card.getByRole('button', { name: '开始核对' }).click()
    await card.getByText('全部相符').waitFor()
    await card.getByText('4 份').waitFor()
    await card.getByText('王管理').waitFor()
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

  test('says kindly that a screen could not be shown, and shows it when asked again', async () => {
    const own = await page.context().newPage()
    // An answer of another shape than any server of ours gives.
    await own.route('**/api/v1/coverage**', (route) => route.fulfill({ json: { years: 3, rows: 'none' } }))
    await own.goto(`${server.address}/archive/coverage`)
    await own.getByRole('heading', { name: '这一页没能显示出来' }).waitFor()
    expect(await seriousFaults(own)).toEqual([])
    await own.unroute('**/api/v1/coverage**')
    await own.getByRole('button', { name: '重试' }).click()
    await own.getByRole('heading', { name: '覆盖' }).waitFor()
    await own.close()
  })

  test('says that it has a new version when a part of it is gone from the server, and leaves the way to the others open', async () => {
    const own = await page.context().newPage()
    await own.goto(`${server.address}/archive/reports`)
    await own.route('**/assets/overview-*.js', (route) => route.fulfill({ status: 404, body: '' }))
    await own.getByRole('link', { name: '总览' }).click()
    await own.getByRole('heading', { name: '本页已更新' }).waitFor()
    await own.getByRole('link', { name: '档案' }).click()
    await own.getByRole('heading', { name: '全部报告' }).waitFor()
    await own.unroute('**/assets/overview-*.js')
    await own.getByRole('link', { name: '总览' }).click()
    await own.getByRole('button', { name: '重新载入' }).click()
    await own.getByRole('heading', { name: '总览' }).waitFor()
    await own.close()
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
