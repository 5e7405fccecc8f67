/**
 * Pages as an engine would give them, from words put at a place and lines drawn between points.
 *
 * Every 汉字 is one em wide, everything else half an em, so that positions in a test can be reckoned in one's head.
 */
import type { Box } from '../../src/document/model.js'
import type { Glyph, PageContent, PdfEngine, Ruling } from '../../src/document/pdf/page.js'

export interface TextOptions {
  readonly size?: number
  readonly direction?: Glyph['direction']
  readonly vertical?: boolean
  readonly bold?: boolean
  readonly invisible?: boolean
  readonly distrusted?: boolean
  /** Extra room after each letter, in points. */
  readonly spacing?: number
}

export class PageBuilder {
  readonly glyphs: Glyph[] = []
  readonly rulings: Ruling[] = []
  readonly images: Box[] = []

  constructor(
    readonly width = 600,
    readonly height = 840,
  ) {}

  /** `x` is where the first letter starts, `y` the baseline; for turned text the same in its own direction. A space only takes room. */
  text(x: number, y: number, text: string, options: TextOptions = {}): this {
    const { size = 10, direction = 0, vertical = false, bold = false, invisible = false, distrusted = false } = options
    let along = 0
    for (const letter of text) {
      const advance = vertical ? size : advanceOf(letter) * size
      if (letter !== ' ') {
        const box = vertical
          ? ([x, y + along, x + size, y + along + size] as const)
          : turned(x, y, along, advance, size, direction)
        this.glyphs.push({
          text: letter,
          box: [box[0], box[1], box[2], box[3]],
          size,
          direction: vertical ? 90 : direction,
          vertical,
          bold,
          invisible,
          distrusted,
        })
      }
      along += advance + (options.spacing ?? 0)
    }
    return this
  }

  /** Text in the middle between two x. */
  centred(left: number, right: number, y: number, text: string, options: TextOptions = {}): this {
    const width = [...text].reduce((sum, letter) => sum + advanceOf(letter) * (options.size ?? 10), 0)
    return this.text((left + right - width) / 2, y, text, options)
  }

  /** Lines of running text, one below the other, each starting at the same x. */
  prose(
    x: number,
    y: number,
    lines: readonly string[],
    options: TextOptions & { readonly leading?: number } = {},
  ): this {
    for (const [index, line] of lines.entries()) this.text(x, y + index * (options.leading ?? 20), line, options)
    return this
  }

  line(x1: number, y1: number, x2: number, y2: number, width = 0.5): this {
    this.rulings.push({ x1, y1, x2, y2, width })
    return this
  }

  /** Every border of a table, from end to end. */
  ruled(xs: readonly number[], ys: readonly number[]): this {
    const [left, right, top, bottom] = [xs[0] ?? 0, xs.at(-1) ?? 0, ys[0] ?? 0, ys.at(-1) ?? 0]
    for (const y of ys) this.line(left, y, right, y)
    for (const x of xs) this.line(x, top, x, bottom)
    return this
  }

  /** Rows of text in the middle of the cells of `xs` and `ys`; '' leaves a cell empty. */
  cells(
    xs: readonly number[],
    ys: readonly number[],
    rows: readonly (readonly string[])[],
    options: TextOptions = {},
  ): this {
    rows.forEach((row, r) => {
      row.forEach((text, c) => {
        const y = ((ys[r] ?? 0) + (ys[r + 1] ?? 0)) / 2 + 0.38 * (options.size ?? 10)
        if (text !== '') this.centred(xs[c] ?? 0, xs[c + 1] ?? 0, y, text, options)
      })
    })
    return this
  }

  picture(left: number, top: number, right: number, bottom: number): this {
    this.images.push([left, top, right, bottom])
    return this
  }

  build(): PageContent {
    return { width: this.width, height: this.height, glyphs: this.glyphs, rulings: this.rulings, images: this.images }
  }
}

/** An engine that opens any bytes and finds these pages; `null` stands for a page that cannot be read. */
export function engineOf(pages: readonly (PageBuilder | null)[], declaredTitle: string | null = null): PdfEngine {
  return {
    open: async () => ({
      ok: true,
      value: {
        pageCount: pages.length,
        declaredTitle,
        page: async (index) => {
          const page = pages[index]
          return page === null || page === undefined
            ? { ok: false, failure: { code: 'corrupt', message: '' } }
            : { ok: true, value: page.build() }
        },
        close: () => undefined,
      },
    }),
  }
}

function advanceOf(letter: string): number {
  return (letter.codePointAt(0) ?? 0) < 0x2e80 ? 0.5 : 1
}

function turned(
  x: number,
  y: number,
  along: number,
  advance: number,
  size: number,
  direction: Glyph['direction'],
): Box {
  const [up, down] = [0.88 * size, 0.12 * size]
  switch (direction) {
    case 0:
      return [x + along, y - up, x + along + advance, y + down]
    case 90:
      return [x - down, y + along, x + up, y + along + advance]
    case 180:
      return [x - along - advance, y - down, x - along, y + up]
    case 270:
      return [x - up, y - along - advance, x + down, y - along]
  }
}
