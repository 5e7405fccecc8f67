/** A flagged report settled in a real browser: by keyboard, beside the page it was printed on. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { pdfReport } from '../../bench/reports.js'
import {
  handIn,
  listedAs,
  openColleague,
  openReport,
  type RunningServer,
  seriousFaults,
  startSignedIn,
} from '../build/browser.js'
import { samplePath } from '../build/samples.js'

const UNFILLED = '望岫县人民政府2023年度报告-复议总计为零.pdf'
const ROW_SUM = '清源市民政局2022年度报告-行合计有误.docx'
const UNDECIDED = '云岫区教育局2022年度报告-勾稽不平.html'
const HOSTILE = '敌意镇人民政府2023年度报告.html'

let server: RunningServer
let browser: Browser
let page: Page
let troubles: string[]
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-page-'))
  ;({ server, browser, page, troubles } = await startSignedIn())
  writeFileSync(join(folder, HOSTILE), hostileReport())
  writeFileSync(join(folder, '三十页.pdf'), pdfReport(30))
  const made = [HOSTILE, '三十页.pdf'].map((name) => join(folder, name))
  await handIn(page, server.address, [...[UNFILLED, ROW_SUM, UNDECIDED].map(samplePath), ...made])
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Marks that would run if any text of a document were taken for HTML. */
function hostileReport(): string {
  const mark = '&lt;img src=x onerror=globalThis.hacked=1&gt;'
  const row = (cells: readonly string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
  return `<html><head><meta charset="utf-8"><title>${mark}</title></head><body>
<h1>敌意镇人民政府2023年政府信息公开工作年度报告</h1>
<h2>一、总体情况</h2><p>${mark}本年度工作平稳。</p>
<h2>四、政府信息公开行政复议、行政诉讼情况</h2><table>
<tr><td colspan="5">行政复议</td><td colspan="10">行政诉讼</td></tr>
<tr><td rowspan="2">结果维持</td><td rowspan="2">结果纠正</td><td rowspan="2">其他结果</td><td rowspan="2">尚未审结</td><td rowspan="2">总计</td><td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr>
${row(['结果维持', '结果纠正', '其他结果', '尚未审结', '总计', '结果维持', '结果纠正', '其他结果', '尚未审结', '总计'])}
${row([mark, '1', '0', '0', '1', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0'])}
</table><h2>五、存在的主要问题及改进情况</h2><p>无。</p><h2>六、其他需要报告的事项</h2><p>无。</p></body></html>`
}

const open = (name: string) => openReport(page, server.address, name)
const reviewOf = async (name: string) => (await listedAs(page, server.address, name)).review

/** The decision bar says what is left. */
const settled = (text: RegExp | string, on = page) => on.getByText(text).first().waitFor()

describe('a flagged report', () => {
  test('is settled as published and accepted in two strokes after opening', async () => {
    await page.goto(`${server.address}/review`)
    await page.getByRole('row').filter({ hasText: '望岫县人民政府' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '按原文保留' }).waitFor()
    await page.keyboard.press('Enter')
    await settled('原文如此')
    await page.getByRole('button', { name: '接受，开下一份' }).and(page.locator(':enabled')).waitFor()
    // A second stroke of the same finger is not taken for an answer.
    await page.waitForTimeout(500)
    await page.keyboard.press('Enter')
    await settled('望岫县人民政府 2023 已接受')
    expect(await reviewOf('复议总计为零')).toBe('accepted')
  })

  test('is corrected by the figure that is proposed, and accepted', async () => {
    await open('行合计有误')
    await page.getByRole('button', { name: '改为 13' }).waitFor()
    await page.keyboard.press('c')
    await page.getByRole('button', { name: '接受，开下一份' }).and(page.locator(':enabled')).waitFor()
    await page.waitForTimeout(500)
    await page.keyboard.press('a')
    await settled('清源市民政局 2022 已接受')
    const facts = await page.request.get(
      `${server.address}/api/v1/facts?key=requests.outcome.granted.total&decision=corrected`,
    )
    const { facts: corrected } = (await facts.json()) as { facts: { value: number; corrected: number }[] }
    expect(corrected).toMatchObject([{ value: 14, corrected: 13 }])
  })

  test('where arithmetic cannot decide proposes nothing, and says whose the suspects are', async () => {
    await open('勾稽不平')
    await settled(/可疑|都可能有误|算术无法判定/)
    expect(await page.getByText(/^建议[:：]/).count()).toBe(0)
  })

  test('shows its history, who did what and why', async () => {
    await open('复议总计为零')
    await page.keyboard.press('h')
    await page.getByText('王管理').first().waitFor()
    await page
      .getByText(/原文如此/)
      .first()
      .waitFor()
    await page.keyboard.press('Escape')
  })

  test('has help for every key', async () => {
    await open('勾稽不平')
    await page.keyboard.press('Shift+Slash')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })
})

describe('the review', () => {
  test('tells a second reviewer who has the report', async () => {
    await open('勾稽不平')
    await page.getByText(/已领取/).waitFor()
    const other = await openColleague(browser, page, server.address, '周复核')
    await openReport(other, server.address, '勾稽不平')
    await other
      .getByText(/王管理/)
      .first()
      .waitFor()
    await other.context().close()
  })

  test('speaks English, and leaves what was printed in Chinese', async () => {
    await open('勾稽不平')
    await page.getByRole('button', { name: '切换为英文' }).click()
    await page.getByRole('button', { name: /^Accept/ }).waitFor()
    await page.getByText('云岫区教育局').first().waitFor()
    // Rules and evidence are said by the page; the labels of the form are quoted.
    await page.getByText('Each applicant column: received + carried in = handled in all + carried over').waitFor()
    await page.getByText(/^Both readings agree/).waitFor()
    await page.getByRole('button', { name: 'Switch to Chinese' }).click()
  })

  test('takes no text of a document for HTML', async () => {
    await open('敌意镇')
    await page.getByText('onerror').first().waitFor()
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false)
  })

  test('keeps each figure of a document in one line, however narrow it is shown', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open('行合计有误')
    await page.locator('.dp-figure').first().waitFor()
    const lines = `[...document.querySelectorAll('.dp-figure')].map((cell) => {
      const range = document.createRange()
      range.selectNodeContents(cell)
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
    })`
    expect(new Set(await page.evaluate<number[]>(lines))).toEqual(new Set([1]))
    // Nothing is cut off at the right.
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  test('frames what belongs to a cell in its enlarged picture, and says which theme a key has chosen', async () => {
    await open('复议总计为零')
    await page.locator('.rv-it').first().click()
    await page.locator('.rv-loupe .look-failing').or(page.locator('.rv-loupe .op-box')).nth(1).waitFor()
    await page.getByRole('button', { name: '深色' }).waitFor()
    await page.keyboard.press('t')
    await page.getByRole('button', { name: '浅色' }).waitFor()
    await page.keyboard.press('t')
    await page.getByRole('button', { name: '深色' }).waitFor()
  })

  test('shows a report of thirty pages', async () => {
    await open('三十页')
    await page.getByText('/ 30 页').waitFor()
  })

  test.each(['/review', '/organs', '/overview', '/settings', '/admin/people', '/admin/keys'])(
    'and %s have nothing serious against them for those who do not see the page',
    async (address) => {
      await page.goto(server.address + address)
      await page.getByRole('heading').first().waitFor()
      expect(await seriousFaults(page)).toEqual([])
    },
  )

  test.each(['勾稽不平', '三十页'])('of one report (%s) has nothing serious against it either', async (name) => {
    await open(name)
    await page.getByText(/已领取/).waitFor()
    expect(await seriousFaults(page)).toEqual([])
  })

  test('has had no trouble of its own', () => {
    expect(troubles).toEqual([])
  })
})
