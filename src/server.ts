/**
 * The commands of the service: settings in, parts opened, put together, and closed again in the other order.
 *
 *   serve    HTTP API, queue and workers in one process; or without workers, which then run elsewhere
 *   worker   the readers alone
 *   ingest, export, fixity, invite   what is done once, on the store itself or on a running service
 *
 * Knows which make of database, queue and file store there is; nothing else does. Keeps no judgement of its own.
 */
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import {
  type ExportCommand,
  type IngestCommand,
  isUsageError,
  type ServeCommand,
  type ServiceCommand,
  type UsageError,
  usage,
} from './adapters/arguments.js'
import { startExtracting } from './adapters/extraction.js'
import { keepChecked } from './adapters/keep-checked.js'
import { keepQueueFilled } from './adapters/keep-queue-filled.js'
import { openLog } from './adapters/log.js'
import { openOriginals } from './adapters/originals/open.js'
import { clearStaging, stagingFolder } from './adapters/originals/staging.js'
import { QueueUnavailable } from './adapters/queue/extraction-queue.js'
import { openQueue } from './adapters/queue/open.js'
import { keepQueued } from './adapters/requeue.js'
import type { Service } from './adapters/service.js'
import { readSettings, type Settings } from './adapters/settings.js'
import { openDatabase } from './adapters/store/database.js'
import { migrate } from './adapters/store/migrate.js'
import { StoreRefused } from './adapters/store/refused.js'

/** What a command is given beside its own words. */
interface Surroundings {
  readonly settings: Settings
  readonly log: Logger
  /** The script of the worker processes. */
  readonly worker: URL
  /** Aborts when the command is told to stop. */
  readonly stop: AbortSignal
}

type Ended = number | UsageError

const EXIT = { done: 0, wrong: 1 } as const
/** Milliseconds: how often the store is asked for documents that are in no queue. */
const REQUEUE_EVERY = 30_000
const CHECK_EVERY = 2_000
/** Within the ten seconds that Docker gives a container to end. */
const GRACE_MILLISECONDS = 5_000
/** Files of a batch whose outcomes are shown one by one. */
const MOST_SHOWN = 50
/** A command that is soon over tells a person what matters itself; its log is for trouble. */
const LASTING: ReadonlySet<ServiceCommand['kind']> = new Set<ServiceCommand['kind']>(['serve', 'worker'])

export async function runService(
  command: ServiceCommand,
  environment: NodeJS.ProcessEnv,
  worker: URL,
  stop: AbortSignal,
): Promise<Ended> {
  const settings = readSettings(environment)
  if (!settings.ok) return { kind: 'usage', message: settings.message }
  const isQuiet = !LASTING.has(command.kind) && settings.value.logLevel === 'info'
  const log = openLog(isQuiet ? { logLevel: 'warn' } : settings.value)
  const surroundings = { settings: settings.value, log, worker, stop }
  try {
    return await run(command, surroundings, environment)
  } catch (error) {
    if (error instanceof StoreRefused) return { kind: 'usage', message: error.message }
    throw error
  }
}

function run(
  command: ServiceCommand,
  surroundings: Surroundings,
  environment: NodeJS.ProcessEnv,
): Promise<Ended> | Ended {
  switch (command.kind) {
    case 'serve':
      return withService(surroundings, (service) => serve(service, command, surroundings))
    case 'worker':
      return work(surroundings)
    case 'ingest':
      return ingestFiles(command, command.apiKey ?? environment.GOUJI_KEY ?? null, surroundings)
    case 'export':
      return withService(surroundings, (service) => exportAll(service, command, surroundings))
    case 'fixity':
      return withService(surroundings, fixity)
    case 'invite':
      return withService(surroundings, async ({ db, settings }) => {
        const { invite, joinLink } = await import('./adapters/store/accounts.js')
        const { token } = await invite(db, command.role, 'system')
        print(joinLink(addressOf(settings), token))
        return EXIT.done
      })
  }
}

async function withService({ settings, log }: Surroundings, use: (service: Service) => Promise<Ended>): Promise<Ended> {
  const database = await openDatabase(settings)
  try {
    const queue = await outOfReach(migrate(database.db).then(() => openQueue(settings, database.pool, log)))
    if (isUsageError(queue)) return queue
    try {
      return await use({ settings, log, db: database.db, originals: openOriginals(settings), queue })
    } finally {
      await queue.close()
    }
  } finally {
    await database.close()
  }
}

