/** Changing one's own password. What is wrong is said beside the field it is wrong in. */
import { type FormEvent, useState } from 'react'
import { isProblem, send } from '../api/call.js'
import { Field } from '../parts/field.js'
import { Notice, Refusal } from '../parts/notice.js'
import { useLanguage, useWords } from '../wording/words.js'
import { useSending } from './form-state.js'
import { SETTINGS_WORDS } from './settings-words.js'

const LEAST = 10
const MOST = 256
const EMPTY = { current: '', password: '', again: '' }

export function Password({ name }: { readonly name: string }) {
  const words = useWords(SETTINGS_WORDS)
  const { language } = useLanguage()
  const [typed, setTyped] = useState(EMPTY)
  const [isTried, setTried] = useState(false)
  const { isBusy, error, isDone, run } = useSending()
  const code = isProblem(error) ? error.code : null
  const detail = isProblem(error) ? error.told[language] : null
  const isShort = [...typed.password].length < LEAST
  const isOther = typed.again !== typed.password
  const set = (field: keyof typeof EMPTY, value: string) => setTyped((old) => ({ ...old, [field]: value }))
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isShort || isOther || typed.current === '') return
    const { current, password } = typed
    if (await run(() => send('PUT', '/session/password', { current, password }))) {
      setTyped(EMPTY)
      setTried(false)
    }
  }
  const ofCurrent = code === 'wrong_credentials' ? words.wrongPassword : null
  const ofNew = code === 'password_refused' ? detail : null
  return (
    <form className="card set-card" aria-labelledby="password" onSubmit={(event) => void save(event)} noValidate>
      <h2 id="password">{words.password}</h2>
      <p className="s2 xs">{words.passwordAbout}</p>
      {/* For programs that keep passwords. */}
      <input
        className="unseen"
        name="username"
        autoComplete="username"
        readOnly
        tabIndex={-1}
        value={name}
        aria-hidden="true"
      />
      <Field label={words.current} fault={isTried && typed.current === '' ? words.required : ofCurrent}>
        {(control) => (
          <input
            {...control}
            type="password"
            autoComplete="current-password"
            maxLength={MOST}
            value={typed.current}
            onChange={({ currentTarget }) => set('current', currentTarget.value)}
          />
        )}
      </Field>
      <Field label={words.fresh} hint={words.least} fault={isTried && isShort ? words.least : ofNew}>
        {(control) => (
          <input
            {...control}
            type="password"
            autoComplete="new-password"
            maxLength={MOST}
            value={typed.password}
            onChange={({ currentTarget }) => set('password', currentTarget.value)}
          />
        )}
      </Field>
      <Field label={words.again} fault={isTried && isOther ? words.different : null}>
        {(control) => (
          <input
            {...control}
            type="password"
            autoComplete="new-password"
            maxLength={MOST}
            value={typed.again}
            onChange={({ currentTarget }) => set('again', currentTarget.value)}
          />
        )}
      </Field>
      {ofCurrent === null && ofNew === null && <Refusal error={error} />}
      {isDone && <Notice tone="ok">{words.passwordChanged}</Notice>}
      <div className="row">
        <span className="sp" />
        <button type="submit" className="btn p" disabled={isBusy}>
          {words.change}
        </button>
      </div>
    </form>
  )
}
