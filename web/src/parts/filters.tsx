/** What narrows a list: words searched for as one types, and a choice among few. */
import { type Ref, useEffect, useRef, useState } from 'react'
import { useWords } from '../wording/words.js'
import { Icon } from './icon.js'
import './parts.css'

const WORDS = { zh: { all: '全部' }, en: { all: 'all' } }
const TYPING_MILLISECONDS = 250

interface SearchFieldProps {
  readonly value: string
  readonly label: string
  readonly onSearch: (words: string) => void
  readonly ref?: Ref<HTMLInputElement>
}

export function SearchField({ value, label, onSearch, ref }: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  const search = useRef(onSearch)
  search.current = onSearch
  // Back and forward change it from outside.
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed.trim() === value) return
    const timer = setTimeout(() => search.current(typed.trim()), TYPING_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [typed, value])
  return (
    <label className="inp flt-search">
      <Icon name="search" />
      <input
        ref={ref}
        type="search"
        placeholder={label}
        aria-label={label}
        maxLength={200}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
    </label>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly value: string | undefined
  readonly choices: readonly (readonly [value: string, words: string])[]
  readonly choose: (value: string | null) => void
}

export function Choice({ name, value, choices, choose }: ChoiceProps) {
  const words = useWords(WORDS)
  return (
    <label className={value === undefined ? 'inp flt-choice' : 'inp flt-choice on'}>
      <span className="nw">{name}</span>
      <select
        value={value ?? ''}
        onChange={({ currentTarget }) => choose(currentTarget.value === '' ? null : currentTarget.value)}
      >
        <option value="">{words.all}</option>
        {choices.map(([each, told]) => (
          <option key={each} value={each}>
            {told}
          </option>
        ))}
      </select>
    </label>
  )
}
