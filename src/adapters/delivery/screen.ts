/**
 * How far a delivery has come, on stderr: a bar with rate and time left on a terminal, a line every so many files elsewhere.
 */
import { SingleBar } from 'cli-progress'

export interface Screen {
  /** So many files are ahead of us; ends the stage before. */
  begin(title: string, total: number): void
  step(files: number): void
  say(line: string): void
  end(): void
}

const LINE_EVERY = 1_000
const CLEAR_LINE = '\r\u001B[2K'
const FORMAT = '{title} {bar} {value}/{total} 份 {rate} 份/秒 余 {eta_formatted}'

export function openScreen(terminal: NodeJS.WriteStream = process.stderr): Screen {
  return terminal.isTTY ? barScreen(terminal) : lineScreen(terminal)
}

function barScreen(terminal: NodeJS.WriteStream): Screen {
  let bar: SingleBar | null = null
  let rate = rateOf()
  let done = 0
  const end = () => {
    bar?.stop()
    bar = null
  }
  return {
    begin: (title, total) => {
      end()
      done = 0
      rate = rateOf()
      bar = new SingleBar({
        stream: terminal,
        format: FORMAT,
        formatTime: inWords,
        barsize: 24,
        barCompleteChar: '█',
        barIncompleteChar: '░',
        etaBuffer: 200,
        forceRedraw: true,
        // Ends of the process are the command's to handle.
        gracefulExit: false,
      })
      bar.start(total, 0, { title, rate: '–' })
    },
    step: (files) => {
      done += files
      bar?.update(done, { rate: rate(done) })
    },
    say: (line) => {
      terminal.write(`${bar === null ? '' : CLEAR_LINE}${line}\n`)
    },
    end,
  }
}

function lineScreen(terminal: NodeJS.WriteStream): Screen {
  let stage = { title: '', total: 0, done: 0, rate: rateOf() }
  return {
    begin: (title, total) => {
      stage = { title, total, done: 0, rate: rateOf() }
    },
    step: (files) => {
      const before = Math.floor(stage.done / LINE_EVERY)
      stage.done += files
      if (Math.floor(stage.done / LINE_EVERY) === before) return
      terminal.write(`${stage.title} ${stage.done}/${stage.total} 份，${stage.rate(stage.done)} 份/秒\n`)
    },
    say: (line) => {
      terminal.write(`${line}\n`)
    },
    end: () => undefined,
  }
}

function rateOf(): (done: number) => string {
  const start = performance.now()
  return (done) => {
    const rate = done / Math.max((performance.now() - start) / 1_000, 0.001)
    return rate < 10 ? rate.toFixed(1) : rate.toFixed(0)
  }
}

function inWords(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–'
  if (seconds < 60) return `${Math.round(seconds)} 秒`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} 分` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`
}
