import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type App, buildApp } from '../../../src/adapters/http/app.js'
import { readPage } from '../../../src/adapters/http/pages.js'
import { freshFolder } from '../../build/extracting-service.js'
import { type Call, listen, openServiceForTest, type ServiceForTest } from '../../build/http-service.js'

let folder: string
let opened: ServiceForTest
let app: App
let call: Call

beforeAll(async () => {
  folder = await freshFolder()
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>勾稽</title>')
  await writeFile(join(folder, 'assets', 'main-1a2b.js'), 'started()')
  await writeFile(join(folder, 'icon.svg'), '<svg/>')
  opened = await openServiceForTest()
  app = await buildApp(opened.service, [await readPage(pathToFileURL(`${folder}/`))])
  call = await listen(app)
})

afterAll(async () => {
  await app.close()
  await opened.close()
  await rm(folder, { recursive: true })
})

describe('the page', () => {
  test.each(['/', '/join', '/archive/reports?q=1', '/review', '/review/0a', '/organs/1', '/admin/people'])(
    'is the document at %s, and asked for anew each time',
    async (address) => {
      const { status, text, headers } = await call(`GET ${address}`)
      expect([status, text]).toEqual([200, '<!doctype html><title>勾稽</title>'])
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(headers.get('cache-control')).toBe('no-cache')
    },
  )

  test('brings files whose names change with them for good, and others for a while', async () => {
    const script = await call('GET /assets/main-1a2b.js')
    expect([script.status, script.text]).toEqual([200, 'started()'])
    expect(script.headers.get('content-type')).toMatch(/^(?:text|application)\/javascript/)
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await call('GET /icon.svg')).headers.get('cache-control')).toBe('public, max-age=3600')
  })

  test.each(['/assets/none.js', '/assets/../../package.json', '/assets/%2e%2e/%2e%2e/package.json', '/nowhere'])(
    'has nothing at %s',
    async (address) => {
      expect((await call(`GET ${address}`)).status).toBe(404)
    },
  )

  test('cannot be served where none was built', async () => {
    await expect(readPage(pathToFileURL(join(folder, 'assets/')))).rejects.toThrow('ENOENT')
  })
})
