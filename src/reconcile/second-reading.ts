/**
 * Two readings of the same file, compared cell by cell. A difference is a flag with both readings, never a silent choice: the
 * record keeps what the first reader saw.
 */
import type { Failure, Flag } from '../record.js'
import { withoutSpace } from '../report/labels.js'
import type { FormFact, ReportReading } from '../report/reading.js'

export interface SecondReading {
  readonly flags: readonly Flag[]
  /** Keys of the facts that both readers read alike, and the second without doubt. */
  readonly agreed: ReadonlySet<string>
}

export function compareReadings(first: ReportReading, second: ReportReading): SecondReading {
  const others = new Map(second.facts.map((fact) => [fact.key, fact]))
  const agreed = new Set<string>()
  const flags: Flag[] = []
  for (const fact of first.facts) {
    const other = others.get(fact.key)
    if (printed(fact) === printed(other)) {
      if (other !== undefined && other.doubt === undefined) agreed.add(fact.key)
    } else flags.push(differs(fact, other))
  }
  return { flags, agreed }
}

export function secondReadingFailed({ message }: Failure): SecondReading {
  const flag: Flag = {
    code: 'second_reading_failed',
    severity: 'warning',
    message: `另一读取方法未能读出此文件，无法对照。${message}`,
    facts: [],
    location: null,
  }
  return { flags: [flag], agreed: new Set() }
}

/** What a cell says, white space aside; null where it was not found. */
function printed(fact: FormFact | undefined): string | null {
  return fact?.raw === undefined || fact.raw === null ? null : withoutSpace(fact.raw)
}

function differs(fact: FormFact, other: FormFact | undefined): Flag {
  const message = `「${fact.label}」两种读取方法的结果不一致：一为${quote(printed(fact))}，一为${quote(printed(other))}。`
  return { code: 'readings_differ', severity: 'error', message, facts: [fact.key], location: fact.location }
}

function quote(text: string | null): string {
  if (text === null) return '未找到'
  return text === '' ? '空白' : `「${text}」`
}
