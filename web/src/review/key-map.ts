/**
 * A person's own keys: commands given other keys than the table gives them, and what stands against it.
 *
 * Pure. A key is one command's on a screen: what would take a key from another command is refused and told, unless the two change places.
 * What has a meaning everywhere, such as Enter, Tab, arrows and the digits that write, keeps it.
 */
import { AS_GIVEN, COMMANDS, type Command, isFree, isOn, KEYS, type KeyMap, type Press, pressesOf } from './keys.js'

type Own = KeyMap['own']

/** The commands on letters and signs; the digits of the parts stay together. */
export const CHANGEABLE: readonly Command[] = COMMANDS.filter((command) => {
  const { codes }: { readonly codes: readonly string[] } = KEYS[command]
  return codes.some(isFree)
})

/** The commands that have the key where this one would have it. */
export function holdersOf(press: Press, command: Command, own: Own): readonly Command[] {
  return COMMANDS.filter(
    (other) => other !== command && meet(other, command) && pressesOf(other, own).some((held) => isSame(held, press)),
  )
}

function meet(one: Command, other: Command): boolean {
  return (isOn(one, 'queue') && isOn(other, 'queue')) || (isOn(one, 'review') && isOn(other, 'review'))
}

export type Given =
  | { readonly kind: 'given'; readonly own: Own }
  /** No command may have it. */
  | { readonly kind: 'reserved' }
  /** `swapped`: as it would be if the two changed places; null: they cannot. */
  | { readonly kind: 'taken'; readonly by: readonly Command[]; readonly swapped: Own | null }

export function give(command: Command, press: Press, own: Own): Given {
  if (!isFree(press.code)) return { kind: 'reserved' }
  const by = holdersOf(press, command, own)
  if (by.length === 0) return { kind: 'given', own: withKey(command, press, own) }
  return { kind: 'taken', by, swapped: swapped(command, press, by, own) }
}

function swapped(command: Command, press: Press, by: readonly Command[], own: Own): Own | null {
  const [other, ...more] = by
  const left = pressesOf(command, own)[0]
  if (other === undefined || more.length > 0 || left === undefined || !CHANGEABLE.includes(other)) return null
  const changed = withKey(other, left, withKey(command, press, own))
  return holdersOf(left, other, changed).length === 0 ? changed : null
}

/** As the table gives it; refused where another command has been given that key. */
export function giveBack(command: Command, own: Own): Given {
  const rest = without(command, own)
  const by = pressesOf(command, rest).flatMap((press) => holdersOf(press, command, rest))
  return by.length === 0 ? { kind: 'given', own: rest } : { kind: 'taken', by: [...new Set(by)], swapped: null }
}

function withKey(command: Command, press: Press, own: Own): Own {
  const rest = without(command, own)
  return pressesOf(command, rest).some((given) => isSame(given, press)) ? rest : { ...rest, [command]: press }
}

function without(command: Command, own: Own): Own {
  return Object.fromEntries(Object.entries(own).filter(([each]) => each !== command))
}

function isSame(one: Press, other: Press): boolean {
  return one.code === other.code && one.shift === other.shift
}

export function writeKeyMap(map: KeyMap): string {
  return JSON.stringify(map)
}

/** What was kept by another version, or by somebody else, is taken as far as it makes sense. */
export function readKeyMap(kept: string | null): KeyMap {
  const told = parsed(kept)
  if (!isObject(told)) return AS_GIVEN
  let own: Own = {}
  for (const [name, press] of Object.entries(isObject(told.own) ? told.own : {})) {
    const command = CHANGEABLE.find((each) => each === name)
    if (command === undefined || !isPress(press)) continue
    own = { ...own, [command]: { code: press.code, shift: press.shift } }
  }
  return { singleKeys: told.singleKeys !== false, own: withoutClashes(own) }
}

function withoutClashes(own: Own): Own {
  const clashes = CHANGEABLE.filter((command) => {
    const press = own[command]
    return press !== undefined && holdersOf(press, command, own).length > 0
  })
  return clashes.length === 0 ? own : {}
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function isObject(told: unknown): told is Record<string, unknown> {
  return typeof told === 'object' && told !== null
}

function isPress(told: unknown): told is Press {
  return isObject(told) && typeof told.code === 'string' && isFree(told.code) && typeof told.shift === 'boolean'
}
