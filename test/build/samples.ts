/** samples/reports/ → the inputs in it, the members of an archive one by one, each with the report it was made from. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SAMPLES } from '../../scripts/samples/catalogue.js'
import type { SampleReport } from '../../scripts/samples/model.js'
import { openArchive } from '../../src/document/archive.js'

export const SAMPLE_FOLDER = new URL('../../samples/reports/', import.meta.url)

export interface SampleInput {
  /** As the command names it in the record. */
  readonly name: string
  readonly bytes: Uint8Array
  /** null: not of our making, or no report. */
  readonly report: SampleReport | null
}

export function sampleNames(): string[] {
  return readdirSync(SAMPLE_FOLDER).sort()
}

export function samplePath(file: string): string {
  return fileURLToPath(new URL(encodeURIComponent(file), SAMPLE_FOLDER))
}

export function sampleBytes(file: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(encodeURIComponent(file), SAMPLE_FOLDER)))
}

export async function sampleInputs(): Promise<SampleInput[]> {
  const inputs: SampleInput[] = []
  for (const file of sampleNames()) {
    const reports = SAMPLES.find((sample) => sample.file === file)?.reports ?? []
    const bytes = sampleBytes(file)
    if (!file.endsWith('.zip')) {
      inputs.push({ name: file, bytes, report: reports[0]?.report ?? null })
      continue
    }
    for await (const { name, result } of openArchive(bytes)) {
      if (!result.ok) throw new Error(`${file}/${name}: ${result.failure.message}`)
      const report = reports.find((member) => member.name === name)?.report ?? null
      inputs.push({ name: `${file}/${name}`, bytes: result.value, report })
    }
  }
  return inputs
}
