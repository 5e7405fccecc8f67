/**
 * What is no HTTP request, or never became one → a short answer, and the end of the connection.
 *
 * There is no request to log or to number here, only a socket; who talks like that is told in the form of problem.ts all the same.
 */
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { Problem, problemText } from './problem.js'

const REFUSALS: Readonly<Record<string, Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(408, 'request_timeout', '请求头未能在时限内收全，连接已关闭。'),
  HPE_HEADER_OVERFLOW: new Problem(431, 'headers_too_large', '请求头过大。'),
}
const BROKEN = new Problem(400, 'malformed_request', '这不是有效的 HTTP 请求。')

export function answerBrokenRequest(
  this: FastifyInstance,
  error: Error & { readonly code?: string },
  socket: Socket,
): void {
  if (socket.destroyed || error.code === 'ECONNRESET') return
  const problem = REFUSALS[error.code ?? ''] ?? BROKEN
  this.log.debug({ code: error.code }, 'not a request')
  // An answer that has begun must not have another one written into it.
  if (socket.writable && socket.bytesWritten === 0) {
    const body = problemText(problem, '')
    socket.write(
      `HTTP/1.1 ${problem.status} Refused\r\ncontent-type: application/problem+json; charset=utf-8\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    )
  }
  socket.destroySoon()
}
