/**
 * The keys of the review screens: one table, from which what they do, the hints beside buttons and the help overlay come.
 *
 * A key is known by its place (`code`), since input methods give other letters. What is pressed while composing, with Ctrl, Alt or Meta, or
 * while writing in a field is none of ours; held down, a key moves and zooms, and decides nothing.
 */
export type Screen = 'review' | 'queue'
export type KeyGroup = 'decide' | 'move' | 'look' | 'report' | 'queue' | 'other'

interface KeySpec {
  readonly group: KeyGroup
  readonly on: readonly Screen[]
  readonly codes: readonly string[]
  /** As printed on the keys. */
  readonly shown: readonly string[]
  readonly shift?: boolean
  /** May be held down. */
  readonly repeats?: boolean
  /** Only where a cell of the table has the focus. */
  readonly inTable?: boolean
  /** Not where a cell of the table has the focus: there it writes. */
  readonly outsideTable?: boolean
  /** No single character: stays when single keys are switched off. */
  readonly always?: boolean
}

const BOTH = ['review', 'queue'] as const
const REVIEW = ['review'] as const
const QUEUE = ['queue'] as const

export const KEYS = {
  recommended: { group: 'decide', on: REVIEW, codes: ['Enter', 'NumpadEnter'], shown: ['Enter'], always: true },
  asPublished: { group: 'decide', on: REVIEW, codes: ['KeyP'], shown: ['P'] },
  take: { group: 'decide', on: REVIEW, codes: ['KeyC'], shown: ['C'] },
  edit: { group: 'decide', on: REVIEW, codes: ['KeyE', 'F2'], shown: ['E'] },
  leave: { group: 'decide', on: REVIEW, codes: ['KeyD'], shown: ['D'] },
  note: { group: 'decide', on: REVIEW, codes: ['KeyM'], shown: ['M'] },
  redo: { group: 'decide', on: REVIEW, codes: ['KeyU'], shown: ['⇧U'], shift: true },
  undo: { group: 'decide', on: REVIEW, codes: ['KeyU'], shown: ['U'] },
  accept: { group: 'decide', on: REVIEW, codes: ['KeyA'], shown: ['A'] },
  previousCell: {
    group: 'move',
    on: REVIEW,
    codes: ['Tab'],
    shown: ['⇧Tab'],
    shift: true,
    inTable: true,
    repeats: true,
    always: true,
  },
  nextCell: {
    group: 'move',
    on: REVIEW,
    codes: ['Tab'],
    shown: ['Tab'],
    inTable: true,
    repeats: true,
    always: true,
  },
  nextItem: { group: 'move', on: REVIEW, codes: ['KeyJ'], shown: ['J'], repeats: true },
  previousItem: { group: 'move', on: REVIEW, codes: ['KeyK'], shown: ['K'], repeats: true },
  left: arrow('ArrowLeft', '←'),
  up: arrow('ArrowUp', '↑'),
  down: arrow('ArrowDown', '↓'),
  right: arrow('ArrowRight', '→'),
  part: {
    group: 'move',
    on: REVIEW,
    codes: ['Digit1', 'Digit2', 'Digit3', 'Digit4', 'Digit5', 'Digit6'],
    shown: ['1', '…', '6'],
    outsideTable: true,
  },
  previousPart: { group: 'move', on: REVIEW, codes: ['BracketLeft'], shown: ['['] },
  nextPart: { group: 'move', on: REVIEW, codes: ['BracketRight'], shown: [']'] },
  previousRegion: { group: 'move', on: REVIEW, codes: ['F6'], shown: ['⇧F6'], shift: true, always: true },
  nextRegion: { group: 'move', on: REVIEW, codes: ['F6'], shown: ['F6'], always: true },
  identities: { group: 'look', on: REVIEW, codes: ['KeyG'], shown: ['G'] },
  years: { group: 'look', on: REVIEW, codes: ['KeyY'], shown: ['Y'] },
  zoom: { group: 'look', on: REVIEW, codes: ['KeyZ'], shown: ['Z'] },
  nearer: { group: 'look', on: REVIEW, codes: ['Equal', 'NumpadAdd'], shown: ['+'], repeats: true },
  farther: { group: 'look', on: REVIEW, codes: ['Minus', 'NumpadSubtract'], shown: ['−'], repeats: true },
  pageUp: { group: 'look', on: REVIEW, codes: ['PageUp'], shown: ['PgUp'], repeats: true, always: true },
  pageDown: { group: 'look', on: REVIEW, codes: ['PageDown'], shown: ['PgDn'], repeats: true, always: true },
  boxes: { group: 'look', on: REVIEW, codes: ['KeyB'], shown: ['B'] },
  window: { group: 'look', on: REVIEW, codes: ['KeyO'], shown: ['O'] },
  skip: { group: 'report', on: REVIEW, codes: ['KeyS'], shown: ['S'] },
  handOver: { group: 'report', on: REVIEW, codes: ['KeyF'], shown: ['F'] },
  reject: { group: 'report', on: REVIEW, codes: ['KeyX'], shown: ['X'] },
  history: { group: 'report', on: REVIEW, codes: ['KeyH'], shown: ['H'] },
  identity: { group: 'report', on: REVIEW, codes: ['KeyN'], shown: ['N'] },
  open: { group: 'queue', on: QUEUE, codes: ['Enter', 'NumpadEnter'], shown: ['Enter'], always: true },
  down1: { group: 'queue', on: QUEUE, codes: ['KeyJ', 'ArrowDown'], shown: ['J'], repeats: true },
  up1: { group: 'queue', on: QUEUE, codes: ['KeyK', 'ArrowUp'], shown: ['K'], repeats: true },
  search: { group: 'queue', on: QUEUE, codes: ['Slash', 'NumpadDivide'], shown: ['/'] },
  refresh: { group: 'queue', on: QUEUE, codes: ['KeyR'], shown: ['R'] },
  help: { group: 'other', on: BOTH, codes: ['Slash'], shown: ['?'], shift: true },
  language: { group: 'other', on: BOTH, codes: ['KeyL'], shown: ['L'] },
  theme: { group: 'other', on: BOTH, codes: ['KeyT'], shown: ['T'] },
  close: { group: 'other', on: BOTH, codes: ['Escape'], shown: ['Esc'], always: true },
} as const satisfies Record<string, KeySpec>

