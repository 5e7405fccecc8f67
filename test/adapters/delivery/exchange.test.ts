import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { DeliveryBroken } from '../../../src/adapters/delivery/delivery.js'
import { type ExchangeOptions, openExchange, Unreachable } from '../../../src/adapters/delivery/exchange.js'

let server: Server | null = null
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function serve(listener: RequestListener): Promise<URL> {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}

const pauses = [1, 1, 1]
function exchangeWith(url: URL, options: Partial<ExchangeOptions> = {}) {
  const told: [string, number][] = []
  const onPause: ExchangeOptions['onPause'] = (reason, wait) => told.push([reason, wait])
  const exchange = openExchange(url, 'key', { signal: new AbortController().signal, onPause, pauses, ...options })
  return { exchange, told }
}

async function* endless(): AsyncGenerator<Uint8Array, void, undefined> {
  for (;;) yield Buffer.alloc(64 * 1024)
}

describe('an exchange with the service', () => {
  test('sends the key, and a body that is never held whole', async () => {
    const seen: unknown[] = []
    const url = await serve(async (request, response) => {
      let length = 0
      for await (const piece of request) length += piece.length
      seen.push(request.headers.authorization, request.url, length)
      response.end('{"ok":true}')
    })
    const body = (async function* () {
      for (let piece = 0; piece < 100; piece += 1) yield Buffer.alloc(64 * 1024)
    })()
    const answer = await exchangeWith(url).exchange.try({ method: 'POST', path: '/api/x', body })
    expect([answer.status, answer.text]).toEqual([200, '{"ok":true}'])
    expect(seen).toEqual(['Bearer key', '/api/x', 100 * 64 * 1024])
  })

  test('a service below a path is called there', async () => {
    const paths: (string | undefined)[] = []
    const url = await serve((request, response) => {
      paths.push(request.url)
      response.end()
    })
    const below = new URL('/gouji/', url)
    await exchangeWith(below).exchange.try({ method: 'GET', path: '/api/v1/batches' })
    expect(paths).toEqual(['/gouji/api/v1/batches'])
  })

  test('an answer counts although the body was not sent to its end', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(413, { connection: 'close' }).end('too much')
    })
    const answer = await exchangeWith(url).exchange.try({ method: 'POST', path: '/', body: endless() })
    expect([answer.status, answer.text]).toEqual([413, 'too much'])
  })

  test('a service that is overloaded, breaks off or is away is tried again, as late as it asks', async () => {
    let calls = 0
    const url = await serve((request, response) => {
      calls += 1
      if (calls === 1) response.writeHead(503, { 'retry-after': '0' }).end('{"detail":"存储空间不足"}')
      else if (calls === 2) request.socket.destroy()
      else if (calls === 3) {
        response.writeHead(200, { 'content-length': '100' })
        response.write('half')
        setTimeout(() => request.socket.destroy(), 20)
      } else response.end('here')
    })
    const { exchange, told } = exchangeWith(url)
    const { text } = await exchange.persist(() => exchange.try({ method: 'GET', path: '/' }))
    expect(text).toBe('here')
    expect(told.map(([reason]) => reason)).toEqual([
      '服务暂时不能接收（503：存储空间不足）',
      '连不上服务（ECONNRESET）',
      '连不上服务（ECONNRESET）',
    ])
  })

  test('the wait that the service asks for is kept', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(429, { 'retry-after': '7' }).end()
    })
    const stop = new AbortController()
    const waits: number[] = []
    const { exchange } = exchangeWith(url, {
      signal: stop.signal,
      onPause: (_reason, wait) => {
        waits.push(wait)
        setTimeout(() => stop.abort(), 20)
      },
    })
    await expect(exchange.persist(() => exchange.try({ method: 'GET', path: '/' }))).rejects.toThrow('abort')
    expect(waits).toEqual([7_000])
  })

  test('patience ends with a sentence, and begins anew with each call', async () => {
    const url = await serve(() => undefined)
    server?.close()
    const { exchange, told } = exchangeWith(url)
    const call = () => exchange.persist(() => exchange.try({ method: 'GET', path: '/' }))
    await expect(call()).rejects.toThrow(new DeliveryBroken('连不上服务（ECONNREFUSED），多次重试无效'))
    await expect(call()).rejects.toThrow(DeliveryBroken)
    expect(told).toHaveLength(6)
  })

  test('what the service refuses for good is not tried again', async () => {
    let calls = 0
    const url = await serve((_request, response) => {
      calls += 1
      response.writeHead(404).end()
    })
    const { exchange } = exchangeWith(url)
    expect((await exchange.persist(() => exchange.try({ method: 'GET', path: '/' }))).status).toBe(404)
    expect(calls).toBe(1)
  })

  test('a signal ends a request in the middle of its body', async () => {
    const url = await serve((request) => request.resume())
    const stop = new AbortController()
    const { exchange } = exchangeWith(url, { signal: stop.signal })
    setTimeout(() => stop.abort(), 50)
    await expect(exchange.try({ method: 'POST', path: '/', body: endless() })).rejects.toThrow('abort')
  })

  test('one try says that the service cannot be reached', async () => {
    const url = await serve(() => undefined)
    server?.close()
    await expect(exchangeWith(url).exchange.try({ method: 'GET', path: '/' })).rejects.toThrow(Unreachable)
  })
})
