/**
 * The keys of the queue and of the review screen: one table, from which what they do, the hints beside buttons and the help overlay come.
 *
 * A key is known by its place (`code`), since input methods give other letters. What is pressed while composing, with Ctrl, Alt or Meta, or
 * while writing in a field is none of ours; held down, a key moves and zooms, and decides nothing. A person may have given a command
 * another key than the table does (key-map.ts).
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
}

const BOTH = ['review', 'queue'] as const
const REVIEW = ['review'] as const
const QUEUE = ['queue'] as const

export const KEYS = {
  recommended: { group: 'decide', on: REVIEW, codes: ['Enter', 'NumpadEnter'], shown: ['Enter'] },
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
  },
  nextCell: {
    group: 'move',
    on: REVIEW,
    codes: ['Tab'],
    shown: ['Tab'],
    inTable: true,
    repeats: true,
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
  previousRegion: { group: 'move', on: REVIEW, codes: ['F6'], shown: ['⇧F6'], shift: true },
  nextRegion: { group: 'move', on: REVIEW, codes: ['F6'], shown: ['F6'] },
  identities: { group: 'look', on: REVIEW, codes: ['KeyG'], shown: ['G'] },
  years: { group: 'look', on: REVIEW, codes: ['KeyY'], shown: ['Y'] },
  zoom: { group: 'look', on: REVIEW, codes: ['KeyZ'], shown: ['Z'] },
  nearer: { group: 'look', on: REVIEW, codes: ['Equal', 'NumpadAdd'], shown: ['+'], repeats: true },
  farther: { group: 'look', on: REVIEW, codes: ['Minus', 'NumpadSubtract'], shown: ['−'], repeats: true },
  pageUp: { group: 'look', on: REVIEW, codes: ['PageUp'], shown: ['PgUp'], repeats: true },
  pageDown: { group: 'look', on: REVIEW, codes: ['PageDown'], shown: ['PgDn'], repeats: true },
  boxes: { group: 'look', on: REVIEW, codes: ['KeyB'], shown: ['B'] },
  window: { group: 'look', on: REVIEW, codes: ['KeyO'], shown: ['O'] },
  skip: { group: 'report', on: REVIEW, codes: ['KeyS'], shown: ['S'] },
  handOver: { group: 'report', on: BOTH, codes: ['KeyF'], shown: ['F'] },
  reject: { group: 'report', on: REVIEW, codes: ['KeyX'], shown: ['X'] },
  history: { group: 'report', on: REVIEW, codes: ['KeyH'], shown: ['H'] },
  identity: { group: 'report', on: REVIEW, codes: ['KeyN'], shown: ['N'] },
  open: { group: 'queue', on: QUEUE, codes: ['Enter', 'NumpadEnter'], shown: ['Enter'] },
  down1: { group: 'queue', on: QUEUE, codes: ['KeyJ', 'ArrowDown'], shown: ['J'], repeats: true },
  up1: { group: 'queue', on: QUEUE, codes: ['KeyK', 'ArrowUp'], shown: ['K'], repeats: true },
  search: { group: 'queue', on: QUEUE, codes: ['Slash', 'NumpadDivide'], shown: ['/'] },
  refresh: { group: 'queue', on: QUEUE, codes: ['KeyR'], shown: ['R'] },
  help: { group: 'other', on: BOTH, codes: ['Slash'], shown: ['?'], shift: true },
  language: { group: 'other', on: BOTH, codes: ['KeyL'], shown: ['L'] },
  theme: { group: 'other', on: BOTH, codes: ['KeyT'], shown: ['T'] },
  close: { group: 'other', on: BOTH, codes: ['Escape'], shown: ['Esc'] },
} as const satisfies Record<string, KeySpec>

export type Command = keyof typeof KEYS
/** What keys do on a screen. */
export type CommandOn<S extends Screen> = {
  [Each in Command]: S extends (typeof KEYS)[Each]['on'][number] ? Each : never
}[Command]

export const COMMANDS = Object.keys(KEYS) as readonly Command[]

/** A key by its place, and whether Shift is held. */
export interface Press {
  readonly code: string
  readonly shift: boolean
}

/** What a person made of the table. */
export interface KeyMap {
  /** False: only keys of more than one sign do anything, such as Enter and Tab. */
  readonly singleKeys: boolean
  /** Instead of those of the table. */
  readonly own: Readonly<Partial<Record<Command, Press>>>
}

export const AS_GIVEN: KeyMap = { singleKeys: true, own: {} }

function arrow(code: string, shown: string) {
  const spec = { group: 'move', on: REVIEW, codes: [code], shown: [shown], inTable: true, repeats: true }
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

export function commandOf<S extends Screen>(
  stroke: Stroke,
  screen: S,
  place: Place,
  map: KeyMap = AS_GIVEN,
): CommandOn<S> | null {
  if (isNotOurs(stroke) || place === 'field') return null
  if (place === 'control' && PRESSES_CONTROL.has(stroke.code)) return null
  const found = commandsOn(screen).find((command) => isIn(KEYS[command], place) && isPressed(command, stroke, map))
  if (found === undefined) return null
  const { repeats = false }: KeySpec = KEYS[found]
  if ((stroke.repeat && !repeats) || (!map.singleKeys && writes(stroke.code))) return null
  return found
}

export function commandsOn<S extends Screen>(screen: S): readonly CommandOn<S>[] {
  return COMMANDS.filter((command): command is CommandOn<S> => isOn(command, screen))
}

export function isOn(command: Command, screen: Screen): boolean {
  const { on }: KeySpec = KEYS[command]
  return on.includes(screen)
}

function isIn({ inTable = false, outsideTable = false }: KeySpec, place: Place): boolean {
  return place === 'table' ? !outsideTable : !inTable
}

function isPressed(command: Command, { code, shiftKey }: Stroke, { own }: KeyMap): boolean {
  return pressesOf(command, own).some((press) => press.code === code && press.shift === shiftKey)
}

/** Any of these is the command's. A key of one's own stands for the letter or sign of the table; F2, arrows and the like stay beside it. */
export function pressesOf(command: Command, own: KeyMap['own']): readonly Press[] {
  const { codes, shift = false }: KeySpec = KEYS[command]
  const given = codes.flatMap((code) =>
    // + stands on the upper half of its key.
    code === 'Equal' ? [false, true].map((shift) => ({ code, shift })) : [{ code, shift }],
  )
  const chosen = own[command]
  return chosen === undefined ? given : [chosen, ...given.filter(({ code }) => !isFree(code))]
}

/** As printed on the keys. */
export function shownOf(command: Command, own: KeyMap['own']): readonly string[] {
  const chosen = own[command]
  return chosen === undefined ? KEYS[command].shown : [printed(chosen)]
}

/** It gives a sign, in a field. */
function writes(code: string): boolean {
  return isFree(code) || /^(?:Digit|Numpad(?!Enter))/.test(code)
}

const SIGNS: Readonly<Record<string, string>> = {
  Minus: '−',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  Comma: ',',
  Period: '.',
  Slash: '/',
}

export function printed({ code, shift }: Press): string {
  const sign = code.startsWith('Key') ? code.slice('Key'.length) : (SIGNS[code] ?? code)
  return shift ? `⇧${sign}` : sign
}

/** Keys that a command may be given: letters and signs. Digits write, and the others have meanings of their own everywhere. */
export function isFree(code: string): boolean {
  return /^Key[A-Z]$/.test(code) || Object.hasOwn(SIGNS, code)
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
