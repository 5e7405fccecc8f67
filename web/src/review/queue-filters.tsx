/** What narrows the queue: class, words, region, year, and whose a report is. All of it stands in the address. */
import { useQuery } from '@tanstack/react-query'
import type { RefObject } from 'react'
import type { QueueAnswer, QueueChoices } from '../../../src/review/api.js'
import { QUEUE_CLAIMS, QUEUE_CLASSES } from '../../../src/review/vocabulary.js'
import { get } from '../api/call.js'
import { Choice, SearchField } from '../parts/filters.js'
import { useWords } from '../wording/words.js'
import { sumOf } from './queue-left.js'
import { QUEUE_WORDS } from './queue-words.js'

interface QueueFiltersProps {
  readonly filter: URLSearchParams
  readonly counts: QueueAnswer['counts']
  readonly search: RefObject<HTMLInputElement | null>
  onSet(name: string, value: string | null): void
}

export function QueueFilters({ filter, counts, search, onSet }: QueueFiltersProps) {
  const words = useWords(QUEUE_WORDS)
  const { data } = useQuery({
    queryKey: ['queue-choices'],
    queryFn: ({ signal }) => get<QueueChoices>('/review/queue/choices', signal),
  })
  const chosen = (name: string) => filter.get(name) ?? undefined
  const regions = (data?.regions ?? []).map(({ code, name }) => [code, name ?? code] as const)
  const years = (data?.years ?? []).map((year) => [String(year), String(year)] as const)
  return (
    <search className="row g8 qu-filters">
      <fieldset className="seg qu-seg">
        <legend className="qu-unseen">{words.why}</legend>
        {([null, ...QUEUE_CLASSES] as const).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={filter.get('class') === each}
            onClick={() => onSet('class', each)}
          >
            {each === null ? `${words.all} ${sumOf(counts)}` : `${words.classes[each].name} ${counts[each]}`}
          </button>
        ))}
      </fieldset>
      <span className="sp" />
      <SearchField
        ref={search}
        value={filter.get('q') ?? ''}
        label={words.search}
        onSearch={(q) => onSet('q', q === '' ? null : q)}
      />
      {(regions.length > 0 || filter.has('region')) && (
        <Choice
          name={words.region}
          value={chosen('region')}
          choices={withChosen(regions, chosen('region'))}
          choose={(code) => onSet('region', code)}
        />
      )}
      <Choice
        name={words.year}
        value={chosen('year')}
        choices={withChosen(years, chosen('year'))}
        choose={(year) => onSet('year', year)}
      />
      <Choice
        name={words.claim}
        value={chosen('claim')}
        choices={QUEUE_CLAIMS.map((whose) => [whose, words.whose[whose]])}
        choose={(whose) => onSet('claim', whose)}
      />
    </search>
  )
}

type Choices = readonly (readonly [value: string, words: string])[]

/** What was chosen may be settled by now. */
function withChosen(choices: Choices, chosen: string | undefined): Choices {
  const isThere = chosen === undefined || choices.some(([value]) => value === chosen)
  return isThere ? choices : [[chosen, chosen], ...choices]
}
