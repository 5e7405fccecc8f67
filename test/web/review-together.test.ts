/**
 * Two people and a broken line, in a real browser: nothing that was decided is lost, and nobody's decision takes another's place unseen.
 *
 * The store is a PostgreSQL, so that a claim can be made to end without waiting for it.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import {
  acceptInvitation,
  handIn,
  listedAs,
  openBrowser,
  openColleague,
  openContext,
  openReport,
  type RunningServer,
  seriousFaults,
  startServing,
} from '../build/browser.js'
import { samplePath } from '../build/samples.js'
import { freshDatabase } from '../build/services.js'

const ROW_SUM = '行合计有误'
const UNFILLED = '复议总计为零'
const UNDECIDED = '勾稽不平'
const samples = [
  '清源市民政局2022年度报告-行合计有误.docx',
  '望岫县人民政府2023年度报告-复议总计为零.pdf',
  '云岫区教育局2022年度报告-勾稽不平.html',
].map(samplePath)
/** The cell that the row sum is wrong in. */
const CELL = 'requests.outcome.granted.total'

let database: Awaited<ReturnType<typeof freshDatabase>>
let sql: pg.Client
let server: RunningServer
let browser: Browser
let mine: Page
let theirs: Page

beforeAll(async () => {
  database = await freshDatabase()
  server = await startServing({ DATABASE_URL: database.url })
  sql = new pg.Client({ connectionString: database.url })
  await sql.connect()
  browser = await openBrowser()
  mine = await (await openContext(browser)).newPage()
  await acceptInvitation(mine, server.invitation, '王管理')
  await handIn(mine, server.address, samples)
  theirs = await openColleague(browser, mine, server.address, '周复核')
})

afterAll(async () => {
  await browser?.close()
  await sql?.end()
  await server?.close()
  await database?.drop()
})

afterEach(() => mine.context().setOffline(false))

const open = (page: Page, name: string) => openReport(page, server.address, name)
const endClaims = () => sql.query('delete from claims')
const shown = (page: Page, text: RegExp | string) => page.getByText(text).first().waitFor()

interface Decided {
  readonly decisions: readonly { readonly by: string; readonly decision: Readonly<Record<string, unknown>> }[]
}

async function decisionsOn(name: string): Promise<Decided['decisions']> {
  const { sha256 } = await listedAs(mine, server.address, name)
  const answer = await mine.request.get(`${server.address}/api/v1/review/${sha256}`)
  return ((await answer.json()) as Decided).decisions
}

/** Types another figure into the cell that is current. */
async function type(page: Page, figure: string): Promise<void> {
  await page.locator(`[data-fact="${CELL}"]`).first().click()
  await page.keyboard.press('e')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(figure)
  await page.keyboard.press('Enter')
}

describe('two reviewers of one report', () => {
  test('do not work on it at once: the second may look, and not change', async () => {
    await open(mine, ROW_SUM)
    await shown(mine, /已领取/)
    await open(theirs, ROW_SUM)
    await shown(theirs, /王管理正在处理/)
    expect(await theirs.getByRole('button', { name: '按原文保留' }).isDisabled()).toBe(true)
    await theirs.keyboard.press('c')
    expect(await decisionsOn(ROW_SUM)).toEqual([])
    expect(await seriousFaults(theirs)).toEqual([])
  })

  test('who decided the same thing unlike each other are asked which holds, with both figures', async () => {
    await mine.context().setOffline(true)
    await type(mine, '12')
    await shown(mine, '连不上服务器，已暂存 1 步')
    await endClaims()
    await open(theirs, ROW_SUM)
    await theirs.getByRole('button', { name: '改为 13' }).click()
    await shown(theirs, /^已存/)
    await endClaims()

    await mine.context().setOffline(false)
    const asked = mine.getByRole('alert').filter({ hasText: '周复核刚刚改过这一处' })
    await asked.waitFor()
    await expect(asked.textContent()).resolves.toMatch(/对方：.*改为 13（\d\d:\d\d）；您：.*改为 12/)
    expect(await seriousFaults(mine)).toEqual([])
    // Asked, and nothing is lost yet.
    expect(await decisionsOn(ROW_SUM)).toMatchObject([{ by: '周复核', decision: { value: 13 } }])
  })

  test('and the figure that was typed is kept until its author has chosen', async () => {
    await mine.getByRole('button', { name: '保留我的' }).click()
    await shown(mine, /^已存/)
    expect((await decisionsOn(ROW_SUM)).at(-1)).toMatchObject({ by: '王管理', decision: { fact: CELL, value: 12 } })
    await mine.keyboard.press('h')
    const history = mine.getByRole('dialog')
    await history.getByText('周复核').first().waitFor()
    await history.getByText('王管理').first().waitFor()
    await mine.keyboard.press('Escape')
  })
})

