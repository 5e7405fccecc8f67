/** How many of the reports that were accepted without a person are put before one all the same, in per cent. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { ReviewSettings } from '../../../src/review/api.js'
import { get, send } from '../api/call.js'
import { Field } from '../parts/field.js'
import { Notice, Refusal } from '../parts/notice.js'
import { useWords } from '../wording/words.js'
import { useSending } from './form-state.js'
import { SETTINGS_WORDS } from './settings-words.js'

const KEY = ['review', 'settings']

export function AuditShare() {
  const words = useWords(SETTINGS_WORDS)
  const queries = useQueryClient()
  const { data, error } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => get<ReviewSettings>('/review/settings', signal),
  })
  const [typed, setTyped] = useState<string | null>(null)
  const sending = useSending()
  const shown = typed ?? (data === undefined ? '' : String(data.auditShare))
  const share = Number(shown.normalize('NFKC'))
  const isShare = shown.trim() !== '' && Number.isFinite(share) && share >= 0 && share <= 100
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (!isShare) return
    const isSaved = await sending.run(async () => {
      queries.setQueryData(KEY, await send<ReviewSettings>('PUT', '/review/settings', { auditShare: share }))
    })
    if (isSaved) setTyped(null)
  }
  return (
    <form className="card set-card" aria-labelledby="audit" onSubmit={(event) => void save(event)} noValidate>
      <h2 id="audit">{words.audit}</h2>
      <p className="s2 xs">{words.auditAbout}</p>
      <Field label={words.auditShare} fault={shown !== '' && !isShare ? words.auditRange : null}>
        {(control) => (
          <input
            {...control}
            className="set-share"
            inputMode="decimal"
            maxLength={6}
            value={shown}
            disabled={data === undefined}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        )}
      </Field>
      <Refusal error={error ?? sending.error} />
      {sending.isDone && typed === null && <Notice tone="ok">{words.saved}</Notice>}
      <div className="row">
        <span className="sp" />
        <button type="submit" className="btn p" disabled={sending.isBusy || !isShare || typed === null}>
          {words.save}
        </button>
      </div>
    </form>
  )
}
