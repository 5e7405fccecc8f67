/**
 * The servers that the tests talk to: a Redis, a PostgreSQL and an S3-compatible store, private to this copy of the project. The browser
 * that they look at the page with is installed too.
 *
 *     node scripts/test-services.mjs          starts what is not running yet, and installs what Debian lacks when run as root
 *     node scripts/test-services.mjs stop     ends them and removes their data
 *
 * They outlive the command; .services/services.json says where they are. Ports are free ones, so several copies run side by side.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findProgram, isAlive, isRunning, removeServer, servicesFolder, startServer } from './private-servers.mjs'

const KINDS = ['redis', 'postgres', 'bucket']
const file = join(servicesFolder, 'services.json')
const lock = join(servicesFolder, 'starting')

const PACKAGES = ['redis-server', 'postgresql', 'chromium']
const CHINESE_FONT = '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc'

function installPrograms() {
  const missing = ['redis-server', 'initdb', 'postgres', 'chromium'].filter((name) => findProgram(name) === null)
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version')
  // Without the font, pictures of pages are tested with what font there is, or not at all.
  if (missing.length === 0 && (existsSync(CHINESE_FONT) || !mayInstall)) return
  const advice = `缺少 ${missing.join('、')}：请安装软件包 ${PACKAGES.join('、')} (install these packages).`
  if (!mayInstall) throw new Error(advice)
  for (const parameters of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES, 'fonts-wqy-microhei'],
  ]) {
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const { status, stderr } = spawnSync('apt-get', parameters, { env: environment, encoding: 'utf8' })
    if (status === 0) continue
    if (missing.length > 0) throw new Error(`${advice}\napt-get ${parameters.join(' ')}: ${stderr}`)
  }
}

function known() {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

function write(servers) {
  writeFileSync(`${file}.new`, `${JSON.stringify(servers, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}

/** Two runs at once: the second waits for the first. */
async function alone(work) {
  mkdirSync(servicesFolder, { recursive: true })
  const mine = `${lock}.${process.pid}`
  writeFileSync(mine, String(process.pid))
  while (!taken(mine)) {
    if (!isRunning(holder())) rmSync(lock, { force: true })
    else await wait(100)
  }
  rmSync(mine)
  try {
    return await work()
  } finally {
    rmSync(lock)
  }
}

/** One that lets go while it is asked counts as running: the next attempt finds out. */
function holder() {
  try {
    return Number(readFileSync(lock, 'utf8'))
  } catch {
    return process.pid
  }
}

/** A link is made with its content, or not at all. */
function taken(mine) {
  try {
    linkSync(mine, lock)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

async function start() {
  installPrograms()
  const servers = known()
  for (const kind of KINDS) {
    if (servers[kind] !== undefined) {
      if (await isAlive(servers[kind])) continue
      await forget(servers[kind])
    }
    servers[kind] = await startServer(kind)
    write(servers)
  }
  process.stdout.write(`${KINDS.map((kind) => servers[kind].url).join('  ')}\n`)
}

/** One that does not answer may be gone, and its number with another process by now: only its data is ours for sure. */
async function forget(server) {
  rmSync(server.folder, { recursive: true, force: true })
}

async function stop() {
  for (const server of Object.values(known())) await ((await isAlive(server)) ? removeServer(server) : forget(server))
  rmSync(file, { force: true })
}

try {
  await alone(process.argv[2] === 'stop' ? stop : start)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