describe('without a connection', () => {
  test('steps are kept by the browser, and sent by the next page that opens the report', async () => {
    await open(mine, UNFILLED)
    await mine.getByRole('button', { name: '按原文保留' }).and(mine.locator(':enabled')).waitFor()
    await mine.context().setOffline(true)
    await mine.keyboard.press('p')
    await shown(mine, '连不上服务器，已暂存 1 步')
    await shown(mine, '待存 1 步')
    expect(await seriousFaults(mine)).toEqual([])
    const context = mine.context()
    await mine.close()
    expect(
      (await sql.query('select from decisions where decision ->> $1 = $2', ['kind', 'as_published'])).rowCount,
    ).toBe(0)

    await context.setOffline(false)
    mine = await context.newPage()
    await open(mine, UNFILLED)
    await shown(mine, /^已存/)
    expect(await decisionsOn(UNFILLED)).toMatchObject([{ by: '王管理', decision: { kind: 'as_published' } }])
  })

  test('one goes on working, and all of it is sent when the line is back', async () => {
    await open(mine, UNFILLED)
    await shown(mine, /已领取/)
    await mine.context().setOffline(true)
    await mine.keyboard.press('u')
    await shown(mine, '已暂存 1 步')
    await mine.keyboard.press('k')
    await mine.keyboard.press('c')
    await shown(mine, '已暂存 2 步')
    await mine.context().setOffline(false)
    await shown(mine, /^已存/)
    expect(await decisionsOn(UNFILLED)).toMatchObject([{ decision: { kind: 'correct', value: 12 } }])
  })
})

describe('a claim', () => {
  test('that is about to run out says so; when it has, one may only look, and what was decided is kept and sent', async () => {
    await endClaims()
    await sql.query(`create function short_claim() returns trigger language plpgsql as
      'begin new.expires_at := now() + interval ''12 seconds''; return new; end'`)
    await sql.query(
      'create trigger short before insert or update on claims for each row execute function short_claim()',
    )
    await open(mine, UNDECIDED)
    await shown(mine, /领取将在 0?0:\d\d 后到期/)
    await mine.context().setOffline(true)
    await mine.keyboard.press('p')
    await shown(mine, '待存 1 步')
    await shown(mine, '领取已到期，未存的决定还在。')
    await shown(mine, '待存 1 步')
    expect(await mine.getByRole('button', { name: /^另填/ }).isDisabled()).toBe(true)
    await mine.keyboard.press('u')
    await shown(mine, '待存 1 步')
    expect(await seriousFaults(mine)).toEqual([])
    // Taken again by one button, and what was kept is sent.
    await sql.query('drop trigger short on claims')
    await mine.context().setOffline(false)
    await mine.getByRole('button', { name: '继续领取' }).click()
    await mine.getByText('领取已到期').waitFor({ state: 'detached' })
    await shown(mine, /^已存/)
    expect(await decisionsOn(UNDECIDED)).toMatchObject([{ by: '王管理', decision: { kind: 'as_published' } }])
  })

  test('of another tab of the same browser leaves the second one to look', async () => {
    const second = await mine.context().newPage()
    await open(second, UNDECIDED)
    await shown(second, '这份报告已在另一个标签页打开，这里只能看。')
    expect(await second.getByRole('button', { name: /^另填/ }).isDisabled()).toBe(true)
    await mine.close()
    await second.getByText('这里只能看').waitFor({ state: 'detached' })
    mine = second
  })
})
