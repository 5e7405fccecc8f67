/**
 * numbering.xml → the lists of a document: for each list (`num`) its levels, with format, text and start.
 *
 * A list is an instance of an abstract list and may replace levels or their starts. Leaves the counting to list-counter.ts.
 * A format that Word 2010 added stands in alternate content with an older format as fallback; the fallback is read, since it
 * comes last and is one we know.
 */
import type { Result } from '../model.js'
import { integer, isOn } from './properties.js'
import { type Attributes, type ElementReader, type ElementTable, walkXml } from './xml.js'

export interface Level {
  readonly start: number
  readonly format: string
  /** `（%1）`: %1 to %9 stand for the counters of the levels. */
  readonly text: string
  /** After which level (from 1) it starts again; 0 never, null after any level above it. */
  readonly restart: number | null
  /** All counters in arabic digits, whatever their own format. */
  readonly isLegal: boolean
  readonly paragraphStyle: string | null
}

export interface AbstractList {
  readonly levels: ReadonlyMap<number, Level>
  /** Defined elsewhere: by the list style of this name. */
  readonly styleLink: string | null
}

export interface List {
  readonly abstract: string
  readonly levels: ReadonlyMap<number, Level>
  readonly starts: ReadonlyMap<number, number>
}

export interface Numbering {
  readonly abstracts: ReadonlyMap<string, AbstractList>
  readonly lists: ReadonlyMap<string, List>
}

export const NO_NUMBERING: Numbering = { abstracts: new Map(), lists: new Map() }

/** Word knows nine levels. */
export const LEVELS = 9

export function readNumbering(part: Uint8Array): Result<Numbering> {
  const reading: Reading = { abstracts: new Map(), lists: new Map(), abstract: null, list: null, at: 0, level: null }
  const failure = walkXml(part, NUMBERING, reading)
  return failure === null ? { ok: true, value: reading } : { ok: false, failure }
}

type Open<T> = { -readonly [K in keyof T]: T[K] extends ReadonlyMap<infer A, infer B> ? Map<A, B> : T[K] }

interface Reading {
  readonly abstracts: Map<string, AbstractList>
  readonly lists: Map<string, List>
  abstract: Open<AbstractList> | null
  list: Open<List> | null
  /** The level of the open `lvl` or `lvlOverride`. */
  at: number
  level: Open<Level> | null
}

function property(set: (level: Open<Level>, value: string, attributes: Attributes) => void): ElementReader<Reading> {
  return {
    open: ({ level }, attributes) => {
      if (level !== null) set(level, attributes['w:val'] ?? '', attributes)
    },
  }
}

const LEVEL = new Map<string, ElementReader<Reading>>([
  ['w:start', property((level, value) => (level.start = integer(value) ?? level.start))],
  ['w:numFmt', property((level, value) => (level.format = value))],
  ['w:lvlText', property((level, value) => (level.text = value))],
  ['w:lvlRestart', property((level, value) => (level.restart = integer(value)))],
  ['w:isLgl', property((level, _, attributes) => (level.isLegal = isOn(attributes)))],
  ['w:pStyle', property((level, value) => (level.paragraphStyle = value))],
])
LEVEL.set('mc:AlternateContent', { inside: LEVEL })
LEVEL.set('mc:Choice', { inside: LEVEL })
LEVEL.set('mc:Fallback', { inside: LEVEL })

const LVL: ElementReader<Reading> = {
  open: (reading, attributes) => {
    reading.at = integer(attributes['w:ilvl']) ?? 0
    // Without a start a list starts at nought (17.9.25); every writer we know gives one.
    reading.level = { start: 0, format: 'decimal', text: '', restart: null, isLegal: false, paragraphStyle: null }
  },
  close: ({ abstract, list, at, level }) => {
    if (level !== null && at >= 0 && at < LEVELS) (abstract ?? list)?.levels.set(at, level)
  },
  inside: LEVEL,
}

const ABSTRACT: ElementReader<Reading> = {
  open: (reading, attributes) => {
    reading.abstract = { levels: new Map(), styleLink: null }
    reading.abstracts.set(attributes['w:abstractNumId'] ?? '', reading.abstract)
  },
  close: (reading) => {
    reading.abstract = null
  },
  inside: new Map<string, ElementReader<Reading>>([
    ['w:lvl', LVL],
    [
      'w:numStyleLink',
      {
        open: ({ abstract }, attributes) => {
          if (abstract !== null) abstract.styleLink = attributes['w:val'] ?? null
        },
      },
    ],
  ]),
}

const OVERRIDE: ElementReader<Reading> = {
  open: (reading, attributes) => {
    reading.at = integer(attributes['w:ilvl']) ?? 0
  },
  inside: new Map<string, ElementReader<Reading>>([
    ['w:lvl', LVL],
    [
      'w:startOverride',
      { open: ({ list, at }, attributes) => list?.starts.set(at, integer(attributes['w:val']) ?? 0) },
    ],
  ]),
}

const LIST: ElementReader<Reading> = {
  open: (reading, attributes) => {
    reading.list = { abstract: '', levels: new Map(), starts: new Map() }
    reading.lists.set(attributes['w:numId'] ?? '', reading.list)
  },
  close: (reading) => {
    reading.list = null
  },
  inside: new Map<string, ElementReader<Reading>>([
    ['w:lvlOverride', OVERRIDE],
    [
      'w:abstractNumId',
      {
        open: ({ list }, attributes) => {
          if (list !== null) list.abstract = attributes['w:val'] ?? ''
        },
      },
    ],
  ]),
}

const NUMBERING: ElementTable<Reading> = new Map([
  [
    'w:numbering',
    {
      inside: new Map([
        ['w:abstractNum', ABSTRACT],
        ['w:num', LIST],
      ]),
    },
  ],
])
