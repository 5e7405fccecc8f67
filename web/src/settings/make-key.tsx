/** A new key: a name, what it may do (never more than its maker), until when. */
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { isProblem, send } from '../api/call.js'
import type { Scope } from '../api/session.js'
import { Field } from '../parts/field.js'
import { Refusal } from '../parts/notice.js'
import { useLanguage, useWords } from '../wording/words.js'
import { useSending } from './form-state.js'
import { KEYS_KEY } from './keys.js'
import { SETTINGS_WORDS } from './settings-words.js'
import { ShownOnce } from './shown-once.js'

interface MadeKey {
  readonly name: string
  readonly key: string
}

const OF_NAME = new Set(['name_taken', 'name_refused'])

export function MakeKey({ scopes }: { readonly scopes: readonly Scope[] }) {
  const words = useWords(SETTINGS_WORDS)
  const { language } = useLanguage()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<readonly Scope[]>(['read'])
  const [until, setUntil] = useState('')
  const [isTried, setTried] = useState(false)
  const [made, setMade] = useState<MadeKey | null>(null)
  const sending = useSending()
  const { error } = sending
  const code = isProblem(error) ? error.code : ''
  const ofName = isProblem(error) && OF_NAME.has(code) ? error.told[language] : null
  const ofUntil = isProblem(error) && code === 'expiry_past' ? error.told[language] : null
  const make = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (name.trim() === '' || chosen.length === 0) return
    // To the end of the day that is named, where the person is.
    const expiresAt = until === '' ? null : new Date(`${until}T23:59:59`).toISOString()
    const isMade = await sending.run(async () => {
      setMade(await send<MadeKey>('POST', '/keys', { name, scopes: chosen, expiresAt }))
      await queries.invalidateQueries({ queryKey: KEYS_KEY })
    })
    if (!isMade) return
    setName('')
    setTried(false)
  }
  return (
    <form className="card set-card" aria-labelledby="make" onSubmit={(event) => void make(event)} noValidate>
      <h2 id="make">{words.makeKey}</h2>
      <p className="s2 xs">{words.keyAbout}</p>
      <div className="set-two">
        <Field label={words.keyName} fault={isTried && name.trim() === '' ? words.required : ofName}>
          {(control) => (
            <input
              {...control}
              maxLength={32}
              autoComplete="off"
              value={name}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
          )}
        </Field>
        <Field label={words.until} hint={words.untilAbout} fault={ofUntil}>
          {(control) => (
            <input
              {...control}
              type="date"
              value={until}
              onChange={({ currentTarget }) => setUntil(currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <fieldset className="set-choices">
        <legend>{words.may}</legend>
        {scopes.map((scope) => (
          <label key={scope}>
            <input
              type="checkbox"
              checked={chosen.includes(scope)}
              onChange={({ currentTarget: { checked } }) =>
                setChosen((old) => (checked ? [...old, scope] : old.filter((one) => one !== scope)))
              }
            />
            {words.scopes[scope]}
          </label>
        ))}
        {isTried && chosen.length === 0 && <span className="fld-fault">{words.chooseOne}</span>}
      </fieldset>
      {ofName === null && ofUntil === null && <Refusal error={error} />}
      {made !== null && (
        <ShownOnce
          key={made.key}
          label={words.keyOf(made.name)}
          secret={made.key}
          about={words.keyMade(made.name)}
          onDone={() => setMade(null)}
          done={words.done}
        />
      )}
      <div className="row">
        <span className="sp" />
        <button type="submit" className="btn p" disabled={sending.isBusy}>
          {words.makeKey}
        </button>
      </div>
    </form>
  )
}
