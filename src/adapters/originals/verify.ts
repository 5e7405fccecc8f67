/** Bytes read back → the same bytes, once it is certain that they are those that were kept. */
import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import { OriginalDamaged } from './errors.js'

export function verified<Bytes extends Uint8Array>(sha256: string, bytes: Bytes): Bytes {
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw changed(sha256)
  return bytes
}

/** Passes on what it reads, and breaks off instead of ending when it was not what was kept. */
export function verifying(sha256: string): Transform {
  const hash = createHash('sha256')
  return new Transform({
    transform: (chunk: Uint8Array, _encoding, done) => {
      hash.update(chunk)
      done(null, chunk)
    },
    flush: (done) => done(hash.digest('hex') === sha256 ? null : changed(sha256)),
  })
}

export function wrongSize(sha256: string, expected: number, found: number): OriginalDamaged {
  return new OriginalDamaged(sha256, `应为 ${expected} 字节，存储中为 ${found} 字节`)
}

function changed(sha256: string): OriginalDamaged {
  return new OriginalDamaged(sha256, '校验和不符')
}
