/**
 * The words of a command line → what is asked for, or one message about what is wrong with them.
 *
 * Pure: looks at no file and no terminal, so that whether a PATH exists is left to inputs.ts and which format is the default
 * to cli.ts. Node's own parser splits the words, leniently, because its complaints are English only; every word it did not
 * expect is refused here.
 */
import { parseArgs } from 'node:util'
import type { ExtractOptions } from '../extract.js'

export type Format = 'jsonl' | 'text'

export interface ExtractCommand {
  readonly kind: 'extract'
  readonly paths: readonly string[]
  /** null: not asked for. */
  readonly format: Format | null
  readonly out: string | null
  /** null: one worker a core. */
  readonly jobs: number | null
  readonly options: ExtractOptions
}

export interface ReadCommand {
  readonly kind: 'read'
  readonly path: string
  readonly options: ExtractOptions
}

export type Command = ExtractCommand | ReadCommand | { readonly kind: 'help' } | { readonly kind: 'version' }

/** Chinese first, English after it. */
export interface UsageError {
  readonly kind: 'usage'
  readonly message: string
}

const FORMATS = ['jsonl', 'text'] as const
const ENGINES = ['pdfium', 'pdfjs'] as const
const SECOND_READINGS = ['doubt', 'always'] as const
const MOST_JOBS = 256

const OPTIONS = {
  format: { type: 'string' },
  out: { type: 'string' },
  engine: { type: 'string' },
  'second-reading': { type: 'string' },
  jobs: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const
type OptionName = keyof typeof OPTIONS

/** Which options a command knows beside --help and --version. */
const KNOWN: Record<'extract' | 'read', readonly OptionName[]> = {
  extract: ['format', 'out', 'engine', 'second-reading', 'jobs'],
  read: ['engine'],
}

export function parseCommand(words: readonly string[]): Command | UsageError {
  const { tokens } = parseArgs({ args: [...words], options: OPTIONS, strict: false, tokens: true })
  const given = new Map<string, string | true>()
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    if (!(token.name in OPTIONS)) {
      return usage(`不认识的选项 ${token.rawName}`, `unknown option ${token.rawName}`)
    }
    const takesValue = OPTIONS[token.name as OptionName].type === 'string'
    if (takesValue && (token.value === undefined || token.value === '')) {
      return usage(`选项 ${token.rawName} 后面缺少取值`, `option ${token.rawName} needs a value`)
    }
    if (!takesValue && token.value !== undefined) {
      return usage(`选项 ${token.rawName} 不带取值`, `option ${token.rawName} takes no value`)
    }
    given.set(token.name, token.value ?? true)
  }

  const [name, ...paths] = positionals
  if (given.has('help') || name === 'help') return { kind: 'help' }
  if (given.has('version')) return { kind: 'version' }
  if (name === undefined) return usage('缺少命令，请用 extract 或 read', 'no command given: extract or read')
  if (name !== 'extract' && name !== 'read') {
    return usage(`不认识的命令 ${name}，请用 extract 或 read`, `unknown command ${name}: extract or read`)
  }
  for (const option of given.keys()) {
    if (!KNOWN[name].some((known) => known === option)) {
      return usage(`命令 ${name} 没有选项 --${option}`, `${name} has no option --${option}`)
    }
  }
  return name === 'extract' ? extractCommand(paths, given) : readCommand(paths, given)
}

type Given = ReadonlyMap<string, string | true>

function extractCommand(paths: readonly string[], given: Given): ExtractCommand | UsageError {
  if (paths.length === 0) {
    return usage('缺少路径：请给出文件、文件夹或 .zip', 'no PATH given: a file, a folder or a .zip')
  }
  const options = extractOptions(given)
  if (isUsageError(options)) return options
  const format = choice(given, 'format', FORMATS, null)
  if (isUsageError(format)) return format
  const jobs = workers(given.get('jobs'))
  if (isUsageError(jobs)) return jobs
  const out = given.get('out')
  return { kind: 'extract', paths, format, out: typeof out === 'string' ? out : null, jobs, options }
}

function readCommand(paths: readonly string[], given: Given): ReadCommand | UsageError {
  const [path, ...more] = paths
  if (path === undefined || more.length > 0) {
    return usage('命令 read 只读一个文件，请给出一个路径', 'read takes exactly one PATH')
  }
  const options = extractOptions(given)
  return isUsageError(options) ? options : { kind: 'read', path, options }
}

function extractOptions(given: Given): ExtractOptions | UsageError {
  const engine = choice(given, 'engine', ENGINES, 'pdfium')
  if (isUsageError(engine)) return engine
  const secondReading = choice(given, 'second-reading', SECOND_READINGS, 'doubt')
  if (isUsageError(secondReading)) return secondReading
  return { engine, secondReading }
}

function choice<T extends string, D extends T | null>(
  given: Given,
  option: OptionName,
  choices: readonly T[],
  fallback: D,
): T | D | UsageError {
  const value = given.get(option)
  if (value === undefined) return fallback
  const chosen = choices.find((known) => known === value)
  if (chosen !== undefined) return chosen
  return usage(
    `选项 --${option} 只能是 ${choices.join(' 或 ')}，不能是 ${value}`,
    `--${option} must be ${choices.join(' or ')}, not ${value}`,
  )
}

function workers(value: string | true | undefined): number | null | UsageError {
  if (value === undefined) return null
  const count = /^\d{1,4}$/.test(String(value)) ? Number(value) : 0
  if (count >= 1 && count <= MOST_JOBS) return count
  return usage(
    `选项 --jobs 要 1 到 ${MOST_JOBS} 的整数，不能是 ${value}`,
    `--jobs must be 1 to ${MOST_JOBS}, not ${value}`,
  )
}

export function usage(chinese: string, english: string): UsageError {
  return { kind: 'usage', message: `${chinese}。\n${english}.` }
}

export function isUsageError(value: unknown): value is UsageError {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'usage'
}
