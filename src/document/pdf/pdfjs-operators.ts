/**
 * The operator list of a pdf.js page into its content. Not `getTextContent`: that drops vertical text, invents spaces and
 * says nothing of lines.
 *
 * The shapes of the arguments are pdf.js's own and undocumented; they are as in 5.6, and the tests that hold this engine against the
 * other one are what notices a change. Soft masks are skipped: what they draw is not seen.
 */
import type * as Pdfjs from 'pdfjs-dist'
import { LIMITS } from '../limits.js'
import type { Display, Matrix } from './display.js'
import { compose, IDENTITY, scaleOf } from './display.js'
import { GlyphCollector } from './glyphs.js'
import type { PageContent } from './page.js'
import { PATTERN } from './paint.js'
import { PathPen } from './path-pen.js'
import type { PdfjsFont } from './pdfjs-state.js'
import { GraphicsState, parseColour, withAlpha } from './pdfjs-state.js'
import type { PdfjsGlyph } from './pdfjs-text.js'
import { showText } from './pdfjs-text.js'
import { DrawingCollector } from './rulings.js'

/** Opcodes in the stream of a path, and how many numbers follow. */
const DRAW = { move: 0, line: 1, curve: 2, quadratic: 3, close: 4 }

type Operators = typeof Pdfjs.OPS
type Arguments = readonly unknown[]

/** null when the page goes over the limits. */
export function readOperators(
  list: { readonly fnArray: readonly number[]; readonly argsArray: readonly unknown[] },
  operators: Operators,
  shown: Display,
  fonts: ReadonlyMap<string, PdfjsFont>,
): PageContent | null {
  const reader = new OperatorReader(shown, fonts, operators)
  const handlers = handlersOf(operators)
  for (const [index, operator] of list.fnArray.entries()) {
    handlers[operator]?.(reader, (list.argsArray[index] ?? []) as Arguments)
    if (reader.isOverLimits) return null
  }
  return reader.content()
}

type Handler = (reader: OperatorReader, operands: Arguments) => void
type Numbers = readonly number[]

let table: (Handler | undefined)[] | null = null

/** What each operator does; the others say nothing about where glyphs and lines stand. */
function handlersOf(ops: Operators): readonly (Handler | undefined)[] {
  if (table !== null) return table
  const handlers: (Handler | undefined)[] = []
  const on = (operator: number, handler: Handler) => {
    handlers[operator] = (reader, operands) => {
      if (!reader.isMasked) handler(reader, operands)
    }
  }
  const setNumber = (operator: number, set: (state: GraphicsState, value: number) => void) =>
    on(operator, (reader, [value]) => set(reader.state, Number(value)))

  on(ops.save, (reader) => reader.save())
  on(ops.restore, (reader) => reader.restore())
  on(ops.transform, (reader, operands) => reader.transform(operands as Numbers))
  on(ops.paintFormXObjectBegin, (reader, [matrix]) => reader.beginForm(matrix as Numbers | null))
  on(ops.paintFormXObjectEnd, (reader) => reader.endForm())
  handlers[ops.beginGroup] = (reader, [group]) => reader.beginGroup(group as { smask?: unknown })
  handlers[ops.endGroup] = (reader) => reader.endGroup()

  setNumber(ops.setLineWidth, (state, width) => {
    state.lineWidth = width
  })
  on(ops.setGState, (reader, [entries]) => reader.setParameters(entries as readonly [string, unknown][]))
  on(ops.setFillRGBColor, ({ state }, [hex]) => {
    state.fill = parseColour(String(hex))
  })
  on(ops.setStrokeRGBColor, ({ state }, [hex]) => {
    state.stroke = parseColour(String(hex))
  })
  for (const operator of [ops.setFillColorN, ops.setFillTransparent]) {
    on(operator, ({ state }) => {
      state.fill = PATTERN
    })
  }
  for (const operator of [ops.setStrokeColorN, ops.setStrokeTransparent]) {
    on(operator, ({ state }) => {
      state.stroke = PATTERN
    })
  }
  on(ops.constructPath, (reader, [paint, data]) => {
    const [path = null] = data as readonly (Float32Array | null)[]
    reader.drawPath(Number(paint), path)
  })

  on(ops.beginText, ({ state }) => state.placeText(IDENTITY))
  on(ops.setTextMatrix, ({ state }, [matrix]) => state.placeText(toMatrix(matrix as Numbers)))
  on(ops.setFont, (reader, [name, size]) => reader.setFont(String(name), Number(size)))
  setNumber(ops.setCharSpacing, (state, spacing) => {
    state.charSpacing = spacing
  })
  setNumber(ops.setWordSpacing, (state, spacing) => {
    state.wordSpacing = spacing
  })
  setNumber(ops.setHScale, (state, percent) => {
    state.horizontalScale = percent / 100
  })
  setNumber(ops.setLeading, (state, leading) => {
    state.leading = leading
  })
  setNumber(ops.setTextRise, (state, rise) => {
    state.rise = rise
  })
  setNumber(ops.setTextRenderingMode, (state, mode) => {
    state.renderMode = mode
  })
  on(ops.moveText, ({ state }, [x, y]) => state.moveLine(Number(x), Number(y)))
  on(ops.setLeadingMoveText, ({ state }, [x, y]) => {
    state.leading = -Number(y)
    state.moveLine(Number(x), Number(y))
  })
  on(ops.nextLine, ({ state }) => state.moveLine(0, -state.leading))
  on(ops.showText, ({ state, glyphs }, [shown]) => showText(shown as (PdfjsGlyph | number)[], state, glyphs))

  for (const operator of [ops.paintImageXObject, ops.paintInlineImageXObject, ops.paintImageMaskXObject]) {
    on(operator, (reader) => reader.drawing.addImage(reader.state.matrix))
  }
  on(ops.paintSolidColorImageMask, (reader) => reader.drawing.addImage(reader.state.matrix))
  table = handlers
  return handlers
}

