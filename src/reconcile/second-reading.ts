/**
 * The same file read in other ways, compared with the first reading cell by cell. A difference is a flag with both readings, never
 * a silent choice: the record keeps what the first reader saw.
 *
 * The first reading places a figure by the cell it lies in and by the labels. The second, made every time, places it by the order and
 * alignment of the figures. Where there is doubt another program reads the whole file.
 */
import type { Failure, Flag } from '../record.js'
import { withoutSpace } from '../report/labels.js'
import type { FormFact, ReportReading } from '../report/reading.js'

/** What another program made of the file. */
export interface SecondReading {
  readonly flags: readonly Flag[]
  /** Keys of the facts that both programs read alike, and the second without doubt. */
  readonly agreed: ReadonlySet<string>
  /** Keys of the facts that they read differently. */
  readonly differing: ReadonlySet<string>
}

/** What another way of reading says of one cell. */
export type Word = 'agrees' | 'differs' | 'silent'

export function wordOfOrder({ raw, order }: FormFact): Word {
  if (raw === null || order === null) return 'silent'
  return withoutSpace(raw) === withoutSpace(order) ? 'agrees' : 'differs'
}

export function wordOfProgram(key: string, second: SecondReading | null): Word {
  if (second === null) return 'silent'
  if (second.agreed.has(key)) return 'agrees'
  return second.differing.has(key) ? 'differs' : 'silent'
}

export function orderFlags(facts: readonly FormFact[]): readonly Flag[] {
  return facts
    .filter((fact) => wordOfOrder(fact) === 'differs')
    .map((fact) => differs(fact, fact.order, '按单元格读作', '按行序和对齐读作'))
}

export function compareReadings(first: ReportReading, second: ReportReading): SecondReading {
  const others = new Map(second.facts.map((fact) => [fact.key, fact]))
  const agreed = new Set<string>()
  const differing = new Set<string>()
  const flags: Flag[] = []
  for (const fact of first.facts) {
    const other = others.get(fact.key)
    if (printed(fact.raw) === printed(other?.raw ?? null)) {
      if (other !== undefined && other.doubt === undefined) agreed.add(fact.key)
      continue
    }
    differing.add(fact.key)
    flags.push(differs(fact, other?.raw ?? null, '一种程序读作', '另一种读作'))
  }
  return { flags, agreed, differing }
}

export function secondReadingFailed({ message }: Failure): SecondReading {
  const flag: Flag = {
    code: 'second_reading_failed',
    severity: 'warning',
    message: `另一读取方法未能读出此文件，无法对照。${message}`,
    facts: [],
    location: null,
  }
  return { flags: [flag], agreed: new Set(), differing: new Set() }
}

/** What a cell says, white space aside; null where it was not found. */
function printed(raw: string | null): string | null {
  return raw === null ? null : withoutSpace(raw)
}

function differs(fact: FormFact, other: string | null, one: string, another: string): Flag {
  const message = `「${fact.label}」两种读法不一致：${one}${quote(printed(fact.raw))}，${another}${quote(printed(other))}。`
  return { code: 'readings_differ', severity: 'error', message, facts: [fact.key], location: fact.location }
}

function quote(text: string | null): string {
  if (text === null) return '未找到'
  return text === '' ? '空白' : `「${text}」`
}
