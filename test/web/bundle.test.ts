/** What the page is built into (dist/web). */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'

const ASSETS = fileURLToPath(new URL('../../dist/web/assets/', import.meta.url))

describe('the page as it is built', () => {
  const scripts = readdirSync(ASSETS).filter((name) => name.endsWith('.js'))

  test('comes without the validator of the server: it believes what its own server says', () => {
    expect(scripts.length).toBeGreaterThan(10)
    expect(scripts.filter((name) => readFileSync(ASSETS + name, 'utf8').includes('ZodError'))).toEqual([])
  })

  test('has the client for large files in a script of its own, for those who send one', () => {
    const having = scripts.filter((name) => readFileSync(ASSETS + name, 'utf8').includes('Tus-Resumable'))
    expect(having).toHaveLength(1)
    expect(readFileSync(`${ASSETS}../index.html`, 'utf8')).not.toContain(having[0] ?? '')
  })
})