function toMatrix([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: Numbers): Matrix {
  return { a, b, c, d, e, f }
}

class OperatorReader {
  state = new GraphicsState()
  readonly drawing: DrawingCollector
  readonly glyphs: GlyphCollector
  private readonly pen = new PathPen()
  private readonly saved: GraphicsState[] = []
  /** How deep `saved` was where each form began: what a form leaves open ends with it, and it takes nothing from outside. */
  private readonly forms: number[] = []
  private readonly groups: boolean[] = []
  private masks = 0
  private paths = 0

  constructor(
    private readonly shown: Display,
    private readonly fonts: ReadonlyMap<string, PdfjsFont>,
    private readonly operators: Operators,
  ) {
    this.glyphs = new GlyphCollector(shown.width, shown.height)
    this.drawing = new DrawingCollector(shown.width, shown.height)
    this.state.matrix = shown.matrix
  }

  get isMasked(): boolean {
    return this.masks > 0
  }

  get isOverLimits(): boolean {
    const { glyphsPerPage, pathsPerPage } = LIMITS
    return this.glyphs.count > glyphsPerPage || this.paths > pathsPerPage || this.drawing.count > pathsPerPage
  }

  content(): PageContent {
    const { width, height } = this.shown
    const { grounds, images } = this.drawing
    return {
      width,
      height,
      glyphs: this.glyphs.finish([...grounds, ...images]),
      rulings: this.drawing.rulings(),
      images,
    }
  }

  save(): void {
    this.saved.push(this.state.copy())
  }

  restore(): void {
    if (this.saved.length > (this.forms.at(-1) ?? 0)) this.state = this.saved.pop() ?? this.state
  }

  transform(matrix: Numbers): void {
    this.state.matrix = compose(this.state.matrix, toMatrix(matrix))
  }

  beginForm(matrix: Numbers | null): void {
    this.save()
    this.forms.push(this.saved.length)
    if (matrix !== null) this.transform(matrix)
  }

  endForm(): void {
    const depth = this.forms.pop()
    if (depth === undefined) return
    this.saved.length = depth
    this.restore()
  }

  beginGroup(group: { readonly smask?: unknown }): void {
    const isMask = Boolean(group.smask)
    this.groups.push(isMask)
    if (isMask) this.masks++
  }

  endGroup(): void {
    if (this.groups.pop() === true) this.masks--
  }

  setParameters(entries: readonly (readonly [string, unknown])[]): void {
    const { state } = this
    for (const [key, value] of entries) {
      if (key === 'LW') state.lineWidth = Number(value)
      else if (key === 'ca') state.fillAlpha = Number(value)
      else if (key === 'CA') state.strokeAlpha = Number(value)
      else if (key === 'Font' && Array.isArray(value)) this.setFont(String(value[0]), Number(value[1]))
    }
  }

  setFont(name: string, size: number): void {
    this.state.font = this.fonts.get(name) ?? null
    this.state.fontSize = size
  }

  drawPath(paint: number, path: Float32Array | null): void {
    const ops = this.operators
    const fills =
      paint === ops.fill || paint === ops.eoFill || (paint >= ops.fillStroke && paint <= ops.closeEOFillStroke)
    const strokes =
      paint === ops.stroke || paint === ops.closeStroke || (paint >= ops.fillStroke && paint <= ops.closeEOFillStroke)
    if (path === null || !(fills || strokes)) return
    this.paths++
    const { state } = this
    this.drawing.add(this.trace(path), {
      fill: fills ? withAlpha(state.fill, state.fillAlpha) : null,
      evenOdd: paint === ops.eoFill || paint === ops.eoFillStroke || paint === ops.closeEOFillStroke,
      stroke: strokes ? withAlpha(state.stroke, state.strokeAlpha) : null,
      lineWidth: state.lineWidth * scaleOf(state.matrix),
    })
  }

  private trace(path: Float32Array) {
    const { pen } = this
    pen.begin(this.state.matrix)
    let at = 0
    const next = () => path[at++] ?? 0
    while (at < path.length) {
      const opcode = next()
      if (opcode === DRAW.move) pen.moveTo(next(), next())
      else if (opcode === DRAW.line) pen.lineTo(next(), next())
      else if (opcode === DRAW.close) pen.close()
      else for (let points = opcode === DRAW.curve ? 3 : 2; points > 0; points--) pen.curveTo(next(), next())
    }
    return pen.subpaths
  }
}
