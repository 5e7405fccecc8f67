/** Finds one of the known organs by a part of its name, and gives it to who asked. */
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { Organ, OrgansAnswer } from '../../../src/review/api.js'
import { get } from '../api/call.js'
import { Field } from '../parts/field.js'
import { useWords } from '../wording/words.js'

const WORDS = {
  zh: { none: '没有找到', remove: '去掉', choose: (name: string) => `选 ${name}` },
  en: { none: 'None found', remove: 'Remove', choose: (name: string) => `Choose ${name}` },
}

const MOST_SHOWN = 6

interface OrganPickerProps {
  readonly label: string
  readonly hint?: string
  /** Not itself. */
  readonly but: string
  /** What stands there now; null: none. */
  readonly chosen: Pick<Organ, 'id' | 'name'> | null
  readonly onChoose: (organ: Organ | null) => void
}

export function OrganPicker({ label, hint, but, chosen, onChoose }: OrganPickerProps) {
  const words = useWords(WORDS)
  const [typed, setTyped] = useState('')
  const asked = useDeferredValue(typed.trim())
  const { data } = useQuery({
    queryKey: ['organs', 'pick', asked],
    queryFn: ({ signal }) =>
      get<OrgansAnswer>(`/organs?${new URLSearchParams({ q: asked, limit: String(MOST_SHOWN + 1) })}`, signal),
    enabled: asked !== '',
  })
  const found = (data?.organs ?? []).filter(({ id }) => id !== but).slice(0, MOST_SHOWN)
  if (chosen !== null) {
    return (
      <Field label={label} hint={hint}>
        {({ id }) => (
          <div className="row g8 org-chosen">
            <output id={id} className="b">
              {chosen.name}
            </output>
            <button type="button" className="btn sm" onClick={() => onChoose(null)}>
              {words.remove}
            </button>
          </div>
        )}
      </Field>
    )
  }
  return (
    <div className="org-pick">
      <Field label={label} hint={hint}>
        {(control) => (
          <input
            {...control}
            type="search"
            autoComplete="off"
            maxLength={200}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        )}
      </Field>
      {asked !== '' && data !== undefined && (
        <ul className="org-found" aria-live="polite">
          {found.map((organ) => (
            <li key={organ.id}>
              <button
                type="button"
                className="btn sm t"
                aria-label={words.choose(organ.name)}
                onClick={() => {
                  setTyped('')
                  onChoose(organ)
                }}
              >
                {organ.name}
              </button>
            </li>
          ))}
          {found.length === 0 && <li className="xs s3">{words.none}</li>}
        </ul>
      )}
    </div>
  )
}
