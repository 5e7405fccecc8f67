/** What a delivery tells while it runs, noted instead of shown. */
import type { Screen } from '../../src/adapters/delivery/screen.js'

export interface NotingScreen extends Screen {
  readonly said: string[]
  /** Title, and steps of how many. */
  readonly stages: { title: string; total: number; done: number }[]
}

export function notingScreen(): NotingScreen {
  const said: string[] = []
  const stages: NotingScreen['stages'] = []
  return {
    said,
    stages,
    begin: (title, total) => {
      stages.push({ title, total, done: 0 })
    },
    step: (files) => {
      const stage = stages.at(-1)
      if (stage !== undefined) stage.done += files
    },
    say: (line) => {
      said.push(line)
    },
    end: () => undefined,
  }
}
