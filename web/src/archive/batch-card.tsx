/** The head of one batch: its name, how far it is, the bar, and what one can do with it while it runs. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../api/call.js'
import { Icon, type IconName } from '../parts/icon.js'
import { Refusal } from '../parts/notice.js'
import { useLanguage, useWords } from '../wording/words.js'
import type { BatchAnswer } from './answers.js'
import type { Delivery, DeliveryPicture } from './delivery.js'
import type { FateCounts } from './fate.js'
import { FateBar } from './fate-bar.js'
import { type BatchPicture, ledgerOf } from './ledger.js'

const WORDS = {
  zh: {
    running: '上传中',
    reading: '读取中',
    paused: '已暂停',
    offline: '连不上服务器，恢复后自动接着传',
    held: '等您处理',
    stopped: '已停止',
    open: '未封存',
    closed: '已封存',
    waitingForNews: '正在重连…',
    pause: '暂停',
    resume: '继续',
    stop: '停止',
    reallyStop: (left: number) => `停止后，未传的 ${left} 个文件不再上传，批次就此封存。`,
    stopNow: '停止并封存',
    goOn: '不停止',
    aside: (count: number) => `${count} 个文件没有传成，见下表。`,
    again: '再试一次',
    seal: '封存批次',
    sealOpen: '文件传完后封存，回执就此确定。若上传中断过，把同一批文件再拖进来即可接着传。',
    pace: (files: number) => `${files} 份/分`,
    left: (minutes: number, seconds: number) =>
      minutes > 0 ? `余约 ${minutes} 分 ${seconds} 秒` : `余约 ${seconds} 秒`,
  },
  en: {
    running: 'Sending',
    reading: 'Reading',
    paused: 'Paused',
    offline: 'Server out of reach; goes on when it is back',
    held: 'Waiting for you',
    stopped: 'Stopped',
    open: 'Open',
    closed: 'Sealed',
    waitingForNews: 'Reconnecting…',
    pause: 'Pause',
    resume: 'Go on',
    stop: 'Stop',
    reallyStop: (left: number) => `The ${left} files not sent yet will not be, and the batch is sealed.`,
    stopNow: 'Stop and seal',
    goOn: 'Do not stop',
    aside: (count: number) => `${count} files could not be sent, see below.`,
    again: 'Try again',
    seal: 'Seal the batch',
    sealOpen:
      'Seal it when all is in; its receipt is final then. Was it cut short? Drop the same files again to go on.',
    pace: (files: number) => `${files} a minute`,
    left: (minutes: number, seconds: number) =>
      minutes > 0 ? `${minutes} min ${seconds} s left` : `${seconds} s left`,
  },
}

interface BatchCardProps {
  readonly batch: BatchAnswer
  readonly picture: BatchPicture
  readonly counts: FateCounts
  readonly delivery: Delivery | null
  readonly sending: DeliveryPicture | null
  readonly maySend: boolean
}

export function BatchCard({ batch, picture, counts, delivery, sending, maySend }: BatchCardProps) {
  const words = useWords(WORDS)
  const { language } = useLanguage()
  const [asksToStop, setAsksToStop] = useState(false)
  const seal = useMutation({
    mutationFn: () => send<BatchAnswer>('POST', `/batches/${batch.id}/close`),
    onSuccess: () => ledgerOf(batch.id).reload(),
  })
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const open = counts.unread + counts.sending + counts.waiting
  const isSending = sending !== null && sending.state !== 'done' && sending.state !== 'stopped'
  const state = stateOf(batch, sending)
  return (
    <section className="card arc-batch" aria-label={batch.label}>
      <div className="row g8 arc-batch-head">
        <h2 className="el" title={batch.label}>
          {batch.label}
        </h2>
        <span className={`tag ${state.tag}`}>
          <Icon name={state.icon} />
          {words[state.word]}
        </span>
        <span className="sp" />
        <span className="s2 num nw" role="status">
          {total - open} / {total}
          {(state.word === 'running' || state.word === 'reading') && <Pace picture={picture} open={open} />}
          {!batch.isFinished && picture.isLoaded && !picture.isLive && `　·　${words.waitingForNews}`}
        </span>
        {delivery !== null && isSending && (
          <>
            {sending.state === 'running' || sending.state === 'offline' ? (
              <button type="button" className="btn sm" onClick={() => delivery.pause()}>
                {words.pause}
              </button>
            ) : (
              <button type="button" className="btn sm" onClick={() => delivery.resume()}>
                {words.resume}
              </button>
            )}
            <button type="button" className="btn sm danger" onClick={() => setAsksToStop(true)}>
              {words.stop}
            </button>
          </>
        )}
        {!isSending && batch.closedAt === null && maySend && (
          <button type="button" className="btn sm" disabled={seal.isPending} onClick={() => seal.mutate()}>
            <Icon name="lock" />
            {words.seal}
          </button>
        )}
      </div>
      <FateBar counts={counts} />
      {asksToStop && isSending && (
        <div className="row g8 arc-ask" role="alert">
          <span>{words.reallyStop(counts.waiting + counts.sending)}</span>
          <button
            type="button"
            className="btn sm danger"
            onClick={() => {
              setAsksToStop(false)
              // Left open when the server cannot be reached: it can be sealed later.
              delivery?.stop().catch(() => ledgerOf(batch.id).reload())
            }}
          >
            {words.stopNow}
          </button>
          <button type="button" className="btn sm t" onClick={() => setAsksToStop(false)}>
            {words.goOn}
          </button>
        </div>
      )}
      {sending?.state === 'held' && (
        <div className="row g8 arc-ask" role="alert">
          <Icon name="warning" />
          <span>{sending.trouble?.[language] ?? words.aside(sending.aside.length)}</span>
          <button type="button" className="btn sm" onClick={() => delivery?.retryAside()}>
            <Icon name="retry" />
            {words.again}
          </button>
          {sending.aside.length > 0 && (
            <button
              type="button"
              className="btn sm"
              onClick={() => delivery?.finish().catch(() => ledgerOf(batch.id).reload())}
            >
              <Icon name="lock" />
              {words.seal}
            </button>
          )}
        </div>
      )}
      {!isSending && batch.closedAt === null && <p className="xs s2">{words.sealOpen}</p>}
      {seal.error !== null && <Refusal error={seal.error} />}
    </section>
  )
}

type StateWord = 'running' | 'reading' | 'paused' | 'offline' | 'held' | 'stopped' | 'open' | 'closed'

function stateOf(
  batch: BatchAnswer,
  sending: DeliveryPicture | null,
): { word: StateWord; tag: '' | 'sug' | 'warn' | 'ok'; icon: IconName } {
  switch (sending?.state) {
    case 'running':
      return { word: 'running', tag: 'sug', icon: 'upload' }
    case 'paused':
      return { word: 'paused', tag: '', icon: 'clock' }
    case 'offline':
      return { word: 'offline', tag: 'warn', icon: 'warning' }
    case 'held':
      return { word: 'held', tag: 'warn', icon: 'warning' }
    default:
      if (batch.closedAt === null) return { word: 'open', tag: 'warn', icon: 'clock' }
      if (!batch.isFinished) return { word: 'reading', tag: 'sug', icon: 'clock' }
      return sending?.state === 'stopped'
        ? { word: 'stopped', tag: '', icon: 'lock' }
        : { word: 'closed', tag: 'ok', icon: 'tick' }
  }
}

function Pace({ picture, open }: { readonly picture: BatchPicture; readonly open: number }) {
  const words = useWords(WORDS)
  const { pace, batch } = picture
  if (pace === null || pace < 1 || open === 0 || batch?.isFinished === true) return null
  const seconds = Math.ceil(((open / pace) * 60) / 5) * 5
  return <>{`　·　${words.pace(Math.round(pace))}　·　${words.left(Math.floor(seconds / 60), seconds % 60)}`}</>
}
