/** /admin/people: who may come in and what they may do there. Invitations are links, handed over by whoever makes them. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { get, send } from '../api/call.js'
import { type Role, useSession } from '../api/session.js'
import { useAmounts } from '../parts/amounts.js'
import { DataTable } from '../parts/data-table.js'
import { Field } from '../parts/field.js'
import { Icon } from '../parts/icon.js'
import { Refusal } from '../parts/notice.js'
import { Wait } from '../parts/wait.js'
import { useWords } from '../wording/words.js'
import { useSending } from './form-state.js'
import { SETTINGS_WORDS } from './settings-words.js'
import './settings.css'
import { ShownOnce } from './shown-once.js'

interface User {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly createdAt: string
  readonly disabledAt: string | null
  readonly lockedUntil: string | null
}

interface Invitation {
  readonly link: string
  readonly role: Role
  readonly expiresAt: string
}

const ROLES: readonly Role[] = ['analyst', 'reviewer', 'archivist', 'administrator']
const KEY = ['users']

export function People() {
  const words = useWords(SETTINGS_WORDS)
  const { day, moment } = useAmounts()
  const queries = useQueryClient()
  const { data: who } = useSession()
  const { data, error, refetch, isPending } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => get<{ readonly users: readonly User[] }>('/users', signal),
  })
  const sending = useSending()
  const change = (
    id: string,
    changed: { readonly role?: Role; readonly disabled?: boolean; readonly unlocked?: true },
  ) =>
    sending.run(async () => {
      await send('PATCH', `/users/${id}`, changed)
      await queries.invalidateQueries({ queryKey: KEY })
    })
  if (isPending) return <Wait />
  if (data === undefined) return <Refusal error={error} retry={() => void refetch()} />
  return (
    <div className="set-wide">
      <h1>{words.people}</h1>
      <Invite />
      <Refusal error={sending.error} />
      <div className="card set-table">
        <DataTable
          name={words.people}
          rows={data.users}
          keyOf={({ id }) => id}
          classOf={({ disabledAt }) => (disabledAt === null ? '' : 'set-off')}
          columns={[
            {
              key: 'name',
              head: words.name,
              isHead: true,
              cell: ({ name }) => (
                <span className="row g8">
                  {name}
                  {name === who?.name && <span className="tag">{words.you}</span>}
                </span>
              ),
            },
            {
              key: 'role',
              head: words.role,
              width: 200,
              cell: ({ id, name, role, disabledAt }) => (
                <select
                  className="inp"
                  aria-label={words.roleOf(name)}
                  value={role}
                  disabled={sending.isBusy || disabledAt !== null}
                  onChange={({ currentTarget }) => {
                    const chosen = ROLES.find((one) => one === currentTarget.value)
                    if (chosen !== undefined) void change(id, { role: chosen })
                  }}
                >
                  {ROLES.map((one) => (
                    <option key={one} value={one}>
                      {words.roles[one]}
                    </option>
                  ))}
                </select>
              ),
            },
            { key: 'since', head: words.since, width: 140, cell: ({ createdAt }) => day(createdAt) },
            {
              key: 'state',
              head: words.state,
              width: 240,
              cell: ({ disabledAt, lockedUntil }) => {
                if (disabledAt !== null) return <span className="tag bad">{words.disabledSince(day(disabledAt))}</span>
                if (isLocked(lockedUntil)) {
                  return (
                    <span className="tag warn" title={words.lockedAbout}>
                      <Icon name="lock" />
                      {words.lockedUntil(moment(lockedUntil))}
                    </span>
                  )
                }
                return <span className="tag ok">{words.active}</span>
              },
            },
            {
              key: 'do',
              head: <span className="unseen">{words.actions}</span>,
              width: 180,
              isNumber: true,
              cell: ({ id, name, disabledAt, lockedUntil }) => (
                <span className="row g4 set-ask">
                  {disabledAt === null && isLocked(lockedUntil) && (
                    <button
                      type="button"
                      className="btn sm"
                      disabled={sending.isBusy}
                      aria-label={`${words.unlock} ${name}`}
                      onClick={() => void change(id, { unlocked: true })}
                    >
                      {words.unlock}
                    </button>
                  )}
                  <button
                    type="button"
                    className={`btn sm ${disabledAt === null ? 'danger' : ''}`}
                    disabled={sending.isBusy}
                    aria-label={`${disabledAt === null ? words.disable : words.enable} ${name}`}
                    onClick={() => void change(id, { disabled: disabledAt === null })}
                  >
                    {disabledAt === null ? words.disable : words.enable}
                  </button>
                </span>
              ),
            },
          ]}
        />
      </div>
    </div>
  )
}

function isLocked(until: string | null): until is string {
  return until !== null && new Date(until) > new Date()
}

function Invite() {
  const words = useWords(SETTINGS_WORDS)
  const { moment } = useAmounts()
  const [role, setRole] = useState<Role>('reviewer')
  const [made, setMade] = useState<Invitation | null>(null)
  const sending = useSending()
  const invite = (event: FormEvent) => {
    event.preventDefault()
    void sending.run(async () => setMade(await send<Invitation>('POST', '/invitations', { role })))
  }
  return (
    <form className="card set-card" aria-labelledby="invite" onSubmit={invite}>
      <h2 id="invite">{words.invite}</h2>
      <p className="s2 xs">{words.inviteAbout}</p>
      <div className="row g8 set-line">
        <Field label={words.role}>
          {(control) => (
            <select
              {...control}
              value={role}
              onChange={({ currentTarget }) => setRole(ROLES.find((one) => one === currentTarget.value) ?? 'reviewer')}
            >
              {ROLES.map((one) => (
                <option key={one} value={one}>
                  {`${words.roles[one]}　${words.roleAbout[one]}`}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button type="submit" className="btn p" disabled={sending.isBusy}>
          {words.makeLink}
        </button>
      </div>
      <Refusal error={sending.error} />
      {made !== null && (
        <ShownOnce
          key={made.link}
          label={words.link}
          secret={made.link}
          about={words.linkAbout(words.roles[made.role], moment(made.expiresAt))}
          onDone={() => setMade(null)}
          done={words.done}
        />
      )}
    </form>
  )
}
