/**
 * All originals, read again → whether each still is what was received: changed, missing, unreadable, or lying there untracked.
 *
 * What lies there is listed first and what is known is asked for after that, so that a file received meanwhile is never taken for an
 * untracked one. Every byte is read; in memory are the names alone. One original that cannot be read is a finding; a place that as
 * a whole cannot be reached is thrown.
 */
import type { Originals, Service, StoredObject } from '../service.js'
import { OriginalDamaged, OriginalMissing } from './errors.js'

export interface KnownOriginal {
  readonly sha256: string
  readonly byteLength: number
  readonly fileName: string
}

export type Finding =
  | { readonly kind: 'sound' }
  | { readonly kind: 'changed' | 'unreadable'; readonly known: KnownOriginal; readonly detail: string }
  | { readonly kind: 'missing'; readonly known: KnownOriginal }
  | { readonly kind: 'untracked'; readonly object: StoredObject }

const PAGE = 1000

/** One finding an original, also for each that is sound. */
export async function* checkFixity(
  originals: Originals,
  known: AsyncIterable<KnownOriginal>,
): AsyncGenerator<Finding, void, undefined> {
  const untracked = new Map<string, StoredObject>()
  for await (const object of originals.list()) untracked.set(object.sha256 ?? object.name, object)
  for await (const one of known) {
    untracked.delete(one.sha256)
    yield await checkOne(originals, one)
  }
  for (const object of untracked.values()) yield { kind: 'untracked', object }
}

async function checkOne(originals: Originals, known: KnownOriginal): Promise<Finding> {
  try {
    let byteLength = 0
    for await (const chunk of await originals.stream(known.sha256)) byteLength += chunk.length
    if (byteLength === known.byteLength) return { kind: 'sound' }
    return { kind: 'changed', known, detail: `登记为 ${known.byteLength} 字节，实为 ${byteLength} 字节` }
  } catch (error) {
    if (error instanceof OriginalMissing) return { kind: 'missing', known }
    if (error instanceof OriginalDamaged) return { kind: 'changed', known, detail: error.detail }
    await originals.check()
    return { kind: 'unreadable', known, detail: error instanceof Error ? error.message : String(error) }
  }
}

/** Prints what is wrong and then what was looked at; whether nothing is wrong. */
export async function reportFixity(findings: AsyncIterable<Finding>, print: (line: string) => void): Promise<boolean> {
  const counts = { sound: 0, changed: 0, unreadable: 0, missing: 0, untracked: 0 }
  for await (const finding of findings) {
    counts[finding.kind] += 1
    if (finding.kind !== 'sound') print(describe(finding))
  }
  const { sound, changed, unreadable, missing, untracked } = counts
  const wrong = changed + unreadable + missing + untracked
  print(
    `登记的原件 ${sound + changed + unreadable + missing} 份：完好 ${sound}，已改变 ${changed}，无法读取 ${unreadable}，缺失 ${missing}；` +
      `未登记的文件 ${untracked} 个。${wrong === 0 ? '全部相符' : '请核查'}。` +
      ` (sound ${sound}, changed ${changed}, unreadable ${unreadable}, missing ${missing}, untracked ${untracked})`,
  )
  return wrong === 0
}

function describe(finding: Exclude<Finding, { kind: 'sound' }>): string {
  switch (finding.kind) {
    case 'changed':
      return `已改变 (changed)　${nameOf(finding.known)}　${finding.detail}`
    case 'unreadable':
      return `无法读取 (unreadable)　${nameOf(finding.known)}　${finding.detail}`
    case 'missing':
      return `缺失 (missing)　${nameOf(finding.known)}`
    case 'untracked':
      return `未登记 (untracked)　${finding.object.name}　${finding.object.byteLength} 字节`
  }
}

/** The name came from outside, and goes to a terminal. */
function nameOf({ sha256, fileName }: KnownOriginal): string {
  return `${sha256}　${fileName.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '_')}`
}

/** All that were ever received, the deleted ones too, whose bytes stay. */
export async function* knownOriginals(db: Service['db']): AsyncGenerator<KnownOriginal, void, undefined> {
  let last = 0
  for (;;) {
    const rows = await db
      .selectFrom('documents')
      .select(['id', 'sha256', 'byte_length', 'file_name'])
      .where('id', '>', last)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const { id, sha256, byte_length, file_name } of rows) {
      last = id
      yield { sha256, byteLength: Number(byte_length), fileName: file_name }
    }
    if (rows.length < PAGE) return
  }
}
