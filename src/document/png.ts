/**
 * Pixels as a renderer leaves them (red, green, blue, alpha) → a PNG file, opaque, in grey where there is no colour.
 *
 * Each row is written as the difference to the row above it: the pages of reports are mostly white paper and scans, and that keeps both
 * small at little cost.
 */
import { deflateSync } from 'node:zlib'

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const GREY = 0
const RGB = 2
/** The row filters of the format. */
const UP = 2
/** Further levels cost twice the time for a tenth of the size. */
const LEVEL = 4

/** `stride` is the distance of two rows in bytes. */
export function encodePng(pixels: Uint8Array, width: number, height: number, stride: number): Uint8Array {
  const colour = hasColour(pixels, width, height, stride) ? RGB : GREY
  const rows = colour === RGB ? colourRows(pixels, width, height, stride) : greyRows(pixels, width, height, stride)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, colour], 8)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: LEVEL })),
    chunk('IEND', new Uint8Array()),
  ])
}

function hasColour(pixels: Uint8Array, width: number, height: number, stride: number): boolean {
  for (let row = 0; row < height; row++) {
    const end = row * stride + width * 4
    for (let at = row * stride; at < end; at += 4) {
      const red = pixels[at]
      if (red !== pixels[at + 1] || red !== pixels[at + 2]) return true
    }
  }
  return false
}

function greyRows(pixels: Uint8Array, width: number, height: number, stride: number): Uint8Array {
  const rows = new Uint8Array((width + 1) * height)
  let out = 0
  for (let row = 0; row < height; row++) {
    rows[out++] = UP
    const start = row * stride
    for (let at = start; at < start + width * 4; at += 4) {
      rows[out++] = (pixels[at] ?? 0) - (row === 0 ? 0 : (pixels[at - stride] ?? 0))
    }
  }
  return rows
}

function colourRows(pixels: Uint8Array, width: number, height: number, stride: number): Uint8Array {
  const rows = new Uint8Array((width * 3 + 1) * height)
  let out = 0
  for (let row = 0; row < height; row++) {
    rows[out++] = UP
    const start = row * stride
    for (let at = start; at < start + width * 4; at += 4) {
      for (let part = at; part < at + 3; part++) {
        rows[out++] = (pixels[part] ?? 0) - (row === 0 ? 0 : (pixels[part - stride] ?? 0))
      }
    }
  }
  return rows
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const whole = Buffer.alloc(data.length + 12)
  whole.writeUInt32BE(data.length, 0)
  whole.write(name, 4, 'latin1')
  whole.set(data, 8)
  whole.writeUInt32BE(crc32(whole.subarray(4, -4)), data.length + 8)
  return whole
}

/** Of ISO 3309, as the format wants it: Node has none before version 22. */
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) value = (CRC[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}
