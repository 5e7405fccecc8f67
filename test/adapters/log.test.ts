import { expect, test } from '@jest/globals'
import { openLog } from '../../src/adapters/log.js'

function logged(write: (log: ReturnType<typeof openLog>) => void, logLevel: 'info' | 'silent' = 'info'): unknown[] {
  const lines: unknown[] = []
  write(openLog({ logLevel }, { write: (line) => void lines.push(JSON.parse(line)) }))
  return lines
}

test('a line says when, how grave and what', () => {
  expect(logged((log) => log.warn({ sha256: 'ab' }, 'given up'))).toEqual([
    { level: 'warn', time: expect.stringMatching(/^\d{4}-.*Z$/), sha256: 'ab', msg: 'given up' },
  ])
})

test('a silent log is silent', () => {
  expect(logged((log) => log.error('trouble'), 'silent')).toEqual([])
})

test('what is secret is never written, however deep it lies', () => {
  const secrets = {
    authorization: 's',
    cookie: 's',
    'set-cookie': 's',
    'x-csrf-token': 's',
    password: 's',
    token: 's',
    key: 's',
  }
  const [line] = logged((log) =>
    log.info({ ...secrets, headers: secrets, a: { headers: secrets, b: { headers: secrets } } }),
  )
  const text = JSON.stringify(line)
  expect(text).not.toContain('"s"')
  expect(text.match(/\[redacted\]/g)).toHaveLength(4 * Object.keys(secrets).length)
})

test('of a request only its method, path and sender are written', () => {
  const req = { method: 'GET', url: '/a?token=s', ip: '::1', headers: { authorization: 's' }, body: { text: 's' } }
  expect(logged((log) => log.info({ req }))).toEqual([
    expect.objectContaining({ req: { method: 'GET', path: '/a', address: '::1' } }),
  ])
})

test('of an error its kind, sentence and stack are written, and its causes, but not what drivers hang on it', () => {
  const cause = Object.assign(new TypeError('why'), { code: '23505', detail: 'Key (name)=(s) already exists.' })
  const error = Object.assign(new Error('what', { cause }), { parameters: ['s'], record: 's' })
  const [line] = logged((log) => log.error({ err: error }, 'failed')) as [{ err: object }]
  expect(line.err).toEqual({
    type: 'Error',
    message: 'what',
    stack: expect.stringContaining('Error: what'),
    cause: { type: 'TypeError', message: 'why', code: '23505', stack: expect.stringContaining('TypeError: why') },
  })
})

test('an error that is its own cause is written all the same', () => {
  const error = new Error('round')
  error.cause = error
  expect(logged((log) => log.error(error))).toHaveLength(1)
})

test('what is thrown and is no error is written', () => {
  expect(logged((log) => log.error({ err: 'text' }))).toEqual([
    expect.objectContaining({ err: { type: 'string', message: 'text' } }),
  ])
})
