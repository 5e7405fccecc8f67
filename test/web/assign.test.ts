/** A table whose headings nobody knows: a reviewer says which one it is, beside the page, and the report is accepted with its figures. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { type RunningServer, seriousFaults, startSignedIn } from '../build/browser.js'
import { samplePath } from '../build/samples.js'
import { withUnknownHeadings } from '../build/unknown-headings.js'

const SAMPLE = samplePath('临澜市商务局2024年度报告.html')

let server: RunningServer
let browser: Browser
let page: Page
let troubles: string[]
let folder: string
let sha256: string

interface Listed {
  readonly sha256: string
  readonly status: string
  readonly review: string | null
}

async function listed(): Promise<Listed | undefined> {
  const answer = await page.request.get(`${server.address}/api/v1/documents?limit=5`)
  return ((await answer.json()) as { documents: Listed[] }).documents[0]
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-assign-'))
  ;({ server, browser, page, troubles } = await startSignedIn())
  const file = join(folder, '临澜市商务局2024年度报告.html')
  writeFileSync(file, withUnknownHeadings(readFileSync(SAMPLE, 'utf8')))
  await page.goto(`${server.address}/archive/upload`)
  await page.locator('input[type=file]:not([webkitdirectory])').first().setInputFiles([file])
  await page.getByRole('button', { name: '开始上传' }).click()
  await page.getByText('1 = 1，与提交数一致').waitFor()
  for (let round = 0; round < 300; round += 1) {
    const document = await listed()
    if (document !== undefined && document.status !== 'unread') {
      sha256 = document.sha256
      break
    }
    await page.waitForTimeout(100)
  }
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

const accept = () => page.getByRole('button', { name: '接受，开下一份' })

describe('a table that was not recognised', () => {
  test('keeps the report from being accepted, and is what one is led to', async () => {
    await page.goto(`${server.address}/review/${sha256}`)
    await page.getByText('此表未读出').waitFor()
    expect(await accept().isDisabled()).toBe(true)
  })

  test('is laid over the form by one who uses keys alone, in a dialog with nothing serious against it', async () => {
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: '指定表格' })
    await dialog.getByText('共 15 格').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    // What does not belong there is moved, and may be moved back.
    const first = dialog.getByLabel('第 1 列是')
    await first.selectOption('')
    await dialog.getByText('共 14 格').waitFor()
    await first.selectOption('review.maintained')
    await dialog.getByText('共 15 格').waitFor()
    await dialog.getByRole('button', { name: '指定', exact: true }).press('Enter')
    await dialog.waitFor({ state: 'detached' })
  })

  test('shows its cells as assigned, and lets one be corrected and the correction be undone', async () => {
    const cell = page.getByRole('gridcell', { name: '行政复议，总计，4，指定' })
    await cell.waitFor()
    await cell.click()
    await page.keyboard.press('5')
    await page.keyboard.press('Enter')
    await page.getByRole('gridcell', { name: /^行政复议，总计，5，.*已改/ }).waitFor()
    expect(await accept().isDisabled()).toBe(true)
    await page.keyboard.press('u')
    await cell.waitFor()
  })

  test('is accepted, and its figures are those of the archive', async () => {
    await accept().and(page.locator(':enabled')).waitFor()
    await page.waitForTimeout(500)
    await page.keyboard.press('a')
    await page.waitForURL(/\/review$/)
    expect((await listed())?.review).toBe('accepted')
    const answer = await page.request.get(`${server.address}/api/v1/facts?key=review.total&decision=assigned`)
    const { facts } = (await answer.json()) as { facts: { value: number | null; corrected: number }[] }
    expect(facts).toMatchObject([{ value: null, corrected: 4 }])
  })

  test('is told in the history', async () => {
    await page.goto(`${server.address}/review/${sha256}`)
    await page.getByRole('region', { name: '原件', exact: true }).waitFor()
    await page.keyboard.press('h')
    await page.getByText('指定表格').first().waitFor()
    await page.keyboard.press('Escape')
  })

  test('has had no trouble of its own', () => {
    expect(troubles).toEqual([])
  })
})
