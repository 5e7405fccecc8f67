/**
 * The log of the service: a line of JSON an event, on stderr, because stdout belongs to what commands print.
 *
 * Promises that no line holds a secret or text of a report: of a request only method and path are written (what is asked for after
 * the `?` may name people), of an answer only its status, and of an error its kind, sentence and stack, but none of the values that
 * drivers hang on it. The paths below are a second fence, for objects that somebody logs as they are.
 */
import { type DestinationStream, destination as fileDescriptor, type Logger, pino } from 'pino'
import type { Settings } from './settings.js'

const SECRETS = ['authorization', 'cookie', '["set-cookie"]', '["x-csrf-token"]', 'password', 'token', 'key']

export function openLog(
  { logLevel }: Pick<Settings, 'logLevel'>,
  destination: DestinationStream = fileDescriptor(2),
): Logger {
  return pino(
    {
      level: logLevel,
      // Neither process id nor host: the log's collector knows both.
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRETS.flatMap(everywhere), censor: '[redacted]' },
      serializers: { req: requestLine, res: ({ statusCode }) => ({ statusCode }), err: errorLine, error: errorLine },
    },
    destination,
  )
}

function everywhere(name: string): string[] {
  const dotted = name.startsWith('[') ? name : `.${name}`
  return [name, `*${dotted}`, `*.*${dotted}`, `*.*.*${dotted}`]
}

interface RequestLike {
  readonly method?: string
  readonly url?: string
  readonly ip?: string
}

function requestLine({ method, url, ip }: RequestLike): object {
  return { method, path: url?.split('?', 1)[0], address: ip }
}

interface ErrorLine {
  readonly type: string
  readonly message: string
  readonly code?: unknown
  readonly stack?: string | undefined
  readonly cause?: ErrorLine
}

/** Causes are followed as far as anybody reads. */
function errorLine(error: unknown, depth = 0): ErrorLine {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) }
  return {
    type: error.constructor.name,
    message: error.message,
    ...('code' in error && { code: error.code }),
    stack: error.stack,
    ...(error.cause !== undefined && depth < 4 && { cause: errorLine(error.cause, depth + 1) }),
  }
}
