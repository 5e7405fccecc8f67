import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { FAILURE_CODES } from '../../../src/record.js'
import { LAYING_FAULTS } from '../../../src/review/assigning.js'
import { problemInEnglish } from '../../../web/src/api/problems-in-english.js'

const ADAPTERS = fileURLToPath(new URL('../../../src/adapters/', import.meta.url))
const SOURCES = readdirSync(ADAPTERS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(ADAPTERS + name, 'utf8'))
const REFUSING = [
  /new Problem\(\s*\d+,\s*'(\w+)'/g,
  /meaningless\(\s*'(\w+)'/g,
  /new BatchShut\('(\w+)'\)/g,
  /status: \d+,\s*code: '(\w+)'/g,
]
const CODES = [
  ...new Set([
    ...SOURCES.flatMap((source) =>
      REFUSING.flatMap((pattern) => [...source.matchAll(pattern)].map(([, code]) => code)),
    ),
    ...FAILURE_CODES,
    ...LAYING_FAULTS,
    'no_pages',
    'page_not_found',
  ]),
] as readonly string[]

const MORE = {
  retryAfter: 90,
  errors: [{ field: 'name', message: '最多允许 64 个字符', rule: 'too_big', limit: '64' }],
  parts: { database: 'away', queue: 'ok' },
  fault: 'too_short',
  of: 'organ',
  scopes: ['delete'],
  mostBytes: 2048,
  reason: 'sent by mistake',
  by: 'Li Si',
  until: new Date(Date.now() + 17.5 * 60_000).toISOString(),
  status: 'accepted',
  items: [{ id: 'a', message: '合计不符' }],
}

describe('what the server refuses, in English', () => {
  test('is found in its sources', () => {
    expect(CODES.length).toBeGreaterThan(80)
  })

  test.each(CODES)('%s', (code) => {
    const said = problemInEnglish(code, MORE)
    expect(said).not.toContain(`(${code})`)
    expect(said).not.toMatch(/\p{Script=Han}|undefined|NaN/u)
  })

  test.each([
    ['claimed', 'Li Si has this report, 18 min left.'],
    [
      'locked',
      'Too many wrong passwords: signing in is paused for 2 min. If you forgot the password, ask an administrator.',
    ],
    ['invalid_request', 'The request is not valid. name: above the most allowed, 64.'],
    ['not_ready', 'Not available at the moment: database.'],
    ['deleted', 'This file was deleted, for this reason: sent by mistake. Upload it again to restore it.'],
    ['of_tomorrow', 'The server refused the request (of_tomorrow).'],
    ['constructor', 'The server refused the request (constructor).'],
  ])('%s has its figures and names', (code, said) => {
    expect(problemInEnglish(code, MORE)).toBe(said)
  })
})
