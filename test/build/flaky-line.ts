/** A line to a server that breaks when it is told to. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface FlakyLine {
  readonly url: URL
  /** Bytes that went to the server, in all. */
  sent(): number
  /** The next connection that carries so many bytes to the server breaks; then the next one, with the next number. */
  breakAfter(...bytes: number[]): void
  close(): Promise<void>
}

export async function openLine(port: number): Promise<FlakyLine> {
  const breaks: number[] = []
  const sockets = new Set<Socket>()
  let sent = 0
  const server = createServer((client) => {
    const target = connect(port, '127.0.0.1')
    let passed = 0
    const end = () => {
      client.destroy()
      target.destroy()
    }
    for (const socket of [client, target]) {
      sockets.add(socket)
      // A broken line is what this is for.
      socket.on('error', end)
      socket.on('close', () => {
        sockets.delete(socket)
        end()
      })
    }
    client.on('data', (piece) => {
      passed += piece.length
      sent += piece.length
      if (passed > (breaks[0] ?? Number.POSITIVE_INFINITY)) {
        breaks.shift()
        end()
      } else if (!target.write(piece)) {
        client.pause()
        target.once('drain', () => client.resume())
      }
    })
    target.pipe(client)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
    sent: () => sent,
    breakAfter: (...bytes) => {
      breaks.push(...bytes)
    },
    close: async () => {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}
