import { describe, expect, test } from '@jest/globals'
import { CHANGEABLE, give, giveBack, readKeyMap, writeKeyMap } from '../../../web/src/review/key-map.js'
import { AS_GIVEN, commandOf, type KeyMap, type Press, type Screen, shownOf } from '../../../web/src/review/keys.js'

const key = (code: string, shift = false): Press => ({ code, shift })

function pressed(press: Press, map: KeyMap, screen: Screen = 'review') {
  const stroke = { code: press.code, shiftKey: press.shift, keyCode: 0, ctrlKey: false, altKey: false, metaKey: false }
  return commandOf({ ...stroke, isComposing: false, repeat: false }, screen, 'elsewhere', map)
}

function given(...gifts: readonly (readonly [Parameters<typeof give>[0], Press])[]): KeyMap {
  let own: KeyMap['own'] = {}
  for (const [command, press] of gifts) {
    const answer = give(command, press, own)
    if (answer.kind !== 'given') throw new Error(`${command}: ${answer.kind}`)
    own = answer.own
  }
  return { singleKeys: true, own }
}

describe('a command with a key of one\u2019s own', () => {
  test('is done by that key, and no longer by the one of the table', () => {
    const map = given(['asPublished', key('KeyQ')])
    expect(pressed(key('KeyQ'), map)).toBe('asPublished')
    expect(pressed(key('KeyP'), map)).toBeNull()
    expect(shownOf('asPublished', map.own)).toEqual(['Q'])
  })

  test('may be one with Shift, which is shown', () => {
    const map = given(['reject', key('KeyX', true)])
    expect(pressed(key('KeyX', true), map)).toBe('reject')
    expect(pressed(key('KeyX'), map)).toBeNull()
    expect(shownOf('reject', map.own)).toEqual(['⇧X'])
  })

  test('leaves its old key to others', () => {
    const map = given(['asPublished', key('KeyQ')], ['take', key('KeyP')])
    expect(pressed(key('KeyP'), map)).toBe('take')
    expect(giveBack('asPublished', map.own)).toEqual({ kind: 'taken', by: ['take'], swapped: null })
  })

  test('has the key of the table again when it is given back, or given anew', () => {
    const map = given(['asPublished', key('KeyQ')])
    expect(giveBack('asPublished', map.own)).toEqual({ kind: 'given', own: {} })
    expect(give('asPublished', key('KeyP'), map.own)).toEqual({ kind: 'given', own: {} })
    expect(shownOf('asPublished', {})).toEqual(['P'])
  })

  test('keeps those of its keys that are no letter and no sign', () => {
    const map = given(['down1', key('KeyN')], ['edit', key('KeyQ')])
    expect(pressed(key('ArrowDown'), map, 'queue')).toBe('down1')
    expect(pressed(key('KeyJ'), map, 'queue')).toBeNull()
    expect(pressed(key('F2'), { ...map, singleKeys: false })).toBe('edit')
  })

  test('is switched off with all single keys', () => {
    expect(pressed(key('KeyQ'), { ...given(['asPublished', key('KeyQ')]), singleKeys: false })).toBeNull()
  })
})

describe('a key that another command has', () => {
  test('is refused, and told whose it is', () => {
    expect(give('asPublished', key('KeyC'), {})).toMatchObject({ kind: 'taken', by: ['take'] })
  })

  test('may change places with the one that wants it', () => {
    const answer = give('asPublished', key('KeyC'), {})
    if (answer.kind !== 'taken' || answer.swapped === null) throw new Error('they cannot change places')
    const map = { singleKeys: true, own: answer.swapped }
    expect(pressed(key('KeyC'), map)).toBe('asPublished')
    expect(pressed(key('KeyP'), map)).toBe('take')
  })

  test('is free on a screen where that command is none', () => {
    expect(give('refresh', key('KeyP'), {})).toMatchObject({ kind: 'given' })
    expect(give('help', key('KeyR'), {})).toMatchObject({ kind: 'taken', by: ['refresh'] })
  })

  test('with Shift is another key', () => {
    expect(give('take', key('KeyU', true), {})).toMatchObject({ kind: 'taken', by: ['redo'] })
    expect(give('take', key('KeyP', true), {})).toMatchObject({ kind: 'given' })
  })
})

test.each(['Enter', 'Tab', 'Escape', 'Space', 'ArrowUp', 'Digit3', 'Numpad3', 'F6', 'F5', 'PageUp', 'Backspace'])(
  '%s keeps its meaning',
  (code) => expect(give('asPublished', key(code), {})).toEqual({ kind: 'reserved' }),
)

test('no command of single keys shares its key with another as the table stands', () => {
  for (const command of CHANGEABLE)
    expect([command, giveBack(command, {})]).toEqual([command, { kind: 'given', own: {} }])
})

describe('what a browser keeps', () => {
  test('comes back as it was', () => {
    const map = { ...given(['take', key('Comma')], ['help', key('KeyV')]), singleKeys: false }
    expect(readKeyMap(writeKeyMap(map))).toEqual(map)
  })

  test.each([null, '', 'x', '3', 'null', '[]', '{"own":3}', '{"own":{"take":{"code":"Enter","shift":false}}}'])(
    'is the table where it makes no sense: %j',
    (kept) => expect(readKeyMap(kept)).toEqual(AS_GIVEN),
  )

  test('is the table where it gives one key to two', () => {
    const own = { take: key('KeyQ'), asPublished: key('KeyQ') }
    expect(readKeyMap(JSON.stringify({ singleKeys: true, own }))).toEqual(AS_GIVEN)
  })

  test('is taken without the commands that are no more', () => {
    const own = { take: key('KeyQ'), gone: key('KeyW'), part: key('KeyW') }
    expect(readKeyMap(JSON.stringify({ own }))).toEqual({ singleKeys: true, own: { take: key('KeyQ') } })
  })
})
