/**
 * The receipt of one batch: the sum of what became of its files, to take away as CSV or JSON, and a check of it against what is kept.
 *
 * What is checked is the receipt as the server now writes it, or a file (JSON) that was taken away before and may be years old.
 */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { Link } from 'wouter'
import { get, send } from '../api/call.js'
import { Icon } from '../parts/icon.js'
import { Refusal } from '../parts/notice.js'
import { useLocale, useWords } from '../wording/words.js'
import { momentInWords } from './amounts.js'
import { type BatchAnswer, fileCount, type ReceiptCheckAnswer } from './answers.js'

const WORDS = {
  zh: {
    receipt: '回执',
    sealed: '已封存',
    open: '未封存',
    given: '提交',
    files: (count: number) => `${count} 个文件`,
    fresh: '新入库',
    sameBytes: '已有（同字节）',
    refused: '拒收',
    standing: '目前 接受 / 待复核 / 失败',
    waiting: '待读取',
    by: '提交者',
    manifest: '清单 sha256',
    check: '核对',
    checkFile: '核对下载过的回执',
    checking: '核对中…',
    agrees: (files: number) => `相符：${files} 个文件逐一与存储一致`,
    notIntact: '回执被改动过：内容与其清单 sha256 不符',
    noBatch: '没有这个批次',
    differs: (differing: number, unlisted: number) => `不符：${differing} 个文件不同，${unlisted} 个未列入`,
    notAReceipt: '这不是回执（JSON）。',
    adds: '，与提交数一致',
  },
  en: {
    receipt: 'Receipt',
    sealed: 'Sealed',
    open: 'Open',
    given: 'Handed in',
    files: (count: number) => `${count} files`,
    fresh: 'New',
    sameBytes: 'Already in, same bytes',
    refused: 'Refused',
    standing: 'Now accepted / to review / failed',
    waiting: 'To be read',
    by: 'By',
    manifest: 'sha256 of the list',
    check: 'Verify',
    checkFile: 'Verify a receipt from before',
    checking: 'Verifying…',
    agrees: (files: number) => `Holds: ${files} files agree with what is kept`,
    notIntact: 'Changed since: it does not match its own sha256',
    noBatch: 'No such batch',
    differs: (differing: number, unlisted: number) =>
      `Does not hold: ${differing} files differ, ${unlisted} are not listed`,
    notAReceipt: 'This is no receipt (JSON).',
    adds: ', as handed in',
  },
}

interface Receipt {
  readonly batch: { readonly id: string }
  readonly files: readonly unknown[]
  readonly manifestSha256: string
}

/** Of a longer list the sum is read from the receipt itself, when it is taken away. */
const SHOWN_SUM = 5_000

export function ReceiptCard({ batch }: { readonly batch: BatchAnswer }) {
  const words = useWords(WORDS)
  const locale = useLocale()
  const given = useRef<HTMLInputElement>(null)
  const { received, read, waiting } = batch.counts
  const total = fileCount(batch)
  const isSealed = batch.closedAt !== null
  const { data: receipt } = useQuery({
    queryKey: ['receipt', batch.id, batch.closedAt, total],
    queryFn: ({ signal }) => get<Receipt>(`/batches/${batch.id}/receipt`, signal),
    enabled: isSealed && total <= SHOWN_SUM,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const check = useMutation({
    mutationFn: async (file: File | null) =>
      checkOf(file === null ? await get<Receipt>(`/batches/${batch.id}/receipt`) : JSON.parse(await file.text())),
  })
  const parts = [received.new, received.sameBytes, received.refused].filter((count, index) => index === 0 || count > 0)
  return (
    <section className="card arc-receipt" aria-label={`${words.receipt} ${batch.label}`}>
      <div className="row g8">
        <h2>{words.receipt}</h2>
        <span className={isSealed ? 'tag ok' : 'tag warn'}>
          <Icon name={isSealed ? 'tick' : 'clock'} />
          {isSealed ? words.sealed : words.open}
        </span>
        <span className="sp" />
        <span className="s2 xs num">{momentInWords(batch.closedAt ?? batch.createdAt, locale)}</span>
      </div>
      <p className="s2 el" title={batch.label}>
        {batch.label}
      </p>
      <dl className="arc-sum num">
        <dt>{words.given}</dt>
        <dd>{words.files(total)}</dd>
        <dt>{words.fresh}</dt>
        <dd>{received.new}</dd>
        <dt>{words.sameBytes}</dt>
        <dd>{received.sameBytes}</dd>
        <dt>{words.refused}</dt>
        <dd>{received.refused}</dd>
        <dt className="arc-now">{words.standing}</dt>
        <dd className="arc-now">
          {read.accepted} / {read.needsReview} / {read.failed + batch.counts.givenUp}
        </dd>
        {waiting > 0 && (
          <>
            <dt>{words.waiting}</dt>
            <dd>{waiting}</dd>
          </>
        )}
        <dt>{words.by}</dt>
        <dd className="el">{batch.createdBy.replace(/^(?:user|key):/, '')}</dd>
      </dl>
      {receipt !== undefined && (
        <p className="arc-manifest xs">
          <span className="s2">{words.manifest}</span>
          <br />
          <span className="num" title={receipt.manifestSha256}>
            {shortSum(receipt.manifestSha256)}
          </span>
        </p>
      )}
      <div className="row g8 arc-take">
        <a className="btn" href={`/api/v1/batches/${batch.id}/receipt?format=csv`} download="">
          <Icon name="download" />
          CSV
        </a>
        <a className="btn" href={`/api/v1/batches/${batch.id}/receipt`} download="">
          <Icon name="download" />
          JSON
        </a>
        <button type="button" className="btn" disabled={check.isPending} onClick={() => check.mutate(null)}>
          <Icon name="tick" />
          {words.check}
        </button>
      </div>
      <p className="s2 xs num">
        {parts.join(' + ')} = {total}
        {words.adds}
      </p>
      <div className="xs" role="status">
        {check.isPending && words.checking}
        {check.data !== undefined && <Verdict answer={check.data} />}
      </div>
      {check.error !== null &&
        (check.error instanceof SyntaxError ? (
          <p className="arc-bad xs" role="alert">
            {words.notAReceipt}
          </p>
        ) : (
          <Refusal error={check.error} />
        ))}
      <input
        ref={given}
        type="file"
        hidden
        accept="application/json,.json"
        aria-label={words.checkFile}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file !== undefined) check.mutate(file)
          currentTarget.value = ''
        }}
      />
      <button type="button" className="arc-act xs" onClick={() => given.current?.click()}>
        {words.checkFile}
      </button>
    </section>
  )
}

