import { describe, expect, test } from '@jest/globals'
import { PNG } from 'pngjs'
import { encodePng } from '../../src/document/png.js'
import { seeded } from '../build/seeded.js'

describe('a picture as PNG', () => {
  test.each([
    ['one pixel', 1, 1, 0],
    ['rows with padding behind them', 7, 5, 12],
    ['a larger one', 64, 33, 0],
  ])('has every pixel that went in, in colour and in grey: %s', (_, width, height, padding) => {
    for (const isGrey of [false, true]) {
      const { pixels, stride } = noise(width, height, padding, isGrey)
      const { data, ...decoded } = PNG.sync.read(Buffer.from(encodePng(pixels, width, height, stride)))
      expect(decoded).toMatchObject({ width, height })
      for (let y = 0; y < height; y++) {
        const row = pixels.slice(y * stride, y * stride + width * 4)
        for (let x = 3; x < row.length; x += 4) row[x] = 255
        expect([...data.subarray(y * width * 4, (y + 1) * width * 4)]).toEqual([...row])
      }
    }
  })

  test('of white paper is small', () => {
    const white = new Uint8Array(1000 * 1000 * 4).fill(255)
    expect(encodePng(white, 1000, 1000, 4000).length).toBeLessThan(10_000)
  })
})

function noise(width: number, height: number, padding: number, isGrey: boolean) {
  const stride = width * 4 + padding
  const random = seeded(width * height)
  const pixels = new Uint8Array(stride * height)
  for (let at = 0; at < pixels.length; at++) {
    pixels[at] = isGrey && (at % stride) % 4 > 0 ? (pixels[at - 1] ?? 0) : random.integer(0, 255)
  }
  return { pixels, stride }
}
