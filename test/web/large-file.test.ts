/** Large files in a real browser: sent in pieces over a line that breaks, a page that is loaded again, and to a server that takes less. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { acceptInvitation, openBrowser, openContext, type RunningServer, startServing } from '../build/browser.js'
import { samplePath } from '../build/samples.js'
import { zip } from '../build/zip.js'

const CLEAN = '临澜市商务局2024年度报告.html'
const PIECE = 8 * 2 ** 20
/** Bytes; the large files here have more, the samples less. */
const TAKEN = 10 * 2 ** 20

let server: RunningServer
let narrow: RunningServer
let browser: Browser
let page: Page
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-page-'))
  server = await startServing()
  narrow = await startServing({ GOUJI_UPLOAD_BYTES: String(TAKEN) })
  browser = await openBrowser()
  page = await (await openContext(browser)).newPage()
  await acceptInvitation(page, server.invitation, '王管理')
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await narrow?.close()
  rmSync(folder, { recursive: true, force: true })
})

const rowOf = (own: Page, name: string) => own.getByRole('row').filter({ hasText: name })

async function choose(own: Page, paths: readonly string[], address = server.address): Promise<void> {
  await own.goto(`${address}/archive/upload`)
  await own
    .locator('input[type=file]:not([webkitdirectory])')
    .first()
    .setInputFiles([...paths])
}

async function deliver(own: Page, paths: readonly string[], address?: string): Promise<void> {
  await choose(own, paths, address)
  await own.getByRole('button', { name: '开始上传' }).click()
}

const sealed = (own: Page) => own.getByText('已封存').first().waitFor()

/** Beside the report of an organ so much that it is sent in three pieces. */
function writeLargeArchive(organ: string): string {
  const path = join(folder, `${organ}.zip`)
  const report = readFileSync(samplePath(CLEAN), 'utf8').replaceAll('临澜市商务局', organ)
  const rest = randomBytes(20 * 2 ** 20)
  writeFileSync(path, zip({ name: `${organ}.html`, data: report }, { name: '附件.bin', data: rest, method: 0 }))
  return path
}

/** What is asked of the server about the pieces, and from where on they are. */
function listen(own: Page): string[] {
  const asked: string[] = []
  own.on('request', (request) => {
    if (!request.url().includes('/api/v1/uploads')) return
    const offset = request.headers()['upload-offset']
    asked.push(offset === undefined ? request.method() : `${request.method()} ${offset}`)
  })
  return asked
}

describe('a large file', () => {
  test('whose line breaks midway is delivered whole and once, from where it broke', async () => {
    const own = await page.context().newPage()
    const asked = listen(own)
    let pieces = 0
    await own.route('**/api/v1/uploads/*', async (route) => {
      if (route.request().method() === 'PATCH') pieces += 1
      return route.request().method() === 'PATCH' && pieces === 2 ? route.abort() : route.continue()
    })
    await deliver(own, [writeLargeArchive('临澜市粮食局')])
    await sealed(own)
    await rowOf(own, '临澜市粮食局.html').getByText('接受', { exact: true }).waitFor()
    await rowOf(own, '附件.bin').getByText('失败', { exact: true }).waitFor()
    await own.getByText('2 = 2，与提交数一致').waitFor()
    expect(asked).toEqual(['POST', 'PATCH 0', `PATCH ${PIECE}`, 'HEAD', `PATCH ${PIECE}`, `PATCH ${2 * PIECE}`])
    await own.close()
  })

  test('is given up at once when the delivery is stopped, and leaves nothing behind', async () => {
    const own = await page.context().newPage()
    const given = new Promise<string>((resolve) => {
      own.on('response', (answer) => {
        if (answer.request().method() === 'DELETE') resolve(`${answer.status()}`)
      })
    })
    // The second piece is on its way as long as one likes.
    await own.route('**/api/v1/uploads/*', (route) =>
      route.request().headers()['upload-offset'] === String(PIECE) ? undefined : route.continue(),
    )
    await deliver(own, [writeLargeArchive('临澜市水利局')])
    await own.getByText(/^[34]\d%$/).waitFor()
    await own.getByRole('button', { name: '停止', exact: true }).click()
    await own.getByRole('button', { name: '停止并封存' }).click()
    expect(await given).toBe('204')
    await own.close()
  })

  test('goes on where it stopped when the page was loaded again meanwhile, and the batch is whole', async () => {
    const own = await page.context().newPage()
    own.on('dialog', (dialog) => dialog.accept())
    // The second piece is on its way until the page is gone.
    await own.route('**/api/v1/uploads/*', (route) =>
      route.request().headers()['upload-offset'] === String(PIECE) ? undefined : route.continue(),
    )
    const path = writeLargeArchive('临澜市水务局')
    await deliver(own, [path])
    await own.getByText(/^[34]\d%$/).waitFor()
    await own.unrouteAll({ behavior: 'ignoreErrors' })
    await own.goto('about:blank')
    const asked = listen(own)
    await choose(own, [path])
    await own.getByRole('button', { name: /^加入“/ }).click()
    await sealed(own)
    await rowOf(own, '临澜市水务局.html').getByText('接受', { exact: true }).waitFor()
    await own.getByText('2 = 2，与提交数一致').waitFor()
    const [first, second] = asked
    expect(first).toBe('HEAD')
    expect(Number(second?.replace('PATCH ', ''))).toBeGreaterThanOrEqual(PIECE)
    expect(asked).not.toContain('POST')
    await own.close()
  })

  test('of more bytes than the server takes is told as refused, with the way out, and the others are delivered', async () => {
    const own = await (await openContext(browser)).newPage()
    await acceptInvitation(own, narrow.invitation, '王管理')
    await deliver(own, [writeLargeArchive('临澜市气象局'), samplePath(CLEAN)], narrow.address)
    await sealed(own)
    await rowOf(own, '临澜市气象局.zip').getByText('超过').waitFor()
    await rowOf(own, CLEAN).getByText('接受', { exact: true }).waitFor()
    await own.getByText('1 + 1 = 2，与提交数一致').waitFor()
    await own.close()
  })
})
