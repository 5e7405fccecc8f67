/** Where an organ stands: level, region, the organ above it, and what it went on as. Only what was changed is sent. */
import { type FormEvent, useState } from 'react'
import type { Organ, OrganLevel } from '../../../src/review/api.js'
import { LEVELS } from '../../../src/review/vocabulary.js'
import { Field } from '../parts/field.js'
import { useWords } from '../wording/words.js'
import { useOrgan } from './asked-organ.js'
import { NAMES_WORDS } from './names-words.js'
import type { PartProps } from './organ-names.js'
import { OrganPicker } from './organ-picker.js'
import { ORGAN_WORDS } from './organ-words.js'

const REGION = /^\d{6}$/

export function OrganPlace({ organ, isBusy, say }: PartProps) {
  const words = useWords(NAMES_WORDS)
  const { levels } = useWords(ORGAN_WORDS)
  // undefined: as it was; null: none.
  const [parent, setParent] = useState<Organ | null>()
  const [successor, setSuccessor] = useState<Organ | null>()
  const [region, setRegion] = useState(organ.region ?? '')
  const [since, setSince] = useState('')
  const [level, setLevel] = useState<OrganLevel | ''>(organ.level ?? '')
  const isRegion = region === '' || REGION.test(region)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!isRegion) return
    say({
      kind: 'change',
      change: {
        ...(region === (organ.region ?? '') ? {} : { region: region === '' ? null : region }),
        ...(level === (organ.level ?? '') ? {} : { level: level === '' ? null : level }),
        ...(parent === undefined ? {} : { parent: parent?.id ?? null }),
        ...(successor === undefined ? {} : { successor: successor?.id ?? null }),
        ...(since === '' ? {} : { succeededIn: Number(since) }),
      },
    })
  }
  const parentNow = useOrgan(organ.parent).data?.organ ?? null
  const successorNow = useOrgan(organ.successor).data?.organ ?? null
  const merged = successor === undefined ? successorNow : successor
  return (
    <form className="org-part" onSubmit={save}>
      <h3>{words.place}</h3>
      <div className="org-two">
        <Field label={words.level}>
          {(control) => (
            <select
              {...control}
              value={level}
              onChange={({ currentTarget }) => setLevel(LEVELS.find((one) => one === currentTarget.value) ?? '')}
            >
              <option value="">{words.unknown}</option>
              {LEVELS.map((one) => (
                <option key={one} value={one}>
                  {levels[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={words.region} fault={isRegion ? null : words.sixDigits}>
          {(control) => (
            <input
              {...control}
              inputMode="numeric"
              maxLength={6}
              placeholder="320813"
              value={region}
              onChange={({ currentTarget }) => setRegion(currentTarget.value.normalize('NFKC').trim())}
            />
          )}
        </Field>
      </div>
      <OrganPicker
        label={words.parent}
        but={organ.id}
        chosen={parent === undefined ? parentNow : parent}
        onChoose={setParent}
      />
      <OrganPicker
        label={words.successor}
        hint={words.successorAbout}
        but={organ.id}
        chosen={merged}
        onChoose={setSuccessor}
      />
      {merged !== null && (
        <Field label={words.since}>
          {(control) => (
            <input
              {...control}
              type="number"
              min={1990}
              max={2200}
              value={since}
              onChange={({ currentTarget }) => setSince(currentTarget.value)}
            />
          )}
        </Field>
      )}
      <div className="row">
        <span className="sp" />
        <button type="submit" className="btn p" disabled={isBusy || !isRegion}>
          {words.save}
        </button>
      </div>
    </form>
  )
}