export type Command = keyof typeof KEYS

export const COMMANDS = Object.keys(KEYS) as readonly Command[]

function arrow(code: string, shown: string) {
  const spec = { group: 'move', on: REVIEW, codes: [code], shown: [shown], inTable: true, repeats: true, always: true }
  return spec as typeof spec & { readonly group: 'move' }
}

/** What a keyboard event says, as far as it is asked. */
export interface Stroke {
  readonly code: string
  readonly keyCode: number
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  readonly isComposing: boolean
  readonly repeat: boolean
}

/** Where the focus is: in a field one writes in, on a button or link, in the table, or elsewhere. */
export type Place = 'field' | 'control' | 'table' | 'elsewhere'

/** What the key gives while an input method has not made up its mind. */
const UNDECIDED = 229
const PRESSES_CONTROL = new Set(['Enter', 'NumpadEnter', 'Space'])

export function commandOf(stroke: Stroke, screen: Screen, place: Place, singleKeys = true): Command | null {
  if (isNotOurs(stroke) || place === 'field') return null
  if (place === 'control' && PRESSES_CONTROL.has(stroke.code)) return null
  const found = COMMANDS.find((command) => fits(KEYS[command], stroke, screen, place))
  if (found === undefined) return null
  const { repeats = false, always = false }: KeySpec = KEYS[found]
  if ((stroke.repeat && !repeats) || (!singleKeys && !always)) return null
  return found
}

function fits(spec: KeySpec, { code, shiftKey }: Stroke, screen: Screen, place: Place): boolean {
  if (!spec.on.includes(screen) || !spec.codes.includes(code)) return false
  if (spec.inTable === true && place !== 'table') return false
  if (spec.outsideTable === true && place === 'table') return false
  // + stands on the upper half of its key.
  return shiftKey === (spec.shift ?? false) || code === 'Equal'
}

export function isNotOurs({ isComposing, keyCode, ctrlKey, altKey, metaKey }: Stroke): boolean {
  return isComposing || keyCode === UNDECIDED || ctrlKey || altKey || metaKey
}

const DIGIT = /^(?:Digit|Numpad)(\d)$/

/** The digit that begins a figure in the table, or tells the part elsewhere; null: no digit. */
export function digitOf(stroke: Stroke): string | null {
  if (isNotOurs(stroke) || stroke.shiftKey) return null
  return DIGIT.exec(stroke.code)?.[1] ?? null
}

/** For a hint beside a button. */
export function keyOf(command: Command): string {
  return KEYS[command].shown[0] ?? ''
}
