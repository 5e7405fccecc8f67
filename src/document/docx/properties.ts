/**
 * `w:pPr` and `w:rPr` → the few properties that a reader of text needs, wherever they stand: in a style, in the defaults, in a
 * paragraph or in a run. Properties that were changed under revision (`w:pPrChange` …) hold the old state and are passed over.
 */
import type { Attributes, ElementReader, ElementTable } from './xml.js'

/** `null`: nothing said here, so what lies beneath holds. */
export interface RunProperties {
  style: string | null
  bold: boolean | null
  hidden: boolean | null
  /** Set in a heading face. */
  heading: boolean | null
  /** In points. */
  size: number | null
}

export interface ParagraphProperties {
  style: string | null
  /** From 1; 0 is said to be body text. */
  level: number | null
  centred: boolean | null
  list: string | null
  listLevel: number | null
}

export const noRunProperties = (): RunProperties => ({
  style: null,
  bold: null,
  hidden: null,
  heading: null,
  size: null,
})

export const noParagraphProperties = (): ParagraphProperties => ({
  style: null,
  level: null,
  centred: null,
  list: null,
  listLevel: null,
})

export function integer(value: string | undefined): number | null {
  return value !== undefined && /^\s*[+-]?\d{1,9}\s*$/.test(value) ? Number(value) : null
}

/** An on/off property: present without a value is on. */
export function isOn(attributes: Attributes): boolean {
  const value = attributes['w:val']
  return value !== '0' && value !== 'false' && value !== 'off' && value !== 'none'
}

/** A table whose readers set a value on what `target` finds open. */
function setters<State, Target>(
  target: (state: State) => Target,
  properties: Readonly<Record<string, (target: Target, attributes: Attributes) => void>>,
): Map<string, ElementReader<State>> {
  return new Map(
    Object.entries(properties).map(([name, set]) => [
      name,
      { open: (state: State, attributes: Attributes) => set(target(state), attributes) },
    ]),
  )
}

export function runProperties<State>(target: (state: State) => RunProperties): ElementTable<State> {
  return setters(target, {
    'w:rStyle': (run, attributes) => {
      run.style = attributes['w:val'] ?? null
    },
    'w:b': (run, attributes) => {
      run.bold = isOn(attributes)
    },
    'w:vanish': (run, attributes) => {
      run.hidden = isOn(attributes)
    },
    'w:rFonts': (run, attributes) => {
      const face = attributes['w:eastAsia']
      if (attributes['w:eastAsiaTheme'] !== undefined) run.heading = false
      else if (face !== undefined) run.heading = isHeadingFace(face)
    },
    'w:sz': (run, attributes) => {
      const halfPoints = Number(attributes['w:val'])
      run.size = halfPoints > 0 ? halfPoints / 2 : null
    },
  })
}

export function paragraphProperties<State>(
  target: (state: State) => ParagraphProperties,
  mark: ElementReader<State> = {},
): ElementTable<State> {
  const table = setters(target, {
    'w:pStyle': (paragraph, attributes) => {
      paragraph.style = attributes['w:val'] ?? null
    },
    'w:jc': (paragraph, attributes) => {
      paragraph.centred = attributes['w:val'] === 'center'
    },
    'w:outlineLvl': (paragraph, attributes) => {
      const level = integer(attributes['w:val'])
      paragraph.level = level === null || level < 0 || level > 8 ? 0 : level + 1
    },
  })
  const list = setters(target, {
    'w:numId': (paragraph, attributes) => {
      paragraph.list = attributes['w:val'] ?? null
    },
    'w:ilvl': (paragraph, attributes) => {
      paragraph.listLevel = integer(attributes['w:val'])
    },
  })
  return table.set('w:numPr', { inside: list }).set('w:rPr', mark)
}

/** 黑体 and 小标宋 are what headings are set in; 微软雅黑 is what whole pages are set in, so it says nothing. */
const HEADING_FACE = /黑体|小标宋|XiaoBiaoSong|(?<!ya)hei/i

const facesSeen = new Map<string, boolean>()

/** Remembered, since every run names its face; forgotten as a whole before a hostile file can fill it. */
function isHeadingFace(face: string): boolean {
  let isHeading = facesSeen.get(face)
  if (isHeading === undefined) {
    isHeading = HEADING_FACE.test(face)
    if (facesSeen.size > 1000) facesSeen.clear()
    facesSeen.set(face, isHeading)
  }
  return isHeading
}
