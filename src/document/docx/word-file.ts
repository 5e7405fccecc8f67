/**
 * The bytes of a Word file → its package, with styles and lists read: what both readers start from.
 *
 * This is all that they share before the text; the text itself each reads by its own means.
 */
import type { Result } from '../model.js'
import { NO_NUMBERING, type Numbering, readNumbering } from './numbering.js'
import { openPackage, type Package } from './package.js'
import { findParts, type Parts } from './parts.js'
import { NO_STYLES, readStyles, type Styles } from './styles.js'
import { type ElementTable, walkXml } from './xml.js'

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export interface WordFile {
  readonly file: Package
  readonly parts: Parts
  readonly styles: Styles
  readonly numbering: Numbering
  /** As the file's properties have it. */
  readonly title: string | null
}

export async function openWordFile(bytes: Uint8Array): Promise<Result<WordFile>> {
  const opened = await openPackage(bytes)
  if (!opened.ok) return opened
  const file = opened.value
  const parts = await findParts(file)
  if (!parts.ok) return parts
  const styles = await readOptional(file, parts.value.styles, readStyles, NO_STYLES)
  if (!styles.ok) return styles
  const numbering = await readOptional(file, parts.value.numbering, readNumbering, NO_NUMBERING)
  if (!numbering.ok) return numbering
  const title = await readOptional<string | null>(file, parts.value.properties, readTitle, null)
  if (!title.ok) return title
  const value = { file, parts: parts.value, styles: styles.value, numbering: numbering.value, title: title.value }
  return { ok: true, value }
}

async function readOptional<T>(
  file: Package,
  name: string | null,
  read: (part: Uint8Array) => Result<T>,
  otherwise: T,
): Promise<Result<T>> {
  if (name === null) return { ok: true, value: otherwise }
  const part = await file.read(name)
  return part.ok ? read(part.value) : part
}

interface Properties {
  title: string
}

const PROPERTIES: ElementTable<Properties> = new Map([
  [
    'cp:coreProperties',
    {
      inside: new Map([
        [
          'dc:title',
          {
            text: (properties: Properties, text: string) => {
              properties.title += text
            },
          },
        ],
      ]),
    },
  ],
])

function readTitle(part: Uint8Array): Result<string | null> {
  const properties: Properties = { title: '' }
  const failure = walkXml(part, PROPERTIES, properties)
  if (failure !== null) return { ok: false, failure }
  return { ok: true, value: properties.title.trim() || null }
}
