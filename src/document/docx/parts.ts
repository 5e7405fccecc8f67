/**
 * A package → where its parts are: the document itself by relationship or content type, and what it refers to.
 *
 * Part names are conventions only (`word/document.xml`), so they are tried last. Promises that what is named here is in the
 * package; leaves to the caller whether it is what it says.
 */
import { fail } from '../failure.js'
import type { Result } from '../model.js'
import type { Package } from './package.js'
import { type ElementTable, walkXml } from './xml.js'

export interface Parts {
  readonly document: string
  readonly styles: string | null
  readonly numbering: string | null
  /** Headers, footers and notes. */
  readonly furniture: readonly string[]
  readonly properties: string | null
}

interface Relationship {
  /** The last segment of the type: `styles`, `header`. What stands before it differs between strict and transitional files. */
  readonly type: string
  readonly target: string
}

const DOCUMENT_TYPE =
  /(?:wordprocessingml\.(?:document|template)|ms-word\.(?:document|template)\.macroEnabled\w*)\.main\+xml$/

export async function findParts(file: Package): Promise<Result<Parts>> {
  const root = await readRelationships(file, '')
  if (!root.ok) return root
  const document =
    existing(file, [...targets(root.value, 'officeDocument')]) ??
    (await documentByType(file)) ??
    existing(file, ['word/document.xml'])
  if (document === null) return fail('corrupt', '文件中没有 Word 正文')

  const related = await readRelationships(file, document)
  if (!related.ok) return related
  const part = (type: string, usual: string): string | null => existing(file, [...targets(related.value, type), usual])
  const furniture = ['header', 'footer', 'footnotes', 'endnotes'].flatMap((type) => targets(related.value, type))
  return {
    ok: true,
    value: {
      document,
      styles: part('styles', resolve(document, 'styles.xml')),
      numbering: part('numbering', resolve(document, 'numbering.xml')),
      furniture: [...new Set(furniture)].filter((name) => file.has(name)),
      properties: existing(file, [...targets(root.value, 'core-properties'), 'docProps/core.xml']),
    },
  }
}

function existing(file: Package, names: readonly string[]): string | null {
  return names.find((name) => file.has(name)) ?? null
}

function targets(relationships: readonly Relationship[], type: string): string[] {
  return relationships.filter((relationship) => relationship.type === type).map(({ target }) => target)
}

async function documentByType(file: Package): Promise<string | null> {
  const found: string[] = []
  if (!file.has('[Content_Types].xml')) return null
  const part = await file.read('[Content_Types].xml')
  if (part.ok) walkXml(part.value, CONTENT_TYPES, found)
  return existing(file, found)
}

const CONTENT_TYPES: ElementTable<string[]> = new Map([
  [
    'ct:Types',
    {
      inside: new Map([
        [
          'ct:Override',
          {
            open: (found, { PartName, ContentType }) => {
              if (PartName !== undefined && DOCUMENT_TYPE.test(ContentType ?? '')) found.push(PartName)
            },
          },
        ],
      ]),
    },
  ],
])

/** The part that holds the relationships of a part. */
export function relationshipsOf(source: string): string {
  const folder = source.slice(0, source.lastIndexOf('/') + 1)
  return `${folder}_rels/${source.slice(folder.length)}.rels`
}

/** The relationships of a part, or of the package as a whole under the empty name; none where the file has no such part. */
async function readRelationships(file: Package, source: string): Promise<Result<readonly Relationship[]>> {
  const path = relationshipsOf(source)
  if (!file.has(path)) return { ok: true, value: [] }
  const part = await file.read(path)
  if (!part.ok) return part
  const found: Relationship[] = []
  const failure = walkXml(part.value, RELATIONSHIPS, found)
  if (failure !== null) return { ok: false, failure }
  return { ok: true, value: found.map(({ type, target }) => ({ type, target: resolve(source, target) })) }
}

const RELATIONSHIPS: ElementTable<Relationship[]> = new Map([
  [
    'rel:Relationships',
    {
      inside: new Map([
        [
          'rel:Relationship',
          {
            open: (found, { Type, Target, TargetMode }) => {
              if (Type === undefined || Target === undefined || TargetMode === 'External') return
              found.push({ type: Type.slice(Type.lastIndexOf('/') + 1), target: Target })
            },
          },
        ],
      ]),
    },
  ],
])

/** A target as a part name: relative to the part that names it, unless it starts at the root. */
function resolve(source: string, target: string): string {
  const path = target.startsWith('/') ? target : `${source.slice(0, source.lastIndexOf('/') + 1)}${target}`
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(decode(segment))
  }
  return segments.join('/')
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    // A stray per cent sign is part of the name.
    return segment
  }
}
