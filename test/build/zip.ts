/** Members → the bytes of a zip, with every field open to be wrong: names in GBK, lying sizes, encryption flags, unknown methods. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipMember {
  readonly name: string | Uint8Array
  readonly data?: Uint8Array | string
  readonly method?: number
  readonly flags?: number
  readonly extra?: Uint8Array
  readonly crc?: number
  readonly declaredSize?: number
}

const UTF8_NAME = 0x800

export function zip(...members: readonly ZipMember[]): Uint8Array {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const member of members) {
    const plainBytes = Buffer.from(member.data ?? '')
    const method = member.method ?? 8
    const stored = method === 8 ? deflateRawSync(plainBytes) : plainBytes
    const name = Buffer.from(member.name)
    const extra = Buffer.from(member.extra ?? [])
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(member.flags ?? (typeof member.name === 'string' ? UTF8_NAME : 0), 2)
    shared.writeUInt16LE(method, 4)
    shared.writeUInt32LE(member.crc ?? crc32(plainBytes), 10)
    shared.writeUInt32LE(stored.length, 14)
    shared.writeUInt32LE(member.declaredSize ?? plainBytes.length, 18)
    shared.writeUInt16LE(name.length, 22)
    shared.writeUInt16LE(extra.length, 24)
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), shared, name, extra, stored])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), shared, tail, name, extra]))
    files.push(file)
    offset += file.length
  }
  const end = Buffer.alloc(18)
  const size = directory.reduce((sum, entry) => sum + entry.length, 0)
  const isLong = members.length > MOST_MEMBERS
  end.writeUInt16LE(isLong ? MOST_MEMBERS : members.length, 4)
  end.writeUInt16LE(isLong ? MOST_MEMBERS : members.length, 6)
  end.writeUInt32LE(size, 8)
  end.writeUInt32LE(offset, 12)
  const longEnd = isLong ? [zip64End(members.length, size, offset)] : []
  return new Uint8Array(Buffer.concat([...files, ...directory, ...longEnd, Buffer.from('PK\x05\x06'), end]))
}

const MOST_MEMBERS = 0xffff

/** What counts further than two bytes do (APPNOTE 4.3.14 and 4.3.15). */
function zip64End(members: number, size: number, offset: number): Uint8Array {
  const end = Buffer.alloc(76)
  end.write('PK\x06\x06')
  end.writeBigUInt64LE(44n, 4)
  end.writeBigUInt64LE(BigInt(members), 24)
  end.writeBigUInt64LE(BigInt(members), 32)
  end.writeBigUInt64LE(BigInt(size), 40)
  end.writeBigUInt64LE(BigInt(offset), 48)
  end.write('PK\x06\x07', 56)
  end.writeBigUInt64LE(BigInt(offset + size), 64)
  end.writeUInt32LE(1, 72)
  return end
}

/** Info-ZIP's second name (APPNOTE 4.6.9): the UTF-8 name, valid as long as the checksum of the first one fits. */
export function unicodePath(first: Uint8Array, name: string): Uint8Array {
  const utf8 = Buffer.from(name)
  const field = Buffer.alloc(9)
  field.writeUInt16LE(0x7075, 0)
  field.writeUInt16LE(5 + utf8.length, 2)
  field.writeUInt8(1, 4)
  field.writeUInt32LE(crc32(first), 5)
  return new Uint8Array(Buffer.concat([field, utf8]))
}
