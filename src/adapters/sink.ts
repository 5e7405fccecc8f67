/**
 * Records → standard output, or files in a folder.
 *
 * A file appears under its name only when it is complete, and nothing half-written stays behind: it is written beside its name
 * in one go and renamed, without returning to the event loop in between, where a signal could end the run. Names come from
 * documents and archives, so they are made harmless: no folder, no hidden file, no name twice, whatever the case of its letters.
 */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toTsv } from '../export/tsv.js'
import type { ReportRecord } from '../record.js'

/** Waits while a pipe is full. */
export async function print(text: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

export interface Folder {
  write(record: ReportRecord, line: Uint8Array): void
}

/** Throws what the file system throws. */
export function openFolder(folder: string): Folder {
  mkdirSync(folder, { recursive: true })
  const taken = new Set<string>()
  return {
    write: (record, line) => {
      const name = take(taken, namesFor(record.document.fileName))
      const keys = new Set<string>()
      for (const table of record.tables) {
        writeWhole(folder, `${name}.${take(keys, numbered(safeName(table.key)))}.tsv`, toTsv(table))
      }
      writeWhole(folder, `${name}.json`, line)
    },
  }
}

const NAME_BYTES = 180

/** The first of the names that is free, which it then is no longer. Two names that differ in case alone are one. */
function take(taken: Set<string>, names: Iterable<string>): string {
  for (const name of names) {
    const folded = name.normalize('NFC').toLowerCase()
    if (taken.has(folded)) continue
    taken.add(folded)
    return name
  }
  throw new Error('the names have run out')
}

/** Without its extension, as long as that is free; then with it; then with a number. */
function* namesFor(fileName: string): Generator<string, void, undefined> {
  yield safeName(fileName.replace(/\.[^./]{1,10}$/, ''))
  yield* numbered(safeName(fileName))
}

function* numbered(name: string): Generator<string, void, undefined> {
  yield name
  for (let number = 2; ; number += 1) yield `${name}-${number}`
}

/** What every system takes as the beginning of a file's name. */
export function safeName(name: string): string {
  const flat = name.replace(/[\p{Cc}\p{Bidi_Control}/\\:*?"<>|]+/gu, '_').replace(/^[.\s]+|[.\s]+$/g, '')
  let short = ''
  let bytes = 0
  for (const character of flat) {
    bytes += Buffer.byteLength(character)
    if (bytes > NAME_BYTES) break
    short += character
  }
  return short === '' ? 'report' : short
}

export function writeWhole(folder: string, name: string, content: string | Uint8Array): void {
  const temporary = join(folder, `.${randomUUID()}.tmp`)
  try {
    writeFileSync(temporary, content, { flag: 'wx' })
    renameSync(temporary, join(folder, name))
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
