import { describe, expect, test } from '@jest/globals'
import { showProgress } from '../../src/adapters/progress.js'
import { displayWidth } from '../../src/export/width.js'

function terminal(isTTY: boolean) {
  const written: string[] = []
  const stream = { isTTY, columns: 60, write: (text: string) => written.push(text) }
  return { written, stream: stream as unknown as NodeJS.WriteStream }
}

describe('progress', () => {
  test('is silent when nobody watches, and for a single file', () => {
    const pipe = terminal(false)
    const screen = terminal(true)
    for (const progress of [showProgress(9, pipe.stream), showProgress(1, screen.stream)]) {
      progress.step('a.pdf')
      progress.clear()
    }
    expect([...pipe.written, ...screen.written]).toEqual([])
  })

  test('is one line that never wraps, and is gone after it was cleared', () => {
    const { written, stream } = terminal(true)
    const progress = showProgress(2, stream)
    progress.clear()
    progress.step(`${'很长的名字'.repeat(9)}\n.pdf`)
    progress.clear()
    for (const text of written) {
      expect(text).not.toContain('\n')
      expect(displayWidth(text.replace('\r\u001B[2K', ''))).toBeLessThan(60)
    }
    expect(written.some((text) => text.includes('1/2'))).toBe(true)
    expect(written.at(-1)).toBe('\r\u001B[2K')
  })
})