function checkOf(receipt: Receipt): Promise<ReceiptCheckAnswer> {
  const { batch, files, manifestSha256 } = receipt
  return send<ReceiptCheckAnswer>('POST', '/receipts/check', { batch: { id: batch?.id }, files, manifestSha256 })
}

function Verdict({ answer }: { readonly answer: ReceiptCheckAnswer }) {
  const words = useWords(WORDS)
  if (answer.agrees) {
    return (
      <span className="arc-good">
        <Icon name="tick" /> {words.agrees(answer.files)}
      </span>
    )
  }
  return (
    <span className="arc-bad">
      <Icon name="cross" />{' '}
      {!answer.batchFound
        ? words.noBatch
        : !answer.isIntact
          ? words.notIntact
          : words.differs(answer.differing.length, answer.unlistedFiles)}
    </span>
  )
}

function shortSum(sum: string): string {
  const groups = sum.match(/.{4}/g) ?? []
  return `${groups.slice(0, 4).join(' ')} ··· ${groups.slice(-4).join(' ')}`
}

const EARLIER_WORDS = {
  zh: {
    title: '以往回执',
    line: (files: number, accepted: number) => `${files} 个文件 · 接受 ${accepted}`,
    take: (label: string) => `下载回执：${label}`,
    more: '更早的',
  },
  en: {
    title: 'Earlier receipts',
    line: (files: number, accepted: number) => `${files} files · ${accepted} accepted`,
    take: (label: string) => `Download the receipt: ${label}`,
    more: 'Earlier ones',
  },
}

interface EarlierProps {
  readonly batches: readonly BatchAnswer[]
  /** null: there are none before these. */
  readonly more: (() => void) | null
}

export function EarlierReceipts({ batches, more }: EarlierProps) {
  const words = useWords(EARLIER_WORDS)
  const locale = useLocale()
  return (
    <section className="card arc-earlier">
      <h2>{words.title}</h2>
      <ul>
        {batches.map((batch) => (
          <li key={batch.id} className="row g8">
            <div className="arc-earlier-line">
              <Link className="b el" href={`/batches/${batch.id}`} title={batch.label}>
                {batch.label}
              </Link>
              <span className="xs s2 num">
                {momentInWords(batch.createdAt, locale)} · {words.line(fileCount(batch), batch.counts.read.accepted)}
              </span>
            </div>
            <a
              className="arc-icon"
              href={`/api/v1/batches/${batch.id}/receipt?format=csv`}
              download=""
              title={words.take(batch.label)}
              aria-label={words.take(batch.label)}
            >
              <Icon name="download" />
            </a>
          </li>
        ))}
      </ul>
      {more !== null && (
        <button type="button" className="arc-act xs" onClick={more}>
          {words.more}
        </button>
      )}
    </section>
  )
}
