/** What was dropped waits here for its name, and for the word to go. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Refusal } from '../parts/notice.js'
import { useLocale, useWords } from '../wording/words.js'
import { bytesInWords, momentInWords } from './amounts.js'
import type { BatchAnswer } from './answers.js'
import { beginDelivery, continueDelivery } from './deliveries.js'
import type { Delivery } from './delivery.js'
import type { Gathered } from './gathered.js'

const WORDS = {
  zh: {
    title: '新批次',
    label: '批次名称',
    begin: '开始上传',
    join: (label: string) => `加入“${label}”`,
    cancel: '取消',
    none: '这里面没有文件。',
    files: (count: number, size: string) => `${count} 个文件，${size}`,
    leftOut: (count: number) => `，另有 ${count} 个系统文件不上传`,
    byDefault: (moment: string) => `${moment} 上传`,
  },
  en: {
    title: 'New batch',
    label: 'Name of the batch',
    begin: 'Send',
    join: (label: string) => `Add to “${label}”`,
    cancel: 'Cancel',
    none: 'There are no files in it.',
    files: (count: number, size: string) => `${count} files, ${size}`,
    leftOut: (count: number) => `, ${count} system files left out`,
    byDefault: (moment: string) => `Sent ${moment}`,
  },
}

const LABEL_LENGTH = 200

interface NewBatchProps {
  readonly gathered: Gathered
  readonly csrfToken: string | null
  /** Still takes files. */
  readonly open: BatchAnswer | null
  readonly onBegun: (delivery: Delivery) => void
  readonly onCancel: () => void
}

export function NewBatch({ gathered, csrfToken, open, onBegun, onCancel }: NewBatchProps) {
  const words = useWords(WORDS)
  const locale = useLocale()
  const queries = useQueryClient()
  const [label, setLabel] = useState(
    () => gathered.name?.slice(0, LABEL_LENGTH) ?? words.byDefault(momentInWords(new Date().toISOString(), locale)),
  )
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  const begin = useMutation({
    mutationFn: (to: BatchAnswer | null) =>
      to === null
        ? beginDelivery(label.trim(), gathered.files, csrfToken)
        : Promise.resolve(continueDelivery(to, gathered.files, csrfToken)),
    onSuccess: (delivery) => {
      void queries.invalidateQueries({ queryKey: ['batches'] })
      onBegun(delivery)
    },
  })
  const count = gathered.files.length
  const bytes = gathered.files.reduce((sum, { file }) => sum + file.size, 0)
  return (
    <form
      className="card arc-new"
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault()
        begin.mutate(null)
      }}
    >
      <div className="row g8">
        <h2>{words.title}</h2>
        <span className="s2">
          {count === 0 ? words.none : words.files(count, bytesInWords(bytes))}
          {gathered.leftOut > 0 && words.leftOut(gathered.leftOut)}
        </span>
      </div>
      <div className="row g8">
        <label className="row g8 arc-new-label">
          <span className="s2 nw">{words.label}</span>
          <input
            ref={field}
            className="inp"
            value={label}
            required
            maxLength={LABEL_LENGTH}
            onChange={({ currentTarget }) => setLabel(currentTarget.value)}
          />
        </label>
        <button type="submit" className="btn p" disabled={count === 0 || label.trim() === '' || begin.isPending}>
          {words.begin}
        </button>
        {open !== null && count > 0 && (
          <button type="button" className="btn el arc-join" onClick={() => begin.mutate(open)}>
            {words.join(open.label)}
          </button>
        )}
        <button type="button" className="btn t" onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
      {begin.error !== null && <Refusal error={begin.error} />}
    </form>
  )
}
