/**
 * GET /api/v1/batches/ID/events: the progress of a batch as it happens, as server-sent events.
 *
 *   counts     the batch with its counts, at the beginning and whenever they change
 *   file       a file that was decided or read, as /files tells it, without the other documents of the same report
 *   finished   the batch is closed and all of it is read; the stream ends
 *
 * Begins with the counts of now: what was before, the pages of /files tell. A client that lost the connection gives the id of the last
 * event (browsers do so by themselves) and is told of all since; a file may be told of twice, with its present state each time.
 */
import { z } from 'zod'
import { type BatchMark, BatchWatches } from '../batch-watch.js'
import type { Service } from '../service.js'
import { type BatchLine, linesAfter, linesReadSince } from '../store/batches.js'
import type { App } from './app-type.js'
import { batchAnswer, fileAnswer, isFinished, standingBatch, Which } from './batch-answers.js'
import { EventStreams } from './event-stream.js'
import { Bytes } from './query.js'

const LINES_AT_ONCE = 1_000
/** Clocks of the machines may differ, and a reading is dated before it is committed. */
const CLOCKS_MILLISECONDS = 60_000

const MARK = /^(\d{1,9})-(\d{1,15})$/

export function batchEventRoutes(app: App, { db, log }: Service): void {
  const watches = new BatchWatches(db)
  const streams = new EventStreams(app)

  app.get(
    '/api/v1/batches/:id/events',
    {
      config: { access: 'read' },
      exposeHeadRoute: false,
      schema: {
        summary: '批次的进展，实时（server-sent events）',
        description:
          '事件：counts（批次及各项计数，连接时及变化时）、file（一份文件收到或读完，同一文件可能告知两次）、finished（批次已关闭且全部读完，随后结束）。断线后以 Last-Event-ID 续接。',
        tags: ['批次'],
        params: Which,
        headers: z.object({ 'last-event-id': z.string().optional() }),
        response: { 200: Bytes },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      await standingBatch(db, id)
      streams.checkRoom()
      const mark = markOf(request.headers['last-event-id'])
      const stream = streams.begin(reply)
      const tellLines = (lines: readonly BatchLine[]) => {
        for (const line of lines) stream.tell('file', fileAnswer(line, []))
      }
      let told = ''
      let isBehind = mark !== null
      const catchUp = async (from: BatchMark) => {
        for await (const lines of linesSince(id, from)) tellLines(lines)
        isBehind = false
      }
      let hasHeard = false
      const end = watches.listen(id, {
        heard: (batch, lines, at) => {
          // Not before: what happens between the two would be in neither.
          if (!hasHeard && mark !== null) catchUp(mark).catch(lost)
          hasHeard = true
          tellLines(lines)
          const answer = batchAnswer(batch)
          const counts = JSON.stringify(answer)
          // Whoever has the id has all that was before it.
          const id = isBehind ? undefined : `${at.line}-${at.at.getTime()}`
          if (counts !== told) stream.tell('counts', answer, id)
          told = counts
          if (!isFinished(batch) || isBehind) return
          stream.tell('finished', answer, id)
          stream.end()
        },
        lost,
      })
      stream.whenOver(end)

      function lost(error: unknown): void {
        log.warn({ err: error, batch: id }, 'the progress of a batch could not be followed')
        stream.end()
      }
    },
  )

  async function* linesSince(batchId: string, { line, at }: BatchMark): AsyncGenerator<readonly BatchLine[]> {
    yield await linesReadSince(db, batchId, line, new Date(at.getTime() - CLOCKS_MILLISECONDS))
    for (let after = line; ; ) {
      const lines = await linesAfter(db, batchId, after, LINES_AT_ONCE)
      yield lines
      const last = lines.at(-1)
      if (last === undefined || lines.length < LINES_AT_ONCE) return
      after = last.id
    }
  }
}

function markOf(eventId: string | undefined): BatchMark | null {
  const [, line, at] = MARK.exec(eventId ?? '') ?? []
  return line === undefined || at === undefined ? null : { line: Number(line), at: new Date(Number(at)) }
}
