/**
 * What people say of an organ: its names, which organs it is or is not, where it stands, what it went on as.
 *
 * Joining two organs cannot be taken back as a whole, so it asks once more. That a near name is another organ's changes nothing but what is
 * suggested, to everybody.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Organ, OrganAnswer, OrganChange } from '../../../src/review/api.js'
import { send } from '../api/call.js'
import { Dialog } from '../parts/dialog.js'
import { Field } from '../parts/field.js'
import { Notice, Refusal } from '../parts/notice.js'
import { useWords } from '../wording/words.js'
import { NAMES_WORDS } from './names-words.js'
import { OrganPicker } from './organ-picker.js'
import { OrganPlace } from './organ-place.js'

interface OrganNamesProps {
  readonly answer: OrganAnswer
  readonly onClose: () => void
}

export type Asked =
  | { readonly kind: 'change'; readonly change: OrganChange }
  /** That one into this. */
  | { readonly kind: 'merge'; readonly other: string }
  | { readonly kind: 'split'; readonly alias: string }
  /** That one is not this. */
  | { readonly kind: 'other'; readonly other: string }

/** Whatever was said, the answer is how the organ now is, or the one that it has become. */
function useSaying(id: string, onDone: (answer: OrganAnswer, asked: Asked) => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (asked: Asked) => {
      switch (asked.kind) {
        case 'change':
          return send<OrganAnswer>('PATCH', `/organs/${id}`, asked.change)
        case 'merge':
          return send<OrganAnswer>('POST', `/organs/${asked.other}/merge`, { into: id })
        case 'split':
          return send<OrganAnswer>('POST', `/organs/${id}/split`, { alias: asked.alias })
        case 'other':
          return send<OrganAnswer>('POST', `/organs/${id}/other`, { than: asked.other })
      }
    },
    onSuccess: async (answer, asked) => {
      queries.setQueryData(['organ', answer.organ.id], answer)
      onDone(answer, asked)
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['organ'] }),
        queries.invalidateQueries({ queryKey: ['organs'] }),
      ])
    },
  })
}

export function OrganNames({ answer, onClose }: OrganNamesProps) {
  const words = useWords(NAMES_WORDS)
  const { organ } = answer
  const [said, setSaid] = useState<string | null>(null)
  const saying = useSaying(organ.id, (now, { kind }) => {
    setSaid(kind === 'merge' ? words.merged : kind === 'split' ? words.split(now.organ.name) : words.saved)
  })
  const say = (asked: Asked) => {
    setSaid(null)
    saying.mutate(asked)
  }
  return (
    <Dialog title={words.title} about={organ.name} onClose={onClose}>
      <div className="dlg-pad org-names">
        {said !== null && <Notice tone="ok">{said}</Notice>}
        <Refusal error={saying.error} />
        <Names organ={organ} isBusy={saying.isPending} say={say} />
        <Near answer={answer} isBusy={saying.isPending} say={say} />
        <OrganPlace key={JSON.stringify(organ)} organ={organ} isBusy={saying.isPending} say={say} />
      </div>
    </Dialog>
  )
}

export interface PartProps {
  readonly organ: Organ
  readonly isBusy: boolean
  readonly say: (asked: Asked) => void
}

function Names({ organ, isBusy, say }: PartProps) {
  const words = useWords(NAMES_WORDS)
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const alias = String(new FormData(event.currentTarget).get('alias')).trim()
    if (alias === '') return
    say({ kind: 'change', change: { addAlias: alias } })
    event.currentTarget.reset()
  }
  return (
    <section className="org-part">
      <h3>{words.names}</h3>
      <ul className="org-list">
        <li>
          <b>{organ.name}</b>
          <span className="sp" />
          <span className="tag">{words.official}</span>
        </li>
        {organ.aliases.map((alias) => (
          <li key={alias}>
            <span>{alias}</span>
            <span className="sp" />
            <button
              type="button"
              className="btn sm t"
              disabled={isBusy}
              onClick={() => say({ kind: 'change', change: { name: alias } })}
            >
              {words.makeOfficial}
            </button>
            <button
              type="button"
              className="btn sm"
              disabled={isBusy}
              title={words.splitAbout}
              onClick={() => say({ kind: 'split', alias })}
            >
              {words.isAnother}
            </button>
          </li>
        ))}
      </ul>
      <form className="row g8 org-line" onSubmit={add}>
        <Field label={words.addAlias}>
          {(control) => <input {...control} name="alias" maxLength={200} required autoComplete="off" />}
        </Field>
        <button type="submit" className="btn" disabled={isBusy}>
          {words.add}
        </button>
      </form>
    </section>
  )
}

function Near({ answer, isBusy, say }: Omit<PartProps, 'organ'> & { readonly answer: OrganAnswer }) {
  const words = useWords(NAMES_WORDS)
  const [asking, setAsking] = useState<Pick<Organ, 'id' | 'name'> | null>(null)
  const { organ, near } = answer
  return (
    <section className="org-part">
      <h3>{words.near}</h3>
      {near.length === 0 && <p className="s3 xs">{words.noneNear}</p>}
      <ul className="org-list">
        {near.map((one) => (
          <li key={one.id}>
            <span>{one.name}</span>
            <span className="sp" />
            <button type="button" className="btn sm" disabled={isBusy} onClick={() => setAsking(one)}>
              {words.isSame}
            </button>
            <button
              type="button"
              className="btn sm t"
              disabled={isBusy}
              title={words.otherAbout}
              onClick={() => say({ kind: 'other', other: one.id })}
            >
              {words.isAnother}
            </button>
          </li>
        ))}
      </ul>
      {asking === null ? (
        <OrganPicker label={words.sameAs} but={organ.id} chosen={null} onChoose={setAsking} />
      ) : (
        <Notice tone="warn">
          <p>{words.askMerge(asking.name, organ.name)}</p>
          <div className="row g8 org-ask">
            <button
              type="button"
              className="btn sm p"
              disabled={isBusy}
              onClick={() => {
                say({ kind: 'merge', other: asking.id })
                setAsking(null)
              }}
            >
              {words.merge}
            </button>
            <button type="button" className="btn sm" onClick={() => setAsking(null)}>
              {words.cancel}
            </button>
          </div>
        </Notice>
      )}
    </section>
  )
}
