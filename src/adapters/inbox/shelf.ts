/**
 * Where the files of an inbox go when they are in the store: INBOX/.gouji/taken or /refused, a folder a day, under the names
 * they had. Nothing there is ever replaced, and nothing is removed: when it may go is for people to say.
 */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import type { ReceivedFile } from '../store/arrivals.js'
import { isSystemError } from '../system-error.js'
import type { SeenFile } from './look.js'

export const SHELF = '.gouji'

/**
 * `lines`: what became of it, or of its members. Refused is what nothing came of; a note beside the file tells the person who looks
 * after it why, also when only some members of an archive were refused.
 */
export async function putAway(
  inbox: string,
  file: SeenFile,
  lines: readonly Pick<ReceivedFile, 'fileName' | 'outcome' | 'reason'>[],
  now: Date,
): Promise<void> {
  const refused = lines.filter(({ outcome }) => outcome === 'refused')
  const compartment = refused.length === lines.length ? 'refused' : 'taken'
  const [day = ''] = minuteOf(now).split(' ')
  const place = freePlace(join(inbox, SHELF, compartment, day, ...file.fileName.split('/')))
  await mkdir(dirname(place), { recursive: true })
  if (refused.length > 0) {
    const reasons = refused.map(({ fileName, reason }) => `${fileName}：${reason?.message ?? '未说明原因'}`)
    await writeFile(`${place}.txt`, `未收入库的文件及原因\n\n${reasons.join('\n')}\n`)
  }
  await rename(file.path, place)
}

/** 2026-11-23 14:05, on the clock of the place. */
export function minuteOf(now: Date): string {
  return now.toLocaleString('sv-SE').slice(0, 16)
}

/** A name is free when nothing has it, nor the note beside it. One process looks after an inbox. */
function freePlace(wanted: string): string {
  const extension = extname(wanted)
  const stem = wanted.slice(0, wanted.length - extension.length)
  for (let number = 1; ; number += 1) {
    const place = number === 1 ? wanted : `${stem} (${number})${extension}`
    if (!existsSync(place) && !existsSync(`${place}.txt`)) return place
  }
}

/** The batch that is being filled, so that a restart goes on with it. */
export interface NotedBatch {
  readonly label: string
  readonly key: string
}

const NOTE = 'batch.json'

export async function readNote(inbox: string): Promise<NotedBatch | null> {
  try {
    const note: unknown = JSON.parse(await readFile(join(inbox, SHELF, NOTE), 'utf8'))
    if (typeof note !== 'object' || note === null || !('label' in note) || !('key' in note)) return null
    const { label, key } = note
    return typeof label === 'string' && typeof key === 'string' ? { label, key } : null
  } catch (error) {
    // None, or one that was being written when the power went.
    if (isSystemError(error) ? error.code === 'ENOENT' : error instanceof SyntaxError) return null
    throw error
  }
}

export async function writeNote(inbox: string, batch: NotedBatch): Promise<void> {
  await mkdir(join(inbox, SHELF), { recursive: true })
  await writeFile(join(inbox, SHELF, NOTE), JSON.stringify(batch))
}

export function removeNote(inbox: string): Promise<void> {
  return rm(join(inbox, SHELF, NOTE), { force: true })
}
