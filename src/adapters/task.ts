/**
 * What goes to a worker and what comes back: plain data, so that it crosses a process boundary unchanged.
 */
import type { Failure } from '../document/model.js'
import type { ExtractOptions } from '../extract.js'

/** A file on disk is read by the worker itself; only the members of an archive travel as bytes. */
export type Source =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

export interface Task {
  readonly work: 'extract' | 'read'
  /** As the record names it. */
  readonly fileName: string
  readonly source: Source
  readonly options: ExtractOptions
}

export type Answer =
  /** A record, or with work `read` a Document, as the JSON text that is printed. */
  | { readonly kind: 'done'; readonly json: string }
  /** Only with work `read`: a record says its failure itself. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** The file system refused: there are no bytes to make a record of. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** A mistake of ours: the stack is for the developer, the file fails alone. */
  | { readonly kind: 'threw'; readonly stack: string }

export function isAnswer(message: unknown): message is Answer {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false
  switch (message.kind) {
    case 'done':
      return 'json' in message && typeof message.json === 'string'
    case 'refused':
      return 'failure' in message && typeof message.failure === 'object'
    case 'unreachable':
      return 'reason' in message && typeof message.reason === 'string'
    case 'threw':
      return 'stack' in message && typeof message.stack === 'string'
    default:
      return false
  }
}