async function serve(
  service: Service,
  { workers, inbox }: ServeCommand,
  { settings, worker, stop }: Surroundings,
): Promise<Ended> {
  const [
    { buildApp },
    { readPage },
    { metrics },
    { ROUTES },
    { documentPageRoutes },
    { reviewAssigningRoutes },
    pages,
    { firstAdministratorLink },
  ] = await Promise.all([
    import('./adapters/http/app.js'),
    import('./adapters/http/pages.js'),
    import('./adapters/http/metrics.js'),
    import('./adapters/http/routes.js'),
    import('./adapters/http/document-pages.js'),
    import('./adapters/http/review-assigning.js'),
    openPages(worker, settings),
    import('./adapters/store/accounts.js'),
  ])
  await clearStaging(stagingFolder(settings))
  const views = pages.viewsOf(service)
  const app = await buildApp(service, [
    ...ROUTES,
    documentPageRoutes(views),
    reviewAssigningRoutes(views),
    await readPage(pageFolder(worker)),
  ])
  const upkeep = startUpkeep(service)
  const filling = keepQueueFilled(service)
  const extracting = workers
    ? await startExtracting(service, { worker, atOnce: settings.jobs, onRead: metrics.observeExtraction })
    : null
  const watched = inbox === null ? null : (await import('./adapters/inbox.js')).watchInbox(service, inbox)
  try {
    await app.listen({ host: settings.host, port: settings.port })
    const address = addressOf(settings, portOf(app.server.address()))
    print(`勾稽已启动：${address} (gouji is serving)`)
    const link = await firstAdministratorLink(service.db, address)
    if (link !== null) print(`还没有管理员，请用这个一次性链接设立 (make the first administrator):\n  ${link}`)
    await aborted(stop)
    print('正在停止，等手上的文件读完 (stopping)…')
    return EXIT.done
  } finally {
    await watched?.close()
    // Uploads in hand may finish; connections on which nobody asks for anything would keep the server for minutes.
    const patience = setTimeout(() => app.server.closeAllConnections(), GRACE_MILLISECONDS)
    await app.close()
    clearTimeout(patience)
    pages.close()
    await extracting?.close()
    await filling.close()
    await upkeep.close()
  }
}

/** Beside the worker that was built; beside the sources it lies where it is built to. */
function pageFolder(worker: URL): URL {
  return new URL(worker.pathname.endsWith('.ts') ? '../dist/web/' : './web/', worker)
}

/** Pages are drawn by a process of their own: people who look wait for no reader. */
async function openPages(worker: URL, { chineseFont }: Settings) {
  const [{ findChineseFont }, { openPictures }, { openPageViews }] = await Promise.all([
    import('./adapters/fonts.js'),
    import('./adapters/pictures.js'),
    import('./adapters/page-views.js'),
  ])
  const pictures = openPictures(worker, 1, await findChineseFont(chineseFont))
  return { viewsOf: ({ originals }: Service) => openPageViews(pictures, originals), close: pictures.close }
}

function work(surroundings: Surroundings): Promise<Ended> | UsageError {
  const { settings, stop } = surroundings
  if (settings.databaseUrl === null) {
    return usage(
      'gouji worker 与服务共用数据库，请设置 DATABASE_URL；内嵌数据库只能由 gouji serve 自己读取',
      'a worker shares the database of the service: set DATABASE_URL',
    )
  }
  return withService(surroundings, (service) =>
    whileReading(service, surroundings, async () => {
      await aborted(stop)
      return EXIT.done
    }),
  )
}

/** Documents are read by this process for as long as it has something else to do. */
async function whileReading(
  service: Service,
  { settings, worker }: Surroundings,
  use: () => Promise<Ended>,
): Promise<Ended> {
  const upkeep = startUpkeep(service)
  const extracting = await startExtracting(service, { worker, atOnce: settings.jobs, onRead: untold })
  try {
    return await use()
  } finally {
    await extracting.close()
    await upkeep.close()
  }
}

/** What keeps itself right for as long as somebody is there: the queue of what is to be read, the checks between reports. */
function startUpkeep(service: Service) {
  const parts = [keepQueued(service, REQUEUE_EVERY), keepChecked(service, CHECK_EVERY)]
  return {
    close: async () => {
      for (const part of parts) await part.close()
    },
  }
}

