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
import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { type BatchMark, BatchWatches } from '../batch-watch.js'
import type { Service } from '../service.js'
import { type BatchLine, linesAfter, linesReadSince } from '../store/batches.js'
import type { App } from './app-type.js'
import { batchAnswer, fileAnswer, isFinished, standingBatch, Which } from './batch-answers.js'
import { Problem } from './problem.js'
import { Bytes } from './query.js'

const HEARTBEAT_MILLISECONDS = 15_000
/** A client that takes nothing in is let go; it comes back and goes on. */
const MOST_UNSENT_BYTES = 4 * 2 ** 20
const MOST_LISTENERS = 200
/** Then the client comes again, and is asked again whether it may. */
const MOST_MILLISECONDS = 15 * 60_000
const LINES_AT_ONCE = 1_000
/** Clocks of the machines may differ, and a reading is dated before it is committed. */
const CLOCKS_MILLISECONDS = 60_000

const MARK = /^(\d{1,9})-(\d{1,15})$/

export function batchEventRoutes(app: App, { db, log }: Service): void {
  const watches = new BatchWatches(db)
  const open = new Set<ServerResponse>()
  // They would keep the server from closing.
  app.addHook('preClose', async () => {
    for (const response of open) response.end()
  })

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
      if (open.size >= MOST_LISTENERS) {
        throw new Problem(503, 'too_many_listeners', '同时查看进展的连接过多，请稍后再试。', { retryAfter: 30 })
      }
      const mark = markOf(request.headers['last-event-id'])

      reply.hijack()
      const response = reply.raw
      response.writeHead(200, {
        ...definedHeaders(reply.getHeaders()),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        // nginx would hold it back.
        'x-accel-buffering': 'no',
      })
      open.add(response)
      const stop: (() => void)[] = []
      response.on('close', () => {
        open.delete(response)
        for (const done of stop) done()
      })

      const tell = (event: string, data: unknown, at: BatchMark | null) => {
        if (response.writableEnded || response.destroyed) return
        const line = at === null ? '' : `id: ${at.line}-${at.at.getTime()}\n`
        response.write(`${line}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
        if (response.writableLength > MOST_UNSENT_BYTES) response.destroy()
      }
      const tellLines = (lines: readonly BatchLine[]) => {
        for (const line of lines) tell('file', fileAnswer(line, []), null)
      }
      const heartbeat = setInterval(() => response.write(': \n\n'), HEARTBEAT_MILLISECONDS)
      const enough = setTimeout(() => response.end(), MOST_MILLISECONDS)
      stop.push(() => {
        clearInterval(heartbeat)
        clearTimeout(enough)
      })

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
          const id = isBehind ? null : at
          if (counts !== told) tell('counts', answer, id)
          told = counts
          if (!isFinished(batch) || isBehind) return
          tell('finished', answer, id)
          response.end()
        },
        lost,
      })
      stop.push(end)
      if (response.destroyed) end()

      function lost(error: unknown): void {
        log.warn({ err: error, batch: id }, 'the progress of a batch could not be followed')
        response.end()
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

function definedHeaders(headers: Readonly<Record<string, number | string | string[] | undefined>>) {
  return Object.fromEntries(
    Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined),
  )
}
