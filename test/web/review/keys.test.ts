import { describe, expect, test } from '@jest/globals'
import { commandOf, commandsOn, digitOf, type Place, pressesOf, type Stroke } from '../../../web/src/review/keys.js'

function stroke(code: string, more: Partial<Stroke> = {}): Stroke {
  return {
    code,
    keyCode: 0,
    shiftKey: false,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    isComposing: false,
    repeat: false,
    ...more,
  }
}

const OFF = { singleKeys: false, own: {} }

const pressed = (code: string, place: Place = 'elsewhere', more: Partial<Stroke> = {}) =>
  commandOf(stroke(code, more), 'review', place)

describe('a key of the review', () => {
  test('is known by its place on the keyboard', () => {
    expect(pressed('KeyP')).toBe('asPublished')
    expect(pressed('Enter')).toBe('recommended')
    expect(pressed('NumpadEnter', 'table')).toBe('recommended')
  })

  test('means another thing with the shift key, and nothing where it has no such meaning', () => {
    expect(pressed('KeyU')).toBe('undo')
    expect(pressed('KeyU', 'elsewhere', { shiftKey: true })).toBe('redo')
    expect(pressed('Slash', 'elsewhere', { shiftKey: true })).toBe('help')
    expect(pressed('KeyP', 'elsewhere', { shiftKey: true })).toBeNull()
    expect(pressed('Equal', 'elsewhere', { shiftKey: true })).toBe('nearer')
  })

  test.each([
    ['an input method composes', { isComposing: true }],
    ['an input method has not made up its mind', { keyCode: 229 }],
    ['Ctrl is held', { ctrlKey: true }],
    ['Alt is held', { altKey: true }],
    ['Meta is held', { metaKey: true }],
  ])('does nothing while %s', (_when, more) => {
    expect(pressed('KeyA', 'elsewhere', more)).toBeNull()
    expect(digitOf(stroke('Digit4', more))).toBeNull()
  })

  test('does nothing in a field', () => {
    expect(pressed('KeyA', 'field')).toBeNull()
    expect(pressed('Enter', 'field')).toBeNull()
  })

  test('held down moves and decides nothing', () => {
    expect(pressed('ArrowDown', 'table', { repeat: true })).toBe('down')
    expect(pressed('Enter', 'table', { repeat: true })).toBeNull()
    expect(pressed('KeyA', 'elsewhere', { repeat: true })).toBeNull()
  })

  test('presses the button that has the focus', () => {
    expect(pressed('Enter', 'control')).toBeNull()
    expect(pressed('KeyJ', 'control')).toBe('nextItem')
  })

  test('is taken from the browser in the table only, where it walks from cell to cell', () => {
    expect(pressed('Tab')).toBeNull()
    expect(pressed('Tab', 'table')).toBe('nextCell')
    expect(pressed('Tab', 'table', { shiftKey: true })).toBe('previousCell')
    expect(pressed('ArrowUp')).toBeNull()
  })

  test('goes to a part by a digit, unless a cell has the focus, which the digit is written into', () => {
    expect(pressed('Digit3')).toBe('part')
    expect(pressed('Digit3', 'table')).toBeNull()
    expect(digitOf(stroke('Numpad7'))).toBe('7')
    expect(digitOf(stroke('KeyA'))).toBeNull()
  })

  test('of a single sign can be switched off; Enter, Tab and Escape stay', () => {
    expect(commandOf(stroke('KeyP'), 'review', 'elsewhere', OFF)).toBeNull()
    expect(commandOf(stroke('Enter'), 'review', 'elsewhere', OFF)).toBe('recommended')
    expect(commandOf(stroke('Tab'), 'review', 'table', OFF)).toBe('nextCell')
    expect(commandOf(stroke('Escape'), 'review', 'elsewhere', OFF)).toBe('close')
  })
})

test('no two commands of a screen share a key in one place', () => {
  const places: Place[] = ['table', 'elsewhere']
  for (const screen of ['review', 'queue'] as const) {
    for (const command of commandsOn(screen)) {
      for (const { code, shift } of pressesOf(command, {})) {
        const own = places.map((place) => commandOf(stroke(code, { shiftKey: shift }), screen, place))
        expect(own).toContain(command)
      }
    }
  }
})
