/**
 * What goes to a worker and what comes back: plain data, so that it crosses a process boundary unchanged.
 */
import type { Failure } from '../document/model.js'
import type { Picture } from '../document/pdf/picture.js'
import type { ExtractOptions } from '../extract.js'
import type { ReportRecord } from '../record.js'
import type { FontFile } from './fonts.js'

/** A file on disk is read by the worker itself; only the members of an archive travel as bytes. */
export type Source =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

interface AnyTask {
  readonly source: Source
  /** PDFium as machine code, made while the thread that reads the file started. Cannot cross to another process. */
  readonly pdfium?: WebAssembly.Module
}

export interface ReadingTask extends AnyTask {
  readonly work: 'extract' | 'read'
  /** As the record names it. */
  readonly fileName: string
  readonly options: ExtractOptions
}

export interface PictureTask extends AnyTask {
  readonly work: 'picture'
  /** From 1. */
  readonly page: number
  readonly dpi: number
  /** For what wants a Chinese font that the file does not bring; null: the machine has none. */
  readonly font: FontFile | null
}

export interface PageTextTask extends AnyTask {
  readonly work: 'text'
  /** From 1. */
  readonly page: number
}

export type Task = ReadingTask | PictureTask | PageTextTask

export type Status = ReportRecord['status']

/** Texts come as bytes, ready to be written: making them of a string again would be the parent's work, once for all workers. */
export type Answer =
  /** One line of JSON, and the one thing in it that everybody needs. */
  | { readonly kind: 'record'; readonly status: Status; readonly line: Uint8Array }
  /** One line of JSON: what `read` gives. */
  | { readonly kind: 'document'; readonly line: Uint8Array }
  | { readonly kind: 'picture'; readonly picture: Picture }
  /** One line of JSON: PageText. */
  | { readonly kind: 'text'; readonly line: Uint8Array }
  /** The file has no page of that number, or is of a kind that has no pages. */
  | { readonly kind: 'no_page'; readonly isPaged: boolean }
  /** Not with work `extract`: a record says its failure itself. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** The file system refused: there are no bytes to make a record of. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** A mistake of ours: the stack is for the developer, the file fails alone. */
  | { readonly kind: 'threw'; readonly stack: string }

export const STATUSES = ['accepted', 'needs_review', 'failed'] as const satisfies readonly Status[]

export function isAnswer(message: unknown): message is Answer {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false
  switch (message.kind) {
    case 'record':
      return (
        'line' in message &&
        ArrayBuffer.isView(message.line) &&
        'status' in message &&
        STATUSES.some((status) => status === message.status)
      )
    case 'document':
    case 'text':
      return 'line' in message && ArrayBuffer.isView(message.line)
    case 'picture':
      return 'picture' in message && isPicture(message.picture)
    case 'no_page':
      return 'isPaged' in message && typeof message.isPaged === 'boolean'
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

function isPicture(picture: unknown): boolean {
  return typeof picture === 'object' && picture !== null && 'png' in picture && ArrayBuffer.isView(picture.png)
}

export function toLine(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value)}\n`)
}
