#!/usr/bin/env node
/**
 * The command: words and files in, records out, an exit code for the shell.
 *
 * Puts the parts together and keeps no judgement of its own: arguments.ts says what was asked for, inputs.ts which files that
 * is, records.ts gets their records out of the workers, sink.ts and src/export/ say how they look. What is not needed by every
 * run is loaded when it is needed, as most of the time of a small file is start-up.
 *
 * Ends by itself in each way there is: when all is read, when the reader of a pipe has gone, on a signal. Workers are ended on
 * every one of them (vessel.ts), and no file is ever half-written (sink.ts).
 */
import { availableParallelism } from 'node:os'
import {
  type ExtractCommand,
  isUsageError,
  parseCommand,
  type ReadCommand,
  type ServiceCommand,
  usage,
} from './adapters/arguments.js'
import { type FoundFile, findFiles, isArchive, looksLikePdf, openInputs } from './adapters/inputs.js'
import { type Lane, openLane } from './adapters/lane.js'
import { type Open, parseAndCheck, reasonOf, recordsOf } from './adapters/records.js'
import { isSystemError } from './adapters/system-error.js'
import { inProcess, inThread } from './adapters/vessel.js'
import { LIMITS } from './document/limits.js'
import { compilePdfium } from './document/pdf/assets.js'
import type { Tally } from './export/text.js'
import { VERSION } from './version.js'

const EXIT = { done: 0, failed: 1, usage: 2 } as const
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const

/** Run by tsx, which does not reach into threads: every file is then read in a process. */
const IS_SOURCE = import.meta.url.endsWith('.ts')
const WORKER = new URL(IS_SOURCE ? '../workers/extract.ts' : './worker.cjs', import.meta.url)

async function main(words: readonly string[]): Promise<number> {
  const command = parseCommand(words)
  switch (command.kind) {
    case 'usage':
      return refuse(command.message)
    case 'help':
      process.stdout.write((await import('./adapters/help.js')).HELP)
      return EXIT.done
    case 'version':
      process.stdout.write(`${VERSION}\n`)
      return EXIT.done
    case 'read':
      return read(command)
    case 'extract':
      return extract(command)
    default:
      return serve(command)
  }
}

async function extract(command: ExtractCommand): Promise<number> {
  const files = await findFiles(command.paths)
  if (isUsageError(files)) return refuse(files.message)
  if (files.length === 0) process.stderr.write('没有找到文件。\nNo files found.\n')

  const [first] = files
  const isOne = files.length === 1 && first !== undefined && !(await isArchive(first.path))
  // Lanes that get no work are never started.
  const lanes = isOne
    ? [oneFileLane(first.path)]
    : Array.from({ length: command.jobs ?? availableParallelism() }, manyFilesLane)
  try {
    return await give(files, lanes, command, isOne ? parse : parseAndCheck)
  } finally {
    for (const lane of lanes) lane.close()
  }
}

const manyFilesLane = (): Lane => openLane(inProcess(WORKER, LIMITS.workerBytes), LIMITS)

/** Started at once: nothing else that one file needs takes as long. */
function oneFileLane(path: string): Lane {
  if (IS_SOURCE) return manyFilesLane()
  const lane = openLane(inThread(WORKER, looksLikePdf(path) ? compilePdfium() : null), LIMITS)
  lane.start()
  return lane
}

/** A thread of ours wrote it. */
const parse: Open = async (line) => JSON.parse(Buffer.from(line).toString())

/** Prints or stores each outcome as it comes, and says which exit code they add up to. */
async function give(
  files: readonly FoundFile[],
  lanes: readonly Lane[],
  { format: asked, out, options }: ExtractCommand,
  open: Open,
): Promise<number> {
  const [sink, text, { showProgress }] = await Promise.all([
    import('./adapters/sink.js'),
    import('./export/text.js'),
    import('./adapters/progress.js'),
  ])
  const format = asked ?? (out !== null ? null : process.stdout.isTTY ? 'text' : 'jsonl')
  const folder = out === null ? null : sink.openFolder(out)
  const isLookedInto = folder !== null || format === 'text'
  const tally: Tally = { accepted: 0, needs_review: 0, failed: 0 }
  let isComplete = true

  if (format === 'text' && files.length > 0) await sink.print(text.textHeader())
  const progress = showProgress(files.length)
  for await (const outcome of recordsOf(openInputs(files), lanes, options, isLookedInto ? open : null)) {
    progress.clear()
    if (outcome.kind === 'unreachable') {
      isComplete = false
      process.stderr.write(`无法打开 ${outcome.fileName}：${outcome.reason}\n`)
      continue
    }
    const { fileName, status, line, record, trouble } = outcome
    if (trouble !== null) process.stderr.write(`${fileName}: ${trouble}\n`)
    tally[status] += 1
    if (record !== null) folder?.write(record, line)
    if (format === 'jsonl') await sink.print(line)
    if (format === 'text' && record !== null) {
      const { labelOf } = await import('./report/fact-labels.js')
      await sink.print(text.toText(record, labelOf))
    }
    progress.step(fileName)
  }
  progress.clear()
  if (format === 'text' && files.length > 0) await sink.print(text.textFooter(tally))
  return isComplete && tally.failed === 0 ? EXIT.done : EXIT.failed
}

async function read(command: ReadCommand): Promise<number> {
  const files = await findFiles([command.path])
  if (isUsageError(files)) return refuse(files.message)
  const [file] = files
  if (file === undefined || files.length > 1 || (await isArchive(file.path))) {
    return refuse(
      usage('命令 read 只读一个文件，不读文件夹和压缩包', 'read takes one file, no folder and no archive').message,
    )
  }
  const lane = oneFileLane(file.path)
  try {
    const source = { kind: 'path', path: file.path } as const
    const ending = await lane.run({ work: 'read', fileName: file.fileName, source, options: command.options })
    if (ending.kind === 'answer' && ending.answer.kind === 'document') {
      const { print } = await import('./adapters/sink.js')
      await print(ending.answer.line)
      return EXIT.done
    }
    const { code, message } = reasonOf(ending)
    process.stderr.write(`${code}  ${message}\n`)
    return EXIT.failed
  } finally {
    lane.close()
  }
}

/** The service stops by itself when it is told to: it lets what is in hand finish. A second signal ends it at once. */
async function serve(command: ServiceCommand): Promise<number> {
  const { runService } = await import('./server.js')
  const stop = new AbortController()
  for (const [signal, number] of Object.entries(SIGNALS)) {
    process.removeAllListeners(signal)
    process.once(signal, () => {
      stop.abort()
      process.once(signal, () => process.exit(128 + number))
    })
  }
  const ended = await runService(command, process.env, WORKER, stop.signal)
  return isUsageError(ended) ? refuse(ended.message) : ended
}

function refuse(message: string): number {
  process.stderr.write(`gouji: ${message}\n\n用法见 gouji --help。See gouji --help.\n`)
  return EXIT.usage
}

for (const [signal, number] of Object.entries(SIGNALS)) process.once(signal, () => process.exit(128 + number))

// Whoever read our output has seen enough (head, less): no mistake, and nothing more to do.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done)
  throw error
})

/** The threads that are still there are not waited for: what they were for is printed. */
function end(code: number): void {
  process.stdout.write('', () => process.exit(code))
}

main(process.argv.slice(2)).then(end, (error: unknown) => {
  if (!isSystemError(error)) throw error
  end(refuse(error.message))
})
