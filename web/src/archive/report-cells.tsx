/** The columns of the list of reports, and the cells of one. */
import { type ReactNode, useMemo } from 'react'
import { Link } from 'wouter'
import { Icon } from '../parts/icon.js'
import { FileName, OrganName } from '../parts/name.js'
import { useLanguage, useWords } from '../wording/words.js'
import { bytesInWords, dayInWords } from './amounts.js'
import { type DocumentAnswer, originalAddress } from './answers.js'
import type { Column } from './long-table.js'
import { flagInWords, REASONS } from './reasons.js'
import { StatusTag, standingOf } from './status-tag.js'

const WORDS = {
  zh: {
    select: '选择',
    organ: '机关',
    year: '年份',
    vintage: '版式',
    status: '状态',
    flag: '说明',
    file: '文件',
    size: '大小',
    received: '收到',
    act: '操作',
    form: (vintage: string) => `${vintage} 版`,
    ofOrgan: (organ: string) => `只看${organ}，含其别名`,
    view: '查看',
    review: '去复核',
    original: '下载原件',
  },
  en: {
    select: 'Select',
    organ: 'Organ',
    year: 'Year',
    vintage: 'Form',
    status: 'Status',
    flag: 'Why',
    file: 'File',
    size: 'Size',
    received: 'Received',
    act: 'Action',
    form: (vintage: string) => vintage,
    ofOrgan: (organ: string) => `Only ${organ}, under all its names`,
    view: 'View',
    review: 'Review',
    original: 'Download the original',
  },
}

export function useReportColumns(selectAll: ReactNode): readonly Column[] {
  const words = useWords(WORDS)
  return [
    ...(selectAll === null ? [] : [{ key: 'select', head: selectAll, width: 36 }]),
    { key: 'organ', head: words.organ, width: 212 },
    { key: 'year', head: words.year, width: 54 },
    { key: 'vintage', head: words.vintage, width: 68 },
    { key: 'status', head: words.status, width: 122 },
    { key: 'flag', head: words.flag, width: null },
    { key: 'file', head: words.file, width: null },
    { key: 'size', head: words.size, width: 76, isRight: true },
    { key: 'received', head: words.received, width: 92, isRight: true },
    { key: 'act', head: words.act, width: 104, isRight: true },
  ]
}

export interface ReportCells {
  /** null: nothing can be done to chosen ones. */
  readonly choose: ((index: number, isOn: boolean, isRange: boolean) => void) | null
  readonly showOrgan: (document: DocumentAnswer) => void
}

/** The same function as long as it is given the same. */
export function useReportCells({ choose, showOrgan }: ReportCells) {
  const words = useWords(WORDS)
  const { language } = useLanguage()
  const reasons = useWords(REASONS)
  return useMemo(() => {
    const whyOf = ({ status, failureCode, firstFlag }: DocumentAnswer): string =>
      status === 'failed' || status === 'given_up'
        ? (reasons[failureCode ?? 'given_up'] ?? failureCode ?? '')
        : flagInWords(firstFlag, language)

    return (document: DocumentAnswer, index: number, isOn: boolean): readonly ReactNode[] => {
      const { sha256, organ, year, vintage, status, fileName } = document
      const standing = standingOf(document)
      const why = whyOf(document)
      const cells = [
        organ === null ? (
          <span key="organ" className="s3">
            —
          </span>
        ) : (
          <button
            key="organ"
            type="button"
            className="rep-organ b"
            title={words.ofOrgan(organ)}
            aria-label={organ}
            onClick={() => showOrgan(document)}
          >
            <OrganName name={organ} />
          </button>
        ),
        <span key="year" className="num">
          {year ?? '—'}
        </span>,
        <span key="vintage" className="num s2">
          {vintage === null ? '—' : words.form(vintage)}
        </span>,
        <StatusTag key="status" standing={standing} />,
        <span key="flag" className="s2" title={why}>
          {why === '' ? '—' : why}
        </span>,
        <FileName key="file" name={fileName} />,
        <span key="size" className="num s2">
          {bytesInWords(document.byteLength)}
        </span>,
        <span key="received" className="num s2">
          {dayInWords(document.receivedAt)}
        </span>,
        <span key="act" className="row g4 rep-act">
          {(status === 'accepted' || status === 'needs_review') && (
            <Link href={`/review/${sha256}`}>{standing === 'needs_review' ? words.review : words.view}</Link>
          )}
          <a
            className="arc-icon"
            href={originalAddress(sha256)}
            download=""
            title={words.original}
            aria-label={`${words.original} ${fileName}`}
          >
            <Icon name="download" />
          </a>
        </span>,
      ]
      if (choose === null) return cells
      return [
        <input
          key="select"
          type="checkbox"
          aria-label={`${words.select} ${organ ?? fileName} ${year ?? ''}`}
          checked={isOn}
          onChange={({ currentTarget, nativeEvent }) =>
            choose(index, currentTarget.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
          }
        />,
        ...cells,
      ]
    }
  }, [words, language, reasons, choose, showOrgan])
}
