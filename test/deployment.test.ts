/** No Docker is asked for: what can be wrong without one is looked at here. */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { parseCommand } from '../src/adapters/arguments.js'
import { readSettings, VARIABLES } from '../src/adapters/settings.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (name: string) => readFileSync(`${root}${name}`, 'utf8')

/** Read by the AWS SDK and by nobody else. */
const OF_AWS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION']
const OF_COMPOSE = ['POSTGRES_PASSWORD', 'MINIO_ROOT_PASSWORD', 'WORKERS']

interface ComposeService {
  readonly image: string
  readonly command?: string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly volumes?: string[]
  readonly ports?: string[]
  readonly restart?: string
  readonly healthcheck?: { readonly test?: string[]; readonly disable?: boolean }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly deploy?: { readonly replicas: string }
}
interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>
  readonly volumes: Readonly<Record<string, unknown>>
}

const composeText = read('compose.yaml')
const compose: Compose = parse(composeText, { merge: true })
const ours = Object.entries(compose.services).filter(([, { image }]) => image === 'gouji')

/** What compose puts in for ${NAME}, ${NAME:-default} and ${NAME:?complaint}. */
function filledIn(text: string, given: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_all, name: string, sign?: string, other?: string) => {
    const value = given[name] ?? ''
    if (value === '' && sign === '?') throw new Error(`${name}: ${other}`)
    return value === '' && sign === '-' ? (other ?? '') : value
  })
}

test('.env.example names every variable that there is, and no other', () => {
  const named = [...read('.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name)
  expect(named.toSorted()).toEqual([...VARIABLES, ...OF_AWS, ...OF_COMPOSE].toSorted())
})

test('.env.example says of each variable in Chinese and English what it is for', () => {
  for (const block of read('.env.example').split('\n\n').slice(1)) {
    if (block.startsWith('# ──')) continue
    expect([block, /^#.*\p{Script=Han}/mu.test(block), /^# [A-Za-z][^\p{Script=Han}]*[.:]/mu.test(block)]).toEqual([
      block,
      true,
      true,
    ])
  }
})

test('what .env.example shows, with nothing changed, are valid settings', () => {
  const shown = [...read('.env.example').matchAll(/^# ([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name, value]) => [
    name,
    value,
  ])
  expect(readSettings(Object.fromEntries(shown))).toMatchObject({ ok: true })
})

test('compose sets only variables that there are, to values that are valid', () => {
  const given = { POSTGRES_PASSWORD: 'abc', MINIO_ROOT_PASSWORD: 'defghijk' }
  for (const [name, { environment = {} }] of ours) {
    const values = Object.entries(environment).map(([key, value]) => [key, filledIn(String(value), given)])
    expect([name, Object.keys(environment).filter((key) => ![...VARIABLES, ...OF_AWS].includes(key))]).toEqual([
      name,
      [],
    ])
    expect([name, readSettings(Object.fromEntries(values))]).toMatchObject([name, { ok: true }])
  }
})

test('compose takes from .env only what .env.example names, and refuses to start without passwords', () => {
  const taken = [...composeText.matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name)
  const example = read('.env.example')
  for (const name of taken) expect([name, new RegExp(`^(# )?${name}=`, 'm').test(example)]).toEqual([name, true])
  expect(() => filledIn(composeText, {})).toThrow('PASSWORD')
})

test('compose runs the API without workers beside workers that can be multiplied', () => {
  const commands = ours.map(([name, { command = [] }]) => [name, parseCommand(command)])
  expect(Object.fromEntries(commands)).toEqual({
    serve: { kind: 'serve', workers: false, inbox: null },
    worker: { kind: 'worker' },
  })
  expect(filledIn(compose.services.worker?.deploy?.replicas ?? '', { WORKERS: '20' })).toBe('20')
  expect(compose.services.worker?.ports).toBeUndefined()
})

test('in compose, what is waited for can be waited for, and is started again when it ends', () => {
  for (const [name, { depends_on: needs = {}, restart, volumes = [] }] of Object.entries(compose.services)) {
    expect([name, ['unless-stopped', 'on-failure'].includes(restart ?? '')]).toEqual([name, true])
    for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0])
    for (const [needed, { condition }] of Object.entries(needs)) {
      const service = compose.services[needed]
      expect([name, needed, service === undefined]).toEqual([name, needed, false])
      if (condition === 'service_healthy') expect(service?.healthcheck?.test?.[0]).toBe('CMD')
    }
  }
})

