/**
 * The words of a command line → what is asked for, or one message about what is wrong with them.
 *
 * Pure: looks at no file and no terminal, so that whether a PATH exists is left to inputs.ts and which format is the default
 * to cli.ts. Node's own parser splits the words, leniently, because its complaints are English only; every word it did not
 * expect is refused here.
 */
import { parseArgs } from 'node:util'
import type { ExtractOptions } from '../extract.js'
import type { ReportRecord } from '../record.js'
import { ROLES, type Role } from './store/schema.js'
import { STATUSES } from './task.js'

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

export interface ServeCommand {
  readonly kind: 'serve'
  /** false: others read the documents (gouji worker). */
  readonly workers: boolean
  readonly inbox: string | null
}

export interface IngestCommand {
  readonly kind: 'ingest'
  readonly paths: readonly string[]
  /** null: into the store of the settings, by this process. */
  readonly to: string | null
  readonly apiKey: string | null
  readonly label: string | null
  readonly receipt: string | null
}

export interface ExportCommand {
  readonly kind: 'export'
  readonly format: 'csv' | 'jsonl'
  /** At least one of the two is given. */
  readonly out: string | null
  readonly tables: string | null
  readonly organ: string | null
  readonly year: number | null
  readonly key: string | null
  readonly status: ReportRecord['status'] | null
}

export interface InviteCommand {
  readonly kind: 'invite'
  readonly role: Role
}

export type ServiceCommand =
  | ServeCommand
  | IngestCommand
  | ExportCommand
  | InviteCommand
  | { readonly kind: 'worker' }
  | { readonly kind: 'fixity' }

export type Command =
  | ExtractCommand
  | ReadCommand
  | ServiceCommand
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }

/** Chinese first, English after it. */
export interface UsageError {
  readonly kind: 'usage'
  readonly message: string
}

const FORMATS = ['jsonl', 'text'] as const
const EXPORT_FORMATS = ['csv', 'jsonl'] as const
const ENGINES = ['pdfium', 'pdfjs'] as const
const SECOND_READINGS = ['doubt', 'always'] as const
const MOST_JOBS = 256

const OPTIONS = {
  format: { type: 'string' },
  out: { type: 'string' },
  engine: { type: 'string' },
  'second-reading': { type: 'string' },
  jobs: { type: 'string' },
  'no-workers': { type: 'boolean' },
  inbox: { type: 'string' },
  to: { type: 'string' },
  'api-key': { type: 'string' },
  label: { type: 'string' },
  receipt: { type: 'string' },
  tables: { type: 'string' },
  organ: { type: 'string' },
  year: { type: 'string' },
  key: { type: 'string' },
  status: { type: 'string' },
  role: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const
type OptionName = keyof typeof OPTIONS

interface Kind {
  /** The options it knows beside --help and --version. */
  readonly options: readonly OptionName[]
  readonly paths: 'none' | 'one' | 'some'
  readonly make: (given: Given, paths: readonly string[]) => Command | UsageError
}

const KINDS: Readonly<Record<Exclude<Command['kind'], 'help' | 'version'>, Kind>> = {
  extract: { options: ['format', 'out', 'engine', 'second-reading', 'jobs'], paths: 'some', make: extractCommand },
  read: { options: ['engine'], paths: 'one', make: readCommand },
  serve: {
    options: ['no-workers', 'inbox'],
    paths: 'none',
    make: (given) => ({ kind: 'serve', workers: !given.has('no-workers'), inbox: text(given, 'inbox') }),
  },
  worker: { options: [], paths: 'none', make: () => ({ kind: 'worker' }) },
  ingest: {
    options: ['to', 'api-key', 'label', 'receipt'],
    paths: 'some',
    make: (given, paths) => ({
      kind: 'ingest',
      paths,
      to: text(given, 'to'),
      apiKey: text(given, 'api-key'),
      label: text(given, 'label'),
      receipt: text(given, 'receipt'),
    }),
  },
  export: {
    options: ['format', 'out', 'tables', 'organ', 'year', 'key', 'status'],
    paths: 'none',
    make: exportCommand,
  },
  fixity: { options: [], paths: 'none', make: () => ({ kind: 'fixity' }) },
  invite: {
    options: ['role'],
    paths: 'none',
    make: (given) => {
      const role = choice(given, 'role', ROLES, 'administrator')
      return isUsageError(role) ? role : { kind: 'invite', role }
    },
  },
}
const NAMES = Object.keys(KINDS).join('、')

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
  if (name === undefined) return usage(`缺少命令，可用的有 ${NAMES}`, `no command given: one of ${NAMES}`)
  if (!isKind(name)) {
    return usage(`不认识的命令 ${name}，可用的有 ${NAMES}`, `unknown command ${name}: one of ${NAMES}`)
  }
  const kind = KINDS[name]
  for (const option of given.keys()) {
    if (!kind.options.some((known) => known === option)) {
      return usage(`命令 ${name} 没有选项 --${option}`, `${name} has no option --${option}`)
    }
  }
  return wrongPaths(name, kind, paths) ?? kind.make(given, paths)
}

function isKind(name: string): name is keyof typeof KINDS {
  return Object.hasOwn(KINDS, name)
}

function wrongPaths(name: string, kind: Kind, paths: readonly string[]): UsageError | null {
  if (kind.paths === 'none' && paths.length > 0) return usage(`命令 ${name} 不带路径`, `${name} takes no PATH`)
  if (kind.paths === 'one' && paths.length !== 1) {
    return usage(`命令 ${name} 只读一个文件，请给出一个路径`, `${name} takes exactly one PATH`)
  }
  if (kind.paths === 'some' && paths.length === 0) {
    return usage('缺少路径：请给出文件、文件夹或 .zip', 'no PATH given: a file, a folder or a .zip')
  }
  return null
}

type Given = ReadonlyMap<string, string | true>

function extractCommand(given: Given, paths: readonly string[]): ExtractCommand | UsageError {
  const options = extractOptions(given)
  if (isUsageError(options)) return options
  const format = choice(given, 'format', FORMATS, null)
  if (isUsageError(format)) return format
  const jobs = workers(given.get('jobs'))
  if (isUsageError(jobs)) return jobs
  return { kind: 'extract', paths, format, out: text(given, 'out'), jobs, options }
}

function readCommand(given: Given, [path = '']: readonly string[]): ReadCommand | UsageError {
  const options = extractOptions(given)
  return isUsageError(options) ? options : { kind: 'read', path, options }
}

function exportCommand(given: Given): ExportCommand | UsageError {
  const format = choice(given, 'format', EXPORT_FORMATS, 'csv')
  if (isUsageError(format)) return format
  const status = choice(given, 'status', STATUSES, null)
  if (isUsageError(status)) return status
  const year = text(given, 'year')
  if (year !== null && !/^\d{4}$/.test(year)) {
    return usage(`选项 --year 要四位年份，不能是 ${year}`, `--year must be a year of four digits, not ${year}`)
  }
  const [out, tables] = [text(given, 'out'), text(given, 'tables')]
  if (out === null && tables === null) {
    return usage('请用 --out 给出文件，或用 --tables 给出文件夹', 'export needs --out FILE or --tables DIR')
  }
  const [organ, key] = [text(given, 'organ'), text(given, 'key')]
  return { kind: 'export', format, out, tables, organ, year: year === null ? null : Number(year), key, status }
}

function text(given: Given, option: OptionName): string | null {
  const value = given.get(option)
  return typeof value === 'string' ? value : null
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
