/**
 * A real server with an empty store of its own, as `gouji serve` starts it, and a real browser that looks at its page.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findProgram } from '../../scripts/private-servers.mjs'
import { PASSWORD } from './http-service.js'

const COMMAND = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url))
/** What a browser does by itself has no place in a test. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Generous: a machine may run many tests at once. */
const PATIENCE = 30_000
/** Tenths of a second. */
const READ_WITHIN = 600

export interface RunningServer {
  readonly address: string
  /** Of the first administrator. */
  readonly invitation: string
  close(): Promise<void>
}

export async function startServing(environment: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'gouji-page-'))
  const child = spawn(process.execPath, [COMMAND, 'serve'], {
    env: { ...process.env, GOUJI_DATA: folder, GOUJI_PORT: '0', GOUJI_LOG: 'warn', GOUJI_JOBS: '1', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const close = async () => {
    await ended(child)
    rmSync(folder, { recursive: true, force: true })
  }
  let said = ''
  for await (const line of createInterface(child.stdout)) {
    said += `${line}\n`
    const address = /(http:\S+:\d+) \(gouji/.exec(said)?.[1]
    const invitation = /(http\S+\/join#\S+)/.exec(said)?.[1]
    if (address === undefined || invitation === undefined) continue
    child.stdout.resume()
    return { address, invitation, close }
  }
  await close()
  throw new Error(`the server has ended: ${said}`)
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = findProgram('chromium')
  if (executablePath === null)
    throw new Error('There is no chromium: `npm run services` installs it as root on Debian.')
  return chromium.launch({ executablePath, args: ARGUMENTS })
}

/** As large as most reviewers' screens. What the page itself gets wrong ends the test. */
export async function openContext(browser: Browser, size = { width: 1440, height: 900 }): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN', reducedMotion: 'reduce' })
  context.setDefaultTimeout(PATIENCE)
  return context
}

/** What went wrong on the page, in its own words; to be empty at the end of a test. */
export function troublesOf(page: Page): string[] {
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) troubles.push(message.text())
  })
  return troubles
}

/** Follows the invitation: signed in afterwards. */
export async function acceptInvitation(page: Page, invitation: string, name: string): Promise<void> {
  await page.goto(invitation)
  await page.getByLabel('用户名').fill(name)
  await page.getByLabel('密码（至少').fill(PASSWORD)
  await page.getByLabel('再次输入密码').fill(PASSWORD)
  await page.getByRole('button', { name: '确定' }).click()
  await page.getByRole('navigation').waitFor()
}

export interface SignedIn {
  readonly server: RunningServer
  readonly browser: Browser
  readonly page: Page
  readonly troubles: string[]
}

/** A server, and a browser in which its first administrator has just signed in. */
export async function startSignedIn(
  environment: Readonly<Record<string, string>> = {},
  name = '王管理',
): Promise<SignedIn> {
  const server = await startServing(environment)
  const browser = await openBrowser()
  const page = await (await openContext(browser)).newPage()
  const troubles = troublesOf(page)
  await acceptInvitation(page, server.invitation, name)
  return { server, browser, page, troubles }
}

/** Another reviewer, in a browser of their own. */
export async function openColleague(browser: Browser, admin: Page, address: string, name: string): Promise<Page> {
  const session = (await (await admin.request.get(`${address}/api/v1/session`)).json()) as { csrfToken: string }
  const made = await admin.request.post(`${address}/api/v1/invitations`, {
    headers: { 'x-csrf-token': session.csrfToken, origin: address },
    data: { role: 'reviewer' },
  })
  const { link, token } = (await made.json()) as { link?: string; token?: string }
  const page = await (await openContext(browser)).newPage()
  await acceptInvitation(page, link ?? `${address}/join#${token}`, name)
  return page
}

export interface Listed {
  readonly sha256: string
  readonly fileName: string
  readonly status: string
  readonly review: string | null
}

export async function listed(page: Page, address: string): Promise<Listed[]> {
  const answer = await page.request.get(`${address}/api/v1/documents?limit=50`)
  return ((await answer.json()) as { documents: Listed[] }).documents
}

/** The report whose file is named so. */
export async function listedAs(page: Page, address: string, name: string): Promise<Listed> {
  const found = (await listed(page, address)).find(({ fileName }) => fileName.includes(name))
  if (found === undefined) throw new Error(`no report ${name}`)
  return found
}

/** Hands files in on the page, and waits until all of them are read. */
export async function handIn(page: Page, address: string, paths: readonly string[]): Promise<void> {
  await page.goto(`${address}/archive/upload`)
  await page
    .locator('input[type=file]:not([webkitdirectory])')
    .first()
    .setInputFiles([...paths])
  await page.getByRole('button', { name: '开始上传' }).click()
  await page.getByText(`${paths.length} = ${paths.length}，与提交数一致`).waitFor()
  for (let round = 0; round < READ_WITHIN; round += 1) {
    const documents = await listed(page, address)
    if (documents.length >= paths.length && documents.every(({ status }) => status !== 'unread')) return
    await page.waitForTimeout(100)
  }
  throw new Error('the reports were not read')
}

/** Opens a report for review. */
export async function openReport(page: Page, address: string, name: string): Promise<void> {
  const { sha256 } = await listedAs(page, address, name)
  await page.goto(`${address}/review/${sha256}`)
  await page.getByRole('region', { name: /^(?:原件|Original)$/ }).waitFor()
}

/** What assistive technology would stumble over: nothing serious, nothing critical. */
export async function seriousFaults(page: Page): Promise<string[]> {
  // The policy of the page forbids scripts of others: this one comes through the debugger.
  await page.evaluate(AXE)
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string }[] }> }
    }
    return (await axe.run()).violations
  })
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)
}
