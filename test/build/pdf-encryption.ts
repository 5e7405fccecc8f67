/** The oldest encryption of PDF (RC4 with 40 bits), which every reader knows: enough to try what passwords do. */
import { createHash } from 'node:crypto'

const PADDING = Buffer.from('28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A', 'hex')
const PERMISSIONS = -44
const ID = Buffer.alloc(16, 7)

export interface Encryption {
  /** Entries of the trailer. */
  readonly trailer: string
  /** One stream of the object with this number; strings are left alone. */
  encrypt(objectNumber: number, stream: string): string
}

export function encryption(userPassword: string): Encryption {
  const user = pad(userPassword)
  const owner = rc4(md5(pad('owner')).subarray(0, 5), user)
  const permissions = Buffer.alloc(4)
  permissions.writeInt32LE(PERMISSIONS)
  const key = md5(Buffer.concat([user, owner, permissions, ID])).subarray(0, 5)
  const check = rc4(key, PADDING)
  return {
    trailer:
      `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${owner.toString('hex')}> /U <${check.toString('hex')}> ` +
      `/P ${PERMISSIONS} >> /ID [<${ID.toString('hex')}> <${ID.toString('hex')}>]`,
    encrypt(objectNumber, stream) {
      const number = Buffer.from([objectNumber & 255, (objectNumber >> 8) & 255, 0, 0, 0])
      const objectKey = md5(Buffer.concat([key, number])).subarray(0, 10)
      return rc4(objectKey, Buffer.from(stream, 'latin1')).toString('latin1')
    },
  }
}

function pad(password: string): Buffer {
  return Buffer.concat([Buffer.from(password, 'latin1'), PADDING]).subarray(0, 32)
}

function md5(bytes: Buffer): Buffer {
  return createHash('md5').update(bytes).digest()
}

function rc4(key: Buffer, data: Buffer): Buffer {
  const box = Uint8Array.from({ length: 256 }, (_, index) => index)
  const swap = (a: number, b: number) => {
    const held = box[a] ?? 0
    box[a] = box[b] ?? 0
    box[b] = held
  }
  for (let index = 0, other = 0; index < 256; index++) {
    other = (other + (box[index] ?? 0) + (key[index % key.length] ?? 0)) & 255
    swap(index, other)
  }
  let [i, j] = [0, 0]
  return data.map((byte) => {
    i = (i + 1) & 255
    j = (j + (box[i] ?? 0)) & 255
    swap(i, j)
    return byte ^ (box[((box[i] ?? 0) + (box[j] ?? 0)) & 255] ?? 0)
  }) as Buffer
}