async function ingestFiles(
  { paths, to, label, receipt }: IngestCommand,
  apiKey: string | null,
  surroundings: Surroundings,
): Promise<Ended> {
  const { settings, stop } = surroundings
  const [{ ingest }, { openScreen }] = await Promise.all([
    import('./adapters/ingest.js'),
    import('./adapters/delivery/screen.js'),
  ])
  const screen = openScreen()
  const output = process.stdout.isTTY ? null : process.stdout
  const options = { label, receipt, output, wait: to === null, signal: stop, screen }
  if (to !== null) {
    const { remoteDelivery, serviceAddress } = await import('./adapters/delivery/remote.js')
    const address = serviceAddress(to)
    if (address === null) return usage(`选项 --to 要 http 或 https 地址，不能是 ${to}`, `--to must be a URL, not ${to}`)
    const onPause = (reason: string) => screen.say(`${reason}，稍后再试 (trying again)…`)
    const result = await ingest(paths, remoteDelivery(address, apiKey, { signal: stop, onPause }), options)
    return isUsageError(result) ? result : result.exitCode
  }
  return withService(surroundings, async (service) => {
    const { localDelivery } = await import('./adapters/delivery/local.js')
    await clearStaging(stagingFolder(settings))
    return whileReading(service, surroundings, async () => {
      const result = await ingest(paths, localDelivery(service), options)
      if (isUsageError(result)) return result
      const isOutputFree = receipt !== null || output === null
      if (result.kind === 'complete' && result.batch !== null && isOutputFree) await showOutcomes(service, result.batch)
      return result.exitCode
    })
  })
}

/** Each report of a small batch as `gouji extract` shows it; a large one is for the receipt. */
async function showOutcomes({ db }: Service, batch: string): Promise<void> {
  const [{ linesAfter }, { currentRecord }, { textHeader, toText }, { openStored }, { labelOf }] = await Promise.all([
    import('./adapters/store/batches.js'),
    import('./adapters/store/extractions.js'),
    import('./export/text.js'),
    import('./adapters/stored-record.js'),
    import('./report/fact-labels.js'),
  ])
  const lines = await linesAfter(db, batch, 0, MOST_SHOWN + 1)
  if (lines.length > MOST_SHOWN) return
  process.stdout.write(`\n${textHeader()}`)
  for (const { sha256 } of lines) {
    const current = sha256 === null ? null : await currentRecord(db, sha256)
    if (current !== null) process.stdout.write(toText(openStored(current.line), labelOf))
  }
}

async function exportAll(
  { db }: Service,
  { format, out, tables, organ, year, key, status }: ExportCommand,
  { stop }: Surroundings,
): Promise<Ended> {
  const { exportFacts, exportTables } = await import('./adapters/export-command.js')
  const filter = {
    organ: organ ?? undefined,
    year: year ?? undefined,
    key: key ?? undefined,
    status: status ?? undefined,
  }
  const silent = () => undefined
  if (out !== null) {
    const count = await exportFacts(db, { format, out, filter }, silent, stop)
    print(`已导出 ${count} 个指标 (facts exported)：${out}`)
  }
  if (tables !== null) {
    const count = await exportTables(db, { folder: tables, filter }, silent, stop)
    print(`已导出 ${count} 张表 (tables exported)：${tables}`)
  }
  return EXIT.done
}

async function fixity(service: Service): Promise<Ended> {
  const { runFixity } = await import('./adapters/fixity-check.js')
  return (await runFixity(service, print)) ? EXIT.done : EXIT.wrong
}

/** The servers of the settings that do not answer, or not to us, are for the person who set them to mend. */
async function outOfReach<T>(opening: Promise<T>): Promise<T | UsageError> {
  try {
    return await opening
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const code = 'code' in error ? String(error.code) : ''
    // Of Node: the way there. Of PostgreSQL: 08 connection, 28 sign-in, 3D no such database.
    if (!(error instanceof QueueUnavailable || /^(E[A-Z]+|08...|28...|3D...)$/.test(code))) throw error
    return usage(
      '无法使用所设定的数据库或队列，请检查 DATABASE_URL 和 REDIS_URL，以及它们是否已启动',
      `the database or the queue of the settings cannot be used: ${error.message}`,
    )
  }
}

/** As users reach it. */
function addressOf({ publicUrl, host, port }: Settings, listening = port): string {
  if (publicUrl !== null) return publicUrl
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${listening}`
}

function portOf(address: AddressInfo | string | null): number | undefined {
  return typeof address === 'object' ? address?.port : undefined
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** Only a server has metrics; of other processes the store tells. */
function untold(): void {}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
