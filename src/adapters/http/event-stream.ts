/**
 * An answer → a stream of server-sent events, as one route sends them: not too many at once, kept alive, not for ever.
 *
 * A client that takes nothing in is let go, and each after a quarter of an hour: browsers come again by themselves, and are asked again
 * whether they may. A server that stops ends them all.
 */
import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { App } from './app-type.js'
import { Problem } from './problem.js'

const HEARTBEAT_MILLISECONDS = 15_000
const MOST_UNSENT_BYTES = 4 * 2 ** 20
const MOST_LISTENERS = 200
const MOST_MILLISECONDS = 15 * 60_000

export interface EventStream {
  /** `id`: the client gives it when it comes again. */
  tell(event: string, data: unknown, id?: string): void
  end(): void
  /** Called when it is over, however it ended; at once where it is already. */
  whenOver(done: () => void): void
}

export class EventStreams {
  private readonly open = new Set<ServerResponse>()

  constructor(app: App) {
    // They would keep the server from closing.
    app.addHook('preClose', async () => {
      for (const response of this.open) response.end()
    })
  }

  /** Before anything is told, so that it can still be refused. */
  checkRoom(): void {
    if (this.open.size < MOST_LISTENERS) return
    throw new Problem(503, 'too_many_listeners', '同时查看进展的连接过多，请稍后再试。', { retryAfter: 30 })
  }

  begin(reply: FastifyReply): EventStream {
    reply.hijack()
    const response = reply.raw
    response.writeHead(200, {
      ...definedHeaders(reply.getHeaders()),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      // nginx would hold it back.
      'x-accel-buffering': 'no',
    })
    this.open.add(response)
    const heartbeat = setInterval(() => response.write(': \n\n'), HEARTBEAT_MILLISECONDS)
    const enough = setTimeout(() => response.end(), MOST_MILLISECONDS)
    response.on('close', () => {
      clearInterval(heartbeat)
      clearTimeout(enough)
      this.open.delete(response)
    })
    return {
      tell(event, data, id) {
        if (response.writableEnded || response.destroyed) return
        response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
        if (response.writableLength > MOST_UNSENT_BYTES) response.destroy()
      },
      end: () => response.end(),
      whenOver(done) {
        if (response.destroyed) done()
        else response.on('close', done)
      },
    }
  }
}

function definedHeaders(headers: Readonly<Record<string, number | string | string[] | undefined>>) {
  return Object.fromEntries(
    Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined),
  )
}
