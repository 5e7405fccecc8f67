/**
 * A Redis, a PostgreSQL, an S3-compatible store on free ports of the loopback: started as processes of their own, with their data in a
 * new folder each, known by { kind, pid, port, folder, url }. For tests only: nothing in them survives a crash of the machine.
 *
 * PostgreSQL refuses to run as root, so root starts it as the user postgres, in a folder that this user reaches.
 */
import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

export const BUCKET = 'gouji'

const project = fileURLToPath(new URL('..', import.meta.url))
export const servicesFolder = join(project, '.services')
const patience = 60_000

/** Where Debian keeps what it leaves out of PATH, the newest version first. */
function postgresFolders() {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  return [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(delimiter)]
}

/** The path of a program, or null when the machine has none. */
export function findProgram(name) {
  const folder = postgresFolders().find((each) => each !== '' && existsSync(join(each, name)))
  return folder === undefined ? null : join(folder, name)
}

function program(name) {
  const path = findProgram(name)
  if (path === null)
    throw new Error(`找不到 ${name}，请先运行 npm run services (${name} not found, run npm run services).`)
  return path
}

/** Who runs PostgreSQL: ourselves, or postgres when we are root. */
function postgresOwner() {
  if (process.getuid?.() !== 0) return {}
  const id = (option) => Number(spawnSync('id', [option, 'postgres'], { encoding: 'utf8' }).stdout)
  return { uid: id('-u'), gid: id('-g') }
}

function newFolder(kind, owner) {
  mkdirSync(servicesFolder, { recursive: true })
  const inProject = mkdtempSync(join(servicesFolder, `${kind}-`))
  if (owner.uid === undefined) return inProject
  chownSync(inProject, owner.uid, owner.gid)
  if (spawnSync('test', ['-w', inProject], { ...owner, cwd: '/' }).status === 0) return inProject
  rmSync(inProject, { recursive: true })
  const elsewhere = mkdtempSync(join(tmpdir(), `gouji-${kind}-`))
  chownSync(elsewhere, owner.uid, owner.gid)
  return elsewhere
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

const answers = {
  async postgres({ url }) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    client.on('error', () => {}) // A server that goes away while it is asked has not answered: connect or query says so.
    try {
      await client.connect()
      await client.query('select 1')
      return true
    } catch {
      return false
    } finally {
      await client.end().catch(() => {}) // It was never connected.
    }
  },
  redis: ({ port }) => answersWith(port, 'PING\r\n', /^\+PONG/),
  bucket: ({ port }) => answersWith(port, `GET /${BUCKET} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n`, /^HTTP\/1\.1 [234]/),
}

function answersWith(port, question, expected) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 2_000 }, () => socket.write(question))
    const settle = (answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket.on('data', (data) => settle(expected.test(String(data))))
    socket.on('timeout', () => settle(false))
    socket.on('error', () => settle(false))
    socket.on('close', () => settle(false))
  })
}

export function isRunning(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
  try {
    // Ended, but nobody asked how: in a container whose first process does not, it stays listed for ever.
    return !/^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return !existsSync('/proc/self') // No such process any more, or no such folder on this system.
  }
}

export async function isAlive(server) {
  return isRunning(server.pid) && (await answers[server.kind](server))
}

const makes = {
  redis: ({ folder, port }) => ({
    file: program('redis-server'),
    parameters: [
      ...['--port', port, '--bind', '127.0.0.1', '--dir', folder, '--daemonize', 'no'],
      ...['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'],
    ],
    owner: {},
    url: `redis://127.0.0.1:${port}`,
  }),
  postgres: ({ folder, port }) => ({
    file: program('postgres'),
    parameters: [
      ...['-D', join(folder, 'data'), '-h', '127.0.0.1', '-p', port, '-k', ''],
      ...['-c', 'max_connections=200', '-c', 'fsync=off', '-c', 'full_page_writes=off'],
    ],
    owner: postgresOwner(),
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
  }),
  bucket: ({ folder, port }) => ({
    file: process.execPath,
    parameters: [
      join(project, 'node_modules/s3rver/bin/s3rver.js'),
      ...[
        '-d',
        join(folder, 'data'),
        '-a',
        '127.0.0.1',
        '-p',
        port,
        '--no-vhost-buckets',
        '--configure-bucket',
        BUCKET,
      ],
    ],
    owner: {},
    url: `http://127.0.0.1:${port}`,
  }),
}

/** A new server with nothing in it: `kind` is redis, postgres or bucket. */
export async function startServer(kind) {
  const owner = kind === 'postgres' ? postgresOwner() : {}
  const folder = newFolder(kind, owner)
  if (kind === 'postgres') {
    const parameters = [
      '-D',
      join(folder, 'data'),
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale',
      'C',
      '-N',
    ]
    const made = spawnSync(program('initdb'), parameters, { ...owner, cwd: folder, encoding: 'utf8' })
    if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)
  }
  return await runServer({ kind, folder, port: await freePort() })
}

/** Starts a server again where it lay, on the same port. */
export async function runServer({ kind, folder, port }) {
  const { file, parameters, owner, url } = makes[kind]({ folder, port })
  const log = openSync(join(folder, 'log'), 'a')
  const deadline = Date.now() + patience
  while (Date.now() < deadline) {
    // What a killed PostgreSQL leaves behind takes a moment to go, and refuses the next one until then: hence more than one attempt.
    const child = spawn(file, parameters.map(String), {
      ...owner,
      cwd: folder,
      detached: true,
      stdio: ['ignore', log, log],
    })
    let failure = null
    child.on('error', (error) => {
      failure = error
    })
    child.unref()
    const server = { kind, pid: child.pid ?? -1, port, folder, url }
    while (failure === null && child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
      if (await answers[kind](server)) return server
      await wait(50)
    }
    if (failure !== null) throw failure
    await wait(200)
  }
  throw new Error(`${kind} does not start, see ${join(folder, 'log')}`)
}

/** Ends it without letting it finish, as a failure of the machine would; its data stays. */
export async function killServer({ kind, pid }) {
  // SIGQUIT: PostgreSQL stops at once and takes its connections' processes along, which SIGKILL would leave to themselves.
  await end(pid, kind === 'postgres' ? 'SIGQUIT' : 'SIGKILL')
}

/** Ends it and removes its data. */
export async function removeServer(server) {
  await killServer(server)
  rmSync(server.folder, { recursive: true, force: true })
}

async function end(pid, signal) {
  if (!isRunning(pid)) return
  process.kill(pid, signal)
  const deadline = Date.now() + patience
  while (isRunning(pid)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} does not end`)
    await wait(20)
  }
}
