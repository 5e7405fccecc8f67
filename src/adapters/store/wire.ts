/**
 * The embedded PostgreSQL → what node-postgres takes for connections to a server.
 *
 * PGlite speaks the protocol of PostgreSQL, in one session. Each stream made here is given to a pg.Client as its socket, so that types,
 * errors and notifications are those of node-postgres, whichever make of database there is. The session goes from client to client: one
 * has it from its first message until the database says that it is idle, hence from BEGIN to COMMIT, and the others wait. Who asks through
 * another client while holding a transaction waits for ever. What a session keeps beyond that (SET, temporary tables, session-wide
 * advisory locks, names of prepared statements) all clients share, but for the search path.
 */
import { Duplex } from 'node:stream'

/** Runs messages of a client and gives back what the database says to it. */
export type Talk = (messages: Uint8Array) => Promise<Buffer>

/** Message types, as in https://www.postgresql.org/docs/current/protocol-message-formats.html */
const QUERY = 'Q'.charCodeAt(0)
const SYNC = 'S'.charCodeAt(0)
const FLUSH = 'H'.charCodeAt(0)
const TERMINATE = 'X'.charCodeAt(0)
const NOTIFICATION = 'A'.charCodeAt(0)
const READY = 'Z'.charCodeAt(0)
const IDLE = 'I'.charCodeAt(0)

/** Authenticated, ready, idle. */
const WELCOME = Buffer.concat([Buffer.from('R\0\0\0\x08\0\0\0\0', 'latin1'), Buffer.from('Z\0\0\0\x05I', 'latin1')])

export class SharedSession {
  readonly #talk: Talk
  readonly #wires = new Set<Wire>()
  readonly #waiting: (() => void)[] = []
  #taken = false
  #searchPath = ''

  constructor(talk: Talk) {
    this.#talk = talk
  }

  /** A socket for one pg.Client. */
  wire(searchPath: string): Duplex {
    const wire = new Wire(this, searchPath)
    this.#wires.add(wire)
    wire.once('close', () => this.#wires.delete(wire))
    return wire
  }

  take(): Promise<void> {
    if (this.#taken) return new Promise((resolve) => this.#waiting.push(resolve))
    this.#taken = true
    return Promise.resolve()
  }

  /** To the one that waits longest. */
  give(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#taken = false
    else next()
  }

  /** For the one who has the session. Notifications go to all; a client that waits for none pays no heed. */
  async say(messages: Uint8Array, searchPath: string): Promise<{ readonly answer: Buffer; readonly idle: boolean }> {
    if (searchPath !== this.#searchPath) {
      await this.#talk(query(`set search_path to ${searchPath}`))
      this.#searchPath = searchPath
    }
    const said = await this.#talk(messages)
    const own: Buffer[] = []
    let idle = false
    for (const { type, message } of framed(said)) {
      if (type === READY) idle = message[5] === IDLE
      if (type === NOTIFICATION) for (const wire of this.#wires) wire.push(message)
      else own.push(message)
    }
    return { answer: Buffer.concat(own), idle }
  }
}

class Wire extends Duplex {
  readonly #session: SharedSession
  readonly #searchPath: string
  #welcomed = false
  #unread: Buffer = Buffer.alloc(0)
  #batch: Buffer[] = []
  #holds = false

  constructor(session: SharedSession, searchPath: string) {
    super()
    this.#session = session
    this.#searchPath = searchPath
  }

  /** What node-postgres does with a socket before it speaks. */
  connect(): this {
    setImmediate(() => this.emit('connect'))
    return this
  }

  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  override _read(): void {
    // Answers are pushed as they come.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk])
    if (!this.#welcomed) this.#welcome()
    this.#answer().then(() => done(), done)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.push(null)
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#leave().then(
      () => done(error),
      (trouble) => done(error ?? trouble),
    )
  }

  /** The first message has no type. Who may reach the folder may reach what is in it, so nobody is asked for a password. */
  #welcome(): void {
    if (this.#unread.length < 4 || this.#unread.length < this.#unread.readUInt32BE(0)) return
    this.#unread = this.#unread.subarray(this.#unread.readUInt32BE(0))
    this.#welcomed = true
    this.push(WELCOME)
  }

  async #answer(): Promise<void> {
    for (const { type, message } of framed(this.#unread)) {
      this.#unread = this.#unread.subarray(message.length)
      if (type === TERMINATE) {
        await this.#leave()
        return
      }
      this.#batch.push(message)
      if (type === QUERY || type === SYNC || type === FLUSH) await this.#run()
    }
  }

  async #run(): Promise<void> {
    const messages = Buffer.concat(this.#batch)
    this.#batch = []
    if (!this.#holds) {
      await this.#session.take()
      if (this.destroyed) return this.#session.give()
      this.#holds = true
    }
    // The database runs in this thread: between two of its statements everything else has its turn.
    await new Promise((resolve) => setImmediate(resolve))
    if (this.destroyed) return
    const { answer, idle } = await this.#session.say(messages, this.#searchPath)
    if (idle) {
      this.#holds = false
      this.#session.give()
    }
    this.push(answer)
  }

  /** A client that goes in the middle of a transaction takes it back, as a server would. */
  async #leave(): Promise<void> {
    if (!this.#holds) return
    this.#holds = false
    try {
      await this.#session.say(query('rollback'), this.#searchPath)
    } finally {
      this.#session.give()
    }
  }
}

interface Framed {
  readonly type: number
  readonly message: Buffer
}

/** The whole messages at the beginning of what was received. */
function* framed(bytes: Buffer): Generator<Framed> {
  let start = 0
  while (bytes.length - start >= 5) {
    const end = start + 1 + bytes.readUInt32BE(start + 1)
    if (end > bytes.length) return
    yield { type: bytes[start] ?? 0, message: bytes.subarray(start, end) }
    start = end
  }
}

function query(statement: string): Buffer {
  const text = Buffer.from(`${statement}\0`)
  const head = Buffer.alloc(5)
  head.writeUInt8(QUERY)
  head.writeUInt32BE(4 + text.length, 1)
  return Buffer.concat([head, text])
}