test('compose publishes nothing but the API, to this machine alone', () => {
  const published = Object.entries(compose.services).flatMap(([name, { ports = [] }]) =>
    ports.map((port) => [name, filledIn(port, {})]),
  )
  expect(published).toEqual([['serve', '127.0.0.1:4180:4180']])
})

const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ')
const instructions = (name: string) =>
  [...dockerfile.matchAll(new RegExp(`^${name} (.*)$`, 'gm'))].map(([, words = '']) => words)

test('what the image copies is there, and is let through', () => {
  const allowed = [...read('.dockerignore').matchAll(/^!(.+)$/gm)].map(([, path = '']) => path)
  const copied = instructions('COPY')
    .filter((words) => !words.startsWith('--from'))
    .flatMap((words) => words.split(' ').slice(0, -1))
  expect(copied.length).toBeGreaterThan(8)
  for (const path of copied) {
    expect([path, existsSync(`${root}${path}`), allowed.includes(path)]).toEqual([path, true, true])
  }
})

test('the image copies all that the build reads', () => {
  const copied = instructions('COPY').flatMap((words) => words.split(' ').slice(0, -1))
  const build = read('scripts/build.mjs')
  const readByBuild = [...build.matchAll(/['`]((?:src|workers|samples|bench)\/[\w./-]+|[\w.]+\.json)/g)]
    .map(([, path = '']) => path.replace(/\/$/, ''))
    .filter((path) => existsSync(`${root}${path}`))
  expect(readByBuild).toEqual(expect.arrayContaining(['src/cli.ts', 'samples/reports', 'tsconfig.build.json']))
  const missing = readByBuild.filter(
    (path) => !copied.some((source) => path === source || path.startsWith(`${source}/`)),
  )
  expect(missing).toEqual([])
})

test('the image serves unless told otherwise, and not as root', () => {
  expect(instructions('ENTRYPOINT').map((words) => JSON.parse(words))).toEqual([['gouji']])
  expect(instructions('CMD').map((words) => parseCommand(JSON.parse(words)))).toMatchObject([{ kind: 'serve' }])
  expect(instructions('USER')).toEqual(['node'])
  const environment = Object.fromEntries(
    instructions('ENV').flatMap((words) => words.split(' ').map((word) => word.split('='))),
  )
  expect(Object.keys(environment).filter((name) => !VARIABLES.includes(name))).toEqual(['NODE_ENV'])
  expect(readSettings(environment)).toMatchObject({ ok: true, value: { dataFolder: '/data', host: '0.0.0.0' } })
})

test('the health check of the image tells a server that lives from one that does not', async () => {
  let status = 200
  const paths: (string | undefined)[] = []
  const server = createServer((request, response) => {
    paths.push(request.url)
    response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const [check = ''] = instructions('HEALTHCHECK')
  const [, ...words]: string[] = JSON.parse(check.slice(check.indexOf('[')))
  const run = () =>
    new Promise((resolve) => {
      const env = { ...process.env, GOUJI_PORT: String((server.address() as AddressInfo).port) }
      execFile(process.execPath, words, { env }, (error) => resolve(error?.code ?? 0))
    })
  expect(await run()).toBe(0)
  status = 503
  expect(await run()).toBe(1)
  expect(paths).toEqual(['/health/live', '/health/live'])
  server.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.on('close', resolve).unref())
})
