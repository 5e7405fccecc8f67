/** The columns of a batch's files, and the cells of one: its name, whose it is, its fate, why, and the one thing to do about it. */
import { type ReactNode, useMemo } from 'react'
import { Link } from 'wouter'
import { Icon } from '../parts/icon.js'
import { FileName, OrganName } from '../parts/name.js'
import { useLanguage, useWords } from '../wording/words.js'
import { bytesInWords, dayInWords } from './amounts.js'
import { originalAddress } from './answers.js'
import { type BatchRow, nameOf } from './batch-rows.js'
import { FateTag } from './fate-bar.js'
import type { Column } from './long-table.js'
import type { Parcel } from './parcel.js'
import { flagInWords, REASONS } from './reasons.js'

const WORDS = {
  zh: {
    file: '文件',
    organ: '机关与年份',
    size: '大小',
    fate: '结果',
    why: '说明',
    act: '操作',
    sameAs: (day: string) => `与 ${day} 收到的逐字节相同`,
    sameReport: (name: string) => `与“${name}”是同一报告`,
    inHere: '已有，不必再传',
    queuedToRead: '等待读取',
    view: '查看',
    review: '去复核',
    original: '看原件',
    again: '重试',
  },
  en: {
    file: 'File',
    organ: 'Organ and year',
    size: 'Size',
    fate: 'Outcome',
    why: 'Why',
    act: 'Action',
    sameAs: (day: string) => `Same bytes as received on ${day}`,
    sameReport: (name: string) => `Same report as “${name}”`,
    inHere: 'Already in, not sent again',
    queuedToRead: 'Waiting to be read',
    view: 'View',
    review: 'Review',
    original: 'Original',
    again: 'Retry',
  },
}

/** What was cut short; the rest fails again. */
const MAY_GO_BETTER = new Set(['timeout', 'out_of_memory', 'given_up'])

export function useBatchColumns(): readonly Column[] {
  const words = useWords(WORDS)
  return [
    { key: 'file', head: words.file, width: null },
    { key: 'organ', head: words.organ, width: 168 },
    { key: 'size', head: words.size, width: 78, isRight: true },
    { key: 'fate', head: words.fate, width: 176 },
    { key: 'why', head: words.why, width: null },
    { key: 'act', head: words.act, width: 84, isRight: true },
  ]
}

/** The same function as long as it is given the same. `retry` null: not for this person to do. */
export function useBatchCells(retry: ((sha256: string) => void) | null) {
  const words = useWords(WORDS)
  const { language } = useLanguage()
  const reasons = useWords(REASONS)
  return useMemo(() => {
    function whyOf(row: BatchRow): string {
      if (row.kind === 'out') return row.parcel.trouble?.[language] ?? ''
      const { file, fate } = row
      switch (fate) {
        case 'refused':
          return reasons[file.reason?.code ?? ''] ?? file.reason?.code ?? ''
        case 'same_bytes':
          return file.sameBytesAs === null ? words.inHere : words.sameAs(dayInWords(file.sameBytesAs.receivedAt))
        case 'same_report':
          return words.sameReport(file.sameReportAs[0]?.fileName ?? '')
        case 'failed':
          return reasons[file.failureCode ?? 'given_up'] ?? file.failureCode ?? ''
        case 'unread':
          return words.queuedToRead
        default:
          return flagInWords(file.firstFlag, language)
      }
    }

    function actionOf(row: BatchRow) {
      if (row.kind === 'out' || row.file.sha256 === null) return null
      const { sha256, status } = row.file
      switch (row.fate) {
        case 'failed':
          return retry !== null && MAY_GO_BETTER.has(row.file.failureCode ?? 'given_up') ? (
            <button type="button" className="arc-act" onClick={() => retry(sha256)}>
              {words.again}
            </button>
          ) : (
            <OriginalLink sha256={sha256} />
          )
        case 'accepted':
        case 'rejected':
          return <Link href={`/review/${sha256}`}>{words.view}</Link>
        case 'needs_review':
          return <Link href={`/review/${sha256}`}>{words.review}</Link>
        case 'same_report':
          return <Link href={`/review/${sha256}`}>{status === 'needs_review' ? words.review : words.view}</Link>
        case 'deleted':
          return null
        default:
          return <OriginalLink sha256={sha256} />
      }
    }

    return (row: BatchRow): readonly ReactNode[] => {
      const why = whyOf(row)
      return [
        <div key="file" className="row g8 arc-file">
          <Icon name={row.fate === 'same_bytes' || row.fate === 'same_report' ? 'copies' : 'file'} />
          <FileName name={nameOf(row)} />
        </div>,
        <OrganAndYear key="organ" row={row} />,
        <span key="size" className="num s2">
          {sizeOf(row)}
        </span>,
        <FateTag key="fate" fate={row.fate} />,
        row.fate === 'sending' && row.kind === 'out' ? (
          <Sent key="why" parcel={row.parcel} />
        ) : (
          <span key="why" className="s2" title={why}>
            {why}
          </span>
        ),
        actionOf(row),
      ]
    }
  }, [words, language, reasons, retry])
}

function OrganAndYear({ row }: { readonly row: BatchRow }) {
  const { organ, year } = row.kind === 'in' ? row.file : { organ: null, year: null }
  if (organ === null) return <span className="s3">—</span>
  return (
    <span className="row g4 arc-organ">
      <OrganName name={organ} />
      <span className="num">{year}</span>
    </span>
  )
}

function OriginalLink({ sha256 }: { readonly sha256: string }) {
  const words = useWords(WORDS)
  return (
    <a href={originalAddress(sha256)} download="">
      {words.original}
    </a>
  )
}

function Sent({ parcel: { file, sentBytes } }: { readonly parcel: Parcel }) {
  const share = file.size === 0 ? 1 : sentBytes / file.size
  return (
    <span className="row g8 s2">
      <progress className="arc-progress" max={1} value={share} />
      <span className="num">{Math.floor(100 * share)}%</span>
    </span>
  )
}

function sizeOf(row: BatchRow): string {
  const bytes = row.kind === 'in' ? row.file.byteLength : row.parcel.file.size
  return bytes === null ? '—' : bytesInWords(bytes)
}
