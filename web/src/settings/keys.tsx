/** /admin/keys: keys for programs: made here, shown once, revoked for good. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { get, send } from '../api/call.js'
import { type Scope, useSession } from '../api/session.js'
import { useAmounts } from '../parts/amounts.js'
import { DataTable } from '../parts/data-table.js'
import { EmptyState } from '../parts/empty-state.js'
import { Refusal } from '../parts/notice.js'
import { Wait } from '../parts/wait.js'
import { useWords } from '../wording/words.js'
import { useSending } from './form-state.js'
import { MakeKey } from './make-key.js'
import { SETTINGS_WORDS } from './settings-words.js'
import './settings.css'

export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly scopes: readonly Scope[]
  readonly createdBy: string
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly revokedAt: string | null
  readonly lastUsedAt: string | null
}

export const KEYS_KEY = ['keys']

export function Keys() {
  const words = useWords(SETTINGS_WORDS)
  const { day, moment } = useAmounts()
  const queries = useQueryClient()
  const { data: who } = useSession()
  const { data, error, refetch, isPending } = useQuery({
    queryKey: KEYS_KEY,
    queryFn: ({ signal }) => get<{ readonly keys: readonly ApiKey[] }>('/keys', signal),
  })
  const sending = useSending()
  const [asking, setAsking] = useState<string | null>(null)
  const revoke = (id: string) =>
    sending.run(async () => {
      setAsking(null)
      await send('DELETE', `/keys/${id}`)
      await queries.invalidateQueries({ queryKey: KEYS_KEY })
    })
  if (isPending) return <Wait />
  if (data === undefined) return <Refusal error={error} retry={() => void refetch()} />
  const isOver = ({ expiresAt }: ApiKey) => expiresAt !== null && new Date(expiresAt) <= new Date()
  return (
    <div className="set-wide">
      <h1>{words.keysTitle}</h1>
      <MakeKey scopes={who?.scopes ?? []} />
      <Refusal error={sending.error} />
      <div className="card set-table">
        {data.keys.length === 0 ? (
          <EmptyState title={words.noKeys} />
        ) : (
          <DataTable
            name={words.keysTitle}
            rows={data.keys}
            keyOf={({ id }) => id}
            classOf={(key) => (key.revokedAt !== null || isOver(key) ? 'set-off' : '')}
            columns={[
              {
                key: 'name',
                head: words.keyName,
                isHead: true,
                cell: ({ name, prefix }) => (
                  <>
                    {name}
                    <br />
                    <code className="xs s2">{prefix}…</code>
                  </>
                ),
              },
              {
                key: 'scopes',
                head: words.may,
                cell: ({ scopes }) => (
                  <span className="set-scopes">
                    {scopes.map((scope) => (
                      <span key={scope} className="tag">
                        {words.scopes[scope]}
                      </span>
                    ))}
                  </span>
                ),
              },
              {
                key: 'made',
                head: words.made,
                width: 170,
                cell: ({ createdBy, createdAt }) => (
                  <>
                    {createdBy.replace(/^user:/, '')}
                    <br />
                    <span className="xs s2">{day(createdAt)}</span>
                  </>
                ),
              },
              {
                key: 'used',
                head: words.lastUsed,
                width: 160,
                cell: ({ lastUsedAt }) => (lastUsedAt === null ? words.never : moment(lastUsedAt)),
              },
              {
                key: 'state',
                head: words.state,
                width: 180,
                cell: (key) => {
                  const { expiresAt, revokedAt } = key
                  if (revokedAt !== null) return <span className="tag bad">{words.revokedOn(day(revokedAt))}</span>
                  if (isOver(key)) return <span className="tag bad">{words.expired}</span>
                  return (
                    <span className="tag ok">
                      {expiresAt === null ? words.noExpiry : words.validTo(day(expiresAt))}
                    </span>
                  )
                },
              },
              {
                key: 'do',
                head: <span className="unseen">{words.actions}</span>,
                width: 190,
                isNumber: true,
                cell: ({ id, name, revokedAt }) =>
                  revokedAt !== null ? null : asking === id ? (
                    <span className="row g4 set-ask">
                      <button
                        type="button"
                        className="btn sm danger"
                        disabled={sending.isBusy}
                        onClick={() => void revoke(id)}
                      >
                        {words.revokeSure}
                      </button>
                      <button type="button" className="btn sm t" onClick={() => setAsking(null)}>
                        {words.cancel}
                      </button>
                    </span>
                  ) : (
                    <button
                      type="button"
                      className="btn sm danger"
                      aria-label={`${words.revoke} ${name}`}
                      onClick={() => setAsking(id)}
                    >
                      {words.revoke}
                    </button>
                  ),
              },
            ]}
          />
        )}
      </div>
    </div>
  )
}
