/**
 * How far the reading has come, as one line on stderr that is drawn over itself; silent when stderr is no terminal.
 *
 * The line is taken away before anything else is printed, as both outputs usually end on the same screen.
 */
import { cut } from '../export/width.js'

const BAR_CELLS = 30
const REDRAW_MILLISECONDS = 100
/** Some terminals do not say how wide they are. */
const UNKNOWN_WIDTH = 80
const CLEAR_LINE = '\r\u001B[2K'

export interface Progress {
  /** `name` has been read. */
  step(name: string): void
  clear(): void
}

/** `total` is a floor: the members of an archive are known only once it has been opened. */
export function showProgress(total: number, terminal: NodeJS.WriteStream = process.stderr): Progress {
  if (!terminal.isTTY || total < 2) return { step: () => undefined, clear: () => undefined }
  let done = 0
  let drawnAt = Number.NEGATIVE_INFINITY
  const draw = (name: string) => {
    const now = performance.now()
    if (now - drawnAt < REDRAW_MILLISECONDS) return
    drawnAt = now
    const all = Math.max(total, done)
    const full = Math.round((done / all) * BAR_CELLS)
    const bar = '█'.repeat(full) + '░'.repeat(BAR_CELLS - full)
    terminal.write(
      CLEAR_LINE +
        cut(`${bar} ${done}/${all} ${name.replace(/\p{Cc}/gu, ' ')}`, (terminal.columns || UNKNOWN_WIDTH) - 1),
    )
  }
  draw('')
  return {
    step: (name) => {
      done += 1
      draw(name)
    },
    clear: () => {
      terminal.write(CLEAR_LINE)
      drawnAt = Number.NEGATIVE_INFINITY
    },
  }
}
