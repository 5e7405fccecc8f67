/**
 * Which key does what, for oneself: press the key one wants. What another command has is told, and the two can change places.
 */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { CHANGEABLE, type Given, give, giveBack } from '../review/key-map.js'
import { type Command, isNotOurs, KEYS, type KeyGroup, type Press, printed, shownOf } from '../review/keys.js'
import { keepKeys, useOwnKeys } from '../review/own-keys.js'
import { REVIEW_WORDS } from '../review/review-words.js'
import { useWords } from '../wording/words.js'
import { SETTINGS_WORDS } from './settings-words.js'

const GROUPS: readonly KeyGroup[] = ['decide', 'move', 'look', 'report', 'queue', 'other']
const MODIFIERS = /^(?:Shift|Control|Alt|Meta|CapsLock)/

interface Refused {
  readonly command: Command
  readonly press: Press | null
  readonly given: Exclude<Given, { kind: 'given' }>
}

export function OwnKeys() {
  const words = useWords(SETTINGS_WORDS)
  const { commands, groups } = useWords(REVIEW_WORDS)
  const map = useOwnKeys()
  const [asking, ask] = useState<Command | null>(null)
  const [refused, refuse] = useState<Refused | null>(null)
  const [said, say] = useState('')

  const take = (command: Command, press: Press | null, given: Given) => {
    if (given.kind !== 'given') return refuse({ command, press, given })
    refuse(null)
    keepKeys({ ...map, own: given.own })
    say(words.keySet(commands[command], shownOf(command, given.own).join(' ')))
  }
  const press = (command: Command, event: KeyboardEvent) => {
    if (event.code === 'Tab') return ask(null)
    event.preventDefault()
    if (event.code === 'Escape') return ask(null)
    if (MODIFIERS.test(event.code) || event.repeat || isNotOurs(event.nativeEvent)) return
    ask(null)
    const pressed = { code: event.code, shift: event.shiftKey }
    take(command, pressed, give(command, pressed, map.own))
  }
  return (
    <section className="card set-card" aria-labelledby="own-keys">
      <div className="row g8">
        <h2 id="own-keys">{words.ownKeys}</h2>
        <span className="sp" />
        <button
          type="button"
          className="btn sm"
          disabled={Object.keys(map.own).length === 0}
          onClick={() => {
            refuse(null)
            keepKeys({ ...map, own: {} })
            say(words.allKeysGivenBack)
          }}
        >
          {words.allKeysGivenBack}
        </button>
      </div>
      <p className="xs s2">{words.ownKeysAbout}</p>
      <div className="set-keys">
        {GROUPS.map((group) => (
          <table key={group}>
            <caption>{groups[group]}</caption>
            <tbody>
              {CHANGEABLE.filter((command) => KEYS[command].group === group).map((command) => (
                <Line
                  key={command}
                  name={commands[command]}
                  shown={shownOf(command, map.own).join(' ')}
                  isOwn={map.own[command] !== undefined}
                  isAsking={asking === command}
                  refused={refused?.command === command ? refused : null}
                  onAsk={(isAsking) => {
                    refuse(null)
                    ask(isAsking ? command : null)
                  }}
                  onPress={(event) => press(command, event)}
                  onBack={() => take(command, null, giveBack(command, map.own))}
                  onSwap={(own) => take(command, null, { kind: 'given', own })}
                />
              ))}
            </tbody>
          </table>
        ))}
      </div>
      <p className="set-unseen" aria-live="polite">
        {said}
      </p>
    </section>
  )
}

interface LineProps {
  readonly name: string
  readonly shown: string
  readonly isOwn: boolean
  readonly isAsking: boolean
  readonly refused: Refused | null
  onAsk(isAsking: boolean): void
  onPress(event: KeyboardEvent): void
  onBack(): void
  onSwap(own: Extract<Given, { kind: 'given' }>['own']): void
}

function Line({ name, shown, isOwn, isAsking, refused, onAsk, onPress, onBack, onSwap }: LineProps) {
  const words = useWords(SETTINGS_WORDS)
  const button = useRef<HTMLButtonElement>(null)
  // Safari does not give a button the focus that was clicked.
  useEffect(() => {
    if (isAsking) button.current?.focus()
  }, [isAsking])
  const swapped = refused?.given.kind === 'taken' ? refused.given.swapped : null
  return (
    <>
      <tr>
        <th scope="row">{name}</th>
        <td className="set-key">
          {isOwn && (
            <button type="button" className="btn sm t" aria-label={`${name}: ${words.keyGivenBack}`} onClick={onBack}>
              {words.keyGivenBack}
            </button>
          )}
          <button
            ref={button}
            type="button"
            className={`k set-press${isOwn ? ' own' : ''}${isAsking ? ' on' : ''}`}
            aria-label={isAsking ? words.pressKey : words.changeKey(name, shown)}
            aria-pressed={isAsking}
            onClick={() => onAsk(!isAsking)}
            onBlur={() => isAsking && onAsk(false)}
            onKeyDown={(event) => isAsking && onPress(event)}
          >
            {isAsking ? words.pressKey : shown}
          </button>
        </td>
      </tr>
      {refused !== null && (
        <tr>
          <td colSpan={2} className="set-refused" role="alert">
            <Why refused={refused} />{' '}
            {swapped !== null && (
              <button type="button" className="btn sm" onClick={() => onSwap(swapped)}>
                {words.swapKeys}
              </button>
            )}
          </td>
        </tr>
      )}
    </>
  )
}

function Why({ refused: { command, press, given } }: { readonly refused: Refused }) {
  const words = useWords(SETTINGS_WORDS)
  const { commands } = useWords(REVIEW_WORDS)
  if (given.kind === 'reserved') return words.keyReserved
  const shown = press === null ? shownOf(command, {}).join(' ') : printed(press)
  return words.keyTaken(shown, given.by.map((each) => commands[each]).join('、'))
}
