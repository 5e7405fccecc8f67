/** Whether the originals still are what was received: when they were last read again, what differed, and who may have it done once more. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Fragment } from 'react'
import { get, send } from '../api/call.js'
import type { Who } from '../api/session.js'
import { Icon } from '../parts/icon.js'
import { FileName } from '../parts/name.js'
import { Refusal } from '../parts/notice.js'
import { useLocale, useWords } from '../wording/words.js'
import { dayInWords, momentInWords } from './amounts.js'

const WORDS = {
  zh: {
    title: '原件核对',
    about: '逐份重新计算 sha256，与收到时比对。',
    never: '还没有核对过。',
    sound: '全部相符',
    wrong: '有不符',
    running: '核对中',
    ended: '最近核对',
    by: '核对者',
    system: '系统管理命令',
    files: (count: number) => `${count} 份`,
    soundCount: '完好',
    changed: '已改变',
    unreadable: '无法读取',
    missing: '缺失',
    untracked: '未登记的文件',
    cutShort: (day: string) => `${day} 开始的核对中断，未完成。`,
    progress: (done: number, total: number) => `已核对 ${done} / ${total}`,
    begin: '开始核对',
    whoElse: '核对由管理员开始。',
    which: (count: number) => `不符的 ${count} 个`,
    first: (count: number) => `先列 ${count} 个`,
  },
  en: {
    title: 'Fixity of originals',
    about: 'Each is read again and its sha256 compared with the one it came with.',
    never: 'Never checked so far.',
    sound: 'All sound',
    wrong: 'Differences',
    running: 'Checking',
    ended: 'Last checked',
    by: 'By',
    system: 'the command line',
    files: (count: number) => `${count}`,
    soundCount: 'Sound',
    changed: 'Changed',
    unreadable: 'Unreadable',
    missing: 'Missing',
    untracked: 'Files not on record',
    cutShort: (day: string) => `A check begun on ${day} was cut short.`,
    progress: (done: number, total: number) => `${done} of ${total} checked`,
    begin: 'Check now',
    whoElse: 'Administrators may start a check.',
    which: (count: number) => `${count} differ`,
    first: (count: number) => `the first ${count}`,
  },
}

const WRONG = ['changed', 'unreadable', 'missing', 'untracked'] as const

interface FixityCheck {
  readonly askedBy: string
  readonly startedAt: string
  readonly endedAt: string | null
  readonly originals: number
  readonly sound: number
  readonly changed: number
  readonly unreadable: number
  readonly missing: number
  readonly untracked: number
  readonly findings: readonly {
    readonly kind: (typeof WRONG)[number]
    readonly name: string
    readonly sha256: string | null
    readonly detail: string | null
  }[]
}

interface FixityAnswer {
  readonly running: FixityCheck | null
  readonly last: FixityCheck | null
  readonly cutShort: FixityCheck | null
}

const LOOK_AGAIN_MILLISECONDS = 2_000

export function FixityCard({ who }: { readonly who: Who }) {
  const words = useWords(WORDS)
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery({
    queryKey: ['fixity'],
    queryFn: ({ signal }) => get<FixityAnswer>('/fixity', signal),
    refetchInterval: ({ state }) => (state.data?.running == null ? false : LOOK_AGAIN_MILLISECONDS),
  })
  const begin = useMutation({
    mutationFn: () => send<FixityAnswer>('POST', '/fixity'),
    onSuccess: (answer) => queries.setQueryData(['fixity'], answer),
  })
  if (error !== null) return <Refusal error={error} retry={() => void refetch()} />
  if (data === undefined) return null
  const { running, last, cutShort } = data
  return (
    <section className="card arc-receipt" aria-label={words.title}>
      <div className="row g8">
        <h2>{words.title}</h2>
        <Standing running={running} last={last} />
      </div>
      <p className="s2 xs">{words.about}</p>
      {running !== null && <Progress check={running} />}
      {last !== null && <Result check={last} />}
      {last === null && running === null && <p>{words.never}</p>}
      {cutShort !== null && <p className="arc-bad xs">{words.cutShort(dayInWords(cutShort.startedAt))}</p>}
      {!who.scopes.includes('administer') ? (
        <p className="s2 xs">{words.whoElse}</p>
      ) : (
        running === null && (
          <div className="row g8 arc-take">
            <button type="button" className="btn" disabled={begin.isPending} onClick={() => begin.mutate()}>
              <Icon name="tick" />
              {words.begin}
            </button>
          </div>
        )
      )}
      {begin.error !== null && <Refusal error={begin.error} />}
    </section>
  )
}

function Standing({ running, last }: Pick<FixityAnswer, 'running' | 'last'>) {
  const words = useWords(WORDS)
  if (running !== null) {
    return (
      <span className="tag sug">
        <Icon name="clock" />
        {words.running}
      </span>
    )
  }
  if (last === null) return null
  const isSound = wrongIn(last) === 0
  return (
    <span className={isSound ? 'tag ok' : 'tag bad'}>
      <Icon name={isSound ? 'tick' : 'warning'} />
      {isSound ? words.sound : words.wrong}
    </span>
  )
}

function Progress({ check }: { readonly check: FixityCheck }) {
  const words = useWords(WORDS)
  const done = check.sound + check.changed + check.unreadable + check.missing
  const said = words.progress(done, check.originals)
  return (
    <div className="row g8" role="status">
      <progress className="arc-progress" max={Math.max(1, check.originals)} value={done} aria-label={said} />
      <span className="num s2">{said}</span>
    </div>
  )
}

function Result({ check }: { readonly check: FixityCheck }) {
  const words = useWords(WORDS)
  const locale = useLocale()
  const moment = check.endedAt ?? check.startedAt
  const wrong = wrongIn(check)
  return (
    <>
      <dl className="arc-sum num">
        <dt>{words.ended}</dt>
        <dd title={momentInWords(moment, locale)}>{dayInWords(moment)}</dd>
        <dt>{words.by}</dt>
        <dd className="el">
          {check.askedBy === 'system' ? words.system : check.askedBy.replace(/^(?:user|key):/, '')}
        </dd>
        <dt>{words.soundCount}</dt>
        <dd>{words.files(check.sound)}</dd>
        {WRONG.map(
          (kind) =>
            check[kind] > 0 && (
              <Fragment key={kind}>
                <dt className="arc-bad">{words[kind]}</dt>
                <dd className="arc-bad">{words.files(check[kind])}</dd>
              </Fragment>
            ),
        )}
      </dl>
      {wrong > 0 && (
        <details className="arc-findings xs">
          <summary>
            {words.which(wrong)}
            {check.findings.length < wrong && ` · ${words.first(check.findings.length)}`}
          </summary>
          <ul>
            {check.findings.map(({ kind, name, sha256, detail }) => (
              <li key={`${kind} ${sha256 ?? ''} ${name}`} title={[name, sha256, detail].filter(Boolean).join('\n')}>
                <span className="arc-bad nw">{words[kind]}</span>
                <FileName name={name} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function wrongIn(check: FixityCheck): number {
  return WRONG.reduce((sum, kind) => sum + check[kind], 0)
}
