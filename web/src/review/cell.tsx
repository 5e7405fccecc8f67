/** One data cell of a statutory table: its figure, its marks, its name for who cannot see them, and the field one corrects it in. */
import { type KeyboardEvent, useEffect, useEffectEvent, useRef } from 'react'
import { type CellView, marksOf } from './cells.js'
import { figure } from './figures.js'
import type { LaidCell } from './form-layout.js'
import type { ReviewWords } from './review-words.js'

export interface Editing {
  readonly fact: string
  readonly text: string
  /** null: blank; undefined: what stands there is no figure. */
  readonly value: number | null | undefined
  /** What stood there before, to be written over. */
  readonly isWhole: boolean
}

/** Enter goes on to the next item, Tab to the next cell; who clicks elsewhere stays there; Escape leaves what was there. */
export type Finish = 'store' | 'next' | 'previous' | 'keep' | 'leave'

export interface CellActions {
  select(fact: string): void
  type(text: string): void
  finish(how: Finish): void
  /** `text`: what was typed already. */
  edit(fact: string, text?: string): void
}

export interface CellProps {
  readonly cell: LaidCell
  readonly view: CellView | undefined
  readonly isCurrent: boolean
  readonly isTabStop: boolean
  readonly editing: Editing | null
  readonly actions: CellActions
  readonly words: ReviewWords
  readonly isFirstOperand?: boolean
}

export function Cell({ cell, view, isCurrent, isTabStop, editing, actions, words, isFirstOperand }: CellProps) {
  const states = view?.states ?? ['absent']
  const marks = marksOf(states)
  const classes = [
    'f',
    ...states.map((state) => `is-${state}`),
    isCurrent ? 'cur' : '',
    cell.endsGroup ? 'blk' : '',
    isFirstOperand === false && states.includes('operand') ? 'plus' : '',
  ]
  return (
    <td
      className={classes.filter(Boolean).join(' ')}
      data-fact={cell.key}
      headers={cell.heads}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: cells of a table with role grid
      role="gridcell"
      aria-selected={isCurrent}
      aria-label={spoken(cell, view, words)}
      tabIndex={isTabStop ? 0 : -1}
      title={titleOf(view, words)}
    >
      {editing === null ? (
        <span className="v">{view?.text ?? ''}</span>
      ) : (
        <Field editing={editing} actions={actions} words={words} />
      )}
      {marks !== '' && editing === null && <span className="mk" data-mark={marks} aria-hidden="true" />}
    </td>
  )
}

function Field({
  editing,
  actions,
  words,
}: {
  readonly editing: Editing
  readonly actions: CellActions
  readonly words: ReviewWords
}) {
  const field = useRef<HTMLInputElement>(null)
  const begin = useEffectEvent(() => {
    const input = field.current
    input?.focus({ preventScroll: true })
    input?.setSelectionRange(editing.isWhole ? 0 : input.value.length, input.value.length)
  })
  useEffect(() => begin(), [])
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const how = howOf(event)
    if (how === null) return
    event.preventDefault()
    event.stopPropagation()
    actions.finish(how)
  }
  return (
    <input
      ref={field}
      className="rv-field"
      value={editing.text}
      inputMode="decimal"
      autoComplete="off"
      aria-label={words.typing}
      aria-invalid={editing.value === undefined}
      onChange={(event) => actions.type(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={({ target }) => {
        // Another window: one comes back to it.
        if (document.activeElement !== target) actions.finish('keep')
      }}
    />
  )
}

function howOf({ key, shiftKey }: KeyboardEvent): Finish | null {
  if (key === 'Enter') return 'store'
  if (key === 'Escape') return 'leave'
  if (key === 'Tab') return shiftKey ? 'previous' : 'next'
  return null
}

function spoken({ slot }: LaidCell, view: CellView | undefined, words: ReviewWords): string {
  const named = slot.label.split(' / ')
  const column = named.pop() ?? ''
  const states = view?.states.filter((state) => state !== 'zero').map((state) => words.states[state]) ?? []
  const derived = view?.derived ?? null
  const more = view?.states.includes('as_published') && derived !== null ? [words.derived(figure(derived))] : []
  const read = view?.corrected !== undefined ? [words.readAs(readValue(view, words))] : []
  const said = states.length === 0 ? [words.printedAs] : states
  return words.cell(named.join(' '), column, view?.text ?? '', [...said, ...more, ...read].join(words.comma))
}

function titleOf(view: CellView | undefined, words: ReviewWords): string | undefined {
  return view?.corrected === undefined ? undefined : words.readAs(readValue(view, words))
}

export function readValue({ fact }: CellView, { blankCell }: ReviewWords): string {
  if (fact !== null && fact.value !== null) return figure(fact.value)
  return fact?.raw?.trim() || blankCell
}
